import type { Expression } from "../expressions.ts";
import { isCalendarInterval, isInterval } from "../interval-types.ts";
import { isInteger, isNumeric, isTime, MAX_TIME_PRECISION } from "../numeric.ts";
import { isOrdered } from "../ordered.ts";
import type { SqlType } from "../types.ts";
import { VARIANT } from "../variant-types.ts";

export type Typed = { readonly type: SqlType; readonly nullable: boolean };

/** An argument as the function table sees it. */
export type Argument = Typed & { readonly expression: Expression };

/** What a call of a function with certain arguments gives. */
export type Signature = {
  readonly type: SqlType;
  /** Else: where any argument is, and always for an aggregate. */
  readonly nullable?: boolean;
  /** The types that arguments are converted to first; undefined leaves one as it is. */
  readonly takes?: readonly (SqlType | undefined)[];
  /** Of a generator: the fields of the struct that it gives are columns of the select. */
  readonly spread?: true;
};

/** Text is a refusal, worded to follow the function's name: "needs numbers". */
export type Result = (args: readonly Argument[]) => Signature | SqlType | string;

export type FunctionEntry = {
  /** A generator makes any number of rows of one; "grouping" tells of a row by which of the grouping sets it was made. */
  readonly kind: "scalar" | "aggregate" | "window" | "generator" | "grouping";
  readonly parameters: readonly Parameter[];
  readonly least: number;
  readonly most: number;
  readonly result: Result;
  /** Another value at every evaluation: such a call is never moved or repeated. */
  readonly volatile?: true;
  /** Hangs on the other rows: it stands where a window may. */
  readonly ofRows?: true;
  /** With a seed, which is the argument of this number, it is `ofRows`: the numbers of rows are what it makes values of. */
  readonly seed?: 1 | 2 | 3;
  /** Has a meaning only over a window with an order. */
  readonly ordered?: true;
};

export type Functions = { readonly [name: string]: FunctionEntry };

/**
 * The parameter classes, each with what an argument of a type is converted to: a type, or undefined where it does not
 * fit. A bare NULL fits everywhere.
 */
const CLASSES = {
  any: (type) => type,
  /** Values that have an order. */
  ordered: (type) => only(isOrdered(type), type),
  /** Values that are told apart. */
  distinct: (type) => only(type.kind !== "map", type),
  boolean: (type) => only(type.kind === "boolean" || type.kind === "string" || isNull(type), BOOLEAN),
  numeric: (type) => (isNumeric(type) ? type : only(type.kind === "string" || isNull(type), DOUBLE)),
  /** A number, or a span of time. */
  measure: (type) =>
    isNumeric(type) || isInterval(type) ? type : only(type.kind === "string" || isNull(type), DOUBLE),
  /** The same, or an interval of months, days and microseconds. */
  signed: (type) =>
    isNumeric(type) || isInterval(type) || isCalendarInterval(type)
      ? type
      : only(type.kind === "string" || isNull(type), DOUBLE),
  double: (type) => only(isNumeric(type) || type.kind === "string" || isNull(type), DOUBLE),
  int: (type) => only(isNumeric(type) || type.kind === "string" || isNull(type), INT),
  long: (type) => only(isNumeric(type) || type.kind === "string" || isNull(type), LONG),
  /** A number, and nothing that would become one. */
  number: (type) => only(isNumeric(type) || isNull(type), type),
  /** The same, or a span of time. */
  amount: (type) => only(isNumeric(type) || isInterval(type) || isNull(type), type),
  /** A whole number, as it is. */
  whole: (type) => only(isInteger(type) || isNull(type), type),
  string: (type) => only(isAtomic(type) || isNull(type), STRING),
  /** Text, or bytes as they are. */
  text: (type) => (type.kind === "binary" ? type : only(isAtomic(type) || isNull(type), STRING)),
  /** Text, bytes or an array. */
  series: (type) =>
    type.kind === "binary" || type.kind === "array" ? type : only(isAtomic(type) || isNull(type), STRING),
  /** Text, and nothing that would become text. */
  words: (type) => only(type.kind === "string" || isNull(type), STRING),
  /** Text or bytes, and nothing that would become text. */
  bytes: (type) => only(type.kind === "binary" || type.kind === "string" || isNull(type), type),
  date: (type) => only(isTime(type) || type.kind === "string" || isNull(type), DATE),
  /** A DATE, and nothing that would become one. */
  day: (type) => only(type.kind === "date" || isNull(type), DATE),
  /** A date or a time, as it is. */
  time: (type) => (isTime(type) ? type : only(type.kind === "string" || isNull(type), DATE)),
  /** A time of day is in it. */
  clock: (type) =>
    type.kind === "timestamp" || type.kind === "timestamp_ntz"
      ? type
      : only(type.kind === "date" || type.kind === "string" || isNull(type), TIMESTAMP),
  /** The same, or a time of day. */
  daytime: (type) =>
    type.kind === "time" || type.kind === "timestamp" || type.kind === "timestamp_ntz"
      ? type
      : only(type.kind === "date" || type.kind === "string" || isNull(type), TIMESTAMP),
  /** The same, or a span of time. */
  partial: (type) =>
    isInterval(type) ||
    isCalendarInterval(type) ||
    type.kind === "time" ||
    type.kind === "timestamp" ||
    type.kind === "timestamp_ntz"
      ? type
      : only(type.kind === "date" || type.kind === "string" || isNull(type), TIMESTAMP),
  /** A time of day, and nothing that would become one. */
  bareTime: (type) => only(type.kind === "time" || isNull(type), type),
  /** A time of day; text is read as one. */
  timeOfDay: (type) => (type.kind === "time" ? type : only(type.kind === "string" || isNull(type), TIME)),
  /** A TIMESTAMP, and nothing that would become one. */
  instant: (type) => only(type.kind === "timestamp" || isNull(type), TIMESTAMP),
  array: (type) => only(type.kind === "array", type),
  /** A number, or an array of numbers. */
  parts: (type) => only(isNumeric(itemOf(type)) || isNull(itemOf(type)), type),
  map: (type) => only(type.kind === "map", type),
  /** A callback; its type is that of what it gives. */
  lambda: (type) => type,
  /** A VARIANT, and nothing that would become one. */
  variant: (type) => only(type.kind === "variant" || isNull(type), VARIANT),
  collection: (type) => only(type.kind === "map" || type.kind === "array", type),
} satisfies { readonly [name: string]: (type: SqlType) => SqlType | undefined };

type ClassName = keyof typeof CLASSES;

export type Parameter = {
  readonly className: ClassName;
  readonly literal: boolean;
  /** Takes what is the same for all rows. */
  readonly constant: boolean;
};

/** What an argument is converted to; undefined where it does not fit the parameter. */
export const convert = (parameter: Parameter, type: SqlType): SqlType | undefined => CLASSES[parameter.className](type);

/**
 * `signature` lists the parameters' classes: "string int int?" has two needed ones and an optional one, "string any..."
 * any number after the first (none is allowed), "string!" takes only a literal, "any~" also what is made of literals.
 */
export const scalar = (signature: string, result: SqlType | Result): FunctionEntry =>
  entry("scalar", signature, result);
export const aggregate = (signature: string, result: SqlType | Result): FunctionEntry =>
  entry("aggregate", signature, result);
export const generator = (signature: string, result: SqlType | Result): FunctionEntry =>
  entry("generator", signature, result);
export const grouped = (signature: string, result: SqlType | Result): FunctionEntry =>
  entry("grouping", signature, result);
export const windowed = (signature: string, result: SqlType | Result): FunctionEntry => ({
  ...entry("window", signature, result),
  ordered: true,
});

export const BOOLEAN: SqlType = { kind: "boolean" };
export const BYTE: SqlType = { kind: "byte" };
export const INT: SqlType = { kind: "int" };
export const LONG: SqlType = { kind: "long" };
export const DOUBLE: SqlType = { kind: "double" };
export const STRING: SqlType = { kind: "string" };
export const DATE: SqlType = { kind: "date" };
export const TIMESTAMP: SqlType = { kind: "timestamp" };
export const TIME: SqlType = { kind: "time", precision: MAX_TIME_PRECISION };

/** The type of the first argument. */
export const sameAsFirst: Result = ([first]) => first?.type ?? "needs an argument";

export const never = (type: SqlType): Result => {
  const signature = { type, nullable: false };
  return () => signature;
};

/** A literal that counts from 1, and is less. */
export const isBelowOne = (argument: Argument | undefined): boolean =>
  argument?.expression.kind === "literal" && Number(argument.expression.value) < 1;

function entry(kind: FunctionEntry["kind"], signature: string, result: SqlType | Result): FunctionEntry {
  const words = signature.split(" ").filter((word) => word !== "");
  const needed = words.filter((word) => !word.endsWith("?") && !word.endsWith("...")).length;
  return {
    kind,
    parameters: words.map(parameter),
    least: needed,
    most: words.at(-1)?.endsWith("...") ? Number.POSITIVE_INFINITY : words.length,
    result: typeof result === "function" ? result : () => result,
  };
}

function parameter(word: string): Parameter {
  const className = word.replace(/[!~?.]+$/, "");
  if (!Object.hasOwn(CLASSES, className)) throw new Error(`no parameter class "${className}"`);
  return { className: className as ClassName, literal: word.includes("!"), constant: word.includes("~") };
}

const only = <T>(fits: boolean, type: T): T | undefined => (fits ? type : undefined);
const itemOf = (type: SqlType) => (type.kind === "array" ? type.element : type);
const isNull = (type: SqlType) => type.kind === "void";
const isAtomic = (type: SqlType) => !["array", "map", "struct", "variant"].includes(type.kind);
