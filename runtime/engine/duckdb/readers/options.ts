import { AnalysisError, type Origin } from "../../../errors.ts";
import { didYouMean } from "../../../plan/nearest.ts";
import type { ReadFormat } from "../formats.ts";

export type Mode = "permissive" | "dropmalformed" | "failfast";

/** Spark's reader options, checked: a misspelt one is an error and not silently without effect. */
export class Options {
  readonly #values: { readonly [name: string]: string };
  readonly #origin: Origin | undefined;

  constructor(values: { readonly [name: string]: string }, format: ReadFormat, origin?: Origin) {
    this.#values = values;
    this.#origin = origin;
    const known = [...COMMON, ...KNOWN[format]];
    for (const name of Object.keys(values)) {
      if (known.includes(name.toLowerCase())) continue;
      throw this.error(
        "UNKNOWN_OPTION",
        `"${name}" is no option of read.${format}.${didYouMean(name, known)} Options: ${known.toSorted().join(", ")}.`,
      );
    }
  }

  text(...names: readonly string[]): string | undefined {
    for (const name of names) if (this.#values[name] !== undefined) return this.#values[name];
    return undefined;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values[name]?.trim().toLowerCase();
    if (value === undefined) return otherwise;
    if (value === "true" || value === "false") return value === "true";
    throw this.error(
      "BAD_OPTION",
      `The option ${name} is "true" or "false", not ${JSON.stringify(this.#values[name])}.`,
    );
  }

  mode(): Mode {
    const value = (this.#values.mode ?? "permissive").toLowerCase();
    if (value === "permissive" || value === "dropmalformed" || value === "failfast") return value;
    throw this.error(
      "BAD_OPTION",
      `The option mode is PERMISSIVE, DROPMALFORMED or FAILFAST, not ${JSON.stringify(this.#values.mode)}.`,
    );
  }

  /** DuckDB's name of a compression; undefined: told by the file's name. */
  compression(): string | undefined {
    const value = this.text("compression", "codec")?.toLowerCase();
    if (value === undefined) return undefined;
    const name = value === "gz" ? "gzip" : value === "uncompressed" ? "none" : value;
    if (["none", "gzip", "zstd"].includes(name)) return name;
    throw this.error("BAD_OPTION", `Compression ${JSON.stringify(value)} cannot be read; none, gzip and zstd can.`);
  }

  error(code: string, message: string): AnalysisError {
    return new AnalysisError(code, message, { origin: this.#origin });
  }
}

const COMMON = ["pathglobfilter", "recursivefilelookup", "mergeschema", "ignorecorruptfiles", "ignoremissingfiles"];
const TEXT = [
  "mode",
  "dateformat",
  "timestampformat",
  "timestampntzformat",
  "encoding",
  "charset",
  "compression",
].concat(["codec", "multiline", "samplingratio", "locale", "timezone", "linesep", "columnnameofcorruptrecord"]);
const KNOWN: { readonly [format in ReadFormat]: readonly string[] } = {
  parquet: ["datetimerebasemode", "int96rebasemode"],
  csv: [
    ...TEXT,
    ...["header", "inferschema", "sep", "delimiter", "quote", "escape", "comment", "nullvalue", "nanvalue", "skip"],
    ...["ignoreleadingwhitespace", "ignoretrailingwhitespace", "emptyvalue", "enforceschema", "maxcolumns"],
    ...["maxcharspercolumn", "preferdate"],
  ],
  json: [
    ...TEXT,
    ...["primitivesasstring", "prefersdecimal", "allowcomments", "allowsinglequotes", "allowunquotedfieldnames"],
    ...["dropfieldifallnull", "allownumericleadingzeros", "maximumobjectsize"],
  ],
  text: ["wholetext"],
};
