import { inspect } from "node:util";
import type { WriteMode, WriteSummary, WriteTarget } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { FileFormat } from "../plan/nodes.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import { checkedFormat, type Options, type OptionValue, optionsOf, withOption, withOptions } from "./options.ts";
import { Written } from "./written.ts";

const modes = {
  errorifexists: "errorifexists",
  error: "errorifexists",
  overwrite: "overwrite",
  append: "append",
  ignore: "ignore",
} as const satisfies { readonly [name: string]: WriteMode };

type Settings = {
  readonly mode: WriteMode;
  readonly format?: string;
  readonly partitionBy: readonly string[];
  readonly options: Options;
} & Pick<WriteTarget, "bucketBy" | "sortBy" | "clusterBy">;

const defaults: Settings = { mode: "errorifexists", partitionBy: [], options: {} };

/** How a frame is written; each method gives a new writer. The last one (parquet, save, saveAsTable …) writes. */
export class DataFrameWriter<S> {
  readonly #frame: DataFrame<S>;
  readonly #settings: Settings;

  constructor(frame: DataFrame<S>, settings: Settings = defaults) {
    this.#frame = frame;
    this.#settings = settings;
  }

  /** What to do if there is something at the path: an error (the default), overwrite, append, or ignore. */
  mode(mode: keyof typeof modes): DataFrameWriter<S> {
    const known = modes[String(mode).toLowerCase() as keyof typeof modes];
    if (known !== undefined) return this.#with({ mode: known });
    throw new AnalysisError(
      "WRITE_MODE",
      `There is no mode "${mode}". Modes: ${Object.keys(modes).join(", ")}.${didYouMean(String(mode), Object.keys(modes))}`,
    );
  }
  /** Parquet by default; csv, json, and what else the engine knows: on Spark orc, text, delta, jdbc … */
  format(format: FileFormat | (string & {})): DataFrameWriter<S> {
    return this.#with({ format: checkedFormat(format) });
  }
  /** One folder for each value of these columns: `day=2026-03-17/`. */
  partitionBy(...names: readonly (keyof S & string)[]): DataFrameWriter<S> {
    return this.#with({ partitionBy: names.flat() });
  }
  /** The files of a table in so many buckets, by the hash of these columns: for saveAsTable on Spark. */
  bucketBy(buckets: number, ...names: readonly (keyof S & string)[]): DataFrameWriter<S> {
    if (!Number.isSafeInteger(buckets) || buckets < 1 || names.length === 0)
      throw new AnalysisError("WRITE", 'bucketBy takes a number of buckets and columns: bucketBy(16, "id")');
    return this.#with({ bucketBy: { buckets, columns: names.flat() } });
  }
  /** The order of rows within a bucket. */
  sortBy(...names: readonly (keyof S & string)[]): DataFrameWriter<S> {
    return this.#with({ sortBy: names.flat() });
  }
  /** Rows with near values of these columns lie together, in the tables that can do so: for saveAsTable on Spark. */
  clusterBy(...names: readonly (keyof S & string)[]): DataFrameWriter<S> {
    return this.#with({ clusterBy: names.flat() });
  }
  /** Such as "compression", "header", "sep". */
  option(name: string, value: OptionValue): DataFrameWriter<S> {
    return this.#with({ options: withOption(this.#settings.options, name, value) });
  }
  options(options: { readonly [name: string]: OptionValue }): DataFrameWriter<S> {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  parquet(path: string): Promise<WriteSummary> {
    return this.#file("parquet", path);
  }
  csv(path: string): Promise<WriteSummary> {
    return this.#file("csv", path);
  }
  json(path: string): Promise<WriteSummary> {
    return this.#file("json", path);
  }
  /** One line for each row of a frame with one column of text. On Spark. */
  text(path: string): Promise<WriteSummary> {
    return this.#file("text", path);
  }
  /** On Spark. */
  orc(path: string): Promise<WriteSummary> {
    return this.#file("orc", path);
  }
  /** Writes in the format that was set, Parquet by default; without a path where options say where ("jdbc"). */
  save(path?: string): Promise<WriteSummary> {
    const { format, options } = this.#settings;
    return path === undefined && format !== undefined && Object.keys(options).length > 0
      ? this.#write({ format })
      : this.#file(format, path as string);
  }
  /**
   * A table with these rows, which `table(name)` and SQL text read. One that is there is an error, replaced, added to
   * (columns go by their names) or kept, as the mode says. DuckDB's tables last as long as the session.
   */
  saveAsTable(name: string): Promise<WriteSummary> {
    return this.#write({ format: this.#settings.format, table: { name: checkedTable(name), how: "save" } });
  }
  /** Adds the rows to a table that is there, columns by their position; with mode "overwrite" they replace its rows. */
  insertInto(name: string): Promise<WriteSummary> {
    return this.#write({ format: this.#settings.format, table: { name: checkedTable(name), how: "insert" } });
  }

  [inspect.custom](): string {
    const { mode, format = "parquet", partitionBy } = this.#settings;
    const parts = partitionBy.length === 0 ? "" : `, partitioned by ${partitionBy.join(", ")}`;
    return offered(`DataFrameWriter of ${format}, mode ${mode}${parts}:`, this);
  }

  async #file(format: string | undefined, path: string): Promise<WriteSummary> {
    if (typeof path === "string" && path !== "") return this.#write({ format, path });
    throw new AnalysisError("PATH", `write.${format ?? "save"} takes a path`);
  }

  async #write(to: Pick<WriteTarget, "path" | "table"> & { readonly format: string | undefined }) {
    const { format, ...where } = to;
    const { options: given, ...settings } = this.#settings;
    const options = optionsOf(format, given);
    // Said explicitly, as for reading.
    const said = format === "csv" ? { header: "true", ...options } : options;
    const target: WriteTarget = { ...settings, ...where, ...(format === undefined ? {} : { format }), options: said };
    const { context, plan } = this.#frame;
    const title = `write ${where.table?.name ?? where.path ?? format}`;
    const summary = await context.run(title, plan, (engine, prepared, runOptions) =>
      engine.write(prepared, target, runOptions),
    );
    return new Written(summary, target.mode, context.isElsewhere ? context.engineName : undefined);
  }

  #with(change: Partial<Settings>): DataFrameWriter<S> {
    return new DataFrameWriter(this.#frame, Object.freeze({ ...this.#settings, ...change }));
  }
}

function checkedTable(name: string): string {
  if (typeof name === "string" && name.trim() !== "") return name;
  throw new AnalysisError("TABLE", 'A table has a name: write.saveAsTable("orders")');
}
