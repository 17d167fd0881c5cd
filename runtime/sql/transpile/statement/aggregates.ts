import type { Expression } from "../../../plan/expressions.ts";
import { functionEntry } from "../../../plan/functions.ts";
import { operands } from "../../../plan/walk.ts";

export const kindOf = (part: Expression): string | undefined =>
  part.kind === "call" ? functionEntry(part.name)?.kind : undefined;

/** Whether it is computed of several rows, but not over a window. */
export function isOfGroups(root: Expression): boolean {
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (kindOf(next) === "aggregate" || kindOf(next) === "grouping") return true;
    const own = next;
    stack.push(
      ...(own.kind === "window"
        ? [...operands(own.call), ...operands(own).filter((part) => part !== own.call)]
        : operands(own)),
    );
  }
  return false;
}

export const isAggregate = (part: Expression): boolean => kindOf(part) === "aggregate" || kindOf(part) === "grouping";
