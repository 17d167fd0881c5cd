import { boundedDecimal, isInteger, isNumeric, widest } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import {
  type Argument,
  DOUBLE,
  type Functions,
  INT,
  LONG,
  never,
  type Result,
  STRING,
  sameAsFirst,
  scalar,
} from "./entry.ts";
import { operators } from "./operators.ts";

const ofDouble = scalar("double", DOUBLE);
const mayBeNull =
  (type: SqlType): Result =>
  () => ({ type, nullable: true });

/** What the operator gives, or NULL. */
const tried = (name: "add" | "subtract" | "multiply" | "divide" | "modulo") =>
  scalar("any any", (args) => {
    if (args.some(({ type }) => type.kind === "string")) return "needs numbers, times or intervals";
    const result = operators[name]?.result(args) ?? "needs numbers";
    if (typeof result === "string") return result;
    return "kind" in result ? { type: result, nullable: true } : { ...result, nullable: true };
  });

/** As the remainder; of decimals with its digits. */
const positiveRemainder: Result = (args) => operators.modulo?.result(args) ?? "needs numbers";

const bankers: Result = ([x, places]) => {
  if (x?.type.kind !== "decimal") return x?.type ?? DOUBLE;
  const { precision, scale } = x.type;
  const digits = Math.min(scale, Number(literalOf(places) ?? 0));
  if (digits < 0) return boundedDecimal(Math.max(precision - scale + 1, -digits + 1), 0);
  return boundedDecimal(precision - scale + 1 + digits, digits);
};
const literalOf = (arg: Argument | undefined) =>
  arg?.expression.kind === "literal" ? arg.expression.value : undefined;

/** Whole numbers of 32 bits or fewer are INT, and others as they are. */
const bits: Result = ([x]) => {
  if (!x || (!isInteger(x.type) && x.type.kind !== "void")) return "needs whole numbers";
  return x.type.kind === "long" ? LONG : { type: INT, takes: [INT] };
};

/** `~x`, of its own type. */
const whole: Result = ([x]) => (x && (isInteger(x.type) || x.type.kind === "void") ? x.type : "needs a whole number");

const pair: Result = ([left, right]) => {
  const type = left && right && widest(left.type, right.type);
  return type && isInteger(type) ? { type, takes: [type, type] } : "needs whole numbers";
};

const bytesOrText: Result = ([x]) => {
  if (!x) return "needs an argument";
  if (isNumeric(x.type)) return { type: STRING, takes: [LONG] };
  if (x.type.kind === "void") return { type: STRING, takes: [STRING] };
  return x.type.kind === "binary" || x.type.kind === "string" ? STRING : "needs a whole number, text or bytes";
};

export const moreMath: Functions = {
  acos: ofDouble,
  acosh: ofDouble,
  asin: ofDouble,
  asinh: ofDouble,
  atan: ofDouble,
  atan2: scalar("double double", DOUBLE),
  atanh: ofDouble,
  cbrt: ofDouble,
  cos: ofDouble,
  cosh: ofDouble,
  cot: ofDouble,
  csc: ofDouble,
  degrees: ofDouble,
  e: scalar("", never(DOUBLE)),
  expm1: ofDouble,
  hypot: scalar("double double", DOUBLE),
  /** NULL where x is not above -1. */
  log1p: scalar("double", mayBeNull(DOUBLE)),
  pi: scalar("", never(DOUBLE)),
  positive: scalar("numeric", sameAsFirst),
  radians: ofDouble,
  /** To the nearest whole number, halves to the even one. */
  rint: ofDouble,
  sec: ofDouble,
  sin: ofDouble,
  sinh: ofDouble,
  tan: ofDouble,
  tanh: ofDouble,

  bround: scalar("numeric int!?", bankers),
  /** NULL outside of 0 to 20. */
  factorial: scalar("int", mayBeNull(LONG)),
  pmod: scalar("any any", positiveRemainder),
  try_add: tried("add"),
  try_subtract: tried("subtract"),
  try_multiply: tried("multiply"),
  try_divide: tried("divide"),
  try_mod: tried("modulo"),
  width_bucket: scalar("double double double long", mayBeNull(LONG)),
  randn: { ...scalar("long!?", never(DOUBLE)), volatile: true, seed: 1 },
  uniform: {
    ...scalar("numeric! numeric! long!?", ([low, high]) =>
      never((low && high && widest(low.type, high.type)) ?? DOUBLE)([]),
    ),
    volatile: true,
    seed: 3,
  },

  bin: scalar("long", STRING),
  /** Digits of one base as those of another. */
  conv: scalar("string int int", mayBeNull(STRING)),
  hex: scalar("any", bytesOrText),
  unhex: scalar("string", mayBeNull({ kind: "binary" })),

  bit_count: scalar("any", ([x]) =>
    x && (isInteger(x.type) || x.type.kind === "boolean") ? INT : "needs a whole number or a boolean",
  ),
  getbit: scalar("any int", ([x]) => (x && isInteger(x.type) ? { kind: "byte" } : "needs a whole number")),
  bitwise_not: scalar("any", whole),
  bitwiseAND: scalar("any any", pair),
  bitwiseOR: scalar("any any", pair),
  bitwiseXOR: scalar("any any", pair),
  shiftleft: scalar("any int", bits),
  shiftright: scalar("any int", bits),
  shiftrightunsigned: scalar("any int", bits),
};
