import { AnalysisError } from "../../../errors.ts";
import { didYouMean } from "../../../plan/nearest.ts";
import type { FileFormat } from "../../../plan/nodes.ts";
import type { Field, Schema, SqlType } from "../../../plan/types.ts";
import { quoteName, quoteText } from "../../../sql/duckdb-literal.ts";
import { toDuckdbVariant } from "../../../sql/duckdb-variants.ts";
import { refuseTypes } from "../../../sql/refuse-types.ts";
import { infiniteText, jsonValue, type TimeFormats } from "./json-values.ts";
import { copyOptions } from "./options.ts";
import type { FileTarget } from "./target.ts";

/** The statement that writes a query's rows as part files into a folder; it answers with Count and Files. */
export function copyStatement(sql: string, schema: Schema, target: FileTarget, folder: string): string {
  const { copy, extension, dateFormat, timestampFormat } = copyOptions(target);
  const keys = partitionKeys(schema, target);
  checkTypes(schema, target);
  const formats = { date: dateFormat, timestamp: timestampFormat };
  const replaced = schema.flatMap((field) => {
    const name = quoteName(field.name);
    const value = keys.includes(field) ? keyValue(name, field) : VALUES[target.format](name, field.type, formats);
    return value === name ? [] : [`${value} AS ${name}`];
  });
  const query = replaced.length === 0 ? sql : `SELECT * REPLACE (${replaced.join(", ")}) FROM (${sql})`;
  const splits =
    keys.length === 0
      ? [`FILE_SIZE_BYTES ${FILE_BYTES}`]
      : [`PARTITION_BY (${keys.map((key) => quoteName(key.name)).join(", ")})`];
  const shared = ["RETURN_FILES", "FILENAME_PATTERN 'part-{i}-{uuid}'", `FILE_EXTENSION ${quoteText(extension)}`];
  const asLines = target.format === "json" && keys.length > 0;
  const format = asLines ? ["FORMAT csv", ...LINES] : [`FORMAT ${target.format}`];
  const rows = asLines ? linesQuery(query, schema, keys) : query;
  return `COPY (${rows}) TO ${quoteText(folder)} (${[...format, ...copy, ...splits, ...shared].join(", ")})`;
}

/** Spark writes an empty string as the default partition, as it would be no folder name. */
const keyValue = (name: string, { type }: Field): string => (type.kind === "string" ? `nullif(${name}, '')` : name);

const VALUES: { readonly [F in FileFormat]: (name: string, type: SqlType, formats: TimeFormats) => string } = {
  parquet: (name, type) => (type.kind === "variant" ? toDuckdbVariant(name) : name),
  csv: csvValue,
  json: jsonValue,
};

function csvValue(name: string, type: SqlType, formats: TimeFormats): string {
  const format =
    type.kind === "date" ? formats.date : type.kind.startsWith("timestamp") ? formats.timestamp : undefined;
  if (format !== undefined) return `strftime(${name}, ${quoteText(format)})`;
  if (type.kind !== "double" && type.kind !== "float") return name;
  return `CASE WHEN isfinite(${name}) THEN CAST(${name} AS VARCHAR) ELSE ${infiniteText(name)} END`;
}

/** Columns to partition by, found ignoring case. */
export function partitionKeys(schema: Schema, { partitionBy }: FileTarget): readonly Field[] {
  const names = schema.map((field) => field.name);
  const keys = partitionBy.map((name) => {
    const field = schema.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (field !== undefined) return field;
    throw new AnalysisError(
      "NO_COLUMN",
      `partitionBy: there is no column "${name}".${didYouMean(name, names)} Columns: ${names.join(", ")}.`,
    );
  });
  if (new Set(keys).size < keys.length) {
    throw new AnalysisError("BAD_PARTITION", `partitionBy names a column twice: ${partitionBy.join(", ")}.`);
  }
  const nested = keys.find(
    (key) => NESTED.includes(key.type.kind) || key.type.kind === "binary" || key.type.kind === "variant",
  );
  if (nested !== undefined) {
    throw new AnalysisError("BAD_PARTITION", `partitionBy: "${nested.name}" has values that cannot be folder names.`);
  }
  if (keys.length > 0 && keys.length === schema.length) {
    throw new AnalysisError("BAD_PARTITION", "partitionBy names all columns, so that none is left for the files.");
  }
  return keys;
}

function checkTypes(schema: Schema, { format }: FileTarget): void {
  const isOfParquet = ({ type }: Field) => format === "parquet" && type.kind === "variant";
  refuseTypes(
    schema.filter((field) => !isOfParquet(field)),
    "a file that is written",
  );
  if (format !== "csv") return;
  const nested = schema.find((field) => NESTED.includes(field.type.kind));
  if (nested === undefined) return;
  throw new AnalysisError(
    "NO_CSV_TYPE",
    `CSV cannot hold the ${nested.type.kind} column "${nested.name}". Write parquet or json, or select its parts or to_json(…) of it.`,
  );
}

/** COPY partitions CSV but not JSON: the lines are made here and written as a CSV of one column. */
function linesQuery(query: string, schema: Schema, keys: readonly Field[]): string {
  const kept = schema.filter((field) => !keys.includes(field)).map((field) => quoteName(field.name));
  const object = kept.map((name) => `${name} := ${name}`).join(", ");
  const partitions = keys.map((key) => quoteName(key.name));
  return `SELECT to_json(struct_pack(${object})) AS "quern lines", ${partitions.join(", ")} FROM (${query})`;
}

// Nothing may be quoted or escaped; in JSON a control character never stands for itself.
const LINES = ["HEADER false", "QUOTE ''", "ESCAPE ''", "DELIMITER E'\\x01'"];
const NESTED: readonly string[] = ["array", "map", "struct"];
const FILE_BYTES = 256 * 2 ** 20;
