import type { RecordBatch } from "apache-arrow";
import type { PlanTree } from "../plan/explain.ts";
import type { SqlDialect } from "../plan/expressions.ts";
import type { Plan } from "../plan/nodes.ts";
import type { ReadExpression, Sources, Statement, TextPlace } from "../plan/statement.ts";
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
  /** All rows will be kept by who reads them; else they may be more than fit into memory. */
  readonly allRows?: boolean;
};

export type Rows = {
  readonly schema: Schema;
  /** Record batches as they are produced; leaving the loop early ends the query. */
  readonly batches: AsyncIterable<RecordBatch>;
};

export type WriteMode = "errorifexists" | "overwrite" | "append" | "ignore";

/** Where rows go: to a path, into a table, or to neither, where options say where ("jdbc"). */
export type WriteTarget = {
  /** Engines know more formats than those of files; undefined: the engine's own choice. */
  readonly format?: string;
  readonly path?: string;
  /** A table that is made of the rows, with its columns by name; or one that is there, whose columns go by position. */
  readonly table?: { readonly name: string; readonly how: "save" | "insert" };
  readonly mode: WriteMode;
  readonly partitionBy: readonly string[];
  /** Spark's option names; lower-cased for the formats of files. */
  readonly options: { readonly [name: string]: string };
  /** For tables: how their files are laid out. */
  readonly bucketBy?: { readonly buckets: number; readonly columns: readonly string[] };
  readonly sortBy?: readonly string[];
  readonly clusterBy?: readonly string[];
};

/** What was written. A number that the engine does not tell is undefined: none is ever estimated. */
export type WriteSummary = {
  readonly path?: string;
  readonly table?: string;
  readonly rows?: number;
  readonly files?: number;
  readonly bytes?: number;
  readonly partitions?: number;
};

/** Rows that an engine keeps. How many they are is undefined where it does not tell. */
export type StoredRows = {
  readonly table: string;
  readonly schema: Schema;
  readonly rows?: number;
  readonly bytes?: number;
};

/** A table or view; temporary ones are in no database. */
export type CatalogTable = {
  readonly name: string;
  readonly database: string | null;
  readonly kind: "table" | "view";
  readonly isTemporary: boolean;
};

/** The databases of a catalog, and the one whose tables need no name of it. */
export type Databases = { readonly catalog: string; readonly current: string; readonly all: readonly string[] };

/** What can be done with a table, a view or a database, by a name that may have several parts. */
export type CatalogCommand =
  | { readonly what: "drop table" | "drop view"; readonly name: string; readonly ifExists: boolean }
  | { readonly what: "create schema"; readonly name: string; readonly ifNotExists: boolean }
  | { readonly what: "drop schema"; readonly name: string; readonly ifExists: boolean; readonly cascade: boolean }
  | { readonly what: "use" | "refresh table" | "truncate table"; readonly name: string };

/** What a text of another dialect is to an engine. */
export type Translation = { readonly kind: "text"; readonly text: string } | Statement;

/** How an engine is to keep rows. */
export type Storing = {
  readonly level: { readonly useDisk: boolean; readonly useMemory: boolean; readonly replication: number };
  /** Under which they are to outlive the engine, where it can do that. */
  readonly keep?: Keep;
  /**
   * They are to be computed now and once, whatever becomes of the sources: "reliable" where another machine's end does no
   * harm, "local" where they are computed. Without it an engine may compute them with the first query that needs them.
   */
  readonly checkpoint?: "reliable" | "local";
};

/** Under which rows on disk are found again, and what is to be known of them then. */
export type Keep = { readonly key: string; readonly note: { readonly [name: string]: string } };

export type Kept = StoredRows & Keep;

/** Settings as they hold where the engine is. */
export type EngineSettings = {
  readonly set: ReadonlyMap<string, string>;
  /** All that can be read, defaults among them. */
  readonly known: ReadonlyMap<string, string>;
};

/** "cost" and "codegen" are Spark's alone. */
export type ExplainMode = "simple" | "extended" | "formatted" | "cost" | "codegen" | "analyze";

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
  /** Keeps the rows of a plan as a table that "stored" nodes name. */
  store(plan: Plan, storing: Storing, options?: RunOptions): Promise<StoredRows>;
  /** The files that a plan reads, each once: as paths, or on a server as URLs. */
  files(plan: Plan): Promise<readonly string[]>;
  /** Whether its rows come without other machines. */
  isLocal(plan: Plan): Promise<boolean>;
  /** Whether it keeps the rows of a plan beside what `store` was asked for: SQL text may have said so. */
  isCached(plan: Plan): Promise<boolean>;
  /**
   * Takes rows of another engine in, batch by batch, and keeps them as a table that "stored" nodes name. It waits for no
   * turn: the rows may be long in coming.
   */
  receive(rows: Rows, options?: RunOptions): Promise<StoredRows>;
  /** Frees what is stored, on disk too. */
  release(table: string): Promise<void>;
  /** What an engine before this one has kept on disk; its tables can be named. */
  kept(): Promise<readonly Kept[]>;
  /** Changes with the data behind a plan (files that are replaced); undefined where that cannot be told. */
  stamp(plan: Plan): Promise<string | undefined>;
  /** In this process: a reader, or a crash, sees the old data or the new, never half. On a server: as it does it. */
  write(plan: Plan, target: WriteTarget, options?: RunOptions): Promise<WriteSummary>;
  /** `view` can be named in SQL text and by `table()` until the session ends. */
  createView(view: string, plan: Plan, options: { readonly replace: boolean }): Promise<void>;
  /** Removes a view, if there is one. */
  dropView(view: string): Promise<void>;
  /**
   * SQL text of another dialect in the engine's own, or what it says in the terms of plans. What cannot be said so with the
   * same meaning is refused with an AnalysisError.
   */
  translate(text: string, from: SqlDialect, sources: Sources): Promise<Translation>;
  /** The same of an expression, in the terms of plans or as text; a refusal that is the text's goes with either. */
  translateExpression(text: string, from: SqlDialect, place: TextPlace): Promise<ReadExpression>;
  /** Whether SQL text asks for rows, or is a command that has to be run at once; and, of its own SQL, the tables it names. */
  parse(
    sql: string,
    dialect?: SqlDialect,
  ): Promise<{ readonly kind: "query" | "command"; readonly tables: readonly string[] }>;
  /** Runs a command (DDL, INSERT, SET). */
  command(sql: string, options?: RunOptions): Promise<void>;
  /** Of this database, or all that can be named. */
  tables(database?: string): Promise<readonly CatalogTable[]>;
  databases(): Promise<Databases>;
  runOnCatalog(command: CatalogCommand): Promise<void>;
  /** Settings by Spark's names (`spark.sql.session.timeZone`); the engine's own settings under its own names. */
  setConf(name: string, value: string): Promise<void>;
  /** Back to the engine's default. */
  unsetConf(name: string): Promise<void>;
  /** Settings that hold without having been made by `setConf`: of a server, whose defaults are its own. */
  settings(): Promise<EngineSettings>;
  /** Whether a setting can be changed while the engine runs. */
  isModifiable(name: string): Promise<boolean>;
  close(): Promise<void>;
}
