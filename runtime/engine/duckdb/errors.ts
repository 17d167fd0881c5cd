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
  return { kind: match?.[1], message: message.replace(/!(?=\s|$)/g, ".") };
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
