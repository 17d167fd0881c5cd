import { AnalysisError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";

export type OptionValue = string | number | boolean | null;
/** By Spark's names, as they were written. */
export type Options = { readonly [name: string]: string };

/** Case does not count in names: the later one holds. */
export function withOption(options: Options, name: string, value: OptionValue): Options {
  if (typeof name !== "string" || name === "") throw new AnalysisError("OPTION", "An option has a name");
  const others = Object.entries(options).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return Object.freeze({ ...Object.fromEntries(others), [name]: value === null ? "" : String(value) });
}

export function withOptions(options: Options, more: { readonly [name: string]: OptionValue }): Options {
  return Object.entries(more).reduce((all, [name, value]) => withOption(all, name, value), options);
}

const fileFormats: readonly string[] = ["parquet", "csv", "json", "text", "orc"];

export const isFileFormat = (format: string): boolean => fileFormats.includes(format);

/**
 * The options as engines get them: of files lower-cased, so that one name is one key. Others go as they were written, since
 * databases may be particular about the names of their properties.
 */
export function optionsOf(format: string | undefined, options: Options): Options {
  if (format !== undefined && !isFileFormat(format)) return options;
  const entries = Object.entries(options).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.freeze(
    Object.fromEntries(entries.map(([name, value]) => [name === "delimiter" ? "sep" : name, value] as const)),
  );
}

/** A format's name: engines know which ones there are, but a misspelt one of files is told at once. */
export function checkedFormat(format: string): string {
  if (typeof format === "string" && /^[\w.$-]+$/.test(format)) {
    // The names of classes are names too, and case counts in them.
    const name = format.includes(".") ? format : format.toLowerCase();
    const meant = didYouMean(name, fileFormats);
    if (meant === "" || isFileFormat(name)) return name;
    throw new AnalysisError("FORMAT", `There is no format "${format}".${meant} Formats: ${fileFormats.join(", ")}.`);
  }
  throw new AnalysisError("FORMAT", `A format is a name, as "parquet" or "delta", not ${JSON.stringify(format)}`);
}
