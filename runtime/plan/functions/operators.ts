import { isCalendarInterval, isInterval } from "../interval-types.ts";
import {
  boundedDecimal,
  type DecimalType,
  decimalOf,
  isInteger,
  isNumeric,
  isTime,
  widest,
  widestOf,
} from "../numeric.ts";
import type { SqlType } from "../types.ts";
import {
  type Argument,
  BOOLEAN,
  DOUBLE,
  type Functions,
  INT,
  LONG,
  never,
  type Result,
  sameAsFirst,
  scalar,
} from "./entry.ts";
import { spanBetween, spanScaled, spanSum } from "./intervals.ts";

/** Arguments of one type, to which all are converted. */
const alike =
  (type: SqlType, nullable?: boolean): Result =>
  (args) => {
    const common = widestOf(args.map((arg) => arg.type));
    if (common === undefined) return "cannot compare these types";
    return { type, takes: args.map(() => common), ...(nullable === undefined ? {} : { nullable }) };
  };

const compare = scalar("ordered ordered", alike(BOOLEAN));
const pattern = scalar("string string", BOOLEAN);
const escaped = scalar("string string string!?", BOOLEAN);

const decimalSum = (a: DecimalType, b: DecimalType) => {
  const scale = Math.max(a.scale, b.scale);
  return boundedDecimal(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale);
};
const decimalProduct = (a: DecimalType, b: DecimalType) =>
  boundedDecimal(a.precision + b.precision + 1, a.scale + b.scale);
const decimalQuotient = (a: DecimalType, b: DecimalType) => {
  const scale = Math.max(6, a.scale + b.precision + 1);
  return boundedDecimal(a.precision - a.scale + b.scale + scale, scale);
};
const decimalRemainder = (a: DecimalType, b: DecimalType) => {
  const scale = Math.max(a.scale, b.scale);
  return boundedDecimal(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
};

/** Arithmetic of two numbers; `integers` is the result where neither is a decimal and both are integers. */
const arithmetic =
  (decimals: (a: DecimalType, b: DecimalType) => SqlType, integers?: SqlType): Result =>
  (args) => {
    const [left, right] = args.map((arg) => numberType(arg, args));
    if (left === undefined || right === undefined) return "needs numbers";
    const a = asDecimal(left, args[0]);
    const b = asDecimal(right, args[1]);
    if (a && b && (left.kind === "decimal" || right.kind === "decimal")) return { type: decimals(a, b), takes: [a, b] };
    const type = (isInteger(left) && isInteger(right) ? integers : undefined) ?? widest(left, right);
    if (type === undefined) return "needs numbers";
    // Spark divides nothing but DOUBLE and DECIMAL.
    const common = type.kind === "float" && integers === DOUBLE ? DOUBLE : type;
    return { type: common, takes: [common, common] };
  };

/** A string counts as BIGINT beside an integer, and as DOUBLE beside any other number: ANSI mode. */
function numberType(arg: Argument, args: readonly Argument[]): SqlType | undefined {
  if (isNumeric(arg.type)) return arg.type;
  const other = args.find((candidate) => candidate !== arg)?.type ?? DOUBLE;
  if (arg.type.kind === "void") return isNumeric(other) ? other : DOUBLE;
  return arg.type.kind === "string" ? (isInteger(other) ? LONG : DOUBLE) : undefined;
}

/** An integer literal beside a decimal is as narrow as its digits. */
function asDecimal(type: SqlType, arg: Argument | undefined): DecimalType | undefined {
  if (arg?.expression.kind !== "literal" || !isInteger(type)) return decimalOf(type);
  const digits = String(arg.expression.value).replace("-", "").length;
  return { kind: "decimal", precision: digits, scale: 0 };
}

const numeric = arithmetic(decimalSum);

/** Days may be added to a date. */
const addition: Result = (args) => {
  const [left, right] = args;
  const span = spanSum(args, true);
  if (span !== undefined) return span;
  if (left?.type.kind === "date" && right && isInteger(right.type)) return { type: left.type, takes: [left.type, INT] };
  if (left && isTime(left.type)) return "needs numbers, or a time and an interval, or a date and days";
  return numeric(args);
};

const subtraction: Result = (args) => {
  const [left] = args;
  const span = spanBetween(args) ?? spanSum(args, false);
  if (span !== undefined) return span;
  if (left && (isInterval(left.type) || isCalendarInterval(left.type))) return "needs two intervals of one kind";
  return addition(args);
};

const multiplication = arithmetic(decimalProduct);
const division = arithmetic(decimalQuotient, DOUBLE);

/** Whole numbers, of which the quotient is cut off. */
const wholeDivision: Result = (args) => {
  const types = args.map((arg) => numberType(arg, args));
  return types.every((type) => type && isInteger(type)) ? { type: LONG, takes: [LONG, LONG] } : "needs whole numbers";
};

export const operators: Functions = {
  add: scalar("any any", addition),
  subtract: scalar("any any", subtraction),
  multiply: scalar("any any", (args) => spanScaled(args, true) ?? multiplication(args)),
  divide: scalar("any any", (args) => spanScaled(args, false) ?? division(args)),
  div: scalar("any any", wholeDivision),
  modulo: scalar("any any", arithmetic(decimalRemainder)),
  negate: scalar("signed", sameAsFirst),

  eq: compare,
  ne: compare,
  lt: compare,
  le: compare,
  gt: compare,
  ge: compare,
  eqNullSafe: scalar("ordered ordered", alike(BOOLEAN, false)),
  isin: scalar("ordered ordered...", (args) =>
    args.length === 1 ? { type: BOOLEAN, nullable: false } : alike(BOOLEAN)(args),
  ),
  between: scalar("ordered ordered ordered", alike(BOOLEAN)),

  and: scalar("boolean boolean", BOOLEAN),
  or: scalar("boolean boolean", BOOLEAN),
  not: scalar("boolean", BOOLEAN),
  isNull: scalar("any", never(BOOLEAN)),
  isNotNull: scalar("any", never(BOOLEAN)),
  isNaN: scalar("double", never(BOOLEAN)),

  /** A number from 0 to 1 that comes of a seed and of values. */
  rowFraction: scalar("long! any...", never(DOUBLE)),

  /** The third argument takes the meaning from the character behind it; else a backslash does. */
  like: escaped,
  ilike: escaped,
  rlike: pattern,
  contains: pattern,
  startsWith: pattern,
  endsWith: pattern,
  startswith: pattern,
  endswith: pattern,
};
