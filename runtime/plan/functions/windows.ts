import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import { parseInterval } from "../interval.ts";
import { widestOf } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import type { Argument, Functions, Result } from "./entry.ts";
import { DOUBLE, generator, INT, isBelowOne, never, sameAsFirst, scalar, TIMESTAMP, windowed } from "./entry.ts";

/** The value of another row of the partition, or the default as the column's type. */
const neighbour: Result = (args) => {
  const [value, , fallback] = args;
  if (!value) return "needs a column";
  if (!fallback) return { type: value.type, nullable: true };
  if (widestOf([value.type, fallback.type]) === undefined) return "needs a default of the column's type";
  return {
    type: value.type,
    takes: [value.type, undefined, value.type],
    nullable: value.nullable || fallback.nullable,
  };
};

const position = windowed("", never(INT));
const share = windowed("", never(DOUBLE));

/** The lengths of a window over time in microseconds. */
export type WindowLengths = { readonly duration: bigint; readonly slide: bigint; readonly start: bigint };

/** @throws AnalysisError for lengths that Spark does not take either. */
export function windowLengths(duration: string, slide = duration, start = "0 seconds"): WindowLengths {
  const lengths = {
    duration: micros("window", duration, "duration"),
    slide: micros("window", slide, "slide"),
    start: micros("window", start, "start"),
  };
  const absolute = lengths.start < 0n ? -lengths.start : lengths.start;
  const wrong =
    lengths.duration <= 0n || lengths.slide <= 0n
      ? "lasts some time"
      : lengths.slide > lengths.duration
        ? "slides no farther than it is long"
        : absolute >= lengths.slide
          ? "starts by less than it slides"
          : undefined;
  if (wrong === undefined) return lengths;
  throw new AnalysisError(
    "TIME_WINDOW",
    `A window over time ${wrong}: its duration is "${duration}", its slide "${slide}", its start "${start}".`,
  );
}

/** The gap of a session, in a unit that timestamp_add knows. */
export function sessionGap(gap: Expression): { readonly unit: string; readonly count: bigint } {
  const text = gap.kind === "literal" ? String(gap.value) : "";
  const count = micros("session_window", text, "gap");
  if (count > 0n) return { unit: "MICROSECOND", count };
  throw new AnalysisError("TIME_WINDOW", `session_window: the gap lasts some time, not "${text}".`);
}

function micros(name: string, text: string, part: string): bigint {
  const found = typeof text === "string" ? parseInterval(text) : undefined;
  if (found !== undefined && found.months === 0) return BigInt(found.days) * 86_400_000_000n + found.micros;
  throw new AnalysisError(
    "TIME_WINDOW",
    `${name}: the ${part} is a length of time as "10 minutes" or "1 day 12 hours", without months, not ${JSON.stringify(text)}.`,
  );
}

/** What a window's arguments say, as text. */
export const lengthsOf = (args: readonly { readonly expression: Expression }[]): WindowLengths => {
  const [duration = "", slide, start] = args.map(({ expression }) =>
    expression.kind === "literal" ? String(expression.value) : "",
  );
  return windowLengths(duration, slide, start);
};

/** From, and up to, but without, a time of the column's type. */
const bounds = (time: Argument | undefined): SqlType => {
  const type = time?.type.kind === "timestamp_ntz" ? time.type : TIMESTAMP;
  return {
    kind: "struct",
    fields: ["start", "end"].map((name) => ({ name, type, nullable: true })),
  };
};

const windowOf: Result = ([time]) => ({ type: bounds(time), nullable: false });

/** The time that belongs to a window: the last before its end. */
const lastOf: Result = ([window]) => {
  const end = window?.type.kind === "struct" ? window.type.fields.find(({ name }) => name === "end") : undefined;
  return end?.type.kind === "timestamp" || end?.type.kind === "timestamp_ntz"
    ? { type: end.type, nullable: true }
    : "needs a window";
};

const LENGTHS = "clock string! string!? string!?";

export const windows: Functions = {
  row_number: position,
  rank: position,
  dense_rank: position,
  ntile: windowed("int!", ([parts]) =>
    isBelowOne(parts) ? "needs a number of parts, from 1" : { type: INT, nullable: false },
  ),
  percent_rank: share,
  cume_dist: share,
  lag: windowed("any int!? any?", neighbour),
  lead: windowed("any int!? any?", neighbour),
  /** A second argument of true leaves nulls out. */
  first_value: { ...windowed("any boolean!?", sameAsFirst) },
  last_value: { ...windowed("any boolean!?", sameAsFirst) },

  // Windows over time. The first two are for steps of the user's, which `dataframe/time-windows.ts` puts others in the place of:
  // that is what they are generators for.
  window: generator(LENGTHS, windowOf),
  session_window: generator("clock string!", windowOf),
  /** Of rows that have a time. */
  tumblingWindow: scalar(LENGTHS, windowOf),
  /** Several of a row, where they overlap; none, where it has no time. */
  slidingWindow: generator(LENGTHS, windowOf),
  /** The time as a TIMESTAMP or TIMESTAMP_NTZ. */
  instant: scalar("clock", ([time]) => (time?.type.kind === "timestamp_ntz" ? time.type : TIMESTAMP)),
  window_time: scalar("any", lastOf),
};
