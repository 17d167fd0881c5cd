import { QuernError } from "../../../../errors.ts";
import { instantIn, todayIn, type Zone, zoneOf } from "./java-zone.ts";

/** Spaces and control characters, as Spark trims texts. */
const trimmed = (text: string): string => {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
};

const isSpace = (code: number): boolean => code <= 0x20 || code === 0x7f;

const DATE = /^([+-]?)(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T][\s\S]*)?)?)?$/;

/** The date of a text, as a cast reads it; undefined where it is none. */
export function dateOfText(text: string): Temporal.PlainDate | undefined {
  const match = DATE.exec(trimmed(text));
  if (match === null) return undefined;
  const [, sign, year, month = "1", day = "1"] = match;
  return dateOf(Number(`${sign}${year}`), Number(month), Number(day));
}

const TIME = "(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?([^\\d.].*)?)?)?";
const DATE_AND_TIME = new RegExp(`^([+-]?)(\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T]${TIME})?)?)?$`, "s");
const TIME_ALONE = new RegExp(`^${TIME}$`, "s");

/** Undefined where it is none. `zone` is that of texts that name none. */
export function instantOfText(text: string, zone: Zone): Temporal.Instant | undefined {
  const found = partsOf(text);
  if (found === undefined) return undefined;
  const own = found.zone === undefined ? zone : zoneOf(found.zone.trim());
  if (own === undefined) return undefined;
  const date = found.date === "today" ? todayIn(own) : found.date;
  return instantIn(date.toPlainDateTime(found.time), own);
}

/** A time without a zone: a time of day alone is none, nor, as readers take it, is a text that names one. */
export function localTimeOfText(text: string, zones?: "zones are passed over"): Temporal.PlainDateTime | undefined {
  const found = partsOf(text);
  if (found === undefined || found.date === "today") return undefined;
  if (found.zone !== undefined && (zones === undefined || zoneOf(found.zone.trim()) === undefined)) return undefined;
  return found.date.toPlainDateTime(found.time);
}

type Parts = {
  readonly date: Temporal.PlainDate | "today";
  readonly time: Temporal.PlainTime;
  readonly zone: string | undefined;
};

function partsOf(given: string): Parts | undefined {
  const text = trimmed(given);
  const whole = DATE_AND_TIME.exec(text);
  if (whole !== null) {
    const [, sign, year, month = "1", day = "1", ...clock] = whole;
    const date = dateOf(Number(`${sign}${year}`), Number(month), Number(day));
    const time = timeOf(clock);
    return date && time && { date, time, zone: clock[4] };
  }
  // Behind spaces a T begins no time, and without one there is a colon.
  const isMarked = given.startsWith("T");
  if (!isMarked && !/^\d{1,2}:/.test(text)) return undefined;
  const alone = TIME_ALONE.exec(isMarked ? text.slice(1) : text);
  if (alone === null) return undefined;
  const [, ...clock] = alone;
  const time = timeOf(clock);
  return time && { date: "today", time, zone: clock[4] };
}

function timeOf([hour = "0", minute = "0", second = "0", fraction = ""]: readonly (string | undefined)[]) {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  return new Temporal.PlainTime(h, m, s, Math.floor(micros / 1000), micros % 1000);
}

export function dateOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (Math.abs(year) > MOST_YEARS)
    throw new QuernError(
      "SPARK_ONLY",
      `The year ${year} in a text is beyond what JavaScript's dates hold: read it on Spark.`,
    );
  return new Temporal.PlainDate(year, month, day);
}

const MOST_YEARS = 271_820;

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;
