import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { functionEntry } from "../plan/functions.ts";

// What people write who come from PySpark or pandas, each with what does it here.

/** `select(df.wind)`: a frame has no properties for its columns. Positions count from 1. */
export function refuseUndefined(method: string, argument: unknown, position: number): void {
  if (argument !== undefined) return;
  throw new AnalysisError(
    "NOT_A_COLUMN",
    `Argument ${position} of ${method} is undefined; is a property misspelt? Columns are named by f => f.wind, "wind" or col("wind")`,
  );
}

/** `orderBy("x", { ascending: false })`, `orderBy("x", false)`. */
export function refuseDirection(method: string, argument: unknown, before: unknown): void {
  const isOption = typeof argument === "object" && argument !== null && "ascending" in argument;
  if (!isOption && typeof argument !== "boolean") return;
  const column = typeof before === "string" ? `col(${JSON.stringify(before)})` : 'col("x")';
  throw new AnalysisError(
    "NOT_A_COLUMN",
    `${method} takes no ${inspect(argument, { depth: 0 })}; a key says its direction itself: ${column}.desc()`,
  );
}

/** `agg({ x: "max" })`: what to write, if the text is the name of an aggregate. */
export function aggregateAdvice(column: string, name: string): string | undefined {
  if (functionEntry(name.toLowerCase())?.kind !== "aggregate") return undefined;
  if (column === "*") return `write agg({ n: ${name}() })`;
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(column);
  const quoted = JSON.stringify(column);
  return isIdentifier
    ? `write agg(f => ({ ${column}: ${name}(f.${column}) }))`
    : `write agg(f => ({ ${quoted}: ${name}(f[${quoted}]) }))`;
}
