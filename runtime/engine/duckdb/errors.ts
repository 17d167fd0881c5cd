import { AnalysisError, EngineError, InterruptedError, type Origin, QuernError } from "../../errors.ts";

type Context = { readonly sql?: string | undefined; readonly origin?: Origin | undefined };

/**
 * What DuckDB threw, as an error of Quern's: one clear sentence, with candidates where it named any, and the SQL.
 * Refusals (names, types, syntax) are AnalysisErrors, failures while running EngineErrors.
 */
export function engineError(error: unknown, context: Context = {}): QuernError {
  if (error instanceof QuernError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const { kind, message } = parseMessage(text);
  const details = { cause: error, ...context };
  const aboutFile = fileError(message, text);
  if (aboutFile !== undefined) return new EngineError(aboutFile.code, aboutFile.message, details);
  switch (kind) {
    case "INTERRUPT":
      return new InterruptedError("Interrupted", details);
    case "Parser":
      return new AnalysisError("SYNTAX", withLine(message, text), details);
    case "Binder":
    case "Catalog":
      return missingExtension(text, details) ?? new AnalysisError("REFUSED", message, details);
    case "Out of Memory":
      return new EngineError("OUT_OF_MEMORY", outOfMemory(text), details);
    case "Conversion":
      return new EngineError("CONVERSION", message, details);
    case "Out of Range":
      return new EngineError("OVERFLOW", message, details);
    case "IO":
    case "HTTP":
    case "Permission":
      return missingExtension(text, details) ?? new EngineError("IO", ioMessage(message), details);
    default:
      return missingExtension(text, details) ?? new EngineError("ENGINE", message, details);
  }
}

/** DuckDB does not always say which file it could not read. */
export function withFiles(error: QuernError, paths: readonly string[]): QuernError {
  const unclear = error.code === "ENGINE" || error.code === "IO";
  if (!unclear || paths.length === 0 || !(error instanceof EngineError) || /[\\/]/.test(error.message)) return error;
  const { cause, origin, sql } = error;
  const named = paths.map((path) => JSON.stringify(path)).join(", ");
  return new EngineError(error.code, `Reading ${named} failed; a file may be damaged: ${error.message}.`, {
    cause,
    origin,
    sql,
  });
}

/** Whether the engine found the mistake before it computed anything. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(Binder|Catalog|Parser|Not implemented) Error:/.test(error.message);
}

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

const joiner = (before: string) => (/[.!?:,]$/.test(before) ? " " : ". ");

/** Syntax errors are in the user's own text: the line that DuckDB shows is theirs. */
function withLine(message: string, text: string): string {
  const line = /\nLINE (\d+: .*)/.exec(text);
  return line === null ? message : `${message} (line ${line[1]})`;
}

function outOfMemory(text: string): string {
  const figures = /\(([\d.]+ \w+)\/([\d.]+ \w+) used\)/.exec(text);
  const limit = figures === null ? "" : ` of ${figures[2]}`;
  return (
    `The query needs more memory than the limit${limit}. ` +
    'Raise it (spark.conf.set("memory_limit", "8GB")), use fewer threads (spark.conf.set("threads", "2")), or aggregate less at once.'
  );
}

/** A row that a CSV reader refuses, and a file that is no Parquet. */
function fileError(message: string, text: string): { code: string; message: string } | undefined {
  const csv = /CSV Error on Line: (\d+)\nOriginal Line: ([\s\S]*?)\n([^\n]*)/.exec(text);
  if (csv !== null) {
    const [, line, original = "", problem = ""] = csv;
    const file = /\n\s*file = (.*)/.exec(text)?.[1] ?? "the CSV file";
    const row = original.length > 200 ? `${original.slice(0, 200)}…` : original;
    const inferred = text.includes("auto-detected") || /This type was/.test(text);
    const hint =
      inferred || /convert/i.test(problem)
        ? 'Give a schema (read.schema("…")), or read all rows to find the types: .option("samplingRatio", "1").'
        : 'Use .option("mode", "PERMISSIVE") to fill and cut such rows, or "DROPMALFORMED" to skip them.';
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
  if (/No space left on device/i.test(message)) return `The disk is full: ${message}`;
  return message;
}

function missingExtension(text: string, details: { cause: unknown } & Context): EngineError | undefined {
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
    details,
  );
}
