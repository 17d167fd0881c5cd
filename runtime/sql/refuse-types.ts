import { AnalysisError } from "../errors.ts";
import { hasInterval } from "../plan/interval-types.ts";
import { typeName } from "../plan/type-names.ts";
import type { Schema, SqlType } from "../plan/types.ts";
import { hasVariant } from "../plan/variant-types.ts";

/** DuckDB holds intervals as whole numbers and VARIANTs as bytes: whatever does not know plans' types would take them for these. */
const refused = (name: string, type: SqlType, where: string): AnalysisError =>
  hasVariant(type)
    ? new AnalysisError(
        "VARIANT",
        `"${name}" is ${typeName(type)}; ${where} on DuckDB has no VARIANT as Spark does: write it as text first, by to_json(…), or take its parts by variant_get(…).`,
      )
    : new AnalysisError(
        "INTERVAL",
        `"${name}" is an ${typeName(type)}, which ${where} on DuckDB does not have as Spark does: cast it first, to string, or to bigint for a count of its last unit.`,
      );

const isRefused = (type: SqlType): boolean => hasInterval(type) || hasVariant(type);

export function refuseTypes(schema: Schema, where: string): void {
  const found = schema.find(({ type }) => isRefused(type));
  if (found !== undefined) throw refused(found.name, found.type, where);
}

/** Of columns that a text of the user's names. */
export function refuseTypesIn(text: string, typeOf: (name: string) => SqlType | undefined): void {
  const names = text.replace(/'(?:[^']|'')*'/g, " ").match(/[\p{L}_][\p{L}\p{N}_]*|"(?:[^"]|"")*"/gu) ?? [];
  for (const name of names) {
    const bare = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
    const type = typeOf(bare);
    if (type !== undefined && isRefused(type)) throw refused(bare, type, "SQL text");
  }
}
