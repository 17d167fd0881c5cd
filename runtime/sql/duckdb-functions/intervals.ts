import { AnalysisError } from "../../errors.ts";
import {
  DAY_TIME_FIELDS,
  FIELD_MICROS,
  type IntervalType,
  intervalTypeName,
  isCalendarInterval,
  isInterval,
  YEAR_MONTH_FIELDS,
} from "../../plan/interval-types.ts";
import { isFraction, isInteger } from "../../plan/numeric.ts";
import type { SqlType } from "../../plan/types.ts";
import type { Arg, Call, Template, Templates } from "../dialect.ts";
import { halfUp, unscaled } from "../duckdb-intervals.ts";
import { duckdbType } from "../duckdb-literal.ts";
import { instantOf, timeOfMicros } from "../duckdb-times.ts";
import { infix } from "../fragment.ts";
import { calendarArithmetic, calendarPart, dividedCalendar, scaledCalendar } from "./calendar-intervals.ts";
import { asResult, eachOnce, listed, raise } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

const DAY = FIELD_MICROS[0];
const OVERFLOW = "[INTERVAL_ARITHMETIC_OVERFLOW] An interval is longer than its type can hold.";

/** What the operators mean where an interval, or the difference of times, is at work; undefined for numbers. */
export function intervalArithmetic(operator: "+" | "-", args: readonly [Arg, Arg, ...Arg[]], call: Call) {
  const [left, right] = args;
  const to = call.result.type;
  const calendar = calendarArithmetic(operator, args, call);
  if (calendar !== undefined) return calendar;
  if (isInterval(to)) {
    if (isInterval(left.type) || isInterval(right.type)) return infix(left.fragment, operator, right.fragment);
    if (to.kind === "day_time_interval") return difference(left, right);
  }
  if (isInterval(right.type)) return moved(left, operator, right, right.type, to);
  if (isInterval(left.type)) return moved(right, operator, left, left.type, to);
  return undefined;
}

/** Between the times that the session's clocks show, as Spark has it. */
function difference(left: Arg, right: Arg): string {
  if (left.type.kind === "date" && right.type.kind === "date")
    return `(CAST(${left.operand} - ${right.operand} AS BIGINT) * ${DAY})`;
  const micros = ({ type, text }: Arg) =>
    type.kind === "time" || type.kind === "timestamp_ntz"
      ? `epoch_us(${text})`
      : `epoch_us(CAST(${text} AS TIMESTAMP))`;
  return `(${micros(left)} - ${micros(right)})`;
}

/** Days and months are the calendar's; what is less than a day is exact. */
function moved(time: Arg, operator: "+" | "-", span: Arg, type: IntervalType, to: SqlType): string {
  return eachOnce([time, span], (t, given) => {
    const s = operator === "-" ? `(-${given})` : given;
    if (time.type.kind === "time") {
      const micros = `epoch_us(${t}) + ${s}`;
      const beyond = raise("[DATETIME_OVERFLOW] A time of day, moved by this interval, is on another day.");
      return `CASE WHEN ${micros} < 0 OR ${micros} >= ${DAY} THEN ${beyond} ELSE ${timeOfMicros(micros)} END`;
    }
    if (type.kind === "year_month_interval")
      return time.type.kind === "date" ? `CAST(${t} + to_months(${s}) AS DATE)` : `${t} + to_months(${s})`;
    if (to.kind === "date") return `${t} + CAST(${s} // ${DAY} AS INTEGER)`;
    const start = time.type.kind === "date" ? `CAST(${t} AS TIMESTAMPTZ)` : t;
    return `${start} + to_days(CAST(${s} // ${DAY} AS INTEGER)) + to_microseconds(${s} % ${DAY})`;
  });
}

/** An interval times a number, in either order. */
export function scaled(args: readonly [Arg, Arg, ...Arg[]], call: Call): string | undefined {
  const [left, right] = args;
  if (isCalendarInterval(call.result.type)) return scaledCalendar(args, call);
  if (!isInterval(call.result.type)) return undefined;
  const [span, factor] = isInterval(left.type) ? [left, right] : [right, left];
  return eachOnce([span, factor], (s, f) => {
    if (isFraction(factor.type)) return rounded(`${s} * CAST(${f} AS DOUBLE)`, call);
    if (factor.type.kind !== "decimal") return asResult(`CAST(${s} AS HUGEINT) * ${f}`, call);
    refuseLong(factor.type, call);
    const product = `CAST(${s} AS HUGEINT) * CAST(${unscaled(f)} AS HUGEINT)`;
    return asResult(halfUp(product, `CAST(1${"0".repeat(factor.type.scale)} AS HUGEINT)`), call);
  });
}

export function divided(args: readonly [Arg, Arg, ...Arg[]], call: Call): string | undefined {
  if (isCalendarInterval(call.result.type)) return dividedCalendar(args, call);
  if (!isInterval(call.result.type)) return undefined;
  const [span, divisor] = args;
  return eachOnce([span, divisor], (s, d) => {
    const quotient = () => {
      if (isFraction(divisor.type)) return rounded(`${s} / CAST(${d} AS DOUBLE)`, call);
      if (divisor.type.kind !== "decimal")
        return asResult(halfUp(`CAST(${s} AS HUGEINT)`, `CAST(${d} AS HUGEINT)`), call);
      refuseLong(divisor.type, call);
      const dividend = `CAST(${s} AS HUGEINT) * CAST(1${"0".repeat(divisor.type.scale)} AS HUGEINT)`;
      return asResult(halfUp(dividend, `CAST(${unscaled(d)} AS HUGEINT)`), call);
    };
    const zero = raise("[INTERVAL_DIVIDED_BY_ZERO] Division of an interval by zero.");
    return `CASE WHEN ${d} = 0 AND ${s} IS NOT NULL THEN ${zero} ELSE ${quotient()} END`;
  });
}

/** Rounded, halves away from zero; what is no number, or beyond the type, is an error. */
function rounded(value: string, call: Call): string {
  const type = duckdbType(call.result.type);
  return `list_transform([${value}], lambda r: CASE WHEN isfinite(r) THEN coalesce(TRY_CAST(round(r) AS ${type}), ${raise(OVERFLOW)}) WHEN r IS NOT NULL THEN ${raise("[ARITHMETIC_OVERFLOW] An interval cannot be infinite or NaN times as long.")} END)[1]`;
}

/** With more digits, products have more than DuckDB's whole numbers. */
function refuseLong({ precision, scale }: Extract<SqlType, { kind: "decimal" }>, { name }: Call): void {
  if (precision <= 19 && scale <= 18) return;
  throw sparkOnlyError(name, `of an interval and a decimal DuckDB has 19 digits, not ${precision}: cast it to double`);
}

export const spanAverage: Template = (args, call) => {
  const of = (name: string) => `${name}(${call.distinct ? "DISTINCT " : ""}${listed(args)})${call.over}`;
  // A sum that is no interval leaves no average to be tried.
  const total = call.name === "try_avg" ? `TRY_${asResult(of("sum"), call)}` : of("sum");
  return `CASE WHEN ${of("count")} > 0 THEN ${asResult(halfUp(`CAST(${total} AS HUGEINT)`, `CAST(${of("count")} AS HUGEINT)`), call)} END`;
};

const FIELD_WORDS: { readonly [word: string]: string } = Object.fromEntries(
  Object.entries({
    year: "YEAR Y YEARS YR YRS",
    month: "MONTH MON MONS MONTHS",
    day: "DAY D DAYS",
    hour: "HOUR H HOURS HR HRS",
    minute: "MINUTE M MIN MINS MINUTES",
    second: "SECOND S SEC SECONDS SECS",
  }).flatMap(([part, words]) => words.split(" ").map((word) => [word, part])),
);

/** The part of an interval that a word names, beyond its next larger one. */
export function spanPart(word: string, span: Arg, call: Call): string {
  const { type } = span;
  const name = FIELD_WORDS[word.toUpperCase()] ?? "";
  if (!isInterval(type)) {
    const part = calendarPart(name, span, call);
    if (part !== undefined) return part;
    throw new AnalysisError(
      "INVALID_EXTRACT_FIELD",
      `${call.name}: an interval has ${[...YEAR_MONTH_FIELDS, ...DAY_TIME_FIELDS].join(", ")}, and no "${word}".`,
    );
  }
  const fields: readonly string[] = type.kind === "day_time_interval" ? DAY_TIME_FIELDS : YEAR_MONTH_FIELDS;
  const field = fields.indexOf(name);
  if (field < type.start || field > type.end)
    throw new AnalysisError(
      "INVALID_EXTRACT_FIELD",
      `${call.name}: ${intervalTypeName(type)} has ${fields.slice(type.start, type.end + 1).join(", ")}, and no "${word}".`,
    );
  if (type.kind === "year_month_interval")
    return asResult(field === 0 ? `${span.operand} // 12` : `${span.operand} % 12`, call);
  if (field === 0) return asResult(`${span.operand} // ${DAY}`, call);
  const within = `${span.operand} % ${FIELD_MICROS[field - 1]}`;
  if (field === 3) return asResult(`CAST(${within} AS DECIMAL(18, 0)) * 0.000001`, call);
  return asResult(`(${within}) // ${FIELD_MICROS[field]}`, call);
}

const made =
  (units: readonly (bigint | number)[]): Template =>
  (args, call) => {
    const given = args.slice(0, units.length);
    if (given.length === 0) return asResult("0", call);
    return eachOnce(given, (...values) => {
      const terms = values.map((value, index) =>
        isInteger(given[index]?.type as SqlType)
          ? `CAST(${value} AS HUGEINT) * ${units[index]}`
          : `CAST(${value} * 1000000 AS HUGEINT)`,
      );
      const total = terms.join(" + ");
      return `list_transform([${total}], lambda m: CASE WHEN m IS NOT NULL THEN coalesce(TRY_CAST(m AS ${duckdbType(call.result.type)}), ${raise(OVERFLOW)}) END)[1]`;
    });
  };

/**
 * The start of the bucket that a time is in. Months, and spans of a day or more, are counted by the session's clocks, shorter
 * ones exactly, from the midnight with which 1970 begins on these clocks unless another origin is given.
 */
const timeBucket: Template = (args) => {
  const [size, time, given] = args;
  const type = size.type as IntervalType;
  const isInstant = time.type.kind === "timestamp";
  const midnight = "TIMESTAMP '1970-01-01'";
  const local = (x: string) => (isInstant ? `CAST(${x} AS TIMESTAMP)` : x);
  const back = (x: string) => (isInstant ? instantOf(x) : x);
  const origin = args.length > 2 ? given.text : back(midnight);
  return eachOnce([size, time], (span, t) => {
    const checked = (start: string) =>
      size.expression.kind === "literal"
        ? start
        : `CASE WHEN ${span} > 0 THEN ${start} WHEN ${span} <= 0 THEN ${NO_BUCKET} END`;
    if (type.kind === "year_month_interval") {
      const [a, o] = [local(t), args.length > 2 ? local(origin) : midnight];
      const months = `((year(${a}) - year(${o})) * 12 + month(${a}) - month(${o}))`;
      const start = (k: string) => `${o} + to_months(CAST((${k}) * ${span} AS INTEGER))`;
      const first = `CAST(floor(${months} / CAST(${span} AS DOUBLE)) AS BIGINT)`;
      const found = `list_transform([${first}], lambda k: CASE WHEN ${start("k")} > ${a} THEN ${start("k - 1")} ELSE ${start("k")} END)[1]`;
      return checked(back(found));
    }
    const start = (a: string, o: string) => {
      const past = `(epoch_us(${a}) - epoch_us(${o}))`;
      return `epoch_us(${a}) - ((${past} % ${span}) + ${span}) % ${span}`;
    };
    const ofDays = back(`make_timestamp(${start(local(t), args.length > 2 ? local(origin) : midnight)})`);
    if (!isInstant) return checked(ofDays);
    const exact = `make_timestamptz(${start(t, origin)})`;
    return checked(`CASE WHEN ${span} < ${DAY} THEN ${exact} ELSE ${ofDays} END`);
  });
};

const NO_BUCKET = raise("[DATATYPE_MISMATCH] time_bucket needs a bucket that is longer than nothing.");

export const intervalTemplates: Templates = {
  time_bucket: timeBucket,
  make_dt_interval: made(FIELD_MICROS),
  make_ym_interval: made([12, 1]),
};
