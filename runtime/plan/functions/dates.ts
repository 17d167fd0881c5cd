import type { Argument, Functions, Result } from "./entry.ts";
import { DATE, INT, LONG, never, STRING, scalar, TIMESTAMP } from "./entry.ts";

const part = scalar("time", INT);
const clockPart = scalar("daytime", INT);
const shift = scalar("date int", DATE);

/** With a format it reads text; without one it converts. */
const parsed =
  (type: typeof DATE): Result =>
  (args) => ({ type, takes: [args.length > 1 ? STRING : type, undefined] });

/** A TIMESTAMP_NTZ counts as if its clocks were those of UTC. */
const counted = (time: Argument | undefined) =>
  time === undefined || time.type.kind === "timestamp_ntz" ? time?.type : TIMESTAMP;

export const dates: Functions = {
  year: part,
  quarter: part,
  month: part,
  weekofyear: part,
  day: part,
  dayofmonth: part,
  dayofyear: part,
  /** Sunday is 1. */
  dayofweek: part,
  hour: clockPart,
  minute: clockPart,
  second: clockPart,
  /** A TIMESTAMP in the session's time zone, whatever goes in. */
  date_trunc: scalar("string! clock", () => ({ type: TIMESTAMP, takes: [undefined, TIMESTAMP] })),
  /** The first day of a year, quarter, month or week, as a date. */
  trunc: scalar("date string!", DATE),
  to_date: scalar("time string!?", parsed(DATE)),
  to_timestamp: scalar("time string!?", parsed(TIMESTAMP)),
  date_format: scalar("clock string!", () => ({ type: STRING, takes: [TIMESTAMP, undefined] })),
  date_add: shift,
  date_sub: shift,
  datediff: scalar("date date", INT),
  add_months: shift,
  last_day: scalar("date", DATE),
  make_date: scalar("int int int", DATE),
  current_date: scalar("", never(DATE)),
  current_timestamp: scalar("", never(TIMESTAMP)),
  /** Seconds since 1970 of a time, of text (with or without a format), or of now. */
  unix_timestamp: scalar("time? string!?", (args) => ({
    type: LONG,
    takes: [args.length > 1 ? STRING : counted(args[0]), undefined],
    nullable: args.some((arg) => arg.nullable),
  })),
};
