import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { typeName } from "../plan/type-names.ts";
import type { SqlType } from "../plan/types.ts";

/** A column of JavaScript values. */
export type Values = readonly unknown[];
/** Where values stand, for errors: the column, and the row of each. */
export type Place = { readonly path: string; readonly row: (index: number) => number };

export const isNull = (value: unknown): boolean => value === null || value === undefined;

/** Sets the values that are not null. */
export function fill<A extends { [index: number]: V }, V>(
  array: A,
  values: Values,
  convert: (value: unknown, index: number) => V,
): A {
  for (let i = 0; i < values.length; i++) if (!isNull(values[i])) array[i] = convert(values[i], i);
  return array;
}

export function wrong(
  value: unknown,
  index: number,
  type: SqlType,
  { path, row }: Place,
  why = "is no",
): AnalysisError {
  const shown = inspect(value, { depth: 0, maxStringLength: 40 });
  return new AnalysisError(
    "CREATE_FRAME",
    `Row ${row(index)}, column "${path}": ${shown} ${why} ${typeName(type).toUpperCase()}${typeof value === "string" ? castAdvice(type) : ""}`,
  );
}

/** For texts of times. */
function castAdvice(type: SqlType): string {
  const value = TIMES[type.kind];
  return value === undefined ? "" : `: give ${value}, or take the texts as STRING and cast the column`;
}

const TIMES: { readonly [kind in SqlType["kind"]]?: string } = {
  date: "a Date or a Temporal.PlainDate",
  timestamp: "a Date or a Temporal.Instant",
  timestamp_ntz: "a Date or a Temporal.PlainDateTime",
};
