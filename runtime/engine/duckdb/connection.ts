import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteName } from "../../sql/duckdb-literal.ts";
import type { RunOptions } from "../engine.ts";
import { defaultMemoryLimit } from "./defaults.ts";
import { engineError } from "./errors.ts";
import { interruptible } from "./interrupt.ts";
import { type Library, loadLibrary } from "./library.ts";
import { PROGRESS_SETTINGS, withProgress } from "./progress.ts";
import { Queue } from "./queue.ts";
import { makeTempFolder } from "./temp-folder.ts";

export type DatabaseOptions = {
  /** Threads that a query may use; default: the machine's. */
  readonly threads?: number;
  /** As DuckDB writes it ("4GB"); beyond it the engine spills. Default: see defaults.ts. */
  readonly memoryLimit?: string;
  /** Where to spill; default: a private folder in the system's temp folder, removed at close. */
  readonly tempFolder?: string;
  /** Where rows are kept that are to outlive the engine; default: the temp folder, so that they do not. */
  readonly keptFolder?: string;
};

/** Tables that are Quern's own (caches, local data) live in this schema of the in-memory database. */
export const OWN_SCHEMA = `memory.${quoteName("quern")}`;

/**
 * The in-memory database with its main connection, on which calls run in call order, and further connections for
 * streams, which may stay open while other queries run.
 */
export class Database {
  readonly library: Library;
  readonly queue = new Queue();
  readonly main: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #removeTemp: () => void;
  readonly keptFolder: string;
  /** Settings that DuckDB keeps per connection, repeated on every new one. */
  readonly #sessionSettings = new Map<string, string>();
  /** Connections that are not in use. */
  readonly #idle: DuckDBConnection[] = [];
  hasTemporary = false;
  inTransaction = false;
  timeZone = "UTC";

  private constructor(
    library: Library,
    instance: DuckDBInstance,
    main: DuckDBConnection,
    keptFolder: string,
    removeTemp: () => void,
  ) {
    this.library = library;
    this.keptFolder = keptFolder;
    this.#instance = instance;
    this.main = main;
    this.#removeTemp = removeTemp;
  }

  static async open(options: DatabaseOptions = {}): Promise<Database> {
    const library = await loadLibrary();
    const temp = options.tempFolder === undefined ? makeTempFolder() : undefined;
    try {
      const instance = await library.api.DuckDBInstance.create(":memory:", {
        temp_directory: options.tempFolder ?? temp?.path ?? "",
        memory_limit: options.memoryLimit ?? defaultMemoryLimit(),
        ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
      });
      const main = await instance.connect();
      // Long chains of steps become deeply nested queries: 1,500 steps compile in 78 ms with this limit.
      await main.run(`SET GLOBAL max_expression_depth = 100000; ${PROGRESS_SETTINGS}; CREATE SCHEMA ${OWN_SCHEMA}`);
      const kept = options.keptFolder ?? join(options.tempFolder ?? temp?.path ?? "", "kept");
      const database = new Database(library, instance, main, kept, temp?.remove ?? (() => {}));
      await database.setTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone).catch(() => {});
      return database;
    } catch (error) {
      temp?.remove();
      throw engineError(error);
    }
  }

  /** The main connection has temporary tables or an open transaction, which other connections do not see. */
  get hasPrivateState(): boolean {
    return this.hasTemporary || this.inTransaction;
  }

  /** A connection of its own, with the session's settings; the caller closes it, or gives it back. */
  async connect(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const connection = await this.#instance.connect();
    await connection.run([PROGRESS_SETTINGS, ...this.#sessionSettings.values()].join("; "));
    return connection;
  }

  /** Keeps a connection whose query has ended for the next one: making one takes a millisecond, most of it settings. */
  giveBack(connection: DuckDBConnection): void {
    if (this.#idle.length < MOST_IDLE) this.#idle.push(connection);
    else connection.closeSync();
  }

  #closeIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
  }

  /** Work on the main connection, after everything called before. */
  onMain<T>(options: RunOptions | undefined, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.queue.add(() => this.watched(this.main, options, () => work(this.main)));
  }

  /** Work on any connection, with progress and interruption. */
  watched<T>(connection: DuckDBConnection, options: RunOptions | undefined, work: () => Promise<T>): Promise<T> {
    return withProgress(connection, options?.onProgress, () => interruptible(connection, options?.signal, work));
  }

  /** Runs a statement that sets something, on the main connection now and on every later one. */
  async setting(key: string, statement: string): Promise<void> {
    await this.main.run(statement);
    this.#repeat(key, statement);
  }

  /** A statement that the user ran on the main connection and that new ones have to run as well. */
  repeat(statement: string): void {
    // The schema that was in use before may be gone by then.
    this.#repeat(/^use\b/i.test(statement) ? SCHEMA : statement, statement);
  }

  #repeat(key: string, statement: string): void {
    // The last one of a kind is the one that holds, so it has to come last.
    this.#sessionSettings.delete(key);
    this.#sessionSettings.set(key, statement);
    this.#closeIdle();
  }

  async setTimeZone(timeZone: string): Promise<void> {
    await this.main.run(`SET GLOBAL TimeZone = '${timeZone.replaceAll("'", "''")}'`);
    await this.main.run(`SET SESSION TimeZone = '${timeZone.replaceAll("'", "''")}'`);
    this.#closeIdle();
    this.timeZone = timeZone;
  }

  /** Rows of a small query of our own, as plain values. */
  async rows<T>(sql: string, connection: DuckDBConnection = this.main): Promise<T[]> {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJS() as T[];
  }

  /** Ends every query and removes what was spilled. */
  async close(): Promise<void> {
    this.queue.close();
    const timer = setInterval(() => this.main.interrupt(), 20);
    this.main.interrupt();
    await this.queue.idle();
    clearInterval(timer);
    this.#closeIdle();
    this.main.closeSync();
    this.#instance.closeSync();
    this.#removeTemp();
  }
}

/** What it takes to find out the columns of queries. */
export type Binder = Pick<Database, "main" | "rows"> & {
  /** Nothing will be read: what only readers have to know is not looked for. */
  readonly describesOnly?: boolean;
};

/** Of the setting that USE changes. */
const SCHEMA = "schema";

/** As many as queries usually run side by side. */
const MOST_IDLE = 2;
