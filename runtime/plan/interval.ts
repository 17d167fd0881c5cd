import { AnalysisError } from "../errors.ts";

/** A length of time: months, or days and microseconds, as Spark's two types of intervals have them. */
export type Interval = { readonly months: number; readonly days: number; readonly micros: bigint };

/** Microseconds of a unit, or its months. */
const UNITS: { readonly [unit: string]: { readonly months: number } | { readonly micros: bigint } } = {
  year: { months: 12 },
  quarter: { months: 3 },
  month: { months: 1 },
  week: { micros: 604_800_000_000n },
  day: { micros: 86_400_000_000n },
  hour: { micros: 3_600_000_000n },
  minute: { micros: 60_000_000n },
  second: { micros: 1_000_000n },
  millisecond: { micros: 1_000n },
  microsecond: { micros: 1n },
};

const DAY = 86_400_000_000n;

/**
 * "1 month", "INTERVAL '2' DAYS 3 HOURS": whole numbers and units. Undefined where it is no such text, or has months or
 * years beside smaller units, which neither of Spark's types has.
 */
export function parseInterval(text: string): Interval | undefined {
  const words = text
    .replace(/^\s*interval\b/i, "")
    .replaceAll("'", " ")
    .trim()
    .toLowerCase()
    .split(/\s+/);
  if (words.length % 2 !== 0) return undefined;
  let months: number | undefined;
  let micros: bigint | undefined;
  for (let index = 0; index < words.length; index += 2) {
    const count = words[index] ?? "";
    const unit = UNITS[(words[index + 1] ?? "").replace(/s$/, "")];
    if (!/^[+-]?\d{1,15}$/.test(count) || unit === undefined) return undefined;
    if ("months" in unit) months = (months ?? 0) + unit.months * Number(count);
    else micros = (micros ?? 0n) + unit.micros * BigInt(count);
  }
  if ((months === undefined) === (micros === undefined)) return undefined;
  // Of hours, Spark takes whole days for days: they end at the same time of the day when clocks are changed.
  return { months: months ?? 0, days: Number((micros ?? 0n) / DAY), micros: (micros ?? 0n) % DAY };
}

/** About how long it is, and no longer: a month has 28 days at least. */
export const leastMicros = ({ months, days, micros }: Interval): bigint => BigInt(months * 28 + days) * DAY + micros;

/** A length of time in units, as Temporal.Duration has them: `{ months: 1 }`; months and years or smaller units, not both. */
export type Duration = {
  readonly [unit in (typeof WORDS)[number]]?: number;
};

const WORDS = [
  "years",
  "months",
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  "microseconds",
] as const;

/** Such as "1 months"; a number that is not whole is an error. */
export function durationText(given: Duration): string {
  const parts = WORDS.flatMap((unit) => {
    const count = given[unit];
    if (count === undefined || count === 0) return [];
    if (!Number.isSafeInteger(count))
      throw new AnalysisError(
        "LITERAL",
        `A step of ${count} ${unit}: it takes whole numbers, such as { hours: 1, minutes: 30 }.`,
      );
    return [`${count} ${unit}`];
  });
  return parts.length === 0 ? "0 days" : parts.join(" ");
}
