import { closeSync, openSync, readSync } from "node:fs";
import { AnalysisError } from "../../../errors.ts";
import { datePattern } from "../../../sql/datetime-pattern.ts";
import { duckdbType, quoteName, quoteText } from "../../../sql/duckdb-literal.ts";
import { columnNames } from "../describe.ts";
import { jsonColumns } from "./json-times.ts";
import { partitionNames } from "./partitions.ts";
import type { ReadContext } from "./source.ts";

/** JSON Lines, arrays and objects behind one another alike. */
export async function jsonSource(context: ReadContext): Promise<string> {
  const { database, node, options, files, remote, list, shared, wrap } = context;
  const mode = options.mode();
  if (node.schema === undefined && remote.length === 0 && files.every((file) => file.bytes === 0)) {
    const message = `${JSON.stringify(node.paths[0])} is empty. Give a schema: read.schema("id INT, …").`;
    throw new AnalysisError("EMPTY_FILE", message, { origin: node.origin });
  }
  const args = [list, ...shared];
  const compression = options.compression();
  if (compression !== undefined) args.push(`compression = ${quoteText(compression)}`);
  const dateFormat = options.text("dateformat");
  if (dateFormat !== undefined) args.push(`dateformat = ${quoteText(datePattern(dateFormat, "dateFormat", "read"))}`);
  const timestampFormat = options.text("timestampformat", "timestampntzformat");
  if (timestampFormat !== undefined)
    args.push(`timestampformat = ${quoteText(datePattern(timestampFormat, "timestampFormat", "read"))}`);
  const objectSize = options.text("maximumobjectsize");
  args.push(`maximum_object_size = ${Number(objectSize) || DEFAULT_OBJECT_BYTES}`);
  // Only lines can be skipped one by one; in an array nothing after a mistake can be read.
  const skips = mode !== "failfast" && !options.flag("multiline", false) && files.every((file) => isLines(file.path));
  if (skips) args.push("format = 'newline_delimited'", "ignore_errors = true");
  const { schema } = node;
  if (schema !== undefined) {
    const partitions = partitionNames(files).map((name) => name.toLowerCase());
    const columns = schema
      .filter((field) => !partitions.includes(field.name.toLowerCase()))
      .map((field) => `${quoteText(field.name)}: ${quoteText(duckdbType(field.type))}`);
    args.push(`columns = {${columns.join(", ")}}`);
  } else {
    // Every object is looked at where that takes well under a second; objects are structs however rare a field is.
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    args.push(`sample_size = ${bytes <= SMALL_BYTES ? -1 : SAMPLE_ROWS}`);
    args.push("map_inference_threshold = -1", "field_appearance_threshold = 0");
    const hasFormat = dateFormat !== undefined || timestampFormat !== undefined;
    const columns = hasFormat || remote.length > 0 ? undefined : await jsonColumns(context, args);
    if (columns !== undefined) args.push(columns);
  }
  const from = wrap(`read_json(${args.join(", ")})`);
  // Lines that are not JSON come as rows of nulls: kept when permissive, as in Spark.
  if (mode !== "dropmalformed" || !skips) return from;
  const filled = (await columnNames(database, `FROM ${from}`)).map((name) => `${quoteName(name)} IS NOT NULL`);
  return `(SELECT * FROM ${from} WHERE ${filled.join(" OR ")})`;
}

/** Whether a file has an object a line; else it is an array, or objects over several lines. */
function isLines(path: string): boolean {
  if (/\.(gz|zst)$/i.test(path)) return true;
  const start = Buffer.alloc(4096);
  const file = openSync(path, "r");
  try {
    const length = readSync(file, start, 0, start.length, 0);
    const text = start
      .toString("utf8", 0, length)
      .replace(/^\uFEFF/, "")
      .trimStart();
    return !text.startsWith("[") && !/^\{[^\S\n]*\n|^[^\n]*[{,[][^\S\n]*\n/.test(text);
  } finally {
    closeSync(file);
  }
}

const SMALL_BYTES = 32 * 2 ** 20;
const SAMPLE_ROWS = 204_800;
const DEFAULT_OBJECT_BYTES = 64 * 2 ** 20;
