import { leastMicros, parseInterval } from "../../plan/interval.ts";
import type { Args, Call } from "../dialect.ts";
import { asResult, eachOnce } from "./parts.ts";

const X = '"·x·"';

/**
 * The dates or times from one to another. Each is so many steps after the first, and not one after the one before: months
 * after the 31st are the last days of months. Without a step they are days, in either direction.
 */
export function timeSequence(all: Args, call: Call): string {
  const [start, stop, step] = all;
  const isDate = start.type.kind === "date";
  const text = all.length > 2 && step.expression.kind === "literal" ? String(step.expression.value) : "1 day";
  const interval = parseInterval(text) ?? { months: 0, days: 1, micros: 0n };
  const least = leastMicros(interval);
  return eachOnce([start, stop], (a, b) => {
    const sign = all.length > 2 ? "" : `CASE WHEN ${a} <= ${b} THEN 1 ELSE -1 END * `;
    const times = (count: number | bigint) => `${sign}${X} * ${count}`;
    const parts = [
      interval.months === 0 ? [] : [`to_months(CAST(${times(interval.months)} AS INTEGER))`],
      interval.days === 0 ? [] : [`to_days(CAST(${times(interval.days)} AS INTEGER))`],
      interval.micros === 0n ? [] : [`to_microseconds(${times(interval.micros)})`],
    ].flat();
    const later = `${isDate ? `CAST(${a} AS TIMESTAMP)` : a} + ${parts.length > 1 ? `(${parts.join(" + ")})` : parts.join("")}`;
    const micros = (x: string) => `epoch_us(${isDate ? `CAST(${x} AS TIMESTAMP)` : x})`;
    // One more than it may be: a day is shorter than 24 hours where summer time begins.
    const count = `abs(${micros(b)} - ${micros(a)}) // ${least < 0n ? -least : least} + 1`;
    const made = `list_transform(generate_series(0, ${count}), lambda ${X}: ${isDate ? `CAST(${later} AS DATE)` : later})`;
    const isWithin =
      all.length === 2
        ? `${X} BETWEEN least(${a}, ${b}) AND greatest(${a}, ${b})`
        : `${X} ${least > 0n ? "<=" : ">="} ${b}`;
    const wrong = least > 0n ? `${a} > ${b}` : least < 0n ? `${a} < ${b}` : "true";
    const refusal = `error('[ILLEGAL_SEQUENCE_BOUNDARIES] sequence: the step ${text} does not lead from ' || ${a} || ' to ' || ${b} || '.')`;
    const fails = all.length > 2 ? `WHEN ${wrong} THEN ${refusal} ` : "";
    const list = least === 0n ? "NULL" : `list_filter(${made}, lambda ${X}: ${isWithin})`;
    return asResult(
      `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${a} = ${b} THEN [${a}] ${fails}ELSE ${list} END`,
      call,
    );
  });
}
