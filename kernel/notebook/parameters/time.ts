import { quoted } from "./error.ts";
import type { TemporalName } from "./shape.ts";
import type { Written } from "./written.ts";

const isoTime = /^[+-]?\d{4,6}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/i;

/** An ISO text as a Date; `at` names the value in messages. */
export function writeDate(text: string, at = ""): Written {
  const wrong = {
    wrong: `${at && `${at} is `}${quoted(text)}${at ? "," : " is"} not a date in ISO 8601, as 2026-03-17 or 2026-03-17T08:30:00Z`,
  };
  if (!isoTime.test(text) || Number.isNaN(Date.parse(text))) return wrong;
  // Date takes the 30th of February for the 2nd of March.
  const [day] = /^[+-]?\d+-\d\d-\d\d/.exec(text) ?? [];
  return day === undefined || isTemporal("PlainDate", day)
    ? { code: `new Date(${JSON.stringify(text)})` }
    : { wrong: `${at && `${at} is `}${quoted(text)}${at ? "," : " is"} not a day of the calendar` };
}

/** A text as one of Temporal's classes reads it; `at` names the value in messages. */
export function writeTemporal(name: TemporalName, text: string, at = ""): Written {
  if (isTemporal(name, text)) return { code: `Temporal.${name}.from(${JSON.stringify(text)})` };
  return {
    wrong: `${at && `${at} is `}${quoted(text)}${at ? "," : " is"} not a Temporal.${name}, as ${examples[name]}`,
  };
}

const examples: { readonly [name in TemporalName]: string } = {
  Instant: "2026-03-17T08:30:00Z",
  PlainDate: "2026-03-17",
  PlainDateTime: "2026-03-17T08:30:00",
  PlainTime: "08:30:00",
  PlainYearMonth: "2026-03",
  PlainMonthDay: "03-17",
  ZonedDateTime: "2026-03-17T08:30:00+01:00[Europe/Paris]",
  Duration: "PT1H30M",
};

function isTemporal(name: TemporalName, text: string): boolean {
  try {
    Temporal[name].from(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
