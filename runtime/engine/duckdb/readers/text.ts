import { AnalysisError } from "../../../errors.ts";
import { quoteName } from "../../../sql/duckdb-literal.ts";
import { partitionNames } from "./partitions.ts";
import type { ReadContext } from "./source.ts";

/** Files as lines, or with `wholetext` each as one row, as Spark reads text. */
export async function textSource({ node, options, files, list }: ReadContext): Promise<string> {
  const { schema = [{ name: "value", type: { kind: "string" } }], origin } = node;
  const [column] = schema;
  if (column?.type.kind !== "string" || schema.length > 1) {
    throw new AnalysisError("SCHEMA", 'Text has one column, of strings: schema("line STRING")', { origin });
  }
  if (partitionNames(files).length > 0) {
    const message = `DuckDB reads text without the columns of folders: name the files, as in "${node.paths[0]}/*/*.txt"`;
    throw new AnalysisError("PARTITIONS", message, { origin });
  }
  const isWhole = options.flag("wholetext", false);
  const lines = `unnest(string_split_regex(regexp_replace(content, '${END}$', ''), '${END}'))`;
  const rows = `${isWhole ? "content" : lines} AS ${quoteName(column.name)}`;
  return `(SELECT ${rows} FROM read_text(${list})${isWhole ? "" : " WHERE content <> ''"})`;
}

/** The end of a line. */
const END = "(\\r\\n|\\n|\\r)";
