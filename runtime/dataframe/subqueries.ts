import type { Expression } from "../plan/expressions.ts";
import type { Plan } from "../plan/nodes.ts";
import { mapExpressions } from "../plan/rewrite/map-expressions.ts";
import { rewritten } from "../plan/rewrite/substitute.ts";
import { boundTo } from "../plan/subqueries.ts";
import { type Column, makeColumn } from "./column.ts";
import { twoEngines } from "./two-engines.ts";

type Surroundings = Parameters<typeof twoEngines>[1];

/** The frames that columns stand for, until a step takes them. */
const pending = new WeakMap<Expression, { readonly plan: Plan; readonly context: Surroundings }>();
const contexts = new WeakMap<Plan, Surroundings>();
let hasAny = false;

/** A frame as a column. */
export function subquery(
  { plan, context }: { readonly plan: Plan; readonly context: Surroundings },
  how: "scalar" | "exists",
): Column<any> {
  const expression: Expression = Object.freeze({ kind: "subquery", how, index: -1 });
  pending.set(expression, { plan, context });
  hasAny = true;
  return makeColumn(expression);
}

/** A step with the frames that its columns stand for as its sub-plans; elsewhere than in these steps none can stand. */
export function withSubqueries<P extends Plan>(node: P): P {
  if (!hasAny) return node;
  const given: Plan = node;
  const isSelect = given.kind === "derived" && given.rule.method === "select";
  if (!isSelect && given.kind !== "filter" && given.kind !== "project" && given.kind !== "withColumns") return node;
  const subqueries: Plan[] = [];
  const lifted = (root: Expression): Expression =>
    rewritten(root, (part) => {
      const found = pending.get(part);
      if (found === undefined || part.kind !== "subquery") return part;
      const bound = boundTo(given.input, found.plan);
      contexts.set(bound, found.context);
      return Object.freeze({ ...part, index: subqueries.push(bound) - 1 });
    });
  const own = mapExpressions(given, lifted);
  return subqueries.length === 0 ? node : (Object.freeze({ ...own, subqueries }) as Plan as P);
}

/** Sub-plans are run by the engine of the frame that they are in. */
export function checkSubqueries({ subqueries = [] }: Plan, context: Surroundings): void {
  for (const query of subqueries) {
    const own = contexts.get(query);
    if (own !== undefined && own !== context) throw twoEngines("A subquery", context, own);
  }
}
