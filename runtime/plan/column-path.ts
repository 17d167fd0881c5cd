import type { Expression } from "./expressions.ts";
import { nameParts } from "./name-parts.ts";
import type { Named } from "./nodes.ts";
import { outputName } from "./output-name.ts";
import { operandsFirst } from "./walk.ts";

type ColumnExpression = Extract<Expression, { kind: "column" }>;

/**
 * The column that a text of the user's names. As in Spark, dots lead behind the alias of a frame and into structs, a part in
 * backticks may hold dots itself, and a star stands for all that is there: which of it is meant, the columns will tell.
 */
export function columnNamed(name: string): ColumnExpression {
  if (!MARKS.test(name) || !PATH.test(name)) return { kind: "column", name };
  hasAny = true;
  return { kind: "column", name, parts: nameParts(name) };
}

const MARKS = /[.`*]/;
const PATH = /^(?:`(?:[^`]|``)+`|[^.`]+)(?:\.(?:`(?:[^`]|``)+`|[^.`]+))*$/;

let hasAny = false;

/** Whether there may be such names at all. */
export const hasPaths = (): boolean => hasAny;

/** `*`, `a.*`. */
export const isStar = (expression: Expression): expression is ColumnExpression =>
  expression.kind === "column" && expression.parts !== undefined && /(?:^|\.)\*$/.test(expression.name);

/** An output column that is called what its expression calls itself. */
export function ownNamed(expression: Expression): Named {
  const name = outputName(expression);
  const hasPath = hasAny && operandsFirst(expression).some((part) => part.kind === "column" && part.parts);
  return { name, expression, ...(hasPath && { isOwnName: true }) };
}
