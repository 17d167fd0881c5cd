import type { Expression } from "../expressions.ts";
import type { Plan, PlanOf } from "../nodes.ts";
import { children, childrenFirst, expressionsOf } from "../walk.ts";
import { replaceParts } from "./expressions.ts";
import { isOfOneRow, isRowStep, type RowStep } from "./push-limits.ts";
import { isInJavaScript } from "./udf.ts";

/** So many rows of a step are enough, of those for which the condition over its columns is true. */
export type Enough = { readonly rows: number; readonly condition: Expression | undefined };

/** Of steps in JavaScript: how many rows are enough, where all that reads them takes no more than the first that pass. */
export function enoughRows(root: Plan): ReadonlyMap<Plan, Enough> {
  const nodes = childrenFirst(root);
  const readers = new Map<Plan, number>();
  for (const node of nodes) for (const child of children(node)) readers.set(child, (readers.get(child) ?? 0) + 1);
  const enough = new Map<Plan, Enough>();
  for (const node of nodes) {
    if (node.kind !== "limit") continue;
    let conditions: Expression[] = [];
    let below: Plan = node.input;
    while (readers.get(below) === 1 && !isInJavaScript(below)) {
      if (isRowStep(below)) {
        const step = below;
        conditions = conditions.map((condition) => belowStep(condition, step));
      } else if (isPlainFilter(below)) conditions.push(below.condition);
      else break;
      below = below.input;
    }
    const isStep = below.kind === "mapInBatches" || isRowStep(below) || isPlainFilter(below);
    if (isStep && isInJavaScript(below) && readers.get(below) === 1)
      enough.set(below, { rows: node.count + node.offset, condition: allOf(conditions) });
  }
  return enough;
}

/** A condition over the columns of a step, as one over those of its input. */
export function belowStep(condition: Expression, step: RowStep): Expression {
  if (step.kind === "drop") return condition;
  const meant = new Map<string, Expression>(
    step.kind === "rename"
      ? Object.entries(step.names).map(([from, to]) => [to.toLowerCase(), { kind: "column", name: from }])
      : step.columns.map(({ name, expression }) => [name.toLowerCase(), expression]),
  );
  return replaceParts(condition, (part) => (part.kind === "column" ? meant.get(part.name.toLowerCase()) : undefined));
}

export const allOf = (conditions: readonly Expression[]): Expression | undefined =>
  conditions.length < 2 ? conditions[0] : { kind: "call", name: "and", args: conditions };

const isPlainFilter = (plan: Plan): plan is PlanOf<"filter"> =>
  plan.kind === "filter" &&
  plan.subqueries === undefined &&
  plan.outer === undefined &&
  expressionsOf(plan).every(isOfOneRow);
