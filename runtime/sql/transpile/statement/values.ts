import type { Plan } from "../../../plan/nodes.ts";
import { listOf } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import type { Fields } from "../tree.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";
import { queriesIn } from "./subqueries.ts";

/** A row without columns, for what has no FROM. */
export const oneRow = (reading: Reading): Relation => ({
  plan: reading.make({ kind: "range", start: 0n, end: 1n, step: 1n }),
  columns: [],
});

/** The rows of VALUES, whose columns are called col1, col2 … */
export async function valuesOf(reading: Reading, fields: Fields, around: Around): Promise<Relation> {
  const from = oneRow(reading);
  const queries = await queriesIn(reading, fields.expressions, from, around);
  const reader = overRows(reading, from, {}, queries);
  const rows = (listOf(fields.expressions) as Fields[]).map((row) => listOf(row.expressions));
  const [first = []] = rows;
  const names = first.map((_, index) => `col${index + 1}`);
  const plans = rows.map((row): Plan => {
    if (row.length !== names.length) throw new Refusal("VALUES with rows of different lengths");
    const columns = row.map((value, index) => ({ name: names[index] as string, expression: reader.read(value) }));
    return reading.make({ kind: "project", input: from.plan, columns });
  });
  return { plan: united(reading, plans), columns: names.map((name) => ({ name, inPlan: name })) };
}

/** All rows of many plans: two halves of the list, so that no plan is deep. */
function united(reading: Reading, plans: readonly Plan[]): Plan {
  const [only, second] = plans;
  if (only === undefined) throw new Refusal("VALUES without rows");
  if (second === undefined) return only;
  const middle = Math.ceil(plans.length / 2);
  const [left, right] = [united(reading, plans.slice(0, middle)), united(reading, plans.slice(middle))];
  return reading.make({ kind: "set", left, right, operator: "UNION ALL", match: "position" });
}
