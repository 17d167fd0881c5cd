import { isCalendarInterval, isInterval } from "../plan/interval-types.ts";
import { isInteger } from "../plan/numeric.ts";
import { typeName } from "../plan/type-names.ts";
import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { calendarOfText } from "./duckdb-calendar-text.ts";
import { once } from "./duckdb-functions/parts.ts";
import { intervalOfText } from "./duckdb-intervals.ts";
import { duckdbType } from "./duckdb-literal.ts";
import { instantOf } from "./duckdb-times.ts";

type OnError = "fail" | "null";

/** Text read as Spark reads it, which is stricter than DuckDB in some ways and laxer in others; undefined: alike. */
export function castOfText(arg: Unconverted, to: SqlType, onError: OnError): string | undefined {
  const read = readerOf(to);
  if (read === undefined) return undefined;
  return once(arg, (x) => {
    const value = asWritten(x, to, read(x));
    // Spark's cast to it is NULL, too.
    if (onError === "null" || isCalendarInterval(to)) return value;
    const condition = isInterval(to) ? "INVALID_INTERVAL_FORMAT" : "CAST_INVALID_INPUT";
    const message = `'[${condition}] The value ''' || ${x} || ''' is no ${typeName(to)}; use tryCast to get NULL.'`;
    return `CASE WHEN ${x} IS NOT NULL THEN coalesce(${value}, error(${message})) END`;
  });
}

/**
 * Most texts are as DuckDB would write the value: to write it costs a fraction of what it takes to look at all that a text
 * may be. Infinite times and those before the year 0 are not Spark's.
 */
function asWritten(x: string, to: SqlType, read: string): string {
  const value = `TRY_CAST(${x} AS ${duckdbType(to)})`;
  const same = `CAST(${value} AS VARCHAR) = ${x}`;
  if (isInteger(to) || to.kind === "decimal") return `CASE WHEN ${same} THEN ${value} ELSE ${read} END`;
  if (to.kind === "date") return `CASE WHEN length(${x}) = 10 AND ${same} THEN ${value} ELSE ${read} END`;
  return read;
}

/** SQL for the value of a text `x`, NULL where it has none. */
function readerOf(to: SqlType): ((x: string) => string) | undefined {
  const tried = (text: string) => `TRY_CAST(${text} AS ${duckdbType(to)})`;
  switch (to.kind) {
    case "float":
    case "double":
      // Java reads 1.5f and 2d, and no 1_000.
      return (x) =>
        `CASE WHEN NOT contains(${x}, '_') THEN coalesce(${tried(x)}, ${tried(trimmed(x))}, ${tried(`regexp_extract(${trimmed(x)}, '^(.*[0-9.])[fFdD]$', 1)`)}) END`;
    case "decimal":
      return (x) => `CASE WHEN NOT contains(${x}, '_') THEN ${tried(plainDigits(trimmed(x)))} END`;
    case "date":
      return (x) =>
        `CASE WHEN regexp_full_match(${trimmed(x)}, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') THEN ${tried(trimmed(x))} ELSE ${dateOfParts(x)} END`;
    case "boolean":
      return (x) => `coalesce(${tried(x)}, ${tried(trimmed(x))})`;
    case "time":
      return timeOfText;
    case "day_time_interval":
    case "year_month_interval":
      return (x) => intervalOfText(x, to);
    case "calendar_interval":
      return (x) => calendarOfText(x, to);
    case "timestamp_ntz":
      return (x) => localTime(x, trimmed(x), (time) => time);
    case "timestamp":
      return (x) => localTime(x, withToday(trimmed(x)), instantOf);
    default:
      // DuckDB would read '1.5' and '1e2' as whole numbers.
      return isInteger(to)
        ? (x) => `CASE WHEN regexp_full_match(${trimmed(x)}, '[+-]?[0-9]+') THEN ${tried(trimmed(x))} END`
        : undefined;
  }
}

/** 1.5e-5 as 0.000015: DuckDB rounds what it reads with a negative exponent wrongly. */
export const plainDigits = (text: string): string =>
  `CASE WHEN contains(lower(${text}), 'e-') THEN ${shifted(text)} ELSE ${text} END`;

function shifted(text: string): string {
  const parts = `regexp_extract(${text}, '^([+-]?)([0-9]*)[.]?([0-9]*)[eE]-([0-9]+)$', ['sign', 'whole', 'rest', 'zeros'])`;
  const zeros = "CAST(q['zeros'] AS INTEGER)";
  const digits = `repeat('0', ${zeros}) || q['whole']`;
  const plain = `q['sign'] || left(${digits}, length(q['whole'])) || '.' || right(${digits}, ${zeros}) || q['rest']`;
  return `list_transform([${parts}], lambda q: CASE WHEN q['zeros'] = '' THEN NULL WHEN length(q['zeros']) > 2 THEN '0' ELSE ${plain} END)[1]`;
}

/** Spark takes white space of every kind off. */
const trimmed = (x: string) => `trim(${x}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))`;

const given = (part: string, otherwise: string) =>
  `CASE p['${part}'] WHEN '' THEN '${otherwise}' ELSE p['${part}'] END`;
const dateText = `p['year'] || '-' || ${given("month", "1")} || '-' || ${given("day", "1")}`;

/** A year, or a year and a month, or a date with anything behind a blank or T. */
function dateOfParts(x: string): string {
  const pattern = "^[+]?(-?[0-9]{4,7})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ T].*)?)?)?$";
  const parts = `regexp_extract(${trimmed(x)}, '${pattern}', ['year', 'month', 'day'])`;
  return `list_transform([${parts}], lambda p: TRY_CAST(${dateText} AS DATE))[1]`;
}

const CANONICAL = "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,6})?";

/** A date, and as much of a time as there is; a zone only behind the seconds. */
const PARTS =
  "^[+]?(-?[0-9]{4,6})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ T]([01]?[0-9]|2[0-3])(?::([0-5]?[0-9])(?::([0-5]?[0-9])(?:[.]([0-9]{0,6})[0-9]*)? *(Z|[+-][0-9:]+|[A-Za-z]+(?:/[A-Za-z_/-]+)?)?)?)?)?)?)?$";

function localTime(x: string, text: string, local: (time: string) => string): string {
  const names = "['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone']";
  const time = `${dateText} || ' ' || ${given("hour", "0")} || ':' || ${given("minute", "0")} || ':' || ${given("second", "0")} || '.' || p['fraction'] || '0'`;
  const isInstant = local === instantOf;
  const zoned = `WHEN p['zone'] <> '' THEN TRY_CAST(${time} || ${zoneText} AS TIMESTAMPTZ) `;
  const read = `CASE ${isInstant ? zoned : ""}WHEN p['year'] <> '' THEN ${local(`TRY_CAST(${time} AS TIMESTAMP)`)} END`;
  const parts = `list_transform([regexp_extract(${text}, '${PARTS}', ${names})], lambda p: ${read})[1]`;
  return `CASE WHEN regexp_full_match(${x}, '${CANONICAL}') THEN ${local(`TRY_CAST(${x} AS TIMESTAMP)`)} ELSE ${parts} END`;
}

const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,6})?";
const TIME_PARTS =
  "^T?([01]?[0-9]|2[0-3]):([0-5]?[0-9])(?::([0-5]?[0-9])(?:[.]([0-9]{0,6})[0-9]*)?)?[ \\t\\n\\x0B\\f\\r]*([AaPp][Mm])?$";

/** Hours and minutes, maybe seconds with a fraction, of which what is beyond microseconds is cut off; of 12 hours or of 24. */
export function timeOfText(x: string): string {
  const names = "['hour', 'minute', 'second', 'fraction', 'half']";
  const hour = "CAST(p['hour'] AS INTEGER)";
  const hours = `CASE lower(p['half']) WHEN '' THEN ${hour} WHEN 'am' THEN ${hour} % 12 ELSE ${hour} % 12 + 12 END`;
  const text = `${hours} || ':' || p['minute'] || ':' || ${given("second", "0")} || '.' || p['fraction'] || '0'`;
  const isTime = `p['hour'] <> '' AND (p['half'] = '' OR ${hour} BETWEEN 1 AND 12)`;
  const parts = `list_transform([regexp_extract(${trimmed(x)}, '${TIME_PARTS}', ${names})], lambda p: CASE WHEN ${isTime} THEN CAST(${text} AS TIME) END)[1]`;
  return `CASE WHEN regexp_full_match(${x}, '${CLOCK}') THEN CAST(${x} AS TIME) ELSE ${parts} END`;
}

/** As DuckDB reads zones: +02, +02:30, or a name behind a blank. */
const zoneText =
  "CASE WHEN p['zone'] IN ('Z', 'UTC', 'GMT') THEN '+00' WHEN regexp_full_match(p['zone'], '[+-][0-9]') THEN p['zone'][1] || '0' || p['zone'][2:] WHEN regexp_full_match(p['zone'], '[+-][0-9]{4}') THEN p['zone'][:3] || ':' || p['zone'][4:] WHEN p['zone'][1] IN ('+', '-') THEN p['zone'] ELSE ' ' || p['zone'] END";

/** A time alone is of today. */
const withToday = (text: string) =>
  `CASE WHEN regexp_full_match(${text}, 'T?[0-9]{1,2}:.*') THEN CAST(CAST(now() AS DATE) AS VARCHAR) || ' ' || ltrim(${text}, 'T') ELSE ${text} END`;
