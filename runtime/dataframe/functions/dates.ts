import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, type Of, text } from "./call.ts";

type Time = In<Sql.Temporal | Sql.String>;
type Daytime = In<Sql.Temporal | Sql.Time | Sql.String>;
type Days = number | Column<Sql.Integral | null, any>;

export const year = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("year", time);
export const quarter = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("quarter", time);
export const month = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("month", time);
/** The ISO week, from 1. */
export const weekofyear = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("weekofyear", time);
/** The day of the month, from 1. */
export const day = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("day", time);
export const dayofmonth = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("dayofmonth", time);
/** The day of the week: Sunday is 1. */
export const dayofweek = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("dayofweek", time);
export const dayofyear = <A extends Time>(time: A): Column<Sql.Int | NullOf<A>> => fn("dayofyear", time);
/** The hour, 0 to 23; of a TIMESTAMP in the session's time zone. */
export const hour = <A extends Daytime>(time: A): Column<Sql.Int | NullOf<A>> => fn("hour", time);
export const minute = <A extends Daytime>(time: A): Column<Sql.Int | NullOf<A>> => fn("minute", time);
export const second = <A extends Daytime>(time: A): Column<Sql.Int | NullOf<A>> => fn("second", time);

export type TimeUnit =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "millisecond"
  | "microsecond";
/** The timestamp at which the unit that holds `time` begins. */
export const date_trunc = <A extends Time>(
  unit: TimeUnit | (string & {}),
  time: A,
): Column<TruncatedType<Of<A>> | NullOf<A>> => fn("date_trunc", text(unit), time);
type TruncatedType<T> = [Exclude<T, null>] extends [Sql.TimestampNtz]
  ? 0 extends 1 & T
    ? any
    : Sql.TimestampNtz
  : Sql.Timestamp;

/** The first day of the year, quarter, month or week. */
export const trunc = <A extends Time>(
  date: A,
  unit: "year" | "quarter" | "month" | "week" | (string & {}),
): Column<Sql.Date | NullOf<A>> => fn("trunc", date, text(unit));
/** A date of text (by Spark's pattern, such as "dd.MM.yyyy", or ISO) or of a timestamp. */
export const to_date = <A extends Time>(time: A, format?: string): Column<Sql.Date | NullOf<A>> =>
  fn("to_date", time, text(format));
export const to_timestamp = <A extends Time>(time: A, format?: string): Column<Sql.Timestamp | NullOf<A>> =>
  fn("to_timestamp", time, text(format));
/** Text by Spark's pattern: `date_format(f.date, "yyyy-MM-dd HH:mm")`. */
export const date_format = <A extends Time>(time: A, format: string): Column<Sql.String | NullOf<A>> =>
  fn("date_format", time, text(format));
export const date_add = <A extends Time>(date: A, days: Days): Column<Sql.Date | NullOf<A>> =>
  fn("date_add", date, days);
export const date_sub = <A extends Time>(date: A, days: Days): Column<Sql.Date | NullOf<A>> =>
  fn("date_sub", date, days);
/** The days from `start` to `end`. */
export const datediff = <A extends Time, B extends Time>(end: A, start: B): Column<Sql.Int | NullOf<A | B>> =>
  fn("datediff", end, start);
export const add_months = <A extends Time>(date: A, months: Days): Column<Sql.Date | NullOf<A>> =>
  fn("add_months", date, months);
/** The last day of the month. */
export const last_day = <A extends Time>(date: A): Column<Sql.Date | NullOf<A>> => fn("last_day", date);
export const make_date = (year: Part, month: Part, day: Part): Column<Sql.Date | null> =>
  fn("make_date", year, month, day);
type Part = In<Sql.Numeric> | number;
export const current_date = (): Column<Sql.Date> => fn("current_date");
export const current_timestamp = (): Column<Sql.Timestamp> => fn("current_timestamp");
/** Seconds since 1970, of now if nothing is given. */
export const unix_timestamp = (time?: Time, format?: string): Column<Sql.Long | null> =>
  fn("unix_timestamp", time, text(format));
