import { readFile } from "node:fs/promises";
import { AnalysisError } from "../../../errors.ts";
import { parseType } from "../../../plan/type-names.ts";
import type { Schema, SqlType } from "../../../plan/types.ts";
import { datePattern } from "../../../sql/datetime-pattern.ts";
import { quoteText } from "../../../sql/duckdb-literal.ts";
import { engineError } from "../errors.ts";
import type { DataFile } from "./files.ts";
import { escapeGlob } from "./glob.ts";
import type { ReadContext } from "./source.ts";

export type Dialect = {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly comment: string;
  readonly header: boolean;
  readonly skip: number;
  readonly encoding: string | undefined;
  readonly dateFormat: string | undefined;
  readonly timestampFormat: string | undefined;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
};

type Sniffed = {
  readonly Delimiter: string;
  readonly Quote: string;
  readonly Escape: string;
  readonly Comment: string;
  readonly SkipRows: number;
  readonly HasHeader: boolean;
  readonly DateFormat: string | null;
  readonly TimestampFormat: string | null;
  readonly Columns: readonly { readonly name: string; readonly type: string }[];
};

/** Finds out what the user has not said: separator, quotes, columns and types. Known files are not looked at again. */
export async function sniff(context: ReadContext, given: Schema | undefined): Promise<Dialect> {
  const { files, remote, node } = context;
  const stamp = files.map((file) => [file.path, file.bytes, file.changedMs]);
  const key = JSON.stringify([stamp, remote, node.options, given?.length]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const dialect = await detect(context, given);
  if (cache.size > CACHED) cache.delete(cache.keys().next().value as string);
  cache.set(key, dialect);
  return dialect;
}

async function detect(context: ReadContext, given: Schema | undefined): Promise<Dialect> {
  const { options, files, remote, node } = context;
  const withRows = files.filter((file) => file.bytes > 0);
  if (withRows.length === 0 && remote.length === 0 && given === undefined) {
    const message = `${JSON.stringify(node.paths[0])} is empty: there is no header. Give a schema: read.schema("id INT, …").`;
    throw new AnalysisError("EMPTY_FILE", message, { origin: node.origin });
  }
  const said = saidByUser(context);
  // Types are those that all of the first files agree on.
  const found: Sniffed[] = [];
  const paths = [...withRows.map((file) => escapeGlob(file.path)), ...remote].slice(
    0,
    given === undefined ? SNIFFED_FILES : 1,
  );
  const bytes = withRows[0]?.bytes ?? Number.POSITIVE_INFINITY;
  const isWhole = bytes <= SMALL_BYTES || Number(options.text("samplingratio") ?? 0) >= 1;
  for (const [i, path] of paths.entries()) {
    const known = (await isWithoutQuotes(withRows[i])) ? { ...said, ...anyQuotes(said) } : said;
    found.push(await withInfinities(context, path, known, isWhole ? ALL_ROWS : SAMPLE_ROWS));
  }
  const [first] = found;
  const infers = options.flag("inferschema", true);
  const header = options.flag("header", true);
  const named = (first?.Columns ?? []).map((column, i) => ({
    name: header ? column.name : `_c${i}`,
    type: infers ? found.map((file) => typeOf(file.Columns[i]?.type)).reduce(wider) : ({ kind: "string" } as const),
  }));
  const detected = (value: string | undefined, fallback: string) =>
    value === undefined || value === "(empty)" || value === "" ? fallback : value;
  return {
    separator: said.separator ?? detected(first?.Delimiter, ","),
    // Rows beyond the sample may be quoted where the first are not.
    quote: said.quote ?? detected(first?.Quote, '"'),
    escape: said.escape ?? detected(first?.Escape, said.quote ?? '"'),
    comment: said.comment ?? "",
    header,
    skip: said.skip ?? Number(first?.SkipRows ?? 0),
    encoding: said.encoding,
    dateFormat: said.dateFormat ?? first?.DateFormat ?? undefined,
    timestampFormat: said.timestampFormat ?? first?.TimestampFormat ?? undefined,
    columns: named,
  };
}

/**
 * Trying all pairs of quotes and escapes takes DuckDB ten times as long as all else, and makes no difference in a file
 * that has no quotes at all.
 */
async function isWithoutQuotes(file: DataFile | undefined): Promise<boolean> {
  if (file === undefined || file.bytes > SMALL_BYTES) return false;
  try {
    const bytes = await readFile(file.path);
    return !bytes.includes(0x22) && !bytes.includes(0x27);
  } catch {
    // A file that cannot be read is told of by the reader.
    return false;
  }
}

const anyQuotes = ({ quote = '"', escape: escaping = quote }: Said) => ({ quote, escape: escaping });

type Said = ReturnType<typeof saidByUser>;

function saidByUser({ options }: ReadContext) {
  const skip = options.text("skip");
  const pattern = (name: string, text: string | undefined) =>
    text === undefined ? undefined : datePattern(text, name, "read");
  return {
    separator: options.text("sep", "delimiter")?.replace(/^\\t$/, "\t"),
    quote: options.text("quote"),
    escape: options.text("escape"),
    comment: options.text("comment"),
    encoding: encodingName(options.text("encoding", "charset")),
    skip: skip === undefined ? undefined : Number(skip),
    dateFormat: pattern("dateFormat", options.text("dateformat")),
    timestampFormat: pattern("timestampFormat", options.text("timestampformat", "timestampntzformat")),
  };
}

/** DuckDB takes "inf" and "Infinity" for dates, and for text where "nan" is among them. */
async function withInfinities(context: ReadContext, path: string, said: Said, rows: number): Promise<Sniffed> {
  const sniffed = await sniffFile(context, path, said, rows);
  // Few files have such columns: of most the first rows tell that they do not.
  for (const sample of [FIRST_ROWS, rows]) {
    if (!sniffed.Columns.some(isTaken)) return sniffed;
    const { Columns: numbers } = await sniffFile(context, path, said, sample, NUMBERS_ONLY);
    const isNumber = sniffed.Columns.map((column, i) => isTaken(column) && numbers[i]?.type === "DOUBLE");
    if (!isNumber.includes(true)) return sniffed;
    if (sample === rows) {
      return { ...sniffed, Columns: sniffed.Columns.map((c, i) => (isNumber[i] ? { ...c, type: "DOUBLE" } : c)) };
    }
  }
  return sniffed;
}

const isTaken = ({ type }: { readonly type: string }): boolean => /^(DATE|TIMESTAMP.*|VARCHAR)$/.test(type);

async function sniffFile(
  { database, options, node }: ReadContext,
  path: string,
  said: Said,
  rows: number,
  candidates: string = CANDIDATES,
): Promise<Sniffed> {
  const args = [quoteText(path), `header = ${options.flag("header", true)}`, `auto_type_candidates = [${candidates}]`];
  args.push(`sample_size = ${rows}`, `max_line_size = ${16 * 2 ** 20}`);
  // Rows with too few or too many values must not decide what the separator is.
  args.push("ignore_errors = true");
  if (said.separator !== undefined) args.push(`delim = ${quoteText(said.separator)}`);
  if (said.quote !== undefined) args.push(`quote = ${quoteText(said.quote)}`);
  if (said.escape !== undefined) args.push(`escape = ${quoteText(said.escape)}`);
  if (said.comment !== undefined) args.push(`comment = ${quoteText(said.comment)}`);
  if (said.encoding !== undefined) args.push(`encoding = ${quoteText(said.encoding)}`);
  if (said.skip !== undefined) args.push(`skip = ${said.skip}`);
  if (said.dateFormat !== undefined) args.push(`dateformat = ${quoteText(said.dateFormat)}`);
  if (said.timestampFormat !== undefined) args.push(`timestampformat = ${quoteText(said.timestampFormat)}`);
  const nullValue = options.text("nullvalue");
  if (nullValue !== undefined) args.push(`nullstr = ${quoteText(nullValue)}`);
  const compression = options.compression();
  if (compression !== undefined) args.push(`compression = ${quoteText(compression)}`);
  try {
    const [row] = await database.rows<Sniffed>(`FROM sniff_csv(${args.join(", ")})`);
    return row as Sniffed;
  } catch (error) {
    throw engineError(error, { origin: node.origin });
  }
}

/** DuckDB's names of a sniffed column's type are also DDL names, but for one. */
const typeOf = (name: string | undefined): SqlType => {
  if (name === undefined) return { kind: "string" };
  if (name === "TIMESTAMP WITH TIME ZONE") return { kind: "timestamp" };
  if (name === "TIMESTAMP") return { kind: "timestamp_ntz" };
  return parseType(name);
};

/** The type that values of both can be read as. */
function wider(a: SqlType, b: SqlType): SqlType {
  if (a.kind === b.kind) return a;
  const [i, j] = [NUMBERS.indexOf(a.kind), NUMBERS.indexOf(b.kind)];
  if (i >= 0 && j >= 0) return i > j ? a : b;
  const kinds = [a.kind, b.kind];
  if (kinds.includes("date") && kinds.includes("timestamp_ntz")) return { kind: "timestamp_ntz" };
  return { kind: "string" };
}

function encodingName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (plain === "utf8") return "utf-8";
  if (plain.startsWith("utf16")) return "utf-16";
  if (["latin1", "iso88591", "usascii", "ascii"].includes(plain)) return "latin-1";
  throw new AnalysisError(
    "BAD_OPTION",
    `The encoding ${JSON.stringify(name)} cannot be read; UTF-8, UTF-16 and ISO-8859-1 can.`,
  );
}

const NUMBERS: readonly SqlType["kind"][] = ["int", "long", "double"];
const CANDIDATES = ["BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "VARCHAR"]
  .map((name) => `'${name}'`)
  .join(", ");
const NUMBERS_ONLY = "'DOUBLE', 'VARCHAR'";
const SMALL_BYTES = 32 * 2 ** 20;
const [ALL_ROWS, SAMPLE_ROWS, FIRST_ROWS] = [-1, 300_000, 2048];
const SNIFFED_FILES = 8;
const CACHED = 200;
const cache = new Map<string, Dialect>();
