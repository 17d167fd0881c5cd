import { columnNamed } from "../../plan/column-path.ts";
import type { Expression } from "../../plan/expressions.ts";
import { type Column, operand } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, fnOf, type In, type Of } from "./call.ts";

type Number = In<Sql.Numeric> | number;

/** What is left out before the last part that is given counts as 0. */
function parts(given: readonly (Number | undefined)[]): Expression[] {
  const last = given.findLastIndex((part) => part !== undefined);
  return given.slice(0, last + 1).map((part) => (typeof part === "string" ? columnNamed(part) : operand(part ?? 0)));
}

/** A span of days to seconds (with a fraction to microseconds) of its parts, which may be negative; an error beyond 106,751,991 days. */
export const make_dt_interval = (
  days?: Number,
  hours?: Number,
  mins?: Number,
  secs?: Number,
): Column<Sql.DayTimeInterval | null> => fnOf("make_dt_interval", ...parts([days, hours, mins, secs]));
/** A span of years and months; an error beyond 178,956,970 years. */
export const make_ym_interval = (years?: Number, months?: Number): Column<Sql.YearMonthInterval | null> =>
  fnOf("make_ym_interval", ...parts([years, months]));

/**
 * Months, days and microseconds side by side, which may be of different signs: what moves times by months and hours at once,
 * `f.at.plus(F.make_interval(0, 1, 0, 0, 12))`. Such intervals have no order; cast them to string to collect them.
 */
export const make_interval = (
  years?: Number,
  months?: Number,
  weeks?: Number,
  days?: Number,
  hours?: Number,
  mins?: Number,
  secs?: Number,
): Column<Sql.CalendarInterval | null> =>
  fnOf("make_interval", ...parts([years, months, weeks, days, hours, mins, secs]));
/** The same, and NULL for more than an interval holds. */
export const try_make_interval = (
  years: Number,
  months?: Number,
  weeks?: Number,
  days?: Number,
  hours?: Number,
  mins?: Number,
  secs?: Number,
): Column<Sql.CalendarInterval | null> =>
  fnOf("try_make_interval", ...parts([years, months, weeks, days, hours, mins, secs]));

type Instant = Date | Temporal.Instant | Temporal.ZonedDateTime | Temporal.PlainDateTime;
/**
 * The start of the bucket of time that a timestamp is in: `F.time_bucket(Temporal.Duration.from({ minutes: 15 }), f.at)`. Buckets
 * begin at `origin`, which is the start of 1970 if it is left out. The size may also be an interval's literal in SQL,
 * expr("INTERVAL '15' MINUTE").
 */
export const time_bucket = <A extends In<Sql.Instants>>(
  bucket_size: Temporal.Duration | Column<Sql.Interval | null, any>,
  ts: A,
  origin?: Instant | Column<Sql.Instants | null, any>,
): Column<Of<A>> => fn("time_bucket", bucket_size, ts, origin);
