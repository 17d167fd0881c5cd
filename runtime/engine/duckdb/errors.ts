import { AnalysisError, EngineError, type Excerpt, InterruptedError, type Origin, QuernError } from "../../errors.ts";
import { hideSecrets, hideSecretsOf } from "../../secrets.ts";
import { DOUBLE_QUOTES, refusal } from "./refusals.ts";
import { unmarkedMessage } from "./trace.ts";
import { valueError } from "./value-errors.ts";

type Context = {
  readonly sql?: string | undefined;
  readonly origin?: Origin | undefined;
  /** The types of the file that was read were given, and not found out. */
  readonly hasSchema?: boolean;
};

/** What DuckDB threw, for errors that were made of it. */
export const engineCause = (error: unknown): unknown => causes.get(error as QuernError) ?? error;

const causes = new WeakMap<QuernError, unknown>();

/**
 * What DuckDB threw, as an error of Quern's: one clear sentence, with candidates where it named any, and the SQL.
 * Refusals (names, types, syntax) are AnalysisErrors, failures while running EngineErrors.
 */
export function engineError(error: unknown, context: Context = {}): QuernError {
  if (error instanceof QuernError) return error;
  const made = translated(error, context);
  causes.set(made, error);
  return made;
}

function translated(error: unknown, context: Context): QuernError {
  const text = unmarkedMessage(error instanceof Error ? error.message : String(error));
  const raised = RAISED.exec(text);
  if (raised !== null) return new EngineError(raised[2] as string, raised[1] as string, context);
  const { kind, message } = parseMessage(text);
  // The message says all of it; only where it is another one the engine's own words are kept.
  const details = { sql: context.sql, origin: context.origin };
  const aboutFile = fileError(message, text, context);
  if (aboutFile !== undefined) return new EngineError(aboutFile.code, aboutFile.message, details);
  if (isOpenPivot(text)) return new AnalysisError("PIVOT_VALUES", OPEN_PIVOT, details);
  const ofValue = valueError(message);
  if (ofValue !== undefined) return new EngineError(ofValue.code, ofValue.message, details);
  switch (kind) {
    case "INTERRUPT":
      return new InterruptedError("Interrupted", details);
    case "Parser":
      return new AnalysisError("SYNTAX", withQuotes(withLine(message, text, context)), {
        ...details,
        excerpt: excerptOf(text),
      });
    case "Binder":
    case "Catalog": {
      const excerpt = excerptOf(text);
      return (
        missingExtension(text, details) ??
        new AnalysisError("REFUSED", refusal(message, context.sql), { ...details, excerpt })
      );
    }
    case "Out of Memory":
      return new EngineError("OUT_OF_MEMORY", outOfMemory(text), { ...details, cause: firstWords(text, context) });
    case "Conversion":
      return new EngineError("CONVERSION", message, details);
    case "Out of Range":
      return new EngineError("OVERFLOW", message, details);
    case "IO":
    case "HTTP":
    case "Permission":
      return missingExtension(text, details) ?? new EngineError("IO", ioMessage(message), details);
    case "Invalid Input":
      return missingExtension(text, details) ?? new EngineError(isReading(text) ? "IO" : "INVALID", message, details);
    case "Invalid":
      return new EngineError(isReading(text) ? "IO" : "ENGINE", message, details);
    default:
      return missingExtension(text, details) ?? new EngineError("ENGINE", message, details);
  }
}

/** What the SQL raises itself has its code in front; the user's own words in it stay as they are. */
const RAISED = /^Invalid Input Error: (\[([A-Z_]+)\][\s\S]*)$/;

/** Whether a value is at fault, or a file, so that one step is; and not the machine. */
export const isValueError = (error: QuernError): boolean =>
  error instanceof EngineError && !["OUT_OF_MEMORY", "EXTENSION_MISSING"].includes(error.code);

/** What damaged files give. */
const isReading = (text: string): boolean =>
  /read file|corrupt|decompress|parquet|snappy|thrift|malformed JSON in file/i.test(text);

/** For an error of reading: DuckDB does not always say which file it could not read. */
export function withFiles(error: QuernError, paths: readonly string[]): QuernError {
  if (
    !["IO", "INVALID", "ENGINE"].includes(error.code) ||
    error.message.startsWith(DISK_FULL) ||
    paths.length === 0 ||
    !(error instanceof EngineError) ||
    /[\\/]/.test(error.message)
  )
    return error;
  const { origin, sql } = error;
  const named = paths.map((path) => JSON.stringify(path)).join(", ");
  return new EngineError(error.code, `Reading ${named} failed; a file may be damaged: ${error.message}.`, {
    origin,
    sql,
  });
}

/** Whether the engine found the mistake before it computed anything. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    (/^(Binder|Catalog|Parser|Not implemented) Error:/.test(error.message) || isOpenPivot(error.message))
  );
}

/** DuckDB makes two statements of a PIVOT whose columns come from the data, and can run just one here. */
const isOpenPivot = (text: string): boolean => text.includes("Cannot prepare multiple statements");

const OPEN_PIVOT =
  "PIVOT has to name the values that become columns: PIVOT … ON day IN ('Mon', 'Tue') USING …, " +
  "or PIVOT (… FOR day IN ('Mon', 'Tue')). SELECT DISTINCT tells which there are.";

function parseMessage(text: string): { readonly kind: string | undefined; readonly message: string } {
  const match = /^([A-Za-z][A-Za-z ]*?) Error: /.exec(text.replace(/^Failed to extract statements: /, ""));
  const rest = text.replace(/^Failed to extract statements: /, "").slice(match?.[0].length ?? 0);
  // The excerpt of generated SQL means nothing to the user; the whole SQL is attached to the error.
  const prose = rest.split(/\n+LINE \d+: /)[0] ?? rest;
  const lines = prose
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const message = lines.reduce((joined, line) => (joined === "" ? line : `${joined}${joiner(joined)}${line}`), "");
  // System tables are never what the user meant.
  const hint = /\s*Did you mean "(?:pg_|sqlite_|duckdb_|information_schema)[^"]*"\??/g;
  return {
    kind: match?.[1],
    message: message
      .replace(/!(?=\s|$)/g, ".")
      .replace(hint, "")
      .replace(/[:\s]+$/, ""),
  };
}

/** The line that DuckDB shows, with a mark below the mistake; what it has cut off has dots. */
function excerptOf(text: string): Excerpt | undefined {
  const [, begin = "", dots = "", line, spaces = ""] = /\n(LINE \d+: )(\.{3})?(.*)\n( *)\^/.exec(text) ?? [];
  if (line === undefined) return undefined;
  return { text: line.replace(/\.{3}$/, ""), at: spaces.length - begin.length - dots.length };
}

export const withQuotes = (message: string): string =>
  /at or near "`"/.test(message) ? `${message}. ${DOUBLE_QUOTES}` : message;

const joiner = (before: string) => (/[.!?:,]$/.test(before) ? " " : ". ");

/**
 * Syntax errors are in the user's own text: the line that DuckDB shows is theirs. It may begin amid a password, and is
 * not shown then.
 */
function withLine(message: string, text: string, { sql = "" }: Context): string {
  const line = /\nLINE (\d+)(: .*)/.exec(text);
  if (line === null) return message;
  return `${message} (line ${line[1]}${hideSecrets(sql) === sql ? line[2] : ""})`;
}

function outOfMemory(text: string): string {
  const figures = /\(([\d.]+ \w+)\/([\d.]+ \w+) used\)/.exec(text);
  if (text.includes("'max_temp_directory_size'")) {
    const room = figures === null ? "" : ` (${figures[2]})`;
    return `The query needs more than memory, and the disk has no room for what it spills${room}. Free some, or set TMPDIR to a larger disk before the kernel starts.`;
  }
  const limit = figures === null ? "" : ` of ${figures[2]}`;
  return (
    `The query needs more memory than the limit${limit}. ` +
    'Raise it (spark.conf.set("memory_limit", "8GB")), use fewer threads (spark.conf.set("threads", "2")), or aggregate less at once.'
  );
}

/** A row that a CSV reader refuses, and a file that is no Parquet. */
function fileError(
  message: string,
  text: string,
  { hasSchema = false }: Context,
): { code: string; message: string } | undefined {
  const csv = /CSV Error on Line: (\d+)\nOriginal Line: ([\s\S]*?)\n([^\n]*)/.exec(text);
  if (csv !== null) {
    const [, line, original = "", problem = ""] = csv;
    const file = /\n\s*file = (.*)/.exec(text)?.[1] ?? "the CSV file";
    const row = original.length > 200 ? `${hideSecrets(original).slice(0, 200)}…` : original;
    const hint =
      /convert/i.test(problem) && !hasSchema
        ? 'Give a schema (read.schema("…")), or read all rows to find the types: .option("samplingRatio", "1").'
        : 'Use .option("mode", "PERMISSIVE") to fill and cut such rows and have null for such values, or "DROPMALFORMED" to skip them.';
    return { code: "MALFORMED", message: `${file}, line ${line}: ${problem.trim()} (${JSON.stringify(row)}). ${hint}` };
  }
  const parquet = /^(?:No magic bytes found at end of file '(.*)'|File '(.*)' too small to be a Parquet file)/.exec(
    message,
  );
  if (parquet !== null) {
    const path = JSON.stringify(parquet[1] ?? parquet[2]);
    return { code: "CORRUPT_FILE", message: `${path} is no Parquet file, or it was cut off.` };
  }
  const schemas =
    /schema mismatch in glob: column "(.*?)" was read from the original file "(.*?)", but could not be found in file "(.*?)"/;
  const differing = schemas.exec(message);
  if (differing !== null) {
    const [, column, first, other] = differing;
    const text = `The files have different columns: "${column}" of ${JSON.stringify(first)} is not in ${JSON.stringify(other)}.`;
    return {
      code: "SCHEMAS_DIFFER",
      message: `${text} Use .option("mergeSchema", "true") to take the columns of all files.`,
    };
  }
  return undefined;
}

function ioMessage(message: string): string {
  if (/No space left on device/i.test(message)) return `${DISK_FULL}${message}`;
  return message;
}

const DISK_FULL = "The disk is full: ";

/** Without advice on DuckDB's settings. */
const firstWords = (text: string, { sql = "" }: Context): Error => {
  const cause = new Error(hideSecretsOf(sql, text.split(/\n\n|\nPossible solutions/)[0] ?? ""));
  cause.stack = "";
  return cause;
};

function missingExtension(text: string, details: Context): EngineError | undefined {
  const name =
    /(?:download|install the required|load the required|required|find) extension "?'?([\w-]+)/i.exec(text)?.[1] ??
    /Extension "([^"]+)"/.exec(text)?.[1];
  if (name === undefined || !/extension/i.test(text)) return undefined;
  const extension = name.replace(/^.*\/|\.duckdb_extension.*$/g, "");
  return new EngineError(
    "EXTENSION_MISSING",
    `This needs DuckDB's extension "${extension}", which is not installed and could not be downloaded. ` +
      `With internet access run sql("INSTALL ${extension}") once; without it, put the extension's file into a folder and ` +
      'name that with spark.conf.set("extension_directory", "…").',
    { ...details, cause: firstWords(text, details) },
  );
}
