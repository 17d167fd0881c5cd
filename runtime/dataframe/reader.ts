import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { FileFormat, Plan } from "../plan/nodes.ts";
import { parseSchema, typeName } from "../plan/type-names.ts";
import type { Schema } from "../plan/types.ts";
import { shownValue } from "../secrets.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import {
  checkedFormat,
  isFileFormat,
  type Options,
  type OptionValue,
  optionsOf,
  withOption,
  withOptions,
} from "./options.ts";
import { SchemaBuilder } from "./schema-builder.ts";
import { step } from "./step.ts";

type Settings = { readonly format: string; readonly options: Options; readonly schema?: Schema };
type MakeFrame = (plan: Plan) => DataFrame<any>;

/**
 * Reads files, folders or globs; each method gives a new reader, and nothing is read before an action. CSV has a
 * header and types that are inferred unless told otherwise. S is the schema, where it is given.
 */
export class DataFrameReader<S = any> {
  readonly #frame: MakeFrame;
  readonly #settings: Settings;

  constructor(frame: MakeFrame, settings: Settings = { format: "parquet", options: {} }) {
    this.#frame = frame;
    this.#settings = settings;
  }

  /** Such as "header", "sep", "nullValue", "mode". */
  option(name: string, value: OptionValue): DataFrameReader<S> {
    return this.#with({ options: withOption(this.#settings.options, name, value) });
  }
  options(options: { readonly [name: string]: OptionValue }): DataFrameReader<S> {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }
  /** The columns and their types, as `schema({ id: types.long })` or as text: "id LONG, name STRING". */
  schema<T>(schema: SchemaBuilder<T>): DataFrameReader<T>;
  schema(ddl: string | Schema): DataFrameReader<any>;
  schema(given: SchemaBuilder<any> | string | Schema): DataFrameReader<any> {
    return this.#with({ schema: schemaOf(given) });
  }
  /** Parquet by default; csv, json, text, and what else the engine knows: on Spark orc, delta, jdbc … */
  format(format: FileFormat | (string & {})): DataFrameReader<S> {
    return this.#with({ format: checkedFormat(format) });
  }

  parquet<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read("parquet", paths);
  }
  csv<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read("csv", paths);
  }
  /** JSON Lines, or one array of objects. */
  json<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read("json", paths);
  }
  /** The lines of text files, as the column `value`. */
  text<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read("text", paths);
  }
  /** On Spark. */
  orc<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read("orc", paths);
  }
  /** Reads in the format that was set, Parquet by default; without paths where options say where ("jdbc"). */
  load<T = S>(...paths: readonly (string | readonly string[])[]): DataFrame<T> {
    return this.#read(this.#settings.format, paths);
  }
  /** The same as spark.table. */
  table<T = S>(name: string): DataFrame<T> {
    return this.#frame(step({ kind: "table", name }));
  }

  [inspect.custom](): string {
    const { format, options, schema } = this.#settings;
    const said = Object.entries({ ...options, ...(schema && { schema: ddl(schema) }) });
    const settings = said.map(([name, value]) => `, ${name}: ${JSON.stringify(shownValue(name, value))}`).join("");
    return offered(`DataFrameReader of ${format}${settings}:`, this);
  }

  #read(format: string, given: readonly (string | readonly string[])[]): DataFrame<any> {
    const paths = given.flat();
    const wrong = paths.find((path) => typeof path !== "string" || path === "");
    if ((paths.length === 0 && isFileFormat(format)) || wrong !== undefined) {
      throw new AnalysisError("PATH", `read.${format} takes paths: read.${format}("data/file.${format}")`);
    }
    const { schema } = this.#settings;
    const options = optionsOf(format, this.#settings.options);
    // Said explicitly, because engines have other defaults.
    const said =
      format === "csv" ? { header: "true", inferschema: schema === undefined ? "true" : "false", ...options } : options;
    return this.#frame(
      step({
        kind: "read",
        format,
        paths: Object.freeze(paths),
        folder: process.cwd(),
        options: said,
        ...(schema === undefined ? {} : { schema }),
      }),
    );
  }

  #with(change: Partial<Settings>): DataFrameReader<any> {
    return new DataFrameReader(this.#frame, Object.freeze({ ...this.#settings, ...change }));
  }
}

const ddl = (schema: Schema): string => schema.map(({ name, type }) => `${name} ${typeName(type)}`).join(", ");

/** A schema however it is given. */
export function schemaOf(given: SchemaBuilder<any> | string | Schema): Schema {
  if (given instanceof SchemaBuilder) return given.fields;
  if (typeof given === "string") return parseSchema(given);
  if (Array.isArray(given) && given.every((field) => typeof field?.name === "string" && field.type?.kind)) return given;
  throw new AnalysisError(
    "SCHEMA",
    'A schema is text ("id LONG, name STRING") or schema({ id: types.long, name: types.string })',
  );
}
