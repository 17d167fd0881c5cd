import type { Expression } from "./expressions.ts";
import { sparkName } from "./spark-names.ts";

/** The name of an output column made of this expression. */
export function outputName(expression: Expression): string {
  switch (expression.kind) {
    case "alias":
    case "column":
    case "field":
      return expression.name;
    case "cast":
      return namesItself(expression.input) ? outputName(expression.input) : sparkName(expression);
    default:
      return sparkName(expression);
  }
}

const namesItself = (e: Expression): boolean => e.kind === "column" || e.kind === "field" || e.kind === "alias";
