import type { Expression } from "../expressions.ts";
import { functionEntry } from "../functions.ts";
import type { Plan, PlanOf } from "../nodes.ts";
import { childrenFirst, expressionsOf, mapChildren, operandsFirst } from "../walk.ts";
import { isInJavaScript } from "./udf.ts";

/** Has rows cut off before JavaScript computes columns of them, where each row is made of one: what is shown is short. */
export function pushLimits(plan: Plan): Plan {
  const done = new Map<Plan, Plan>();
  for (const node of childrenFirst(plan)) {
    const own = mapChildren(node, (child) => done.get(child) ?? child);
    done.set(node, own.kind === "limit" ? pushed(own) : own);
  }
  return done.get(plan) ?? plan;
}

function pushed(limit: PlanOf<"limit">): Plan {
  const steps: RowStep[] = [];
  let below = limit.input;
  for (; isRowStep(below); below = below.input) steps.push(below);
  if (!steps.some(isInJavaScript)) return limit;
  const start: Plan = Object.freeze({ ...limit, input: below });
  return steps.reduceRight((input: Plan, one) => Object.freeze({ ...one, input }), start);
}

export type RowStep = PlanOf<"project" | "withColumns" | "rename" | "drop">;

/** Whether a step makes one row of each. */
export const isRowStep = (plan: Plan): plan is RowStep =>
  plan.subqueries === undefined &&
  plan.outer === undefined &&
  (plan.kind === "project" || plan.kind === "withColumns" || plan.kind === "rename" || plan.kind === "drop") &&
  expressionsOf(plan).every(isOfOneRow);

export const isOfOneRow = (root: Expression): boolean => operandsFirst(root).every(isPartOfOneRow);

/** Text may be anything; rand gives each row what its place in the order makes it. */
const isPartOfOneRow = (part: Expression): boolean => {
  if (part.kind === "window" || part.kind === "sql") return false;
  if (part.kind !== "call") return true;
  const entry = functionEntry(part.name);
  return entry?.kind === "scalar" && entry.volatile !== true;
};
