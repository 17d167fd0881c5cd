import { AnalysisError } from "../../errors.ts";
import { columnList, didYouMean } from "../nearest.ts";
import { findField } from "../scope.ts";
import type { Field, Schema } from "../types.ts";

/** The columns of these names, or all. */
export function fieldsNamed(method: string, schema: Schema, names: readonly string[] | undefined): readonly Field[] {
  return names === undefined ? schema : names.map((name) => fieldNamed(method, schema, name));
}

export function fieldNamed(method: string, schema: Schema, name: string): Field {
  const field = findField(schema, name);
  if (field !== undefined) return field;
  const known = schema.map((candidate) => candidate.name);
  throw new AnalysisError(
    "COLUMN_NOT_FOUND",
    `${method}: column "${name}" is not in the frame. ${columnList(known)}${didYouMean(name, known)}`,
  );
}
