import { AnalysisError } from "../../errors.ts";
import { didYouMean } from "../../plan/nearest.ts";
import { datePattern } from "../datetime-pattern.ts";
import type { Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { loose } from "../fragment.ts";
import { asResult, literalText, typed } from "./parts.ts";

/** Spark's words for units, and DuckDB's. */
const UNITS: { readonly [unit: string]: string } = {
  year: "year",
  yyyy: "year",
  yy: "year",
  quarter: "quarter",
  month: "month",
  mon: "month",
  mm: "month",
  week: "week",
  day: "day",
  dd: "day",
  hour: "hour",
  minute: "minute",
  second: "second",
  millisecond: "milliseconds",
  microsecond: "microseconds",
};

function unitText(name: string, given: string): string {
  const unit = UNITS[given.toLowerCase()];
  if (unit === undefined)
    throw new AnalysisError(
      "BAD_UNIT",
      `${name}: "${given}" is no unit. Units: ${Object.keys(UNITS).join(", ")}.${didYouMean(given, Object.keys(UNITS))}`,
    );
  return quoteText(unit);
}

const dateTrunc: Template = ([unit, time], call) => {
  const truncated = `date_trunc(${unitText(call.name, literalText(unit, "date_trunc: the unit"))}, ${time.text})`;
  return time.type.kind === "timestamp" ? truncated : asResult(truncated, call);
};

const parse =
  (type: "DATE" | "TIMESTAMPTZ"): Template =>
  (args, call) => {
    const [text, pattern] = args;
    if (args.length === 1) return text.fragment;
    return `CAST(strptime(${text.text}, ${patternText(call.name, pattern, "read")}) AS ${type})`;
  };

const patternText = (name: string, pattern: Parameters<typeof literalText>[0], use: "read" | "write") =>
  quoteText(datePattern(literalText(pattern, `${name}: the format`), name, use));

const unixTimestamp: Template = (args, call) => {
  const [time] = args;
  const from = args.length === 0 ? "now()" : args.length === 1 ? time.text : parse("TIMESTAMPTZ")(args, call);
  return asResult(`floor(epoch(${from as string}))`, call);
};

export const dateTemplates: Templates = {
  year: typed("year"),
  quarter: typed("quarter"),
  month: typed("month"),
  weekofyear: typed("weekofyear"),
  day: typed("day"),
  dayofmonth: typed("day"),
  dayofyear: typed("dayofyear"),
  // Sunday is 0 in DuckDB.
  dayofweek: ([time], call) => asResult(`dayofweek(${time.text}) + 1`, call),
  hour: typed("hour"),
  minute: typed("minute"),
  second: typed("second"),
  date_trunc: dateTrunc,
  trunc: ([date, unit], call) =>
    asResult(`date_trunc(${unitText("trunc", literalText(unit, "trunc: the unit"))}, ${date.text})`, call),
  to_date: parse("DATE"),
  to_timestamp: parse("TIMESTAMPTZ"),
  date_format: ([time, pattern]) => `strftime(${time.text}, ${patternText("date_format", pattern, "write")})`,
  date_add: ([date, days]) => loose(`${date.operand} + ${days.operand}`),
  date_sub: ([date, days]) => loose(`${date.operand} - ${days.operand}`),
  datediff: ([end, start], call) => asResult(`date_diff('day', ${start.text}, ${end.text})`, call),
  add_months: ([date, months], call) => asResult(`${date.operand} + to_months(${months.text})`, call),
  // In the session's time zone.
  current_date: (_, call) => asResult("now()", call),
  current_timestamp: () => "now()",
  unix_timestamp: unixTimestamp,
};
