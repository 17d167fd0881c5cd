import { AnalysisError } from "../errors.ts";
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
  const rows = "input" in given ? given.input : given.kind === "join" ? given.left : undefined;
  if (rows === undefined) return node;
  const isApart = APART.includes(given.kind);
  if (!isApart && !BESIDE_ROWS.includes(given.kind) && !isSelect(given)) return node;
  const subqueries: Plan[] = [];
  const lifted = (root: Expression): Expression =>
    rewritten(root, (part) => {
      const found = pending.get(part);
      if (found === undefined || part.kind !== "subquery") return part;
      const bound = boundTo(rows, found.plan);
      if (isApart && (bound !== found.plan || (part.how === "exists" && given.kind !== "join")))
        throw misplaced(given, part);
      contexts.set(bound, found.context);
      return Object.freeze({ ...part, index: subqueries.push(bound) - 1 });
    });
  const own = mapExpressions(given, lifted);
  return subqueries.length === 0 ? node : (Object.freeze({ ...own, subqueries }) as Plan as P);
}

const isSelect = (node: Plan): boolean => node.kind === "derived" && node.rule.method === "select";

/** Steps whose sub-plans may name the columns of their rows. */
const BESIDE_ROWS: readonly string[] = ["filter", "project", "withColumns"];
/** As in Spark, steps whose sub-plans stand by themselves. */
const APART: readonly string[] = ["sort", "aggregate", "join"];

function misplaced(node: Plan, { how }: Extract<Expression, { kind: "subquery" }>): AnalysisError {
  const method = node.kind === "sort" ? "orderBy" : node.kind === "aggregate" ? "agg" : "a join's condition";
  const what = how === "exists" && node.kind !== "join" ? "exists()" : `${how}() of a frame that uses outer()`;
  const instead = node.kind === "join" ? "filter one of the frames by it" : "add it as a column";
  return new AnalysisError(
    "SUBQUERY",
    `${what} stands in filter, select and withColumn, not in ${method}: ${instead} first.`,
  );
}

/** Sub-plans are run by the engine of the frame that they are in. */
export function checkSubqueries({ subqueries = [] }: Plan, context: Surroundings): void {
  for (const query of subqueries) {
    const own = contexts.get(query);
    if (own !== undefined && own !== context) throw twoEngines("A subquery", context, own);
  }
}
