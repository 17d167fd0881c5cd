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

type WriteModeName = keyof typeof modes;
type ColumnNames<S> = (keyof S & string) | readonly (keyof S & string)[];

/** The mode, or what else is to be set, by name. */
export type WriteHow<S> =
  | WriteModeName
  | {
      readonly mode?: WriteModeName;
      readonly partitionBy?: ColumnNames<S>;
      readonly [option: string]: OptionValue | ColumnNames<S> | undefined;
    };

/** As PySpark has them, one after the other. */
export type WriteSettings<S> = readonly [
  format?: FileFormat | (string & {}) | null,
  mode?: WriteModeName | null,
  partitionBy?: ColumnNames<S> | null,
  options?: { readonly [name: string]: OptionValue } | null,
];

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

  /** As Parquet: `write.parquet("out/late")`, with a mode or options too: `parquet("out/late", { mode: "overwrite" })`. */
  parquet(path: string, how?: WriteHow<S>): Promise<WriteSummary>;
  parquet(...given: readonly unknown[]): Promise<WriteSummary> {
    return this.#file("parquet", given);
  }
  csv(path: string, how?: WriteHow<S>): Promise<WriteSummary>;
  csv(...given: readonly unknown[]): Promise<WriteSummary> {
    return this.#file("csv", given);
  }
  json(path: string, how?: WriteHow<S>): Promise<WriteSummary>;
  json(...given: readonly unknown[]): Promise<WriteSummary> {
    return this.#file("json", given);
  }
  /** One line for each row of a frame with one column of text. On Spark. */
  text(path: string, how?: WriteHow<S>): Promise<WriteSummary>;
  text(...given: readonly unknown[]): Promise<WriteSummary> {
    return this.#file("text", given);
  }
  /** On Spark. */
  orc(path: string, how?: WriteHow<S>): Promise<WriteSummary>;
  orc(...given: readonly unknown[]): Promise<WriteSummary> {
    return this.#file("orc", given);
  }
  /**
   * Writes in the format that was set, Parquet by default; without a path where options say where ("jdbc"). What is set may
   * stand behind the path: `save("out/late", "csv", "overwrite", "day", { header: false })`.
   */
  save(path?: string | null, ...settings: WriteSettings<S>): Promise<WriteSummary>;
  save(path?: string | null, ...given: readonly unknown[]): Promise<WriteSummary> {
    if (given.length > 0) return this.#set("save", given).save(path);
    const { format, options } = this.#settings;
    return (path ?? undefined) === undefined && format !== undefined && Object.keys(options).length > 0
      ? this.#write({ format })
      : this.#file(format, [path]);
  }
  /**
   * A table with these rows, which `table(name)` and SQL text read. One that is there is an error, replaced, added to
   * (columns go by their names) or kept, as the mode says. DuckDB's tables last as long as the session. What is set may stand
   * behind the name, as for save.
   */
  saveAsTable(name: string, ...settings: WriteSettings<S>): Promise<WriteSummary>;
  saveAsTable(name: string, ...given: readonly unknown[]): Promise<WriteSummary> {
    if (given.length > 0) return this.#set("saveAsTable", given).saveAsTable(name);
    return this.#write({ format: this.#settings.format, table: { name: checkedTable(name), how: "save" } });
  }
  /** Adds the rows to a table that is there, columns by their position; with `overwrite`, or that mode, they replace its rows. */
  insertInto(name: string, overwrite?: boolean): Promise<WriteSummary>;
  insertInto(name: string, ...given: readonly unknown[]): Promise<WriteSummary> {
    const [overwrite] = given;
    if (given.length > 1 || (overwrite !== undefined && typeof overwrite !== "boolean"))
      throw surplus("insertInto", "a name, and whether to overwrite", given);
    if (overwrite !== undefined) return this.mode(overwrite ? "overwrite" : "append").insertInto(name);
    return this.#write({ format: this.#settings.format, table: { name: checkedTable(name), how: "insert" } });
  }

  [inspect.custom](): string {
    const { mode, format = "parquet", partitionBy } = this.#settings;
    const parts = partitionBy.length === 0 ? "" : `, partitioned by ${partitionBy.join(", ")}`;
    return offered(`DataFrameWriter of ${format}, mode ${mode}${parts}:`, this);
  }

  async #file(format: string | undefined, given: readonly unknown[]): Promise<WriteSummary> {
    const [path, how, ...more] = given;
    const isObject = typeof how === "object" && how !== null;
    if (more.length > 0 || !(isObject || how === undefined || typeof how === "string"))
      throw surplus(
        format ?? "save",
        'a path, and a mode or options: { mode: "overwrite", partitionBy: "day" }',
        given,
      );
    if (how !== undefined)
      return this.#with(this.#settingsOf(isObject ? { ...how } : { mode: how })).#file(format, [path]);
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

  #set(method: string, given: readonly unknown[]): DataFrameWriter<S> {
    const [format, mode, partitionBy, options, ...more] = given.map((one) => one ?? undefined);
    if (more.length > 0 || !["object", "undefined"].includes(typeof options))
      throw surplus(method, "a format, a mode, columns to partition by and options", given);
    return this.#with(this.#settingsOf({ ...(options as object), format, mode, partitionBy }));
  }

  #settingsOf(how: { readonly [name: string]: unknown }): Settings {
    const { format, mode, partitionBy, ...options } = how as { readonly [name: string]: any };
    const withFormat = format === undefined ? this : this.format(format);
    const withMode = mode === undefined ? withFormat : withFormat.mode(mode);
    const withColumns = partitionBy === undefined ? withMode : withMode.partitionBy(...[partitionBy].flat());
    return withColumns.options(options).#settings;
  }

  #with(change: Partial<Settings>): DataFrameWriter<S> {
    return new DataFrameWriter(this.#frame, Object.freeze({ ...this.#settings, ...change }));
  }
}

const surplus = (method: string, what: string, given: readonly unknown[]): AnalysisError =>
  new AnalysisError("WRITE", `write.${method} takes ${what}, not ${inspect(given, { depth: 1 })}`);

function checkedTable(name: string): string {
  if (typeof name === "string" && name.trim() !== "") return name;
  throw new AnalysisError("TABLE", 'A table has a name: write.saveAsTable("orders")');
}
