import { AnalysisError } from "../../errors.ts";
import { isCalendarInterval, isInterval } from "../../plan/interval-types.ts";
import { isInteger, MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import { datePattern } from "../datetime-pattern.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { duckdbCast } from "../duckdb-cast.ts";
import { quoteText } from "../duckdb-literal.ts";
import { instantIn, instantOf, truncatedTime } from "../duckdb-times.ts";
import { loose } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { dateTemplates, parse } from "./dates.ts";
import { spanPart } from "./intervals.ts";
import { asResult, eachOnce, once } from "./parts.ts";

const local = (text: string) => `CAST(${text} AS TIMESTAMP)`;

/** Rounded towards the past. */
const floorDivided = (micros: string, by: number) => `((${micros} - ((${micros} % ${by}) + ${by}) % ${by}) // ${by})`;

const timestampSeconds: Template = ([x]) => {
  if (isInteger(x.type)) return `make_timestamptz(CAST(${x.text} AS BIGINT) * 1000000)`;
  return once(x, (v) => {
    const micros =
      x.type.kind === "decimal" ? `CAST(${v} AS DECIMAL(38, 6)) * 1000000` : `trunc(CAST(${v} AS DOUBLE) * 1e6)`;
    const made = `make_timestamptz(CAST(${micros} AS BIGINT))`;
    return x.type.kind === "decimal" ? made : `CASE WHEN isfinite(${v}) THEN ${made} END`;
  });
};

/** Of a date and a time of day. */
const ofDate = (kind: "instant" | "local", args: readonly Arg[]): string =>
  eachOnce(args, (date, time, zone) => {
    const at = `(${date} + ${time})`;
    if (kind === "local") return at;
    return zone === undefined ? instantOf(at) : instantIn(at, zone);
  });

/** A second of 60 is the first of the next minute. */
const made =
  (kind: "instant" | "local", onError: "fail" | "null"): Template =>
  (args, call) =>
    args.length <= 3
      ? ofDate(kind, args)
      : eachOnce(args, (year, month, day, hour, minute, second, zone) => {
          const at = (seconds: string) =>
            `make_timestamp(${year}, ${month}, ${day}, ${hour}, ${minute}, CAST(${seconds} AS DOUBLE))`;
          const time = `CASE WHEN ${second} = 60 THEN ${at("0")} + INTERVAL 1 MINUTE ELSE ${at(second as string)} END`;
          const tried = onError === "null" ? `TRY(${time})` : time;
          if (kind === "local") return asResult(tried, call);
          return zone === undefined ? instantOf(tried) : instantIn(tried, zone);
        });

const monthsBetween: Template = (args) => {
  const [end, start] = args;
  const rounds = args.length < 3 || literalText(args[2], "months_between: roundOff") === "true";
  return eachOnce([end, start], (given1, given2) => {
    const [a, b] = [local(given1), local(given2)];
    const months = `((year(${a}) - year(${b})) * 12 + month(${a}) - month(${b}))`;
    const isLast = (t: string) => `CAST(${t} AS DATE) = last_day(CAST(${t} AS DATE))`;
    const isWhole = `day(${a}) = day(${b}) OR (${isLast(a)} AND ${isLast(b)})`;
    const ofDay = (t: string) => `(hour(${t}) * 3600 + minute(${t}) * 60 + second(${t}))`;
    const seconds = `((day(${a}) - day(${b})) * 86400 + ${ofDay(a)} - ${ofDay(b)})`;
    const parts = `${months} + ${seconds} / 2678400e0`;
    const value = rounds ? `floor((${parts}) * 1e8 + 5e-1) / 1e8` : parts;
    return `CASE WHEN ${isWhole} THEN CAST(${months} AS DOUBLE) ELSE ${value} END`;
  });
};

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const NAMES = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

const nextDay: Template = ([date, name], call) => {
  const given = literalText(name, "next_day: the day");
  const word = given.trim().toUpperCase();
  const target = NAMES.findIndex((day, index) => [DAYS[index], day.slice(0, 3), day].includes(word));
  if (target < 0)
    throw new AnalysisError(
      "ILLEGAL_DAY_OF_WEEK",
      `next_day: "${given}" is no day of the week: Mon, Tue, Wed, Thu, Fri, Sat or Sun.`,
    );
  return once(date, (d) => asResult(`${d} + CAST((${target} - isodow(${d}) + 7) % 7 + 1 AS INTEGER)`, call));
};

/** Spark's words for the parts of a time, and DuckDB's of each. */
const PARTS: { readonly [word: string]: string } = Object.fromEntries(
  Object.entries({
    year: "YEAR Y YEARS YR YRS",
    isoyear: "YEAROFWEEK",
    quarter: "QUARTER QTR",
    month: "MONTH MON MONS MONTHS",
    week: "WEEK W WEEKS",
    day: "DAY D DAYS",
    dow: "DAYOFWEEK DOW",
    isodow: "DAYOFWEEK_ISO DOW_ISO",
    doy: "DOY",
    hour: "HOUR H HOURS HR HRS",
    minute: "MINUTE M MIN MINS MINUTES",
    second: "SECOND S SEC SECONDS SECS",
  }).flatMap(([part, words]) => words.split(" ").map((word) => [word, part])),
);

const datePart: Template = ([field, time], call) => {
  const given = literalText(field, `${call.name}: the part`);
  if (isInterval(time.type) || isCalendarInterval(time.type)) return spanPart(given, time, call);
  const part = PARTS[given.toUpperCase()];
  if (part === undefined)
    throw new AnalysisError(
      "INVALID_EXTRACT_FIELD",
      `${call.name}: "${given}" is no part of a time: ${Object.keys(PARTS).join(", ")}.`,
    );
  if (time.type.kind === "time" && !["hour", "minute", "second"].includes(part))
    throw new AnalysisError(
      "INVALID_EXTRACT_FIELD",
      `${call.name}: a time of day has hour, minute and second, and no "${given}".`,
    );
  const source =
    time.type.kind === "timestamp"
      ? local(time.text)
      : time.type.kind === "time" && time.type.precision < MAX_TIME_PRECISION
        ? truncatedTime(time, 10 ** (MAX_TIME_PRECISION - time.type.precision))
        : time.text;
  if (part === "second")
    return asResult(`CAST(date_part('microseconds', ${source}) AS DECIMAL(18, 6)) / 1000000`, call);
  return asResult(`date_part('${part}', ${source})${part === "dow" ? " + 1" : ""}`, call);
};

const UNITS: { readonly [unit: string]: readonly [make: string, times: number, micros?: number] } = {
  MICROSECOND: ["to_microseconds", 1, 1],
  MILLISECOND: ["to_microseconds", 1000, 1000],
  SECOND: ["to_microseconds", 1_000_000, 1_000_000],
  MINUTE: ["to_microseconds", 60_000_000, 60_000_000],
  HOUR: ["to_microseconds", 3_600_000_000, 3_600_000_000],
  DAY: ["to_days", 1, 86_400_000_000],
  DAYOFYEAR: ["to_days", 1, 86_400_000_000],
  WEEK: ["to_days", 7, 604_800_000_000],
  MONTH: ["to_months", 1],
  QUARTER: ["to_months", 3],
  YEAR: ["to_months", 12],
};

function unitOf(argument: Arg, name: string) {
  const given = literalText(argument, `${name}: the unit`);
  const unit = UNITS[given.toUpperCase()];
  if (unit === undefined)
    throw new AnalysisError(
      "INVALID_PARAMETER_VALUE",
      `${name}: "${given}" is no unit: ${Object.keys(UNITS).join(", ")}.`,
    );
  return unit;
}

const timestampAdd: Template = ([unit, count, time], call) => {
  const [make, times] = unitOf(unit, call.name);
  const quantity = times === 1 ? count.operand : `${count.operand} * ${times}`;
  const amount = make === "to_microseconds" ? quantity : `CAST(${quantity} AS INTEGER)`;
  return `(${time.operand} + ${make}(${amount}))`;
};

/** Whole units between the times that the session's clocks show. */
const timestampDiff: Template = ([unit, start, end], call) => {
  const [, months, micros] = unitOf(unit, call.name);
  return eachOnce([start, end], (given1, given2) => {
    const [a, b] = [local(given1), local(given2)];
    if (micros !== undefined) return `(epoch_us(${b}) - epoch_us(${a})) // ${micros}`;
    const whole = `((year(${b}) - year(${a})) * 12 + month(${b}) - month(${a}))`;
    const within = (t: string) => `(day(${t}) * 86400000000 + epoch_us(${t}) - epoch_us(date_trunc('day', ${t})))`;
    const counted = `CASE WHEN ${whole} > 0 AND ${within(b)} < ${within(a)} THEN ${whole} - 1 WHEN ${whole} < 0 AND ${within(b)} > ${within(a)} THEN ${whole} + 1 ELSE ${whole} END`;
    return `(${counted}) // ${months}`;
  });
};

const tried =
  (kind: "date" | "timestamp"): Template =>
  (args, call) => {
    if (args.length > 1) return parse(kind, "null")(args, call);
    return duckdbCast(args[0].given, call.result.type, "null");
  };

export const moreDateTemplates: Templates = {
  dayname: ([date]) => `strftime(${date.text}, '%a')`,
  monthname: ([date]) => `strftime(${date.text}, '%b')`,
  weekday: ([time], call) => asResult(`isodow(${time.text}) - 1`, call),
  date_from_unix_date: ([days]) => loose(`DATE '1970-01-01' + ${days.operand}`),
  unix_date: ([date], call) => asResult(`${date.operand} - DATE '1970-01-01'`, call),
  unix_seconds: ([time]) => once(time, (t) => floorDivided(`epoch_us(${t})`, 1_000_000)),
  unix_millis: ([time]) => once(time, (t) => floorDivided(`epoch_us(${t})`, 1000)),
  unix_micros: ([time]) => `epoch_us(${time.text})`,
  to_unix_timestamp: dateTemplates.unix_timestamp as Template,
  timestamp_seconds: timestampSeconds,
  timestamp_millis: ([x]) => `make_timestamptz(CAST(${x.text} AS BIGINT) * 1000)`,
  timestamp_micros: ([x]) => `make_timestamptz(CAST(${x.text} AS BIGINT))`,
  from_unixtime: (args) => {
    const format = args.length > 1 ? literalText(args[1], "from_unixtime: the format") : "yyyy-MM-dd HH:mm:ss";
    return `strftime(make_timestamptz(${args[0].operand} * 1000000), ${quoteText(datePattern(format, "from_unixtime", "write"))})`;
  },
  localtimestamp: () => "CAST(now() AS TIMESTAMP)",
  current_timezone: () => "current_setting('TimeZone')",
  make_timestamp: made("instant", "fail"),
  make_timestamp_ltz: made("instant", "fail"),
  make_timestamp_ntz: made("local", "fail"),
  try_make_timestamp: made("instant", "null"),
  try_make_timestamp_ltz: made("instant", "null"),
  try_make_timestamp_ntz: made("local", "null"),
  months_between: monthsBetween,
  next_day: nextDay,
  date_part: datePart,
  timestamp_add: timestampAdd,
  timestamp_diff: timestampDiff,
  from_utc_timestamp: ([time, zone]) => `((${time.operand} AT TIME ZONE ${zone.operand}) AT TIME ZONE 'UTC')`,
  to_utc_timestamp: ([time, zone]) => instantIn(`(${time.operand} AT TIME ZONE 'UTC')`, zone.text),
  convert_timezone: ([from, to, time]) => `(${instantIn(time.text, from.text)} AT TIME ZONE ${to.operand})`,
  to_timestamp_ltz: parse("timestamp"),
  to_timestamp_ntz: parse("timestamp_ntz"),
  try_to_timestamp: tried("timestamp"),
  try_to_date: tried("date"),
};
