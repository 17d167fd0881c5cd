import { AnalysisError } from "../errors.ts";
import { holds, withLeaves } from "./type-parts.ts";
import type { Schema, SqlType } from "./types.ts";

export type DayTimeType = Extract<SqlType, { kind: "day_time_interval" }>;
export type YearMonthType = Extract<SqlType, { kind: "year_month_interval" }>;
export type IntervalType = DayTimeType | YearMonthType;

export const DAY_TIME_FIELDS = ["day", "hour", "minute", "second"] as const;
export const YEAR_MONTH_FIELDS = ["year", "month"] as const;

export const DAY_TO_SECOND: DayTimeType = { kind: "day_time_interval", start: 0, end: 3 };
export const YEAR_TO_MONTH: YearMonthType = { kind: "year_month_interval", start: 0, end: 1 };
/** Of two dates, and of two times of day. */
export const DAYS: DayTimeType = { kind: "day_time_interval", start: 0, end: 0 };
export const HOUR_TO_SECOND: DayTimeType = { kind: "day_time_interval", start: 1, end: 3 };

export const isInterval = (type: SqlType): type is IntervalType =>
  type.kind === "day_time_interval" || type.kind === "year_month_interval";

export const CALENDAR: SqlType = { kind: "calendar_interval" };
export const isCalendarInterval = ({ kind }: SqlType): boolean => kind === "calendar_interval";

/** Whether a type, or one inside of it, is an interval of any kind. */
export const hasInterval = (type: SqlType): boolean => holds(type, (t) => isInterval(t) || isCalendarInterval(t));

/** Whether a type, or one inside of it, is an interval of months, days and microseconds. */
export const hasCalendarInterval = (type: SqlType): boolean => holds(type, isCalendarInterval);

/** Rows that leave an engine have no value for it: what JavaScript has for lengths of time is of one sign, as these need not be. */
export function refuseCalendarIntervals(schema: Schema): void {
  const found = schema.find(({ type }) => hasCalendarInterval(type));
  if (found !== undefined) throw noCalendarInterval(found.name);
}

export const noCalendarInterval = (name: string): AnalysisError =>
  new AnalysisError(
    "INTERVAL",
    `"${name}" is an interval of months, days and microseconds, which JavaScript and Arrow have no value for: cast it to string, or take its parts: F.extract("month", …).`,
  );

/** The type with all fields in its intervals, as Arrow has them. */
export const withAllFields = (type: SqlType): SqlType =>
  withLeaves(type, (leaf) => {
    if (leaf.kind === "day_time_interval") return DAY_TO_SECOND;
    return leaf.kind === "year_month_interval" ? YEAR_TO_MONTH : leaf;
  });

/** The fields of both; undefined where one has months and the other days. */
export function widestInterval(left: IntervalType, right: IntervalType): IntervalType | undefined {
  if (left.kind !== right.kind) return undefined;
  return { ...left, start: Math.min(left.start, right.start), end: Math.max(left.end, right.end) };
}

const fieldsOf = (type: IntervalType): readonly string[] =>
  type.kind === "day_time_interval" ? DAY_TIME_FIELDS : YEAR_MONTH_FIELDS;

/** "interval day to second", "interval year". */
export function intervalTypeName(type: IntervalType): string {
  const fields = fieldsOf(type);
  const [start, end] = [fields[type.start], fields[type.end]];
  return start === end ? `interval ${start}` : `interval ${start} to ${end}`;
}

/** The type of these fields; undefined where there is none. */
export function intervalType(start: string, end: string): IntervalType | undefined {
  for (const [kind, fields] of [
    ["day_time_interval", DAY_TIME_FIELDS],
    ["year_month_interval", YEAR_MONTH_FIELDS],
  ] as const) {
    const [first, last] = [fields.indexOf(start as never), fields.indexOf(end as never)];
    if (first >= 0 && last >= first) return { kind, start: first, end: last };
  }
  return undefined;
}

/** How many microseconds each field of a day-time interval has. */
export const FIELD_MICROS = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n] as const;

/** The value as Spark writes it between its quotes: "1 02:03:04.5" of microseconds, "1-2" of months. */
export function intervalDigits(value: bigint, { kind, start, end }: IntervalType): string {
  const positive = value < 0n ? -value : value;
  const sign = value < 0n ? "-" : "";
  if (kind === "year_month_interval") {
    if (start !== end) return `${sign}${positive / 12n}-${positive % 12n}`;
    return `${sign}${start === 0 ? positive / 12n : positive}`;
  }
  const two = (part: bigint) => String(part).padStart(2, "0");
  let rest = positive;
  const parts = FIELD_MICROS.slice(start, end + 1).map((micros, index) => {
    const whole = rest / micros;
    rest %= micros;
    return index === 0 && start === 0 ? String(whole) : two(whole);
  });
  const fraction = end === 3 && rest > 0n ? `.${String(rest).padStart(6, "0").replace(/0+$/, "")}` : "";
  const [days, ...clock] = start === 0 ? parts : ["", ...parts];
  return `${sign}${[days, clock.join(":")].filter((part) => part !== "").join(" ")}${fraction}`;
}

/** The literal in Spark's SQL: INTERVAL '1 02:03:04.5' DAY TO SECOND. */
export const intervalLiteral = (value: bigint, type: IntervalType): string =>
  `INTERVAL '${intervalDigits(value, type)}' ${intervalTypeName(type).slice("interval ".length).toUpperCase()}`;
