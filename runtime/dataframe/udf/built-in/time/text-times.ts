import { AnalysisError, QuernError } from "../../../../errors.ts";
import type { TextOptions } from "../text-options.ts";
import { dateOfText, instantOfText, localTimeOfText } from "./cast-text.ts";
import { type JavaPattern, javaPattern } from "./java-pattern.ts";
import { type Zone, zoneOf } from "./java-zone.ts";

/** How texts become times; undefined where they are none. */
export type Times = {
  readonly date: (text: string) => Temporal.PlainDate | undefined;
  readonly timestamp: (text: string) => Temporal.Instant | undefined;
  readonly timestampNtz: (text: string) => Temporal.PlainDateTime | undefined;
};

/** By the options dateFormat, timestampFormat, timestampNTZFormat and timeZone; without formats, as a cast reads them; `takesDays`: also days since 1970. */
export function textTimes(options: TextOptions, sessionZone: string, takesDays = false): Times {
  const zone = zoneNamed(options.text("timeZone") ?? sessionZone);
  const date = patternOf(options, "dateFormat");
  const timestamp = patternOf(options, "timestampFormat");
  const timestampNtz = patternOf(options, "timestampNTZFormat");
  const fallsBack =
    options.text("enableDateTimeParsingFallback") === undefined
      ? undefined
      : options.isTrue("enableDateTimeParsingFallback", true);
  const oldDate = (text: string) =>
    dateOfText(text.replaceAll("GMT", "")) ?? (takesDays ? dateOfDays(text) : undefined);
  const oldTimestamp = (text: string) => instantOfText(text.replaceAll("GMT", ""), zone);
  const readDate = date?.date ?? dateOfText;
  const readTimestamp = timestamp
    ? (text: string) => timestamp.timestamp(text, zone)
    : (text: string) => instantOfText(text, zone);
  return {
    date: (fallsBack ?? date === undefined) ? (text) => readDate(text) ?? oldDate(text) : readDate,
    timestamp:
      (fallsBack ?? timestamp === undefined) ? (text) => readTimestamp(text) ?? oldTimestamp(text) : readTimestamp,
    timestampNtz: timestampNtz?.timestampNtz ?? ((text) => localTimeOfText(text)),
  };
}

function patternOf(options: TextOptions, name: string): JavaPattern | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  options.expectEnglish();
  const pattern = javaPattern(text);
  if (typeof pattern !== "string") return pattern;
  throw options.onSparkOnly(name, `TypeScript does not read "${pattern}" here; it reads y M d H h m s S a X x Z`);
}

function zoneNamed(name: string): Zone {
  const zone = zoneOf(name);
  if (zone === undefined) throw new AnalysisError("INVALID_TIMEZONE", `There is no time zone "${name}".`);
  return zone;
}

/** A date as Spark 1.5 wrote one: days since 1970. */
function dateOfDays(text: string): Temporal.PlainDate | undefined {
  if (!/^[+-]?\p{Nd}{1,10}$/u.test(text)) return undefined;
  const days = Number(text);
  if (days < -(2 ** 31) || days >= 2 ** 31) return undefined;
  // Before, days are of the Julian calendar; behind, beyond what JavaScript's dates hold; or digits are not ASCII's.
  if (Number.isNaN(days) || days < -141427 || days > 99_000_000)
    throw new QuernError("SPARK_ONLY", `"${text}" is a date as a number of days that only Spark reads.`);
  return EPOCH.add({ days });
}

const EPOCH = new Temporal.PlainDate(1970, 1, 1);
