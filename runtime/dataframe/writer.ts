import { inspect } from "node:util";
import type { WriteMode, WriteSummary } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { FileFormat } from "../plan/nodes.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import { checkedFormat, type Options, type OptionValue, withOption, withOptions } from "./options.ts";

const modes = {
  errorifexists: "errorifexists",
  error: "errorifexists",
  overwrite: "overwrite",
  append: "append",
  ignore: "ignore",
} as const satisfies { readonly [name: string]: WriteMode };

type Settings = {
  readonly mode: WriteMode;
  readonly format: FileFormat;
  readonly partitionBy: readonly string[];
  readonly options: Options;
};

const defaults: Settings = { mode: "errorifexists", format: "parquet", partitionBy: [], options: {} };

/** How a frame is written; each method gives a new writer. The last one (parquet, csv, json, save) writes. */
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
  format(format: FileFormat): DataFrameWriter<S> {
    return this.#with({ format: checkedFormat(format) });
  }
  /** One folder for each value of these columns: `day=2026-03-17/`. */
  partitionBy(...names: readonly (keyof S & string)[]): DataFrameWriter<S> {
    return this.#with({ partitionBy: names.flat() });
  }
  /** Such as "compression", "header", "sep". */
  option(name: string, value: OptionValue): DataFrameWriter<S> {
    return this.#with({ options: withOption(this.#settings.options, name, value) });
  }
  options(options: { readonly [name: string]: OptionValue }): DataFrameWriter<S> {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  parquet(path: string): Promise<WriteSummary> {
    return this.#write("parquet", path);
  }
  csv(path: string): Promise<WriteSummary> {
    return this.#write("csv", path);
  }
  json(path: string): Promise<WriteSummary> {
    return this.#write("json", path);
  }
  /** Writes in the format that was set, Parquet by default. */
  save(path: string): Promise<WriteSummary> {
    return this.#write(this.#settings.format, path);
  }

  [inspect.custom](): string {
    const { mode, format, partitionBy } = this.#settings;
    const parts = partitionBy.length === 0 ? "" : `, partitioned by ${partitionBy.join(", ")}`;
    return offered(`DataFrameWriter of ${format}, mode ${mode}${parts}:`, this);
  }

  async #write(format: FileFormat, path: string): Promise<WriteSummary> {
    if (typeof path !== "string" || path === "") throw new AnalysisError("PATH", `write.${format} takes a path`);
    const { mode, partitionBy, options } = this.#settings;
    const target = { format, path, mode, partitionBy, options };
    const { context, plan } = this.#frame;
    return context.run(`write ${path}`, plan, (engine, prepared, runOptions) =>
      engine.write(prepared, target, runOptions),
    );
  }

  #with(change: Partial<Settings>): DataFrameWriter<S> {
    return new DataFrameWriter(this.#frame, Object.freeze({ ...this.#settings, ...change }));
  }
}
