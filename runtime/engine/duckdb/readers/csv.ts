import { typeName } from "../../../plan/type-names.ts";
import type { SqlType } from "../../../plan/types.ts";
import { duckdbType, quoteName, quoteText } from "../../../sql/duckdb-literal.ts";
import { isScannable, type Quoted, scanQuoted } from "./csv-scan.ts";
import { type Dialect, sniff } from "./csv-sniff.ts";
import { partitionNames } from "./partitions.ts";
import type { ReadContext } from "./source.ts";

/**
 * The dialect and the types are found out once, from the first rows, and then written into the query, so that all
 * files are read alike. In PERMISSIVE mode short rows are filled with nulls, surplus values dropped, and what does not
 * fit a *given* type is null, as in Spark; what does not fit an inferred type is an error, as it would be lost unseen.
 */
export async function csvSource(context: ReadContext): Promise<string> {
  const { node, options, list, shared, files, wrap } = context;
  const mode = options.mode();
  const partitions = partitionNames(files).map((name) => name.toLowerCase());
  const given = node.schema?.filter((field) => !partitions.includes(field.name.toLowerCase()));
  const dialect = await sniff(context, given);
  const columns: readonly Column[] = given ?? dialect.columns;
  const quoted = await quotedParts(context, dialect);
  // Only where an empty string is told from null; Spark's option says what is null, quoted or not.
  const keepsEmpty =
    quoted.empty && options.text("nullvalue") === undefined && (mode === "permissive" || isText(columns));
  // Conversions that may fail to null, or of empty strings, are done outside of the reader, which only knows errors.
  const mends = given !== undefined && mode === "permissive";
  const converts = mends || (keepsEmpty && !isText(columns));
  const read = columns.map(
    (column) => `${quoteText(column.name)}: ${quoteText(converts ? "VARCHAR" : duckdbType(column.type))}`,
  );
  const args = [list, ...shared, ...dialectArguments(dialect, context), `columns = {${read.join(", ")}}`];
  args.push("auto_detect = false");
  if (keepsEmpty) args.push("allow_quoted_nulls = false");
  if (mode === "permissive") {
    args.push("null_padding = true", "strict_mode = false");
    // DuckDB mends rows in parallel only where every line is a row.
    if (quoted.lineBreaks) args.push("parallel = false");
  }
  if (mode === "dropmalformed") args.push("ignore_errors = true");
  const from = wrap(`read_csv(${args.join(", ")})`);
  if (!converts && !trims(context)) return from;
  const formats = { date: dialect.dateFormat, timestamp: dialect.timestampFormat };
  const converted = columns.map((column) => {
    const value = trimmed(quoteName(column.name), column.type, context, converts);
    const convert = mends ? convertOrNull : convertOrFail;
    return `${converts ? convert(value, column.type, formats) : value} AS ${quoteName(column.name)}`;
  });
  return `(SELECT * REPLACE (${converted.join(", ")}) FROM ${from})`;
}

/** Of files elsewhere it is not known; they are read without threads then, and "" is null in them. */
async function quotedParts({ database, files, remote, options }: ReadContext, dialect: Dialect): Promise<Quoted> {
  if (remote.length > 0 || database.describesOnly || !isScannable(dialect)) return { lineBreaks: true, empty: false };
  const found = await scanQuoted(files, rulesOf(dialect), options.compression());
  return options.flag("multiline", false) ? { ...found, lineBreaks: true } : found;
}

const rulesOf = ({ separator, quote, escape: escaping, encoding }: Dialect) => ({
  separator,
  quote,
  escape: escaping,
  encoding,
});

const isText = (columns: readonly Column[]): boolean => columns.every(({ type }) => type.kind === "string");

type Column = { readonly name: string; readonly type: SqlType };

function dialectArguments(dialect: Dialect, { options }: ReadContext): string[] {
  const args = [
    `delim = ${quoteText(dialect.separator)}`,
    `quote = ${quoteText(dialect.quote)}`,
    `escape = ${quoteText(dialect.escape)}`,
    `header = ${dialect.header}`,
    `nullstr = ${quoteText(options.text("nullvalue") ?? "")}`,
    `skip = ${dialect.skip}`,
    `max_line_size = ${MAX_LINE_BYTES}`,
  ];
  if (dialect.comment !== "") args.push(`comment = ${quoteText(dialect.comment)}`);
  if (dialect.dateFormat !== undefined) args.push(`dateformat = ${quoteText(dialect.dateFormat)}`);
  if (dialect.timestampFormat !== undefined) args.push(`timestampformat = ${quoteText(dialect.timestampFormat)}`);
  if (dialect.encoding !== undefined) args.push(`encoding = ${quoteText(dialect.encoding)}`);
  const compression = options.compression();
  if (compression !== undefined) args.push(`compression = ${quoteText(compression)}`);
  return args;
}

type Formats = { readonly date?: string | undefined; readonly timestamp?: string | undefined };

const convertOrNull = (value: string, type: SqlType, formats: Formats): string =>
  converted(value, type, formats, "TRY_", "NULL");

/** What does not fit what was found in the first rows would be lost unseen. */
const convertOrFail = (value: string, type: SqlType, formats: Formats): string => {
  if (type.kind === "string") return value;
  const message = quoteText(`[MALFORMED] A value is no ${typeName(type)}, as the values before it were: `);
  return converted(`nullif(${value}, '')`, type, formats, "", `error(${message} || ${value})`);
};

function converted(value: string, type: SqlType, formats: Formats, attempt: "TRY_" | "", otherwise: string): string {
  const target = duckdbType(type);
  if (type.kind === "string") return value;
  const format =
    type.kind === "date" ? formats.date : type.kind.startsWith("timestamp") ? formats.timestamp : undefined;
  if (format !== undefined) return `CAST(${attempt}STRPTIME(${value}, ${quoteText(format)}) AS ${target})`;
  // A cast to an integer rounds; text with a fraction is no integer.
  if (type.kind === "byte" || type.kind === "short" || type.kind === "int" || type.kind === "long") {
    return `CASE WHEN contains(${value}, '.') THEN ${otherwise} ELSE ${attempt}CAST(${value} AS ${target}) END`;
  }
  return `${attempt}CAST(${value} AS ${target})`;
}

const trims = ({ options }: ReadContext): boolean =>
  options.flag("ignoreleadingwhitespace", false) || options.flag("ignoretrailingwhitespace", false);

function trimmed(value: string, type: SqlType, { options }: ReadContext, isText: boolean): string {
  if (type.kind !== "string" && !isText) return value;
  const leading = options.flag("ignoreleadingwhitespace", false) ? `ltrim(${value})` : value;
  return options.flag("ignoretrailingwhitespace", false) ? `rtrim(${leading})` : leading;
}

const MAX_LINE_BYTES = 16 * 2 ** 20;
