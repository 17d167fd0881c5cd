import { AnalysisError } from "../errors.ts";
import type { Expression, Variable } from "./expressions.ts";
import { operandsFirst } from "./walk.ts";

/** A lambda's parameter in SQL: `x₁`, a name that hardly any column has. */
export const variableName = (name: string, depth: number): string =>
  `${name}${String(depth).replace(/\d/g, (digit) => DIGITS.charAt(Number(digit)))}`;

const DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** The variables of an expression that no lambda in it declares. */
export function freeVariables(root: Expression): Variable[] {
  const bound = new Set<Expression>();
  const found: Variable[] = [];
  for (const part of operandsFirst(root)) {
    if (part.kind === "lambda") for (const parameter of part.parameters) bound.add(parameter);
    if (part.kind === "variable") found.push(part);
  }
  return found.filter((variable) => !bound.has(variable));
}

/** A whole expression has no variables but those of its lambdas, nor a column of their names. */
export function checkVariables(root: Expression): void {
  const parts = operandsFirst(root);
  if (!parts.some((part) => part.kind === "variable")) return;
  if (freeVariables(root).length > 0)
    throw new AnalysisError(
      "MISPLACED_VARIABLE",
      "The argument of a callback (of transform, filter, aggregate …) is used outside of it: it has a value only there.",
    );
  const names = new Set(parts.flatMap((part) => (part.kind === "variable" ? allNames(part) : [])));
  const taken = parts.find((part) => part.kind === "column" && names.has(part.name));
  if (taken?.kind === "column")
    throw new AnalysisError(
      "VARIABLE_NAME",
      `The column "${taken.name}" has a name that the arguments of callbacks have in SQL: rename it first.`,
    );
}

/** DuckDB's SQL has one parameter for some pairs. */
const allNames = ({ depth, name }: Variable) => [name, ..."xiepsr"].map((letter) => variableName(letter, depth));
