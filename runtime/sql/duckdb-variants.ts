import { VARIANT } from "../plan/variant-types.ts";
import { duckdbType, quoteText } from "./duckdb-literal.ts";

/** DuckDB's own VARIANT has Spark's values, but takes JSON's null for NULL: what may be either is an error. */
const NULLS = "DuckDB does not tell JSON's null from NULL";

/** In its tables NULL is what DuckDB says it is; a file may come from Spark. */
export type MeaningOfNull = "null" | "null of JSON" | "unknown";

/** A column of DuckDB's own type as plans hold it. */
export function fromDuckdbVariant(column: string, nulls: MeaningOfNull): string {
  const held = `CAST(variant_to_parquet_variant(${column}) AS ${duckdbType(VARIANT)})`;
  if (nulls === "null of JSON") return held;
  if (nulls === "null") return `CASE WHEN ${column} IS NOT NULL THEN ${held} END`;
  return orError(
    column,
    `A VARIANT in a file is null, and ${NULLS} there. Read the file on Spark, or have it written with the column as text, by to_json(…).`,
    held,
  );
}

/** As DuckDB writes it to files, where Spark finds a VARIANT. */
export const toDuckdbVariant = (column: string): string =>
  orError(
    column,
    `A VARIANT that is to be written is NULL, and ${NULLS} in files. Leave such rows out, put a value in place by coalesce(…), or write the column as text, by to_json(…).`,
    `variant_bytes_to_variant(struct_extract(${column}, 'metadata') || struct_extract(${column}, 'value'))`,
  );

const orError = (column: string, message: string, value: string): string =>
  `CASE WHEN ${column} IS NULL THEN error(${quoteText(`[VARIANT_NULL] ${message}`)}) ELSE ${value} END`;
