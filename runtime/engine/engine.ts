import type { RecordBatch } from "apache-arrow";
import type { PlanTree } from "../plan/explain.ts";
import type { FileFormat, Plan } from "../plan/nodes.ts";
import type { Schema } from "../plan/types.ts";

export type Progress = {
  /** From 0 to 1; undefined while the engine cannot tell. */
  readonly fraction?: number | undefined;
  readonly rowsProcessed?: number;
  readonly rowsTotal?: number;
  /** The work has ended, and `rowsProcessed` is exact: what is reported on the way is what was counted last. */
  readonly isFinal?: boolean;
};

export type RunOptions = {
  /** Aborting ends the query; the promise is then rejected with an InterruptedError. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

export type Rows = {
  readonly schema: Schema;
  /** Record batches as they are produced; leaving the loop early ends the query. */
  readonly batches: AsyncIterable<RecordBatch>;
};

export type WriteMode = "errorifexists" | "overwrite" | "append" | "ignore";

export type WriteTarget = {
  readonly format: FileFormat;
  readonly path: string;
  readonly mode: WriteMode;
  readonly partitionBy: readonly string[];
  /** Spark's option names, lower-cased. */
  readonly options: { readonly [name: string]: string };
};

export type WriteSummary = {
  readonly path: string;
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  readonly partitions: number;
};

export type StoredRows = {
  readonly table: string;
  readonly schema: Schema;
  readonly rows: number;
  readonly bytes: number;
};

/** Under which rows on disk are found again, and what is to be known of them then. */
export type Keep = { readonly key: string; readonly note: { readonly [name: string]: string } };

export type Kept = StoredRows & Keep;

export type ExplainMode = "simple" | "extended" | "formatted" | "analyze";

/**
 * What executes plans. A second engine implements this and nothing else of Quern changes. Plans come with caches put
 * in; each method resolves names and types first, so that a mistake is an AnalysisError before anything is computed.
 * Calls are executed in call order.
 */
export interface Engine {
  /** Shown to the user: "DuckDB 1.5.6". */
  readonly name: string;
  /** The columns of a plan, without running it. */
  schema(plan: Plan): Promise<Schema>;
  /** The same in no order with other calls: none waits for it, so it may be asked of sources that may be slow. */
  describe(plan: Plan, options?: RunOptions): Promise<Schema>;
  /** Runs it and streams the rows. */
  execute(plan: Plan, options?: RunOptions): Promise<Rows>;
  explain(plan: Plan, mode: ExplainMode, options?: RunOptions): Promise<PlanTree>;
  /**
   * Runs it and keeps the rows as a table that "stored" nodes name: in engine memory (spilling to disk), or with `keep` on
   * disk, where they outlive the engine.
   */
  store(plan: Plan, options?: RunOptions, keep?: Keep): Promise<StoredRows>;
  /** Frees what is stored, on disk too. */
  release(table: string): Promise<void>;
  /** What an engine before this one has kept on disk; its tables can be named. */
  kept(): Promise<readonly Kept[]>;
  /** Changes with the data behind a plan (files that are replaced); undefined where that cannot be told. */
  stamp(plan: Plan): Promise<string | undefined>;
  /** A reader, or a crash, sees the old data or the new, never half. */
  write(plan: Plan, target: WriteTarget, options?: RunOptions): Promise<WriteSummary>;
  /** `view` can be named in SQL text and by `table()` until the session ends. */
  createView(view: string, plan: Plan, options: { readonly replace: boolean }): Promise<void>;
  /** Removes a view, if there is one. */
  dropView(view: string): Promise<void>;
  /** Whether SQL text asks for rows, or is a command that has to be run at once; and the tables it names. */
  parse(sql: string): Promise<{ readonly kind: "query" | "command"; readonly tables: readonly string[] }>;
  /** Runs a command (DDL, INSERT, SET). */
  command(sql: string, options?: RunOptions): Promise<void>;
  tables(): Promise<readonly { readonly name: string; readonly kind: "table" | "view" }[]>;
  /** Settings by Spark's names (`spark.sql.session.timeZone`); the engine's own settings under its own names. */
  setConf(name: string, value: string): Promise<void>;
  /** Back to the engine's default. */
  unsetConf(name: string): Promise<void>;
  close(): Promise<void>;
}
