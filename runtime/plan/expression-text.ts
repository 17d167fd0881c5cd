import { inspect } from "node:util";
import type { Expression, FrameBound, SortKey, WindowSpec } from "./expressions.ts";
import { intervalLiteral, isInterval } from "./interval-types.ts";
import { typeName } from "./type-names.ts";
import { variableName } from "./variables.ts";
import { operandsFirst } from "./walk.ts";

/** An expression as a person reads it: `avg(delay)`. */
export const expressionText = (root: Expression): string => textBy(root, ownText);

/** The text of an expression, of which `own` writes each part around the texts of its operands. */
export function textBy(root: Expression, own: (expression: Expression, textOf: TextOf) => string): string {
  const texts = new Map<Expression, string>();
  const textOf = (expression: Expression) => texts.get(expression) ?? "";
  for (const expression of operandsFirst(root)) texts.set(expression, own(expression, textOf));
  return textOf(root);
}

const LONGEST = 120;

/** For messages: a long text is cut in its middle. */
export function shortText(expression: Expression): string {
  const text = expressionText(expression);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 2)}`;
}

/** The parentheses around a whole operator say nothing at the outermost level. */
export function withoutParentheses(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if (text[index] === "(") depth++;
    if (text[index] === ")") depth--;
    if (depth === 0) return text;
  }
  return text.slice(1, -1);
}

export function sortKeyText(key: SortKey): string {
  return keyText(key, expressionText);
}

export const windowSpecText = (spec: WindowSpec): string => windowText(spec, expressionText);

export type TextOf = (expression: Expression) => string;

export function ownText(expression: Expression, textOf: TextOf): string {
  switch (expression.kind) {
    case "column":
      return expression.side === undefined ? expression.name : `${expression.side}.${expression.name}`;
    case "subquery":
      if (expression.value !== undefined) return `(${textOf(expression.value)} IN (listquery()))`;
      return expression.how === "exists" ? "exists()" : "scalarsubquery()";
    case "literal":
      return literalText(expression);
    case "call":
      return callText(expression, textOf);
    case "udf":
      return `${expression.udf.name}(${expression.args.map(textOf).join(", ")})`;
    case "field":
      return `${textOf(expression.input)}.${expression.name}`;
    case "cast": {
      const name = expression.onError === "null" ? "TRY_CAST" : "CAST";
      return `${name}(${textOf(expression.input)} AS ${typeName(expression.type)})`;
    }
    case "case": {
      const branches = expression.branches.map((branch) => `WHEN ${textOf(branch.when)} THEN ${textOf(branch.then)}`);
      const otherwise = expression.otherwise === undefined ? "" : ` ELSE ${textOf(expression.otherwise)}`;
      return `CASE ${branches.join(" ")}${otherwise} END`;
    }
    case "window":
      return `${textOf(expression.call)} OVER (${windowText(expression.over, textOf)})`;
    case "alias":
      return `${textOf(expression.input)} AS ${expression.name}`;
    case "sort":
      return keyText(expression.key, textOf);
    case "lambda": {
      const names = expression.parameters.map(textOf).join(", ");
      return `${expression.parameters.length === 1 ? names : `(${names})`} -> ${textOf(expression.body)}`;
    }
    case "variable":
      return expression.depth === 1 ? expression.name : variableName(expression.name, expression.depth);
    case "sql":
      return expression.text;
  }
}

const INFIX: { readonly [name: string]: string } = {
  eq: "=",
  ne: "<>",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  eqNullSafe: "<=>",
  and: "AND",
  or: "OR",
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  div: "div",
  modulo: "%",
  like: "LIKE",
  ilike: "ILIKE",
  rlike: "RLIKE",
};

const POSTFIX: { readonly [name: string]: string } = { isNull: "IS NULL", isNotNull: "IS NOT NULL" };

function callText({ name, args, distinct }: Extract<Expression, { kind: "call" }>, textOf: TextOf): string {
  const texts = args.map(textOf);
  if (INFIX[name] !== undefined && texts.length === 2) return `(${texts[0]} ${INFIX[name]} ${texts[1]})`;
  if (POSTFIX[name] !== undefined && texts.length === 1) return `(${texts[0]} ${POSTFIX[name]})`;
  if (name === "not") return `(NOT ${texts[0]})`;
  if (name === "negate") return `(- ${texts[0]})`;
  if (name === "isin") return `(${texts[0]} IN (${texts.slice(1).join(", ")}))`;
  if (name === "between") return `(${texts[0]} BETWEEN ${texts[1]} AND ${texts[2]})`;
  if (name === "getItem") return `${texts[0]}[${texts[1]}]`;
  if (name === "count" && texts.length === 0) return "count(1)";
  return `${name}(${distinct === true ? "DISTINCT " : ""}${texts.join(", ")})`;
}

function literalText({ value, type }: Extract<Expression, { kind: "literal" }>): string {
  if (value === null) return "NULL";
  if (type.kind === "date") return isoText(Number(value) * 86_400_000, `${value} days`).slice(0, 10);
  if (isInterval(type)) return intervalLiteral(BigInt(value as bigint), type);
  if (type.kind === "time") return clockText(Number(value));
  if (type.kind === "timestamp" || type.kind === "timestamp_ntz")
    return isoText(Number(BigInt(value as bigint) / 1000n), `${value} µs`)
      .replace("T", " ")
      .replace("Z", "");
  return value instanceof Uint8Array ? inspect(value) : String(value);
}

/** Microseconds since midnight. */
function clockText(micros: number): string {
  const fraction = String(micros % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${isoText(micros / 1000, "").slice(11, 19)}${fraction === "" ? "" : `.${fraction}`}`;
}

function isoText(millis: number, beyond: string): string {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? beyond : date.toISOString();
}

const keyText = ({ expression, descending, nulls }: SortKey, textOf: TextOf): string =>
  `${textOf(expression)} ${descending ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`;

export function windowText({ partitionBy, orderBy, frame }: WindowSpec, textOf: TextOf): string {
  const parts: string[] = [];
  if (partitionBy.length > 0) parts.push(`PARTITION BY ${partitionBy.map(textOf).join(", ")}`);
  if (orderBy.length > 0) parts.push(`ORDER BY ${orderBy.map((key) => keyText(key, textOf)).join(", ")}`);
  if (frame !== undefined)
    parts.push(`${frame.unit.toUpperCase()} BETWEEN ${boundText(frame.start)} AND ${boundText(frame.end)}`);
  return parts.join(" ");
}

function boundText(bound: FrameBound): string {
  if (typeof bound === "string") return bound.toUpperCase();
  if (bound === 0) return "CURRENT ROW";
  return bound < 0 ? `${-bound} PRECEDING` : `${bound} FOLLOWING`;
}
