import { boundedDecimal, decimalOf, widestOf } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import type { Argument, Functions, Result } from "./entry.ts";
import { DOUBLE, INT, LONG, never, sameAsFirst, scalar } from "./entry.ts";

const ofDouble = scalar("double", DOUBLE);
/** NULL where the argument is not above 0. */
const logarithm = scalar("double", () => ({ type: DOUBLE, nullable: true }));

const toWhole: Result = ([x]) =>
  x?.type.kind === "decimal" ? boundedDecimal(x.type.precision - x.type.scale + (x.type.scale === 0 ? 0 : 1), 0) : LONG;

/** With a number of places: of decimals, which numbers become first as Spark has it. */
const toPlaces: Result = (args) => {
  const [x, places] = args;
  if (x === undefined || places === undefined) return toWhole(args);
  const decimal = decimalOf(x.type) ?? (x.type.kind === "float" ? OF_FLOAT : OF_DOUBLE);
  return { type: rounded([{ ...x, type: decimal }, places]) as SqlType, takes: [decimal, INT] };
};
const OF_FLOAT: SqlType = { kind: "decimal", precision: 14, scale: 7 };
const OF_DOUBLE: SqlType = { kind: "decimal", precision: 30, scale: 15 };

const rounded: Result = ([x, places]) => {
  if (x?.type.kind !== "decimal") return x?.type ?? DOUBLE;
  const { precision, scale } = x.type;
  const digits = Math.min(scale, literalNumber(places) ?? 0);
  if (digits < 0) return boundedDecimal(Math.max(precision - scale + 1, -digits + 1), 0);
  return boundedDecimal(precision - scale + 1 + digits, digits);
};

const literalNumber = (arg: Argument | undefined) =>
  arg?.expression.kind === "literal" ? Number(arg.expression.value) : undefined;

/** Nulls are left out: NULL only where all are. */
const extreme: Result = (args) => {
  const type = widestOf(args.map((arg) => arg.type));
  if (type === undefined) return "needs arguments of one type";
  return { type, takes: args.map(() => type), nullable: args.every((arg) => arg.nullable) };
};

export const math: Functions = {
  abs: scalar("measure", sameAsFirst),
  ceil: scalar("numeric int!?", toPlaces),
  floor: scalar("numeric int!?", toPlaces),
  round: scalar("numeric int!?", rounded),
  sqrt: ofDouble,
  exp: ofDouble,
  ln: logarithm,
  /** One argument: the natural logarithm; two: base and value. */
  log: scalar("double double?", () => ({ type: DOUBLE, nullable: true })),
  log10: logarithm,
  log2: logarithm,
  pow: scalar("double double", DOUBLE),
  sign: ofDouble,
  signum: ofDouble,
  greatest: scalar("ordered ordered ordered...", extreme),
  least: scalar("ordered ordered ordered...", extreme),
  rand: { ...scalar("long!?", never(DOUBLE)), volatile: true, seed: 1 },
};
