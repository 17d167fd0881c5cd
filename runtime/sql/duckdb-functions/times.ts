import { AnalysisError } from "../../errors.ts";
import { MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { timeOfText } from "../duckdb-cast-text.ts";
import { quoteText } from "../duckdb-literal.ts";
import { timeOfMicros, truncatedTime } from "../duckdb-times.ts";
import { parse } from "./dates.ts";
import { asResult, eachOnce, once, raise } from "./parts.ts";

const DAY = "86400000000";

/** The microseconds of Spark's units of a TIME. */
const UNITS: { readonly [unit: string]: number } = {
  HOUR: 3_600_000_000,
  MINUTE: 60_000_000,
  SECOND: 1_000_000,
  MILLISECOND: 1000,
  MICROSECOND: 1,
};
const words = Object.keys(UNITS).join(", ");

/** The microseconds of a unit, which a literal or a column names. */
function unitMicros(unit: Arg, name: string): string {
  const { expression } = unit;
  if (expression.kind !== "literal") {
    const cases = Object.entries(UNITS).map(([word, micros]) => `WHEN '${word}' THEN ${micros}`);
    const message = quoteText(` is no unit of a time: ${words}.`);
    const unknown = `error('[INVALID_PARAMETER_VALUE] ${name}: ' || u || ${message})`;
    return `list_transform([${unit.text}], lambda u: CASE WHEN u IS NOT NULL THEN CASE upper(u) ${cases.join(" ")} ELSE ${unknown} END END)[1]`;
  }
  if (expression.value === null) return "CAST(NULL AS BIGINT)";
  const found = UNITS[String(expression.value).toUpperCase()];
  if (found === undefined)
    throw new AnalysisError(
      "INVALID_PARAMETER_VALUE",
      `${name}: "${String(expression.value)}" is no unit of a time: ${words}.`,
    );
  return String(found);
}

const timeDiff: Template = ([unit, start, end], call) =>
  asResult(`(epoch_us(${end.text}) - epoch_us(${start.text})) // ${unitMicros(unit, call.name)}`, call);

const timeTrunc: Template = ([unit, time], call) => {
  const micros = unitMicros(unit, call.name);
  return truncatedTime(time, micros);
};

const outOfDay = (name: string): string =>
  raise(`[DATETIME_FIELD_OUT_OF_BOUNDS] ${name}: a time is from 00:00:00 to 23:59:59.999999. Check the number first.`);

/** Of a number that is one of a day's; `micros` makes microseconds of it. */
const fromNumber =
  (perDay: string, micros: (x: string) => string): Template =>
  ([x], call) =>
    once(
      x,
      (v) =>
        `CASE WHEN ${v} IS NULL THEN NULL WHEN ${v} < 0 OR ${v} >= ${perDay} THEN ${outOfDay(call.name)} ELSE ${timeOfMicros(`CAST(${micros(v)} AS BIGINT)`)} END`,
    );

const fromSeconds: Template = (args, call) => {
  const [{ type }] = args;
  // Through nanoseconds, as Spark counts them.
  const micros = (x: string) =>
    type.kind === "float" || type.kind === "double"
      ? `CAST(trunc(CAST(${x} AS DOUBLE) * 1e9) AS BIGINT) // 1000`
      : type.kind === "decimal"
        ? `trunc(CAST(${x} AS DECIMAL(38, ${Math.min(type.scale, 32)})) * 1000000)`
        : `CAST(${x} AS BIGINT) * 1000000`;
  return fromNumber("86400", micros)(args, call);
};

const makeTime: Template = (args, call) =>
  eachOnce(args, (hour, minute, second) => {
    const isNone = `${hour} NOT BETWEEN 0 AND 23 OR ${minute} NOT BETWEEN 0 AND 59 OR ${second} < 0 OR ${second} >= 60`;
    const message = `'[DATETIME_FIELD_OUT_OF_BOUNDS] ${call.name}: there is no time of hour ' || ${hour} || ', minute ' || ${minute} || ' and second ' || ${second} || '. Check them first.'`;
    const micros = `(CAST(${hour} AS BIGINT) * 60 + ${minute}) * 60000000 + CAST(${second} * 1000000 AS BIGINT)`;
    return `CASE WHEN ${hour} IS NULL OR ${minute} IS NULL OR ${second} IS NULL THEN NULL WHEN ${isNone} THEN error(${message}) ELSE ${timeOfMicros(micros)} END`;
  });

const toTime =
  (onError: "fail" | "null"): Template =>
  (args, call) => {
    if (args.length > 1) return parse("time", onError)(args, call);
    return once(args[0], (x) => {
      if (onError === "null") return timeOfText(x);
      const message = `'[CANNOT_PARSE_TIME] The value ''' || ${x} || ''' is no time; use try_to_time to get NULL.'`;
      return `CASE WHEN ${x} IS NOT NULL THEN coalesce(${timeOfText(x)}, error(${message})) END`;
    });
  };

/** In the session's time zone. */
const currentTime: Template = (_, { result: { type } }) => {
  const digits = type.kind === "time" ? type.precision : MAX_TIME_PRECISION;
  const micros = `epoch_us(CAST(CAST(now() AS TIMESTAMP) AS TIME))`;
  return timeOfMicros(`${micros} - ${micros} % ${10 ** (MAX_TIME_PRECISION - digits)}`);
};

export const timeTemplates: Templates = {
  current_time: currentTime,
  make_time: makeTime,
  to_time: toTime("fail"),
  try_to_time: toTime("null"),
  time_diff: timeDiff,
  time_trunc: timeTrunc,
  time_from_seconds: fromSeconds,
  time_from_millis: fromNumber("86400000", (x) => `CAST(${x} AS BIGINT) * 1000`),
  time_from_micros: fromNumber(DAY, (x) => x),
  time_to_seconds: ([x], call) => asResult(`epoch_us(${x.text}) * 0.000001`, call),
  time_to_millis: ([x]) => `(epoch_us(${x.text}) // 1000)`,
  time_to_micros: ([x]) => `epoch_us(${x.text})`,
};
