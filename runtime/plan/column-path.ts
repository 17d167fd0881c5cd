import type { Expression } from "./expressions.ts";
import { nameParts } from "./name-parts.ts";
import type { Named, Plan } from "./nodes.ts";
import { outputName } from "./output-name.ts";
import { hasDottedNames } from "./rewrite/aliased-names.ts";
import { expressionsOf, operandsFirst } from "./walk.ts";

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

/** The column at a place among those of the input, counted from 1: which that is, they will tell. */
export function columnAt(position: number): ColumnExpression {
  hasAny = true;
  return { kind: "column", name: String(position), position };
}

const MARKS = /[.`*]/;
const PATH = /^(?:`(?:[^`]|``)+`|[^.`]+)(?:\.(?:`(?:[^`]|``)+`|[^.`]+))*$/;

let hasAny = false;

/** Whether a node's expressions have names that may lead into structs. */
export function namesPaths(node: Plan): boolean {
  if (!hasAny) return false;
  const known = found.get(node);
  if (known !== undefined) return known;
  const roots = node.kind === "observe" ? node.metrics.map(({ expression }) => expression) : expressionsOf(node);
  const answer = roots.some((root) => operandsFirst(root).some(hasParts));
  found.set(node, answer);
  return answer;
}

const found = new WeakMap<Plan, boolean>();

const hasParts = (part: Expression): boolean =>
  (part.kind === "column" && (part.parts !== undefined || part.position !== undefined)) ||
  (part.kind === "sql" && part.columns === undefined && hasDottedNames(part.text));

/** SQL text, in which names may stand behind aliases of frames. */
export function textOf(text: string): Extract<Expression, { kind: "sql" }> {
  hasAny ||= hasDottedNames(text);
  return { kind: "sql", text };
}

/** `*`, `a.*`. */
export const isStar = (expression: Expression): expression is ColumnExpression =>
  expression.kind === "column" && expression.parts !== undefined && /(?:^|\.)\*$/.test(expression.name);

/** An output column that is called what its expression calls itself. */
export function ownNamed(expression: Expression): Named {
  const name = outputName(expression);
  const hasPath = hasAny && operandsFirst(expression).some(hasParts);
  return { name, expression, ...(hasPath && { isOwnName: true }) };
}

/** The regular expression of what `colRegex` gives. */
export function patternOf(expression: Expression): RegExp | undefined {
  if (expression.kind !== "call" || expression.name !== COL_REGEX) return undefined;
  const [source, flags] = expression.args.map((arg) => (arg.kind === "literal" ? String(arg.value) : ""));
  return new RegExp(source ?? "", flags);
}

export const COL_REGEX = "colRegex";
