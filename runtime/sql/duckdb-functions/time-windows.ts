import { AnalysisError } from "../../errors.ts";
import { lengthsOf } from "../../plan/functions/windows.ts";
import type { Args, Call, Template, Templates, Unconverted } from "../dialect.ts";
import { duckdbType } from "../duckdb-literal.ts";
import { once } from "./parts.ts";

/** Microseconds as a time of the column's type. */
const time = (of: Unconverted, micros: string): string =>
  `${of.type.kind === "timestamp_ntz" ? "make_timestamp" : "make_timestamptz"}(${micros})`;

/** As Spark counts: the start of the last window that begins at or before a time. */
function begin(x: string, args: Args): string {
  const { slide, start } = lengthsOf(args.slice(1));
  const from = start === 0n ? `epoch_us(${x})` : `(epoch_us(${x}) - ${start})`;
  return `(epoch_us(${x}) - (${from} % ${slide} + ${slide}) % ${slide})`;
}

const tumbling: Template = (args) => {
  const { duration } = lengthsOf(args.slice(1));
  return once(args[0], (x) => {
    const start = begin(x, args);
    return `{'start': ${time(args[0], start)}, 'end': ${time(args[0], `${start} + ${duration}`)}}`;
  });
};

const sliding: Template = (args) => {
  const { duration, slide } = lengthsOf(args.slice(1));
  const [at, micros] = ['"·w·"', '"·u·"'];
  const count = (duration + slide - 1n) / slide;
  const start = `(${at} - ${micros} * ${slide})`;
  const bounds = `{'start': ${time(args[0], start)}, 'end': ${time(args[0], `${start} + ${duration}`)}}`;
  return once(args[0], (x) => {
    const starts = `list_transform([${begin(x, args)}], lambda ${at}: list_transform(range(0, ${count}), lambda ${micros}: ${bounds}))[1]`;
    const inside =
      duration % slide === 0n ? starts : `list_filter(${starts}, lambda ${at}: ${x} < struct_extract(${at}, 'end'))`;
    return `unnest(CASE WHEN ${x} IS NULL THEN [] ELSE ${inside} END)`;
  });
};

/** A step of its own has been put in their place where they may stand. */
const misplaced: Template = (_, call: Call) => {
  throw new AnalysisError(
    "TIME_WINDOW",
    `${call.name} cannot stand here: add it as a column first (withColumn), then use that column.`,
  );
};

export const timeWindowTemplates: Templates = {
  window: misplaced,
  session_window: misplaced,
  tumblingWindow: tumbling,
  slidingWindow: sliding,
  instant: ([x]) => x.text,
  window_time: ([window], call) =>
    `CAST(struct_extract(${window.text}, 'end') - INTERVAL 1 MICROSECOND AS ${duckdbType(call.result.type)})`,
};
