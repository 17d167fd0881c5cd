import { inspect } from "node:util";
import type { Expression, FrameBound, SortKey, WindowSpec } from "./expressions.ts";
import { typeName } from "./type-names.ts";

/** An expression as a person reads it; also the name that an unnamed column gets, as in Spark: `avg(delay)`. */
export function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case "column":
      return expression.side === undefined ? expression.name : `${expression.side}.${expression.name}`;
    case "literal":
      return literalText(expression);
    case "call":
      return callText(expression);
    case "field":
      return `${expressionText(expression.input)}.${expression.name}`;
    case "cast": {
      const name = expression.onError === "null" ? "TRY_CAST" : "CAST";
      return `${name}(${expressionText(expression.input)} AS ${typeName(expression.type)})`;
    }
    case "case": {
      const branches = expression.branches.map((b) => `WHEN ${expressionText(b.when)} THEN ${expressionText(b.then)}`);
      const otherwise = expression.otherwise === undefined ? "" : ` ELSE ${expressionText(expression.otherwise)}`;
      return `CASE ${branches.join(" ")}${otherwise} END`;
    }
    case "window":
      return `${expressionText(expression.call)} OVER (${windowText(expression.over)})`;
    case "alias":
      return `${expressionText(expression.input)} AS ${expression.name}`;
    case "sort":
      return sortKeyText(expression.key);
    case "sql":
      return expression.text;
  }
}

/** The name of an output column made of this expression. */
export function outputName(expression: Expression): string {
  switch (expression.kind) {
    case "alias":
    case "column":
    case "field":
      return expression.name;
    case "cast":
      return namesItself(expression.input) ? outputName(expression.input) : expressionText(expression);
    default:
      return expressionText(expression);
  }
}

const namesItself = (e: Expression): boolean => e.kind === "column" || e.kind === "field" || e.kind === "alias";

const infix: { readonly [name: string]: string } = {
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
  modulo: "%",
  like: "LIKE",
  ilike: "ILIKE",
  rlike: "RLIKE",
};

const postfix: { readonly [name: string]: string } = { isNull: "IS NULL", isNotNull: "IS NOT NULL" };

function callText({ name, args, distinct }: Extract<Expression, { kind: "call" }>): string {
  const texts = args.map(expressionText);
  if (infix[name] !== undefined && texts.length === 2) return `(${texts[0]} ${infix[name]} ${texts[1]})`;
  if (postfix[name] !== undefined && texts.length === 1) return `(${texts[0]} ${postfix[name]})`;
  if (name === "not") return `(NOT ${texts[0]})`;
  if (name === "negate") return `(- ${texts[0]})`;
  if (name === "isin") return `(${texts[0]} IN (${texts.slice(1).join(", ")}))`;
  if (name === "count" && texts.length === 0) return "count(1)";
  return `${name}(${distinct === true ? "DISTINCT " : ""}${texts.join(", ")})`;
}

function literalText({ value, type }: Extract<Expression, { kind: "literal" }>): string {
  if (value === null) return "NULL";
  if (type.kind === "date") return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
  if (type.kind === "timestamp" || type.kind === "timestamp_ntz") {
    const date = new Date(Number(BigInt(value as bigint) / 1000n));
    return Number.isNaN(date.getTime()) ? `${value} µs` : date.toISOString().replace("T", " ").replace("Z", "");
  }
  return value instanceof Uint8Array ? inspect(value) : String(value);
}

export function sortKeyText({ expression, descending, nulls }: SortKey): string {
  return `${expressionText(expression)} ${descending ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`;
}

function windowText({ partitionBy, orderBy, frame }: WindowSpec): string {
  const parts: string[] = [];
  if (partitionBy.length > 0) parts.push(`PARTITION BY ${partitionBy.map(expressionText).join(", ")}`);
  if (orderBy.length > 0) parts.push(`ORDER BY ${orderBy.map(sortKeyText).join(", ")}`);
  if (frame !== undefined) {
    parts.push(`${frame.unit.toUpperCase()} BETWEEN ${boundText(frame.start)} AND ${boundText(frame.end)}`);
  }
  return parts.join(" ");
}

function boundText(bound: FrameBound): string {
  if (typeof bound === "string") return bound.toUpperCase();
  if (bound === 0) return "CURRENT ROW";
  return bound < 0 ? `${-bound} PRECEDING` : `${bound} FOLLOWING`;
}
