import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, text } from "./call.ts";
import type { TimeUnit } from "./dates.ts";

type Time = In<Sql.Temporal | Sql.String>;
type Daytime = In<Sql.Temporal | Sql.Time | Sql.String>;
type Number = In<Sql.Numeric> | number;
type Zone = Column<Sql.String | null, any> | string;
type NullOfNumber<A> = NullOf<Exclude<A, number>>;

/** A string is the name of a zone here, not of a column. */
const zoned = (zone: Zone | undefined) => (typeof zone === "string" ? text(zone) : zone);

/** The day's name in three letters: "Mon". */
export const dayname = <A extends Time>(date: A): Column<Sql.String | NullOf<A>> => fn("dayname", date);
/** The month's name in three letters: "Jan". */
export const monthname = <A extends Time>(date: A): Column<Sql.String | NullOf<A>> => fn("monthname", date);
/** The day of the week: Monday is 0. */
export const weekday = <A extends Time>(date: A): Column<Sql.Int | NullOf<A>> => fn("weekday", date);
/** The date so many days after 1970-01-01. */
export const date_from_unix_date = <A extends Number>(days: A): Column<Sql.Date | NullOfNumber<A>> =>
  fn("date_from_unix_date", days);
/** The days since 1970-01-01. */
export const unix_date = <A extends In<Sql.Date>>(date: A): Column<Sql.Int | NullOf<A>> => fn("unix_date", date);
/** The whole seconds since 1970 (UTC). */
export const unix_seconds = <A extends In<Sql.Timestamp>>(time: A): Column<Sql.Long | NullOf<A>> =>
  fn("unix_seconds", time);
export const unix_millis = <A extends In<Sql.Timestamp>>(time: A): Column<Sql.Long | NullOf<A>> =>
  fn("unix_millis", time);
export const unix_micros = <A extends In<Sql.Timestamp>>(time: A): Column<Sql.Long | NullOf<A>> =>
  fn("unix_micros", time);
/** As unix_timestamp, of a time or of text by a format. */
export const to_unix_timestamp = <A extends Time>(time: A, format?: string): Column<Sql.Long | NullOf<A>> =>
  fn("to_unix_timestamp", time, text(format));
/** The time so many seconds after 1970 (UTC). */
export const timestamp_seconds = <A extends Number>(seconds: A): Column<Sql.Timestamp | NullOfNumber<A>> =>
  fn("timestamp_seconds", seconds);
export const timestamp_millis = <A extends Number>(millis: A): Column<Sql.Timestamp | NullOfNumber<A>> =>
  fn("timestamp_millis", millis);
export const timestamp_micros = <A extends Number>(micros: A): Column<Sql.Timestamp | NullOfNumber<A>> =>
  fn("timestamp_micros", micros);
/** Seconds since 1970 as text in the session's time zone, by Spark's pattern ("yyyy-MM-dd HH:mm:ss"). */
export const from_unixtime = <A extends Number>(seconds: A, format?: string): Column<Sql.String | NullOfNumber<A>> =>
  fn("from_unixtime", seconds, text(format));
/** Now, as the session's clocks show it. */
export const localtimestamp = (): Column<Sql.TimestampNtz> => fn("localtimestamp");
/** The session's time zone. */
export const current_timezone = (): Column<Sql.String> => fn("current_timezone");
type TimeParts =
  | [year: Number, month: Number, day: Number, hour: Number, minute: Number, second: Number]
  | [date: In<Sql.Date> | Temporal.PlainDate, time: In<Sql.Time> | Temporal.PlainTime];
type ZonedParts = TimeParts | [...TimeParts, zone: Zone | undefined];
/** The zone stands behind the six parts, or behind the date and the time. */
const withZone = (parts: ZonedParts) =>
  parts.map((part, index) => (index === 6 || (index === 2 && parts.length === 3) ? zoned(part as Zone) : part));
/**
 * A time of its parts, or of a date and a time of day, in the session's time zone, or in `zone`; an error where there is no
 * such time.
 */
export const make_timestamp = (...parts: ZonedParts): Column<Sql.Timestamp | null> =>
  fn("make_timestamp", ...withZone(parts));
export const make_timestamp_ltz = (...parts: ZonedParts): Column<Sql.Timestamp | null> =>
  fn("make_timestamp_ltz", ...withZone(parts));
/** A time of its parts, without a zone. */
export const make_timestamp_ntz = (...parts: TimeParts): Column<Sql.TimestampNtz | null> =>
  fn("make_timestamp_ntz", ...parts);
/** As make_timestamp, but NULL where there is no such time. */
export const try_make_timestamp = (...parts: ZonedParts): Column<Sql.Timestamp | null> =>
  fn("try_make_timestamp", ...withZone(parts));
export const try_make_timestamp_ltz = (...parts: ZonedParts): Column<Sql.Timestamp | null> =>
  fn("try_make_timestamp_ltz", ...withZone(parts));
export const try_make_timestamp_ntz = (...parts: TimeParts): Column<Sql.TimestampNtz | null> =>
  fn("try_make_timestamp_ntz", ...parts);
/** The months from `start` to `end`, with a fraction by months of 31 days, rounded to 8 digits unless `roundOff` is false. */
export const months_between = <A extends Time, B extends Time>(
  end: A,
  start: B,
  roundOff?: boolean,
): Column<Sql.Double | NullOf<A | B>> => fn("months_between", end, start, roundOff);
type Weekday = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun" | (string & {});
/** The first such day of the week after the date. */
export const next_day = <A extends Time>(date: A, day: Weekday): Column<Sql.Date | NullOf<A>> =>
  fn("next_day", date, text(day));
type Part =
  | "year"
  | "yearofweek"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "dayofweek"
  | "dow_iso"
  | "doy"
  | "hour"
  | "minute"
  | "second"
  | (string & {});
type PartOf<P> = P extends "second" | "seconds" ? Sql.Decimal : string extends P ? any : Sql.Int;
type Parted = Daytime | In<Sql.Span>;
/** A part of a time, or of an interval; seconds are a DECIMAL with their fraction. */
export const date_part = <const P extends Part, A extends Parted>(part: P, time: A): Column<PartOf<P> | NullOf<A>> =>
  fn("date_part", text(part), time);
export const datepart = <const P extends Part, A extends Parted>(part: P, time: A): Column<PartOf<P> | NullOf<A>> =>
  fn("datepart", text(part), time);
export const extract = <const P extends Part, A extends Parted>(part: P, time: A): Column<PartOf<P> | NullOf<A>> =>
  fn("extract", text(part), time);
type Unit = TimeUnit | (string & {});
/** The time, so many units later. */
export const timestamp_add = (unit: Unit, count: Number, time: Time): Column<Sql.Timestamp | null> =>
  fn("timestamp_add", text(unit), count, time);
/** The whole units from `start` to `end`. */
export const timestamp_diff = <A extends Time, B extends Time>(
  unit: Unit,
  start: A,
  end: B,
): Column<Sql.Long | NullOf<A | B>> => fn("timestamp_diff", text(unit), start, end);
/** What the clocks of `zone` show at a time that is taken to be UTC's. */
export const from_utc_timestamp = (time: Time, zone: Zone): Column<Sql.Timestamp | null> =>
  fn("from_utc_timestamp", time, zoned(zone));
/** What the clocks of UTC show at a time that is taken to be `zone`'s. */
export const to_utc_timestamp = (time: Time, zone: Zone): Column<Sql.Timestamp | null> =>
  fn("to_utc_timestamp", time, zoned(zone));
/** What the clocks of `to` show when those of `from` show this. */
export const convert_timezone = (from: Zone, to: Zone, time: Time): Column<Sql.TimestampNtz | null> =>
  fn("convert_timezone", zoned(from), zoned(to), time);
export const to_timestamp_ltz = <A extends Time>(time: A, format?: string): Column<Sql.Timestamp | NullOf<A>> =>
  fn("to_timestamp_ltz", time, text(format));
/** A time without a zone, of text by Spark's pattern, or of another time. */
export const to_timestamp_ntz = <A extends Time>(time: A, format?: string): Column<Sql.TimestampNtz | NullOf<A>> =>
  fn("to_timestamp_ntz", time, text(format));
/** As to_timestamp, but NULL where the text is no time. */
export const try_to_timestamp = (time: Time, format?: string): Column<Sql.Timestamp | null> =>
  fn("try_to_timestamp", time, text(format));
/** As to_date, but NULL where the text is no date. */
export const try_to_date = (time: Time, format?: string): Column<Sql.Date | null> =>
  fn("try_to_date", time, text(format));
