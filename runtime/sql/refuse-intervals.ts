import { AnalysisError } from "../errors.ts";
import { hasInterval } from "../plan/interval-types.ts";
import { typeName } from "../plan/type-names.ts";
import type { Schema, SqlType } from "../plan/types.ts";

/** DuckDB holds intervals as whole numbers: whatever does not know plans' types would take them for numbers. */
const refused = (name: string, type: SqlType, where: string): AnalysisError =>
  new AnalysisError(
    "INTERVAL",
    `"${name}" is an ${typeName(type)}, which ${where} on DuckDB does not have as Spark does: cast it first, to string, or to bigint for a count of its last unit.`,
  );

export function refuseIntervals(schema: Schema, where: string): void {
  const found = schema.find(({ type }) => hasInterval(type));
  if (found !== undefined) throw refused(found.name, found.type, where);
}

/** Of columns that a text of the user's names. */
export function refuseIntervalsIn(text: string, typeOf: (name: string) => SqlType | undefined): void {
  const names = text.replace(/'(?:[^']|'')*'/g, " ").match(/[\p{L}_][\p{L}\p{N}_]*|"(?:[^"]|"")*"/gu) ?? [];
  for (const name of names) {
    const bare = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
    const type = typeOf(bare);
    if (type !== undefined && hasInterval(type)) throw refused(bare, type, "SQL text");
  }
}
