import type { Expression } from "./expressions.ts";
import type { Plan } from "./nodes.ts";
import { childrenFirst, expressionsOf, mapChildren, operandsFirst } from "./walk.ts";

/** A sub-plan whose columns of the rows around it are those of `outer`. Sub-plans within it keep their own. */
export function boundTo(outer: Plan, plan: Plan): Plan {
  const bound = new Map<Plan, Plan>();
  // What is below a bound node belongs to another.
  for (const node of childrenFirst(plan)) {
    const whole = mapChildren(node, (child) => bound.get(child) ?? child);
    const own = whole.outer === undefined && expressionsOf(whole).some(namesOuter);
    bound.set(node, own ? (Object.freeze({ ...whole, outer }) as Plan) : whole);
  }
  return bound.get(plan) ?? plan;
}

const namesOuter = (root: Expression): boolean =>
  operandsFirst(root).some((part) => part.kind === "column" && part.side === "outer");

/** Whether a plan hangs on rows around it, so that it cannot be run alone. */
export function isCorrelated(plan: Plan): boolean {
  const nodes = childrenFirst(plan);
  if (nodes.every(({ outer }) => outer === undefined)) return false;
  const around = new Set(nodes.flatMap(rowsAround));
  return nodes.some(({ outer }) => outer !== undefined && !around.has(outer));
}

/** The rows that a node computes sub-plans for, one by one. */
const rowsAround = (node: Plan): readonly Plan[] =>
  node.kind === "join"
    ? node.match === "lateral"
      ? [node.left]
      : []
    : node.subqueries && "input" in node
      ? [node.input]
      : [];
