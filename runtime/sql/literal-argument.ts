import { AnalysisError } from "../errors.ts";
import type { Arg } from "./dialect.ts";

/** The text of a literal argument; the function table sees to it that it is one. */
export function literalText({ expression }: Arg, what: string): string {
  if (expression.kind !== "literal" || expression.value === null)
    throw new AnalysisError("LITERAL_NEEDED", `${what} has to be a plain value.`);
  return String(expression.value);
}
