import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, text } from "./call.ts";

type Time = In<Sql.Time>;
type TimeOrText = In<Sql.Time | Sql.String>;
type Number = In<Sql.Numeric> | number;
type Whole = In<Sql.Integral> | number;
type Unit =
  | "hour"
  | "minute"
  | "second"
  | "millisecond"
  | "microsecond"
  | (string & {})
  | Column<Sql.String | null, any>;

/** The time of day now, as the session's clocks show it, with `precision` digits (0 to 6) of its seconds behind the point. */
export const current_time = (precision?: number): Column<Sql.Time> => fn("current_time", precision);
/** A time of day of its parts; an error where there is none, as for an hour of 24. */
export const make_time = (hour: Number, minute: Number, second: Number): Column<Sql.Time | null> =>
  fn("make_time", hour, minute, second);
/** The time of day of a text, such as "14:30:00.5" or "2:30 PM", or by Spark's pattern ("HH.mm"); an error where it is none. */
export const to_time = (str: In<Sql.String>, format?: string): Column<Sql.Time | null> =>
  fn("to_time", str, text(format));
/** As to_time, but NULL where the text is no time. */
export const try_to_time = (str: In<Sql.String>, format?: string): Column<Sql.Time | null> =>
  fn("try_to_time", str, text(format));
/** The whole units from `start` to `end`: hours, minutes, seconds, milliseconds or microseconds. A string is a unit, not a column. */
export const time_diff = <A extends TimeOrText, B extends TimeOrText>(
  unit: Unit,
  start: A,
  end: B,
): Column<Sql.Long | NullOf<A | B>> => fn("time_diff", text(unit), start, end);
/** The time of day at which the unit that holds `time` begins. A string is a unit, not a column. */
export const time_trunc = <A extends TimeOrText>(unit: Unit, time: A): Column<Sql.Time | NullOf<A>> =>
  fn("time_trunc", text(unit), time);
/** The time of day so many seconds after midnight; an error outside of a day. What is less than a microsecond is cut off on DuckDB. */
export const time_from_seconds = (col: Number): Column<Sql.Time | null> => fn("time_from_seconds", col);
export const time_from_millis = (col: Whole): Column<Sql.Time | null> => fn("time_from_millis", col);
export const time_from_micros = (col: Whole): Column<Sql.Time | null> => fn("time_from_micros", col);
/** The seconds since midnight, with their fraction. */
export const time_to_seconds = <A extends Time>(col: A): Column<Sql.Decimal | NullOf<A>> => fn("time_to_seconds", col);
/** The whole milliseconds since midnight. */
export const time_to_millis = <A extends Time>(col: A): Column<Sql.Long | NullOf<A>> => fn("time_to_millis", col);
export const time_to_micros = <A extends Time>(col: A): Column<Sql.Long | NullOf<A>> => fn("time_to_micros", col);
