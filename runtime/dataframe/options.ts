import { AnalysisError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { FileFormat } from "../plan/nodes.ts";

export type OptionValue = string | number | boolean | null;
/** By Spark's names, lower-cased. The engine refuses those that it does not know. */
export type Options = { readonly [name: string]: string };

export function withOption(options: Options, name: string, value: OptionValue): Options {
  if (typeof name !== "string" || name === "") throw new AnalysisError("OPTION", "An option has a name");
  const key = name.toLowerCase();
  return Object.freeze({ ...options, [key === "delimiter" ? "sep" : key]: value === null ? "" : String(value) });
}

export function withOptions(options: Options, more: { readonly [name: string]: OptionValue }): Options {
  return Object.entries(more).reduce((all, [name, value]) => withOption(all, name, value), options);
}

export function checkedFormat(format: string): FileFormat {
  const name = String(format).toLowerCase();
  if (name === "parquet" || name === "csv" || name === "json") return name;
  throw new AnalysisError(
    "FORMAT",
    `There is no format "${format}". Formats: parquet, csv, json.${didYouMean(name, ["parquet", "csv", "json"])}`,
  );
}
