import { AnalysisError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { Arg } from "./dialect.ts";
import { literalText } from "./literal-argument.ts";

/** Spark's words for units, and the unit of each. */
const DATE_UNITS = {
  year: "year",
  yyyy: "year",
  yy: "year",
  quarter: "quarter",
  month: "month",
  mon: "month",
  mm: "month",
  week: "week",
} as const;
const TIME_UNITS = {
  ...DATE_UNITS,
  day: "day",
  dd: "day",
  hour: "hour",
  minute: "minute",
  second: "second",
  millisecond: "millisecond",
  microsecond: "microsecond",
} as const;

export type Unit = (typeof TIME_UNITS)[keyof typeof TIME_UNITS];

/** The unit that a literal argument of date_trunc or trunc names. What is none would give NULL on Spark. */
export function unitOf(name: "date_trunc" | "trunc", argument: Arg): Unit {
  const units: { readonly [word: string]: Unit } = name === "trunc" ? DATE_UNITS : TIME_UNITS;
  const given = literalText(argument, `${name}: the unit`);
  const unit = units[given.toLowerCase()];
  if (unit === undefined) {
    const words = Object.keys(units);
    throw new AnalysisError(
      "BAD_UNIT",
      `${name}: "${given}" is no unit. Units: ${words.join(", ")}.${didYouMean(given, words)}`,
    );
  }
  return unit;
}
