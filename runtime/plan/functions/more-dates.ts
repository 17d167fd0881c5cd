import { isCalendarInterval, isInterval } from "../interval-types.ts";
import { isTime } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import {
  BYTE,
  convert,
  DATE,
  DOUBLE,
  type Functions,
  INT,
  LONG,
  never,
  type Parameter,
  type Result,
  STRING,
  scalar,
  TIME,
  TIMESTAMP,
} from "./entry.ts";

const NTZ: SqlType = { kind: "timestamp_ntz" };
const SECONDS: SqlType = { kind: "decimal", precision: 16, scale: 6 };

const nameOf = scalar("date", STRING);
const ofInstant = (type: SqlType) => scalar("instant", type);
const moved = scalar("clock string", () => ({ type: TIMESTAMP, takes: [TIMESTAMP, STRING] }));

const PARTS = "int int int int int double";
/** Text among them could fail by itself. */
const TRIED = "whole whole whole whole whole number";

/** A date and a time of day, or year to second, with a time zone where there may be one. */
const made = (type: SqlType, zone: "zone" | "no zone", nullable?: true) => {
  const ofZone = zone === "zone" ? " string?" : "";
  const [dated, parted] = [scalar(`day bareTime${ofZone}`, type), scalar(`${nullable ? TRIED : PARTS}${ofZone}`, type)];
  return scalar(`any any any? any? any? any?${zone === "zone" ? " any?" : ""}`, (args) => {
    const form = [dated, parted].find(({ least, most }) => args.length >= least && args.length <= most);
    if (form === undefined) return "needs a date and a time of day, or year, month, day, hour, minute and second";
    const wrong = args.findIndex((arg, index) => convert(form.parameters[index] as Parameter, arg.type) === undefined);
    if (wrong >= 0) return `does not take this as argument ${wrong + 1}`;
    const takes = form === dated ? [DATE, TIME, STRING] : [INT, INT, INT, INT, INT, SECONDS, STRING];
    return { type, takes: takes.slice(0, args.length), ...(nullable && { nullable }) };
  });
};

/** The parts that are no INT. */
const part: Result = ([field, time]) => {
  const name = field?.expression.kind === "literal" ? String(field.expression.value).toUpperCase() : "";
  if (SECOND_WORDS.has(name))
    return { type: { kind: "decimal", precision: 8, scale: 6 }, takes: [undefined, undefined] };
  // Of a span the hours of a day and the months of a year are small numbers.
  if (time && (isInterval(time.type) || isCalendarInterval(time.type)) && !/^(D|Y)/.test(name)) return { type: BYTE };
  return { type: INT };
};
const SECOND_WORDS = new Set("SECOND S SEC SECONDS SECS".split(" "));

const tried =
  (type: SqlType): Result =>
  (args) => {
    const [time] = args;
    if (!time || !(isTime(time.type) || time.type.kind === "string" || time.type.kind === "void"))
      return "needs text, a date or a time";
    return { type, ...(args.length > 1 && { takes: [STRING] }), nullable: true };
  };

export const moreDates: Functions = {
  dayname: nameOf,
  monthname: nameOf,
  /** Monday is 0. */
  weekday: scalar("time", INT),
  date_from_unix_date: scalar("int", DATE),
  unix_date: scalar("day", INT),
  unix_seconds: ofInstant(LONG),
  unix_millis: ofInstant(LONG),
  unix_micros: ofInstant(LONG),
  to_unix_timestamp: scalar("clock string!?", (args) => ({
    type: LONG,
    takes: [args.length > 1 ? STRING : TIMESTAMP],
  })),
  timestamp_seconds: scalar("numeric", TIMESTAMP),
  timestamp_millis: scalar("whole", TIMESTAMP),
  timestamp_micros: scalar("whole", TIMESTAMP),
  from_unixtime: scalar("long string!?", STRING),
  localtimestamp: scalar("", never(NTZ)),
  current_timezone: scalar("", never(STRING)),
  make_timestamp: made(TIMESTAMP, "zone"),
  make_timestamp_ltz: made(TIMESTAMP, "zone"),
  make_timestamp_ntz: made(NTZ, "no zone"),
  try_make_timestamp: made(TIMESTAMP, "zone", true),
  try_make_timestamp_ltz: made(TIMESTAMP, "zone", true),
  try_make_timestamp_ntz: made(NTZ, "no zone", true),
  /** A whole number where both are the same day of the month, or its last; else a month has 31 days. */
  months_between: scalar("clock clock boolean!?", () => ({ type: DOUBLE, takes: [TIMESTAMP, TIMESTAMP] })),
  next_day: scalar("date string!", DATE),
  date_part: scalar("string! partial", part),
  timestamp_add: scalar("string! long clock", ([, , time]) => ({ type: time?.type ?? TIMESTAMP })),
  timestamp_diff: scalar("string! clock clock", () => ({ type: LONG, takes: [undefined, TIMESTAMP, TIMESTAMP] })),
  from_utc_timestamp: moved,
  to_utc_timestamp: moved,
  convert_timezone: scalar("string string clock", () => ({ type: NTZ, takes: [STRING, STRING, NTZ] })),
  to_timestamp_ltz: scalar("time string!?", (args) => ({
    type: TIMESTAMP,
    takes: [args.length > 1 ? STRING : TIMESTAMP],
  })),
  to_timestamp_ntz: scalar("time string!?", (args) => ({ type: NTZ, takes: [args.length > 1 ? STRING : NTZ] })),
  try_to_timestamp: scalar("any string!?", tried(TIMESTAMP)),
  try_to_date: scalar("any string!?", tried(DATE)),
};
