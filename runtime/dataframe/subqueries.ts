import { AnalysisError } from "../errors.ts";
import type { Expression } from "../plan/expressions.ts";
import type { Plan } from "../plan/nodes.ts";
import { mapExpressions } from "../plan/rewrite/map-expressions.ts";
import { rewritten } from "../plan/rewrite/substitute.ts";
import { boundTo } from "../plan/subqueries.ts";
import { operandsFirst } from "../plan/walk.ts";
import { type Column, makeColumn } from "./column.ts";
import { type FrameLike, hasPendingFrames, pendingFrame, subqueryOf } from "./pending-subqueries.ts";
import { twoEngines } from "./two-engines.ts";

type Surroundings = Parameters<typeof twoEngines>[1];

const contexts = new WeakMap<Plan, Surroundings>();

/** A frame as a column. */
export const subquery = (frame: FrameLike, how: "scalar" | "exists"): Column<any> => makeColumn(subqueryOf(frame, how));

/** A step with the frames that its columns stand for as its sub-plans; elsewhere than in these steps none can stand. */
export function withSubqueries<P extends Plan>(node: P): P {
  if (!hasPendingFrames()) return node;
  const given: Plan = node;
  const rows = "input" in given ? given.input : given.kind === "join" ? given.left : undefined;
  if (rows === undefined) return node;
  const isApart = APART.includes(given.kind);
  if (!isApart && !BESIDE_ROWS.includes(given.kind) && !isSelect(given)) return node;
  const subqueries: Plan[] = [];
  const lifted = (root: Expression): Expression => {
    checkPlaces(given, root);
    return rewritten(root, (part) => {
      const found = pendingFrame(part);
      if (found === undefined || part.kind !== "subquery") return part;
      const bound = boundTo(rows, found.plan);
      if (isApart && (bound !== found.plan || (part.how === "exists" && given.kind !== "join")))
        throw misplaced(given, part);
      contexts.set(bound, found.context as Surroundings);
      return Object.freeze({ ...part, index: subqueries.push(bound) - 1 });
    });
  };
  const own = mapExpressions(given, lifted);
  return subqueries.length === 0 ? node : (Object.freeze({ ...own, subqueries }) as Plan as P);
}

/**
 * Spark computes `x IN (query)` as false where it is NULL, but where a row is kept by it: so that is the only place of
 * isin(frame), alone or in and, or and not.
 */
export function checkPlaces(node: Plan, root: Expression): void {
  const kept = new Set<Expression>();
  const stack = node.kind === "filter" || node.kind === "join" ? [root] : [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    kept.add(next);
    if (next.kind === "call" && ["and", "or", "not"].includes(next.name)) stack.push(...next.args);
  }
  const lost = operandsFirst(root).some((part) => part.kind === "subquery" && part.how === "in" && !kept.has(part));
  if (lost)
    throw new AnalysisError(
      "SUBQUERY",
      "isin(frame) stands in filter and in a join's condition, alone or within and, or and not. As a column: join the frame's distinct values from the left, and ask whether they are there.",
    );
}

const isSelect = (node: Plan): boolean => node.kind === "derived" && node.rule.method === "select";

/** Steps whose sub-plans may name the columns of their rows. */
export const BESIDE_ROWS: readonly string[] = ["filter", "project", "withColumns"];
/** As in Spark, steps whose sub-plans stand by themselves. */
const APART: readonly string[] = ["sort", "aggregate", "join"];

function misplaced(node: Plan, { how }: Extract<Expression, { kind: "subquery" }>): AnalysisError {
  const method = node.kind === "sort" ? "orderBy" : node.kind === "aggregate" ? "agg" : "a join's condition";
  const called = how === "in" ? "isin" : how;
  const what = how === "exists" && node.kind !== "join" ? "exists()" : `${called}() of a frame that uses outer()`;
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
