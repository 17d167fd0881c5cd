import { AnalysisError } from "../../../errors.ts";
import { didYouMean } from "../../../plan/nearest.ts";
import type { FileFormat } from "../../../plan/nodes.ts";
import { datePattern } from "../../../sql/datetime-pattern.ts";
import { quoteText } from "../../../sql/duckdb-literal.ts";
import type { FileTarget } from "./target.ts";

export type CopyOptions = {
  /** COPY's options, apart from where and how to split. */
  readonly copy: readonly string[];
  /** Behind the last dot: "parquet", "csv.gz". */
  readonly extension: string;
  readonly dateFormat: string | undefined;
  readonly timestampFormat: string | undefined;
};

/** Spark's writer options as COPY's. CSV files get a header unless told otherwise, as reading expects one. */
export function copyOptions({ format, options }: FileTarget): CopyOptions {
  for (const name of Object.keys(options)) {
    if (KNOWN[format].includes(name.toLowerCase())) continue;
    throw new AnalysisError(
      "UNKNOWN_OPTION",
      `"${name}" is no option of write.${format}.${didYouMean(name, KNOWN[format])} Options: ${KNOWN[format].join(", ")}.`,
    );
  }
  const compression = compressionName(format, options.compression ?? options.codec);
  const suffix = compression === "gzip" ? ".gz" : compression === "zstd" ? ".zst" : "";
  const pattern = (name: string, text: string | undefined) =>
    text === undefined ? undefined : datePattern(text, name, "write");
  return {
    copy: [`COMPRESSION ${compression}`, ...FORMAT_OPTIONS[format](options)],
    extension: format === "parquet" ? format : `${format}${suffix}`,
    dateFormat: pattern("dateFormat", options.dateformat),
    timestampFormat: pattern("timestampFormat", options.timestampformat ?? options.timestampntzformat),
  };
}

const FORMAT_OPTIONS: { readonly [F in FileFormat]: (options: FileTarget["options"]) => string[] } = {
  parquet: () => [],
  json: () => [],
  csv: (options) => {
    const given: string[] = [`HEADER ${options.header?.toLowerCase() !== "false"}`];
    const separator = options.sep ?? options.delimiter;
    if (separator !== undefined) given.push(`DELIMITER ${quoteText(separator.replace(/^\\t$/, "\t"))}`);
    if (options.quote !== undefined) given.push(`QUOTE ${quoteText(options.quote)}`);
    // A quote inside quotes comes twice, as reading expects it.
    const escaping = options.escape ?? options.quote;
    if (escaping !== undefined) given.push(`ESCAPE ${quoteText(escaping)}`);
    if (options.nullvalue !== undefined) given.push(`NULLSTR ${quoteText(options.nullvalue)}`);
    if (options.quoteall?.toLowerCase() === "true") given.push("FORCE_QUOTE *");
    return given;
  },
};

function compressionName(format: FileFormat, given: string | undefined): string {
  const name = (given ?? (format === "parquet" ? "snappy" : "none")).toLowerCase();
  const plain = name === "gz" ? "gzip" : name === "none" && format === "parquet" ? "uncompressed" : name;
  const known =
    format === "parquet" ? ["snappy", "zstd", "gzip", "lz4", "brotli", "uncompressed"] : ["none", "gzip", "zstd"];
  if (known.includes(plain)) return plain;
  if (plain === "uncompressed") return "none";
  throw new AnalysisError(
    "BAD_OPTION",
    `Compression ${JSON.stringify(given)} cannot be written as ${format}; ${known.join(", ")} can.`,
  );
}

const TEXT = ["compression", "codec", "dateformat", "timestampformat", "timestampntzformat"];
const KNOWN: { readonly [F in FileFormat]: readonly string[] } = {
  parquet: ["compression", "codec"],
  json: TEXT,
  csv: [...TEXT, "header", "sep", "delimiter", "quote", "escape", "nullvalue", "quoteall"],
};
