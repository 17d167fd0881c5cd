import { FIELD_MICROS, isCalendarInterval } from "../../plan/interval-types.ts";
import type { Arg, Call, Template, Templates } from "../dialect.ts";
import { asResult, bind, eachOnce, once, raise } from "./parts.ts";

/**
 * Intervals of months, days and microseconds are structs: of DuckDB's own type two are equal, and one group, that are as long
 * where a month has 30 days.
 */

type Parts = { readonly months: string; readonly days: string; readonly micros: string };
type OnOverflow = "fail" | "null";

const [DAY, HOUR, MINUTE] = FIELD_MICROS;

const partsOf = (x: string): Parts => ({
  months: `struct_extract(${x}, 'months')`,
  days: `struct_extract(${x}, 'days')`,
  micros: `struct_extract(${x}, 'micros')`,
});

const wide = (x: string) => `CAST(${x} AS HUGEINT)`;

/** Of whole numbers of any size; NULL where one of them is. */
function packed({ months, days, micros }: Parts, onOverflow: OnOverflow): string {
  const [m, d, u] = ["TRY_CAST(w['m'] AS INTEGER)", "TRY_CAST(w['d'] AS INTEGER)", "TRY_CAST(w['u'] AS BIGINT)"];
  const isNull = "w['m'] IS NULL OR w['d'] IS NULL OR w['u'] IS NULL";
  const isBeyond = `${m} IS NULL OR ${d} IS NULL OR ${u} IS NULL`;
  const beyond =
    onOverflow === "null"
      ? "NULL"
      : raise("[ARITHMETIC_OVERFLOW] An interval has more months, days or microseconds than it can hold.");
  const made = `{'months': ${m}, 'days': ${d}, 'micros': ${u}}`;
  return bind(
    "w",
    `{'m': ${months}, 'd': ${days}, 'u': ${micros}}`,
    `CASE WHEN ${isNull} THEN NULL WHEN ${isBeyond} THEN ${beyond} ELSE ${made} END`,
  );
}

const made =
  (onOverflow: OnOverflow): Template =>
  (args, call) =>
    eachOnce(args, (...given) => {
      const part = (index: number, unit: bigint | number) =>
        given[index] === undefined ? "0" : `${wide(given[index])} * ${unit}`;
      const seconds = given[6] === undefined ? "0" : `CAST(${given[6]} * 1000000 AS HUGEINT)`;
      const parts = {
        months: `${part(0, 12)} + ${part(1, 1)}`,
        days: `${part(2, 7)} + ${part(3, 1)}`,
        micros: `${part(4, HOUR)} + ${part(5, MINUTE)} + ${seconds}`,
      };
      return asResult(packed(parts, onOverflow), call);
    });

/** A time by an interval, which may stand first, and two intervals; undefined for others. */
export function calendarArithmetic(operator: "+" | "-", args: readonly [Arg, Arg, ...Arg[]], call: Call) {
  const [left, right] = args;
  if (isCalendarInterval(call.result.type)) {
    if (left.type.kind === "void" || right.type.kind === "void") return asResult("NULL", call);
    return eachOnce([left, right], (a, b) => {
      const [first, second] = [partsOf(a), partsOf(b)];
      const both = (part: keyof Parts) => `${wide(first[part])} ${operator} ${second[part]}`;
      const parts = { months: both("months"), days: both("days"), micros: both("micros") };
      return asResult(packed(parts, "fail"), call);
    });
  }
  if (isCalendarInterval(right.type)) return moved(left, operator, right);
  return isCalendarInterval(left.type) ? moved(right, operator, left) : undefined;
}

/** Months, then days by the session's clocks, then what is exact. */
function moved(time: Arg, operator: "+" | "-", span: Arg): string {
  return eachOnce([time, span], (t, s) => {
    const { months, days, micros } = partsOf(s);
    const day = `${t} ${operator} to_months(${months}) ${operator} to_days(${days})`;
    if (time.type.kind !== "date") return `${day} ${operator} to_microseconds(${micros})`;
    const clock = raise(
      "[INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION] An interval with hours or less is added to a date: cast the date to timestamp.",
    );
    return `CASE WHEN ${t} IS NOT NULL AND ${micros} <> 0 THEN ${clock} ELSE CAST(${day} AS DATE) END`;
  });
}

export const negatedCalendar = (span: Arg, call: Call): string =>
  once(span, (s) => {
    const { months, days, micros } = partsOf(s);
    const parts = { months: `-${wide(months)}`, days: `-${wide(days)}`, micros: `-${wide(micros)}` };
    return asResult(packed(parts, "fail"), call);
  });

/** An interval times a number, in either order. */
export function scaledCalendar([left, right]: readonly [Arg, Arg, ...Arg[]], call: Call): string {
  const [span, factor] = isCalendarInterval(left.type) ? [left, right] : [right, left];
  return eachOnce([span, factor], (s, f) =>
    asResult(
      scaledParts(s, (part) => `${part} * CAST(${f} AS DOUBLE)`),
      call,
    ),
  );
}

export function dividedCalendar([span, divisor]: readonly [Arg, Arg, ...Arg[]], call: Call): string {
  const zero = raise("[INTERVAL_DIVIDED_BY_ZERO] Division of an interval by zero. Use try_divide to get NULL instead.");
  return eachOnce([span, divisor], (s, d) => {
    const quotient = scaledParts(s, (part) => `${part} / CAST(${d} AS DOUBLE)`);
    return `CASE WHEN ${d} = 0 AND ${s} IS NOT NULL THEN ${zero} ELSE ${asResult(quotient, call)} END`;
  });
}

/** Months are cut, what is left of days are microseconds, and NaN is 0: as Java's whole numbers are made of doubles. */
function scaledParts(span: string, scale: (part: string) => string): string {
  const { months, days, micros } = partsOf(span);
  const cut = (x: string) => `CASE WHEN isnan(${x}) THEN 0 ELSE trunc(${x}) END`;
  const scaled = `{'m': ${scale(months)}, 'd': ${scale(days)}, 'u': ${scale(micros)}}`;
  const rest = `x['u'] + 86400000000e0 * (x['d'] - ${cut("x['d']")})`;
  const rounded = "floor(r) + CASE WHEN r - floor(r) >= 0.5e0 THEN 1 ELSE 0 END";
  const whole = `CASE WHEN isnan(r) THEN 0 WHEN r >= 9223372036854775807e0 THEN 9223372036854775807 WHEN r <= -9223372036854775808e0 THEN -9223372036854775808 ELSE CAST(${rounded} AS HUGEINT) END`;
  return bind(
    "x",
    scaled,
    packed({ months: cut("x['m']"), days: cut("x['d']"), micros: bind("r", rest, whole) }, "fail"),
  );
}

/** The part of an interval that a word names, of what is within the next larger one. */
export function calendarPart(field: string, span: Arg, call: Call): string | undefined {
  const sql = (parts: Parts) =>
    ({
      year: `${parts.months} // 12`,
      month: `${parts.months} % 12`,
      day: `${wide(parts.days)} + ${parts.micros} // ${DAY}`,
      hour: `${parts.micros} // ${HOUR} % 24`,
      minute: `${parts.micros} // ${MINUTE} % 60`,
      second: `CAST(${parts.micros} % ${MINUTE} AS DECIMAL(18, 0)) * 0.000001`,
    })[field];
  if (sql(partsOf("")) === undefined) return undefined;
  return once(span, (s) => asResult(sql(partsOf(s)) as string, call));
}

export const calendarIntervalTemplates: Templates = {
  make_interval: made("fail"),
  try_make_interval: made("null"),
};
