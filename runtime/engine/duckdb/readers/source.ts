import { AnalysisError } from "../../../errors.ts";
import type { PlanOf } from "../../../plan/nodes.ts";
import { typeName } from "../../../plan/type-names.ts";
import { hasVariant } from "../../../plan/variant-types.ts";
import { quoteText } from "../../../sql/duckdb-literal.ts";
import type { Binder } from "../connection.ts";
import { type ReadFormat, readFormat } from "../formats.ts";
import { csvSource } from "./csv.ts";
import { type DataFile, findFiles } from "./files.ts";
import { escapeGlob } from "./glob.ts";
import { jsonSource } from "./json.ts";
import { Options } from "./options.ts";
import { parquetSource } from "./parquet.ts";
import { type PartitionReading, partitionReading } from "./partitions.ts";
import { textSource } from "./text.ts";

/** What a format's reader needs to know. */
export type ReadContext = {
  readonly database: Binder;
  readonly node: PlanOf<"read">;
  readonly options: Options;
  readonly files: readonly DataFile[];
  readonly remote: readonly string[];
  /** `['a.csv', 'b.csv']` */
  readonly list: string;
  /** Arguments of every format. */
  readonly shared: readonly string[];
  /** To be put around the reader function. */
  readonly wrap: PartitionReading["wrap"];
};

export type ReadSource = {
  /** What stands behind FROM: `read_parquet(…)`, or a query in parentheses. */
  readonly from: string;
  readonly files: readonly DataFile[];
};

/** Finds the files behind a read and writes the query that reads them, with Spark's options as DuckDB's arguments. */
export async function readSource(database: Binder, node: PlanOf<"read">): Promise<ReadSource> {
  const { origin } = node;
  refuseVariants(node);
  const format = readFormat(node.format, origin);
  const options = new Options(node.options, format, origin);
  const recursive = true;
  const glob = options.text("pathglobfilter");
  const { files, remote } = findFiles(node.paths, { format, recursive, glob, folder: node.folder }, origin ?? {});
  const partitions = partitionReading(files, node.schema);
  const list = [...files.map((file) => escapeGlob(file.path)), ...remote].map(quoteText);
  const shared = remote.length > 0 && files.length === 0 ? [] : [...partitions.arguments];
  if (options.flag("mergeschema", false)) shared.push("union_by_name = true");
  const { wrap } = partitions;
  const context: ReadContext = { database, node, options, files, remote, list: `[${list.join(", ")}]`, shared, wrap };
  return { from: await READERS[format](context), files };
}

/** DuckDB's readers know nothing of it; of Parquet it is a column's own type. */
function refuseVariants({ format, schema, origin }: PlanOf<"read">): void {
  const found = schema?.find(({ type }) => hasVariant(type));
  if (found === undefined) return;
  const instead =
    format === "parquet"
      ? "leave the schema out, and select the columns"
      : `say "${found.name} STRING", and then parse_json("${found.name}")`;
  throw new AnalysisError(
    "SPARK_ONLY",
    `${format}: the column "${found.name}" is read as ${typeName(found.type)} on Spark only. Here ${instead}.`,
    { origin },
  );
}

const READERS: { readonly [format in ReadFormat]: (context: ReadContext) => Promise<string> } = {
  parquet: parquetSource,
  csv: csvSource,
  json: jsonSource,
  text: textSource,
};
