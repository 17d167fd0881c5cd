import { randomBytes } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { AnalysisError, QuernError } from "../../errors.ts";
import { arrowSchema } from "../../plan/arrow-types.ts";
import type { PlanTree } from "../../plan/explain.ts";
import type { SqlDialect } from "../../plan/expressions.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { Schema } from "../../plan/types.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { isTooNarrow } from "../../sql/duckdb-functions/narrow-decimals.ts";
import { quoteName, quoteText } from "../../sql/duckdb-literal.ts";
import type {
  CatalogCommand,
  CatalogTable,
  Databases,
  Engine,
  EngineSettings,
  ExplainMode,
  Kept,
  Rows,
  RunOptions,
  StoredRows,
  Storing,
  WriteSummary,
  WriteTarget,
} from "../engine.ts";
import { Aside } from "./aside.ts";
import { catalogSql, databases, tables } from "./catalog.ts";
import { runCommand } from "./command.ts";
import { Database, type DatabaseOptions } from "./connection.ts";
import { engineCause, engineError, isRefusal, isValueError, withFiles } from "./errors.ts";
import { explain } from "./explain.ts";
import { failedStep } from "./failure.ts";
import { isGathered } from "./gathered.ts";
import { interruptible } from "./interrupt.ts";
import { KeptRows } from "./kept-rows.ts";
import { loadTable } from "./local/load.ts";
import { LocalTables } from "./local/tables.ts";
import { locate } from "./locate.ts";
import { narrowFirst } from "./narrow-first.ts";
import { type Parsed, parse } from "./parse.ts";
import { type Compiled, type CompileOptions, Planner } from "./planner.ts";
import { beginStream, runWhole } from "./query.ts";
import { toLocalPath } from "./readers/files.ts";
import { filesRead, pathsRead, readAt } from "./readers/plan-files.ts";
import { isSetting, setConf } from "./settings.ts";
import { parseSpark, translate, translateExpression } from "./spark-texts.ts";
import { Storage } from "./storage.ts";
import { BatchStream, type Source } from "./stream.ts";
import { unmarked } from "./trace.ts";
import { typedQuery } from "./typed-query.ts";
import { writeTable } from "./writer/table.ts";
import { checkedTarget } from "./writer/target.ts";
import { writeFiles } from "./writer/write.ts";

/** DuckDB in this process. Every call takes its turn in the queue; see engine/engine.ts for what each one does. */
export class DuckDBEngine implements Engine {
  readonly name: string;
  readonly #database: Database;
  readonly #aside: Aside;
  readonly #local: LocalTables;
  readonly #planner: Planner;
  readonly #storage: Storage;
  readonly #kept: KeptRows;
  /** Streams that are still open, with the paths that they read. */
  readonly #streams = new Map<BatchStream, readonly string[]>();

  private constructor(database: Database) {
    this.#database = database;
    this.name = `DuckDB ${database.library.api.version().replace(/^v/, "")}`;
    this.#aside = new Aside(database);
    this.#local = new LocalTables(database);
    this.#planner = new Planner(database, this.#local);
    this.#storage = new Storage(database);
    this.#kept = new KeptRows(database.keptFolder);
  }

  static async open(options?: DatabaseOptions): Promise<DuckDBEngine> {
    return new DuckDBEngine(await Database.open(options));
  }

  schema(plan: Plan): Promise<Schema> {
    return this.#onMain(plan, undefined, () => this.#planner.schema(plan));
  }

  describe(plan: Plan, options: RunOptions = {}): Promise<Schema> {
    if (!this.#database.hasPrivateState) return this.#aside.schema(plan, options);
    return this.#database.onMain(options, () => this.#planner.schema(plan));
  }

  execute(plan: Plan, options: RunOptions = {}): Promise<Rows> {
    return this.#database.queue.add(() => narrowFirst((how) => this.#start(plan, options, how)));
  }

  async #start(plan: Plan, options: RunOptions, { narrow }: CompileOptions): Promise<Rows> {
    const compiled = await interruptible(this.#database.main, options.signal, () =>
      this.#compile(plan, { traced: true, narrow, isResult: true }),
    );
    // What only the main connection sees has to be read there: as a whole, since it must be free for the next call.
    const isOnMain = this.#database.hasPrivateState;
    const isWhole = isOnMain || (options.allRows === true && isGathered(plan));
    const connection = isOnMain ? this.#database.main : await this.#database.connect();
    try {
      const begun = await (isWhole ? runWhole : beginStream)(connection, compiled, options);
      const query = { ...begun, schema: compiled.schema, connection, isWhole };
      return { schema: compiled.schema, batches: this.#stream(plan, query, options) };
    } catch (error) {
      if (!isOnMain) connection.closeSync();
      throw narrow && isTooNarrow(error) ? error : await this.#located(plan, error, options, compiled.sql);
    }
  }

  explain(plan: Plan, mode: ExplainMode, options: RunOptions = {}): Promise<PlanTree> {
    return this.#onMain(plan, options, (connection) =>
      narrowFirst(async (how) => explain(connection, this.name, plan, (await this.#typed(plan, how)).sql, mode)),
    );
  }

  store(plan: Plan, { keep }: Storing, options: RunOptions = {}): Promise<StoredRows> {
    return this.#onMain(plan, options, (connection) =>
      narrowFirst(async (how) => {
        const { sql, schema } = await this.#typed(plan, { traced: true, ...how });
        if (keep !== undefined) return this.#kept.create(connection, sql, schema, keep);
        return { schema, ...(await this.#storage.create(connection, sql)) };
      }),
    );
  }

  async isCached(): Promise<boolean> {
    return false;
  }

  files(plan: Plan): Promise<readonly string[]> {
    return this.#onMain(plan, undefined, () => this.#planner.files(plan));
  }

  async isLocal(): Promise<boolean> {
    return true;
  }

  async receive({ schema, batches }: Rows, options: RunOptions = {}): Promise<StoredRows> {
    // No engine after this one may have the name for other rows.
    const table = `received_${randomBytes(4).toString("hex")}`;
    try {
      const rows = await loadTable(this.#database, table, batches, schema, options);
      return { table, schema, rows };
    } catch (error) {
      throw engineError(error);
    }
  }

  release(table: string): Promise<void> {
    return this.#database.onMain(undefined, async (connection) => {
      if (!(await this.#kept.drop(connection, table))) await this.#storage.drop(connection, table);
    });
  }

  kept(): Promise<readonly Kept[]> {
    return this.#database.onMain(undefined, (connection) => this.#kept.attach(connection));
  }

  stamp(plan: Plan): Promise<string | undefined> {
    return this.#onMain(plan, undefined, async () => {
      const stamps: string[] = [];
      for (const node of childrenFirst(plan)) {
        const stamp = await this.#stampOf(node);
        if (stamp === undefined) return undefined;
        stamps.push(stamp);
      }
      return stamps.join();
    });
  }

  async #stampOf(node: Plan): Promise<string | undefined> {
    switch (node.kind) {
      case "read":
        await this.#planner.leaves.prepare(node);
        return this.#planner.leaves.stampOf(node);
      // Tables are gone with their engine, and another may have taken the name.
      case "table":
        return undefined;
      case "stored":
        return this.#kept.keyOf(node.table);
      case "sql": {
        const { kind, tables } = await parse(this.#database, node.text);
        const known = new Set(Object.keys(node.inputs).map((name) => name.toLowerCase()));
        return kind === "query" && tables.every((table) => known.has(table.toLowerCase())) ? "" : undefined;
      }
      default:
        return "";
    }
  }

  write(plan: Plan, target: WriteTarget, options: RunOptions = {}): Promise<WriteSummary> {
    return this.#onMain(plan, options, async (connection) => {
      const checked = checkedTarget(target, plan.origin);
      const { sql, schema } = await this.#typed(plan, { traced: true });
      let summary: WriteSummary;
      if ("table" in checked) {
        summary = await writeTable(this.#database, connection, sql, schema, checked);
        this.#forget();
      } else {
        summary = await writeFiles(connection, sql, schema, checked, () => this.#drainReaders(checked.path));
      }
      options.onProgress?.({ fraction: 1, rowsProcessed: summary.rows ?? 0, isFinal: true });
      return summary;
    });
  }

  createView(view: string, plan: Plan, { replace }: { readonly replace: boolean }): Promise<void> {
    return this.#onMain(plan, undefined, async (connection) => {
      const { sql } = await this.#typed(plan, { isView: true });
      const [existing] = await this.#database.rows<{ name: string }>(
        `SELECT view_name AS name FROM duckdb_views() WHERE lower(view_name) = lower(${quoteText(view)})`,
      );
      if (existing !== undefined && !replace) {
        const message = `There is a view ${JSON.stringify(existing.name)} already.`;
        throw new AnalysisError("EXISTS", message, { origin: plan.origin });
      }
      await connection.run(`CREATE OR REPLACE VIEW ${quoteName(view)} AS ${sql}`);
      for (const node of childrenFirst(plan)) if (node.kind === "local") this.#local.keep(node.data);
      this.#forget();
    });
  }

  dropView(view: string): Promise<void> {
    return this.command(`DROP VIEW IF EXISTS ${quoteName(view)}`);
  }

  translate = translate;
  translateExpression = translateExpression;

  parse(sql: string, dialect: SqlDialect = "duckdb"): Promise<Parsed> {
    return dialect === "spark" ? parseSpark(sql) : this.#database.queue.add(() => parse(this.#database, sql));
  }

  command(sql: string, options: RunOptions = {}): Promise<void> {
    return this.#database.onMain(options, async () => {
      try {
        await runCommand(this.#database, sql);
      } catch (error) {
        throw engineError(error, { sql });
      } finally {
        this.#forget();
      }
    });
  }

  tables(): Promise<readonly CatalogTable[]> {
    return this.#database.onMain(undefined, () => tables(this.#database));
  }

  databases(): Promise<Databases> {
    return this.#database.onMain(undefined, () => databases(this.#database));
  }

  runOnCatalog(command: CatalogCommand): Promise<void> {
    const sql = catalogSql(command);
    return sql === undefined ? Promise.resolve() : this.command(sql);
  }

  setConf(name: string, value: string): Promise<void> {
    return this.#database.onMain(undefined, async () => {
      await setConf(this.#database, name, value);
      this.#forget();
    });
  }

  unsetConf(name: string): Promise<void> {
    return this.command(`RESET ${quoteName(name)}`);
  }

  /** Its defaults are DuckDB's own. */
  async settings(): Promise<EngineSettings> {
    return { set: new Map(), known: new Map() };
  }

  isModifiable(name: string): Promise<boolean> {
    return this.#database.onMain(undefined, () => isSetting(this.#database, name));
  }

  async close(): Promise<void> {
    this.#aside.close();
    for (const stream of [...this.#streams.keys()]) await stream.return();
    await this.#database.close();
  }

  /** Tables, views or settings have changed. */
  #forget(): void {
    this.#planner.forget();
    this.#aside.forget();
  }

  #stream(plan: Plan, query: Query, options: RunOptions): BatchStream {
    const { sql, schema, connection, isWhole } = query;
    const reads = filesRead(plan);
    const batches: BatchStream = new BatchStream(
      {
        ...query,
        bindings: this.#database.library.bindings,
        schema: arrowSchema(schema, this.#database.timeZone),
        explain: (error) => this.#located(plan, error, options, sql),
        close: (hasEnded) => {
          this.#streams.delete(batches);
          if (connection === this.#database.main) return;
          if (hasEnded || isWhole) this.#database.giveBack(connection);
          else connection.closeSync();
        },
      },
      options,
    );
    this.#streams.set(batches, reads);
    return batches;
  }

  /** Rows that were asked for before a write are those from before it: whoever reads what is replaced is read first. */
  async #drainReaders(target: string): Promise<void> {
    const replaced = toLocalPath(target);
    if (replaced === undefined) return;
    const isBelow = (path: string) => path.startsWith(replaced);
    for (const [stream, reads] of this.#streams) if (reads.some(isBelow)) await stream.drain().catch(() => {});
  }

  /** Work that the user may interrupt, whose errors name the step at fault. */
  #onMain<T>(plan: Plan, options: RunOptions | undefined, work: (connection: DuckDBConnection) => Promise<T>) {
    return this.#database.onMain(options, async (connection) => {
      try {
        return await work(connection);
      } catch (error) {
        throw await this.#located(plan, error, options);
      }
    });
  }

  /** The plan's SQL, whose columns have exactly the types of its schema. */
  async #typed(plan: Plan, how?: CompileOptions): Promise<Compiled> {
    const compiled = await this.#compile(plan, how);
    const prepared = await this.#database.main.prepare(compiled.sql);
    try {
      return { sql: typedQuery(prepared, compiled), schema: compiled.schema };
    } finally {
      prepared.destroySync();
    }
  }

  async #compile(plan: Plan, how?: CompileOptions): Promise<Compiled> {
    try {
      return await this.#planner.compile(plan, how);
    } catch (error) {
      throw await this.#located(plan, error);
    }
  }

  /** The error as the user's, with the step at fault. */
  async #located(plan: Plan, error: unknown, options?: RunOptions, sql?: string): Promise<Error> {
    if (isRefusal(error)) return locate(this.#database.main, plan, (part) => this.#planner.sql(part), error);
    const cause = engineCause(error);
    const found = engineError(error, { sql: sql && unmarked(sql), origin: plan.origin });
    // What has its place already was found before anything ran, or is no failure of the engine's.
    const isPlaced = error instanceof QuernError && (error.origin !== undefined || cause === error);
    if (isPlaced || !isValueError(found)) return withFiles(found, readAt(plan, found)?.paths ?? []);
    const step = await this.#failedStep(plan, cause, options);
    const hasSchema = step?.kind === "read" && step.schema !== undefined;
    const told = engineError(cause, { sql: found.sql, origin: step?.origin, hasSchema });
    if (step?.kind === "read") return withFiles(told, step.paths);
    return told.code === "IO" ? withFiles(told, pathsRead(plan)) : told;
  }

  /** Looks for a while; what is not found is not told, as a wrong line would be worse than none. */
  async #failedStep(plan: Plan, error: unknown, options: RunOptions = {}): Promise<Plan | undefined> {
    const limit = AbortSignal.timeout(SEARCH_MS);
    const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
    let own: DuckDBConnection | undefined;
    const attempt = async (sql: string) => {
      if (!this.#database.hasPrivateState) own ??= await this.#database.connect();
      const connection = own ?? this.#database.main;
      return interruptible(connection, signal, () => connection.run(sql));
    };
    try {
      return await failedStep(plan, error, (part) => this.#planner.sql(part), attempt);
    } catch {
      return undefined;
    } finally {
      own?.closeSync();
    }
  }
}

type Query = Compiled & Pick<Source, "connection" | "result" | "isWhole">;

/** How long steps are run again to find the one that failed. */
const SEARCH_MS = 5000;
