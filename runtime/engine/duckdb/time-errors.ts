import { didYouMean } from "../../plan/nearest.ts";
import type { Wording } from "./wording.ts";

/** What DuckDB says of dates, times and zones. */
export const timeErrors: readonly Wording[] = [
  [
    /^Date out of range: (-?\d{6,}-\d+-\d+)$/,
    "DATETIME_OVERFLOW",
    (date) => `The date ${date} is beyond the years that DuckDB has.`,
  ],
  [
    /^Date out of range: (.*)$/,
    "DATETIME_FIELD_OUT_OF_BOUNDS",
    (date) => `There is no date ${padded(date)}. Check year, month and day first.`,
  ],
  [
    /^Time out of range: (\d+:\d+):(\d+)\.(-?\d+)$/,
    "DATETIME_FIELD_OUT_OF_BOUNDS",
    (minutes, seconds, micros) =>
      `There is no time of day ${minutes}:${Number(seconds) + Number(micros) / 1e6}. try_make_timestamp gives NULL instead.`,
  ],
  [
    /^(?:invalid )?(date|timestamp) field (?:value out of range|format): "(.*?)"/,
    "CAST_INVALID_INPUT",
    (type, value) => `The value '${value}' is no ${type}; use tryCast, in SQL TRY_CAST, to get NULL.`,
  ],
  [
    /^Could not parse string "(.*?)" according to format specifier "(.*?)"/,
    "CANNOT_PARSE_TIMESTAMP",
    (value, format) => `The value '${value}' does not fit the format ${format}.`,
  ],
  [
    /^(?:Date out of range|Timestamp out of range|Timestamp with time zone out of range|Timestamp microseconds out of range|Epoch seconds out of range|Overflow in timestamp|Overflow exception in date|ICU date overflows|Unable to (?:convert TIMESTAMPTZ|set ICU|get ICU))/,
    "DATETIME_OVERFLOW",
    () => "A date or time is beyond the years that DuckDB has (290308 BC to 294246).",
  ],
  [
    /^(?:interval value .*out of range|AGO interval value|Overflow in INTERVAL|Could not convert Interval)/i,
    "INTERVAL_ARITHMETIC_OVERFLOW",
    () => "A span of time is longer than DuckDB's intervals can be.",
  ],
  [
    /^Unknown TimeZone '(.*?)'/,
    "INVALID_TIMEZONE",
    (zone) => `There is no time zone '${zone}'.${didYouMean(zone, Intl.supportedValuesOf("timeZone")) || ZONES}`,
  ],
];

const ZONES = " DuckDB has those with names, such as Europe/Oslo, and not offsets such as +02:00.";

const padded = (date: string) => date.replace(/-(\d)(?!\d)/g, "-0$1");
