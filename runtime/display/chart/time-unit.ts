import type { Expression } from "../../plan/expressions.ts";
import { type ChartColumn, call, cast, integer, type Refusal } from "./column.ts";
import { timeUnits, utcFloor, utcInterval } from "./vega.ts";

/**
 * Vega's time units, computed by the engine: `units` of a wall clock as one integer that counts or names them (months
 * since year 0, hours of a day …), decoded to the time that Vega has for it. The integer is found with calendar parts
 * only, so that no time zone and no daylight saving can shift it.
 */
export function timeUnitColumns(
  time: ChartColumn,
  units: readonly string[],
  as: readonly [string, string],
): ReadonlyMap<string, ChartColumn> | Refusal {
  if (time.decode) return { because: "a time unit of a time unit" };
  if (time.kind !== "time") return { because: `time units of a ${time.type.kind} column` };
  const sorted = timeUnits(units);
  const recipe = recipes[sorted.join(" ")];
  if (!recipe) return { because: `the time unit ${sorted.join(" ")}` };
  const code = recipe.code(time.expression);
  const floor = utcFloor(sorted, 1);
  const interval = utcInterval(sorted.at(-1) as string);
  const start = (value: number) => Number(floor(new Date(recipe.example(value))));
  const end = (value: number) => Number(interval.offset(new Date(start(value)), 1));
  const column = { expression: code, type: { kind: "long" }, kind: "time", nullable: time.nullable } as const;
  return new Map([
    [as[0], { ...column, decode: start }],
    [as[1], { ...column, decode: end }],
  ]);
}

type Recipe = {
  readonly code: (time: Expression) => Expression;
  /** A time (milliseconds, UTC) in the unit that a code stands for. */
  readonly example: (code: number) => number;
};

const part = (name: string) => (time: Expression) => call(name, time);
const plus = (left: Expression, right: Expression) => call("add", left, right);
const minus = (left: Expression, right: number) => call("subtract", left, integer(right));
const times = (left: Expression, right: number) =>
  call("multiply", cast(left, { kind: "long" }), { kind: "literal", value: right, type: { kind: "long" } });

const year = part("year");
const month = (time: Expression) => minus(call("month", time), 1);
const quarter = (time: Expression) => minus(call("quarter", time), 1);
const epoch: Expression = { kind: "literal", value: 0, type: { kind: "date" } };
const days = (time: Expression) => call("datediff", cast(time, { kind: "date" }), epoch);
const hours = (start: (time: Expression) => Expression) => (time: Expression) =>
  plus(times(start(time), 24), call("hour", time));
const minutes = (start: (time: Expression) => Expression) => (time: Expression) =>
  plus(times(start(time), 60), call("minute", time));
const seconds = (start: (time: Expression) => Expression) => (time: Expression) =>
  plus(times(start(time), 60), cast(call("second", time), { kind: "int" }));

const dayMs = 86_400_000;
/** Date.UTC takes years below 100 for those of the twentieth century. */
const utc = (ofYear: number, ofMonth = 0, day = 1): number => {
  const date = new Date(0);
  return date.setUTCFullYear(ofYear, ofMonth, day);
};
// Vega puts units without a year into 2012, a leap year that begins on a Sunday.
const base = 2012;
const baseMs = utc(base);
const monthDays = (time: Expression) => plus(times(month(time), 31), minus(call("dayofmonth", time), 1));
const weekDay = (time: Expression) => minus(call("dayofweek", time), 1);
const quarterMonths = (time: Expression) => plus(times(year(time), 12), month(time));

const yearly: { [units: string]: Recipe } = {
  year: { code: year, example: (code) => utc(code) },
  "year quarter": {
    code: (time) => plus(times(year(time), 4), quarter(time)),
    example: (code) => utc(Math.floor(code / 4), (((code % 4) + 4) % 4) * 3),
  },
  "year month": { code: quarterMonths, example: (code) => utc(Math.floor(code / 12), ((code % 12) + 12) % 12) },
  "year quarter month": { code: quarterMonths, example: (code) => utc(Math.floor(code / 12), ((code % 12) + 12) % 12) },
  "year dayofyear": { code: days, example: (code) => code * dayMs },
};

/** Days, and what divides them, are counted from a start that the units before them give. */
const starts: { [units: string]: { code: (time: Expression) => Expression; ms: (code: number) => number } } = {
  "year month date": { code: days, ms: (code) => code * dayMs },
  "month date": { code: monthDays, ms: (code) => utc(base, Math.floor(code / 31), (code % 31) + 1) },
  date: { code: (time) => minus(call("dayofmonth", time), 1), ms: (code) => utc(base, 0, code + 1) },
  day: { code: weekDay, ms: (code) => baseMs + code * dayMs },
};

const floorMod = (code: number, by: number) => code - Math.floor(code / by) * by;

const fromDays: [string, Recipe][] = Object.entries(starts).flatMap(([units, { code, ms }]) => {
  const at = (perDay: number) => (value: number) =>
    ms(Math.floor(value / perDay)) + floorMod(value, perDay) * (dayMs / perDay);
  return [
    [units, { code, example: ms }],
    [`${units} hours`, { code: hours(code), example: at(24) }],
    [`${units} hours minutes`, { code: minutes(hours(code)), example: at(1440) }],
    [`${units} hours minutes seconds`, { code: seconds(minutes(hours(code))), example: at(86_400) }],
  ];
});

const zero = () => integer(0);
const within: { [units: string]: Recipe } = {
  quarter: { code: quarter, example: (code) => utc(base, code * 3) },
  month: { code: month, example: (code) => utc(base, code) },
  "quarter month": { code: month, example: (code) => utc(base, code) },
  dayofyear: { code: (time) => minus(call("dayofyear", time), 1), example: (code) => baseMs + code * dayMs },
  hours: { code: part("hour"), example: (code) => baseMs + code * 3_600_000 },
  "hours minutes": { code: minutes(part("hour")), example: (code) => baseMs + code * 60_000 },
  "hours minutes seconds": { code: seconds(minutes(part("hour"))), example: (code) => baseMs + code * 1000 },
  minutes: { code: part("minute"), example: (code) => baseMs + code * 60_000 },
  "minutes seconds": { code: seconds(part("minute")), example: (code) => baseMs + code * 1000 },
  seconds: { code: seconds(zero), example: (code) => baseMs + code * 1000 },
};

const recipes: { readonly [units: string]: Recipe } = { ...yearly, ...Object.fromEntries(fromDays), ...within };
