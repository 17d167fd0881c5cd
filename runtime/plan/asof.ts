import type { Expression, SortKey } from "./expressions.ts";
import { operandsFirst } from "./walk.ts";

/**
 * The order in which the right rows that fit are the nearest first; undefined where a condition is not one comparison of
 * something of the left side with something of the right.
 */
export function nearestKey(condition: Expression | undefined): SortKey | undefined {
  if (condition?.kind !== "call") return undefined;
  const [first, second] = condition.args;
  if (first === undefined || second === undefined) return undefined;
  const isTurned = sideOf(first) === "right" && sideOf(second) === "left";
  if (!isTurned && !(sideOf(first) === "left" && sideOf(second) === "right")) return undefined;
  const isBefore = condition.name === "ge" || condition.name === "gt";
  if (!isBefore && condition.name !== "le" && condition.name !== "lt") return undefined;
  return { expression: isTurned ? first : second, descending: isBefore !== isTurned, nulls: "last" };
}

/** The one side whose columns an expression is made of. */
function sideOf(expression: Expression): string | undefined {
  const columns = operandsFirst(expression).filter((part) => part.kind === "column");
  const [side, ...others] = new Set(columns.map((part) => part.side));
  return others.length === 0 ? side : undefined;
}
