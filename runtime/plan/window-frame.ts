import { AnalysisError } from "../errors.ts";
import type { WindowSpec } from "./expressions.ts";
import { isNumeric } from "./numeric.ts";
import { typeName } from "./type-names.ts";
import type { SqlType } from "./types.ts";

/** A RANGE frame that reaches some way from the row needs one key, of numbers or dates: Spark's rules. */
export function checkFrame({ frame, orderBy }: WindowSpec, types: readonly SqlType[]): void {
  if (frame?.unit !== "range" || [frame.start, frame.end].every(isEverywhere)) return;
  const shown = `rangeBetween(${[frame.start, frame.end].map(boundText).join(", ")})`;
  const [key, second] = types;
  if (key === undefined)
    throw new AnalysisError("WINDOW", `${shown} needs a window with an order: Window.orderBy(…).${ROWS}`);
  if (![frame.start, frame.end].some((bound) => typeof bound === "number" && bound !== 0)) return;
  if (second !== undefined)
    throw new AnalysisError(
      "WINDOW",
      `${shown} measures how far values are apart, so that it takes one key in orderBy, not ${orderBy.length}.${ROWS}`,
    );
  if (isNumeric(key) || key.kind === "date" || key.kind === "void") return;
  const wayOut = key.kind.startsWith("timestamp") ? ` Order by the seconds: ${secondsOf(key)}.` : ROWS;
  throw new AnalysisError(
    "WINDOW",
    `${shown} measures how far values are apart, and the key in orderBy is ${typeName(key)}: it has to be of numbers or dates.${wayOut}`,
  );
}

const isEverywhere = (bound: number | string) => bound === "unbounded preceding" || bound === "unbounded following";

const boundText = (bound: number | string): string =>
  typeof bound === "number"
    ? String(bound)
    : `Window.unbounded${bound.endsWith("preceding") ? "Preceding" : "Following"}`;

const secondsOf = ({ kind }: SqlType) => `col(…)${kind === "timestamp" ? "" : '.cast("timestamp")'}.cast("long")`;

const ROWS = " rowsBetween counts rows.";
