import { AnalysisError } from "../errors.ts";
import type { Schema } from "./types.ts";

/** The schema, if its names are unique ignoring case; `where` names the step or source. */
export function checkNames(schema: Schema, where: string): Schema {
  const seen = new Map<string, string>();
  for (const { name } of schema) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined)
      throw new AnalysisError(
        "DUPLICATE_COLUMN",
        earlier === name
          ? `There are two columns "${name}" in ${where}. Give one another name.`
          : `The columns "${earlier}" and "${name}" in ${where} differ only by case, which names ignore. Give one another name.`,
      );
    seen.set(name.toLowerCase(), name);
  }
  if (schema.length === 0)
    throw new AnalysisError("NO_COLUMNS", `There would be no column in ${where}. Keep at least one.`);
  return schema;
}
