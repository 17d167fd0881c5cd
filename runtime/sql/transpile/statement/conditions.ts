import type { Expression } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { call, isGiven } from "../parts.ts";
import type { Fields } from "../tree.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";
import { checkPlaces, hasSubquery, queriesIn } from "./subqueries.ts";

/** The rows for which WHERE is true. */
export async function filterRows(reading: Reading, rows: Relation, clause: unknown, around: Around): Promise<Relation> {
  if (!isGiven(clause)) return rows;
  const condition = (clause as Fields).this;
  const queries = await queriesIn(reading, condition, rows, around);
  const reader = overRows(reading, rows, around, queries);
  const read = reader.read(condition);
  checkPlaces(read, "condition");
  return { ...rows, plan: filtered(reading, rows.plan, read) };
}

/** A step names the rows around it, or has queries of its own: each condition is a part of either. */
export function filtered(reading: Reading, input: Plan, condition: Expression): Plan {
  const parts = conjuncts(condition);
  const withQueries = parts.filter(hasSubquery);
  if (withQueries.length === 0) return reading.make({ kind: "filter", input, condition });
  return [parts.filter((part) => !hasSubquery(part)), withQueries].reduce((plan, some) => {
    const [first, ...more] = some;
    if (first === undefined) return plan;
    return reading.make({
      kind: "filter",
      input: plan,
      condition: more.reduce((all, one) => call("and", all, one), first),
    });
  }, input);
}

function conjuncts(root: Expression): Expression[] {
  const found: Expression[] = [];
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.kind === "call" && next.name === "and") stack.push(...next.args.toReversed());
    else found.push(next);
  }
  return found;
}
