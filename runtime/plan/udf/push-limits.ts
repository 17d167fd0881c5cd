import type { Expression } from "../expressions.ts";
import { functionEntry } from "../functions.ts";
import type { Plan, PlanOf } from "../nodes.ts";
import { children, childrenFirst, expressionsOf, mapChildren, operandsFirst } from "../walk.ts";
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

type RowStep = PlanOf<"project" | "withColumns" | "rename" | "drop">;

const isRowStep = (plan: Plan): plan is RowStep =>
  plan.subqueries === undefined &&
  plan.outer === undefined &&
  (plan.kind === "project" || plan.kind === "withColumns" || plan.kind === "rename" || plan.kind === "drop") &&
  expressionsOf(plan).every((root) => operandsFirst(root).every(isOfOneRow));

/** Text may be anything; rand gives each row what its place in the order makes it. */
const isOfOneRow = (part: Expression): boolean => {
  if (part.kind === "window" || part.kind === "sql") return false;
  if (part.kind !== "call") return true;
  const entry = functionEntry(part.name);
  return entry?.kind === "scalar" && entry.volatile !== true;
};

/** Of filters: how many rows that pass are enough, where all that reads them takes no more than the first. */
export function enoughRows(root: Plan): ReadonlyMap<Plan, number> {
  const nodes = childrenFirst(root);
  const readers = new Map<Plan, number>();
  for (const node of nodes) for (const child of children(node)) readers.set(child, (readers.get(child) ?? 0) + 1);
  const enough = new Map<Plan, number>();
  for (const node of nodes) {
    if (node.kind !== "limit") continue;
    let below = node.input;
    while (isRowStep(below) && readers.get(below) === 1) below = below.input;
    if (below.kind === "filter" && readers.get(below) === 1) enough.set(below, node.count + node.offset);
  }
  return enough;
}
