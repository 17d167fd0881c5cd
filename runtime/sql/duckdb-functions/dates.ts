import { type Unit, unitOf } from "../date-units.ts";
import { datePattern, digitsPattern, hasZone } from "../datetime-pattern.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { instantOf } from "../duckdb-times.ts";
import { loose } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { dateFormat } from "./date-format.ts";
import { asResult, once, typed } from "./parts.ts";

/** The rest are DuckDB's words, too. */
const UNITS: { readonly [unit in Unit]?: string } = { millisecond: "milliseconds", microsecond: "microseconds" };

const unitText = (name: "date_trunc" | "trunc", argument: Arg): string => {
  const unit = unitOf(name, argument);
  return quoteText(UNITS[unit] ?? unit);
};

const dateTrunc: Template = ([unit, time], call) => {
  // An hour that the clocks show twice stays the one that it is.
  if (unitOf("date_trunc", unit) === "hour" && time.type.kind === "timestamp")
    return once(time, (t) => {
      const past = `epoch_us(CAST(${t} AS TIMESTAMP)) % 3600000000`;
      return `${t} - to_microseconds((${past} + 3600000000) % 3600000000)`;
    });
  const truncated = `date_trunc(${unitText("date_trunc", unit)}, ${time.text})`;
  return time.type.kind === "timestamp" ? truncated : asResult(truncated, call);
};

export const parse =
  (kind: "date" | "timestamp" | "timestamp_ntz" | "time", onError: "fail" | "null" = "fail"): Template =>
  (args, call) => {
    const [text, pattern] = args;
    if (args.length === 1) return text.fragment;
    const java = literalText(pattern, `${call.name}: the format`);
    const read = quoteText(datePattern(java, call.name, "read"));
    return once(text, (x) => {
      const time = `try_strptime(${x}, ${read})`;
      const plain = { date: "DATE", time: "TIME", timestamp_ntz: "TIMESTAMP" };
      const instant = hasZone(java) ? `CAST(${time} AS TIMESTAMPTZ)` : instantOf(time);
      const value = kind === "timestamp" ? instant : `CAST(${time} AS ${plain[kind]})`;
      // strptime is content with fewer digits than Java asks for.
      const checked = `CASE WHEN regexp_full_match(${x}, ${quoteText(digitsPattern(java))}) THEN ${value} END`;
      if (onError === "null") return checked;
      const tried = kind === "date" || kind === "time" ? `try_to_${kind}` : "try_to_timestamp";
      const condition = kind === "time" ? "CANNOT_PARSE_TIME" : "CANNOT_PARSE_TIMESTAMP";
      const message = `'[${condition}] The value ''' || ${x} || ''' does not fit the format ' || ${quoteText(`${java}; use ${tried} to get NULL.`)}`;
      return `CASE WHEN ${x} IS NOT NULL THEN coalesce(${checked}, error(${message})) END`;
    });
  };

const unixTimestamp: Template = (args, call) => {
  const [time] = args;
  const from = args.length === 0 ? "now()" : args.length === 1 ? time.text : parse("timestamp")(args, call);
  // Without the part of a second, before 1970 too.
  return `epoch_us(${from as string}) // 1000000`;
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
  trunc: ([date, unit], call) => asResult(`date_trunc(${unitText("trunc", unit)}, ${date.text})`, call),
  to_date: parse("date"),
  to_timestamp: parse("timestamp"),
  date_format: dateFormat,
  date_add: ([date, days]) => loose(`${date.operand} + ${days.operand}`),
  date_sub: ([date, days]) => loose(`${date.operand} - ${days.operand}`),
  datediff: ([end, start], call) => asResult(`date_diff('day', ${start.text}, ${end.text})`, call),
  add_months: ([date, months], call) => asResult(`${date.operand} + to_months(${months.text})`, call),
  // In the session's time zone.
  current_date: (_, call) => asResult("now()", call),
  current_timestamp: () => "now()",
  unix_timestamp: unixTimestamp,
};
