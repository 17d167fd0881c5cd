import { createRequire } from "node:module";
import { inspect } from "node:util";
import type { Table } from "apache-arrow";
import packageJson from "../../package.json" with { type: "json" };
import type { Engine } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";
import type { Schema } from "../plan/types.ts";
import { lazy } from "../turns.ts";
import { checkPartitions } from "./arranged.ts";
import type { StorageEntry } from "./cache.ts";
import { Catalog } from "./catalog.ts";
import type { Conf, ConfDefaults } from "./conf.ts";
import { Context, type Surroundings } from "./context.ts";
import { DataFrame } from "./dataframe.ts";
import { host } from "./host.ts";
import { offered } from "./inspect-text.ts";
import type { Columns } from "./local.ts";
import { DataFrameReader, schemaOf } from "./reader.ts";
import type { NamedSchema, SchemaOf } from "./row.ts";
import type { SchemaBuilder } from "./schema-builder.ts";
import { looksLikeQuery, sqlOfTemplate, wordsOf } from "./sql-text.ts";
import { step } from "./step.ts";
import { dialectKey } from "./text-dialect.ts";
import { noteForeign, twoEngines } from "./two-engines.ts";
import type * as Sql from "./types.ts";

/** An engine that a session can work on. */
export type EngineSource = Surroundings & {
  /** As it is asked for: a session opens one engine for each. */
  readonly address: string;
};

/** The way to data: reads files, runs SQL, makes frames. Its engine is opened by the first action. */
export class SparkSession {
  /** Of the engine that new frames are made on. */
  #context: Context;
  /** By address; frames keep the one that they were made on. */
  readonly #contexts = new Map<string, Context>();

  constructor(name: string, open: () => Promise<Engine>, defaults?: ConfDefaults, more: Partial<EngineSource> = {}) {
    const source = { name, open, ...(defaults && { defaults }), address: name, ...more };
    this.#context = new Context(source);
    this.#contexts.set(source.address, this.#context);
  }

  /** Quern's version. */
  get version(): string {
    return packageJson.version;
  }
  /** What executes the plans of new frames: "DuckDB", "Spark at cluster:15002". */
  get engine(): string {
    return this.#context.engineName;
  }
  get conf(): Conf {
    return this.#context.conf;
  }
  get catalog(): Catalog {
    return new Catalog(this.#context, (name) => this.table(name));
  }
  /** What is cached, or marked to be, with its size in bytes. */
  get storage(): StorageEntry[] {
    return [...this.#context.caches.list(), ...this.#context.checkpoints.list()];
  }

  get read(): DataFrameReader {
    return new DataFrameReader((plan) => this.#frame(plan));
  }
  /** A table or view by its name. */
  table<S = any>(name: string): DataFrame<S> {
    if (typeof name !== "string" || name.trim() === "") throw new AnalysisError("TABLE", "table takes a name");
    return this.#frame(step({ kind: "table", name }));
  }
  /** The numbers from `start` (0) up to, but without, `end`, as column `id`; on Spark in so many partitions. */
  range(end: number | bigint): DataFrame<{ id: Sql.Long }>;
  range(
    start: number | bigint,
    end: number | bigint,
    step?: number | bigint,
    partitions?: number,
  ): DataFrame<{ id: Sql.Long }>;
  range(
    first: number | bigint,
    second?: number | bigint,
    by: number | bigint = 1,
    partitions?: number,
  ): DataFrame<any> {
    const [start, end] = second === undefined ? [0n, whole(first)] : [whole(first), whole(second)];
    const stride = whole(by);
    if (stride === 0n) throw new AnalysisError("RANGE", "range: the step is not 0");
    if (partitions !== undefined) checkPartitions("range", partitions);
    return this.#frame(
      step({ kind: "range", start, end, step: stride, ...(partitions !== undefined && { partitions }) }),
    );
  }

  /**
   * SQL text. A query is a frame; a command (CREATE, INSERT, SET …) starts at once, and later actions wait for it. A
   * name that is no table but a DataFrame variable of the notebook is that frame; in sql`… ${frame} … ${value}` frames
   * are relations and values literals.
   */
  sql<S = any>(text: string | TemplateStringsArray, ...values: readonly unknown[]): DataFrame<S> {
    const given = Array.isArray(text) ? this.#template(text, values) : this.#plainText(text as string);
    if (given.text.trim() === "") throw new AnalysisError("SQL_TEXT", "The SQL text is empty");
    const plan = this.#context.dated(step({ kind: "sql", text: given.text, inputs: Object.freeze(given.inputs) }));
    noteForeign(plan, this.#foreignIn(given.text));
    if (!looksLikeQuery(given.text)) this.#context.startCommand(plan);
    return this.#frame(plan);
  }

  /**
   * A frame of data: rows as objects (or as arrays, with a schema), `{ columns: { a: […] } }`, or an Arrow table.
   * Without a schema, types come from the values: numbers are LONG if all of a column are integers, else DOUBLE.
   */
  createDataFrame(data: Table): DataFrame<any>;
  createDataFrame<S>(
    data: readonly object[] | { readonly columns: Columns } | Table,
    schema: SchemaBuilder<S>,
  ): DataFrame<S>;
  createDataFrame<const N extends readonly string[], R extends readonly [unknown] | object>(
    rows: readonly R[],
    names: N,
  ): DataFrame<NamedSchema<R, N>>;
  createDataFrame<S = any>(
    data: readonly object[] | { readonly columns: Columns } | Table,
    schema: string | readonly string[] | Schema,
  ): DataFrame<S>;
  createDataFrame<C extends Columns>(data: {
    readonly columns: C;
  }): DataFrame<{ [K in keyof C & string]: SchemaOf<{ value: C[K][number] }>["value"] }>;
  createDataFrame<R extends object>(rows: readonly R[]): DataFrame<SchemaOf<R>>;
  createDataFrame(data: any, schema?: any): DataFrame<any> {
    // Arrow's library takes 0.1 s to load, so the first frame of data loads it.
    const { localData } = require("./local.ts") as typeof import("./local.ts");
    return this.#frame(step({ kind: "local", ...localData(data, schema, schemaOf) }));
  }

  /**
   * Makes new frames on another engine once that is open; what fails leaves all as it was. Frames that are there stay on
   * theirs. The time zone and the dialect of texts go along.
   */
  async switchTo(source: EngineSource): Promise<void> {
    const { timeZone: zone, dialect } = this.#context.conf;
    const context = this.#contextOf(source);
    await context.engine();
    if (context.conf.timeZone !== zone) await context.conf.set(ZONE, zone);
    if (context.conf.dialect !== dialect) await context.conf.set(dialectKey, dialect);
    this.#contexts.set(source.address, context);
    this.#context = context;
  }

  /** The one of this engine; a new one has the time zone of the engine in use. */
  #contextOf(source: EngineSource): Context {
    const known = this.#contexts.get(source.address);
    if (known !== undefined) return known;
    const context = new Context(source);
    context.conf.restore([[ZONE, this.#context.conf.timeZone]]);
    return context;
  }

  /** As the function `transfer`; without `to` onto the engine in use. */
  async transfer<S>(frame: DataFrame<S>, to?: EngineSource): Promise<DataFrame<S>> {
    if (!(frame instanceof DataFrame)) throw new AnalysisError("NOT_A_FRAME", "transfer takes a DataFrame");
    const target = to === undefined ? this.#context : this.#contextOf(to);
    if (target === frame.context) return frame;
    await target.engine();
    if (to !== undefined) this.#contexts.set(to.address, target);
    const { transferred } = await moving();
    return new DataFrame(await transferred(frame, target), target);
  }

  /** Ends the engines and frees what they hold; a later action opens a new one. */
  async stop(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map((context) => context.close()));
  }

  /** Opens the engine now, so that the first action need not. */
  async warmUp(): Promise<void> {
    await this.#context.engine();
  }

  [inspect.custom](): string {
    return offered(`SparkSession over ${this.engine}, Quern ${this.version}:`, this);
  }

  #frame(plan: Plan): DataFrame<any> {
    return new DataFrame(plan, this.#context);
  }

  /** A frame of another engine is none of this one's: in plain text its name may be a table's. */
  #planOf(value: unknown, foreign?: "refuse"): Plan | undefined {
    if (!(value instanceof DataFrame)) return undefined;
    if (value.context === this.#context) return value.plan;
    if (foreign === "refuse") throw twoEngines("sql", this.#context, value.context);
    return undefined;
  }

  /** The variables in a text whose frames are on another engine, with the engine's name. */
  #foreignIn(text: string): Map<string, string> {
    const found = new Map<string, string>();
    for (const word of wordsOf(text)) {
      const value = host().variable(word);
      if (value instanceof DataFrame && value.context !== this.#context) found.set(word, value.context.engineName);
    }
    return found;
  }

  /** Its own text names variables as plain text does. */
  #template(pieces: readonly string[], values: readonly unknown[]): ReturnType<typeof sqlOfTemplate> {
    const { text, inputs } = sqlOfTemplate(
      pieces,
      values,
      (value) => this.#planOf(value, "refuse"),
      this.#context.conf.dialect,
    );
    return { text, inputs: { ...this.#plainText(pieces.join(" ")).inputs, ...inputs } };
  }

  /** Variables are looked at now: a later assignment does not change what the text meant. */
  #plainText(text: string): { text: string; inputs: { [name: string]: Plan } } {
    if (typeof text !== "string") throw new AnalysisError("SQL_TEXT", "sql takes SQL text");
    if (/\[object Object\]/.test(text.replace(/'(?:[^']|'')*'/g, "")))
      throw new AnalysisError(
        "SQL_TEXT",
        "The text says [object Object] where a frame or an object stood in a template: sql as a tag takes frames, without brackets around the template (sql`…`).",
      );
    const inputs: { [name: string]: Plan } = {};
    for (const word of wordsOf(text)) {
      const plan = this.#planOf(host().variable(word));
      if (plan !== undefined) inputs[word] = plan;
    }
    return { text, inputs };
  }
}

const require = createRequire(import.meta.url);

const moving = lazy(() => import("./transfer.ts"));

const ZONE = "spark.sql.session.timeZone";

function whole(value: number | bigint): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new AnalysisError("RANGE", `range takes whole numbers, not ${String(value)}`);
}
