import type { SqlType } from "../../plan/types.ts";
import type { Arg, Call, Template, Unconverted } from "../dialect.ts";
import { duckdbType, quoteText } from "../duckdb-literal.ts";
import { tight } from "../fragment.ts";

/** The text cast to the type that the function table promises. */
export const asResult = (text: string, call: Call): string => `CAST(${text} AS ${duckdbType(call.result.type)})`;

export const raise = (message: string): string => `error(${quoteText(message)})`;

export const zeroIndex = (name: string): string =>
  raise(
    `[INVALID_INDEX_OF_ZERO] ${name}: the index 0 is invalid, positions count from 1, or from the end if negative.`,
  );

export const listed = (args: readonly Arg[]): string => args.map((arg) => arg.text).join(", ");

/** `name(arguments)`. */
export const named =
  (name: string): Template =>
  (args, call) =>
    `${name}(${call.distinct ? "DISTINCT " : ""}${listed(args)})${call.over}`;

/** `CAST(name(arguments) AS type)`, where DuckDB's own type is wider. */
export const typed =
  (name: string): Template =>
  (args, call) => {
    const uncast = `${name}(${call.distinct ? "DISTINCT " : ""}${listed(args)})${call.over}`;
    return { ...tight(asResult(uncast, call)), uncast };
  };

/**
 * A text that uses arguments more than once, written so that each is computed once: columns and literals stand as they are,
 * others are parameters of a lambda.
 */
export function eachOnce(args: readonly Unconverted[], body: (...operands: string[]) => string): string {
  const isBare = ({ expression: { kind } }: Unconverted) =>
    kind === "column" || kind === "literal" || kind === "variable";
  if (args.every(isBare)) return body(...args.map((arg) => arg.operand));
  const packed = `{${args.map((arg, index) => `'${PARAMETERS[index]}': ${arg.text}`).join(", ")}}`;
  const names = args.map((_, index) => `struct_extract(once, '${PARAMETERS[index]}')`);
  return `list_transform([${packed}], lambda once: ${body(...names)})[1]`;
}

/** The same of one. */
export const once = (arg: Unconverted, body: (x: string) => string): string => eachOnce([arg], body);

/** `body` over a value under a name of its own. */
export const bind = (name: string, value: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** A part of a value, which has a name or path in the SQL: it is written and computed each time, so it counts as a column. */
export const part = (of: Unconverted, text: string, type: SqlType): Unconverted => ({
  ...of,
  expression: { kind: "column", name: text },
  fragment: tight(text),
  text,
  operand: text,
  type,
  nullable: true,
});

/** An argument with other SQL for it, which is computed once where it is used more than once. */
export const computedAs = (arg: Arg, text: string): Arg => ({
  ...arg,
  expression: { kind: "call", name: "", args: [] },
  fragment: tight(text),
  text,
  operand: text,
});

const PARAMETERS = "abcdefghij";
