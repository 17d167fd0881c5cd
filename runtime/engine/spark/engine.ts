import { AnalysisError, EngineError } from "../../errors.ts";
import type { PlanTree } from "../../plan/explain.ts";
import type { SqlDialect } from "../../plan/expressions.ts";
import { refuseCalendarIntervals } from "../../plan/interval-types.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { ReadExpression } from "../../plan/statement.ts";
import type { Schema } from "../../plan/types.ts";
import { spark } from "../../sql/spark.ts";
import { Turns } from "../../turns.ts";
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
  Translation,
  WriteSummary,
  WriteTarget,
} from "../engine.ts";
import { catalogSql, databases, tables } from "./catalog.ts";
import { type SparkClient, ExplainMode as SparkMode } from "./client.ts";
import { measuredPlan, planTree } from "./explain.ts";
import { Journal, renewalText } from "./journal.ts";
import { wasLost, wasRefused } from "./lost.ts";
import type { Operation } from "./operation.ts";
import { refuseOwnSource } from "./overwrite.ts";
import { type Parsed, parse } from "./parse.ts";
import { type Compiled, Planner } from "./planner.ts";
import type { Command, Relation } from "./proto/gen/spark_connect_pb.ts";
import { sqlCommand, viewCommand } from "./relations.ts";
import { runCommand } from "./run.ts";
import { SentRows } from "./sent-rows.ts";
import { serverSettings } from "./settings.ts";
import { namedTable, StoredOnServer } from "./stored.ts";
import { BatchStream } from "./stream.ts";
import { writeCommand, writeSummary } from "./write.ts";

/** Modes in which Spark's own text is shown beside the tree. */
const ownModes: { readonly [mode: string]: { readonly title: string; readonly mode: SparkMode } } = {
  extended: { title: "Spark's logical and physical plans", mode: SparkMode.EXTENDED },
  cost: { title: "Spark's plans, with statistics", mode: SparkMode.COST },
  codegen: { title: "Spark's generated code", mode: SparkMode.CODEGEN },
};

/** A Spark server, over Spark Connect. Every call takes its turn; see engine/engine.ts for what each one does. */
export class SparkEngine implements Engine {
  readonly name: string;
  readonly #client: SparkClient;
  readonly #sent: SentRows;
  readonly #stored: StoredOnServer;
  readonly #planner: Planner;
  /** For questions beside the order of calls. */
  readonly #aside: Planner;
  readonly #journal = new Journal();
  readonly #turns = new Turns();
  readonly #streams = new Set<BatchStream>();
  #isClosed = false;

  /** Over a client that has connected. */
  constructor(client: SparkClient, version: string) {
    this.#client = client;
    this.name = `Spark ${version} at ${client.address}`;
    this.#sent = new SentRows(client);
    this.#stored = new StoredOnServer(client, (plan, options) => this.#planner.compile(plan, options));
    this.#planner = new Planner(client, this.#sent, this.#stored);
    this.#aside = new Planner(client, this.#sent, this.#stored);
  }

  schema(plan: Plan): Promise<Schema> {
    return this.#query(() => this.#planner.schema(plan));
  }

  describe(plan: Plan, { signal }: RunOptions = {}): Promise<Schema> {
    return this.#aside.schema(plan, signal ? { signal } : {});
  }

  execute(plan: Plan, options: RunOptions = {}): Promise<Rows> {
    return this.#query(async () => {
      const again = () =>
        this.#inTurn(async () => this.#client.execute((await this.#planner.compile(plan, options)).relation, options));
      const compiled = await this.#planner.compile(plan, options);
      refuseCalendarIntervals(compiled.schema);
      const batches = this.#start(plan, compiled, options, again);
      return { schema: await batches.schema(), batches };
    });
  }

  explain(plan: Plan, mode: ExplainMode, options: RunOptions = {}): Promise<PlanTree> {
    return this.#query(async () => {
      const compiled = await this.#planner.compile(plan, options);
      if (mode === "analyze") return this.#analyze(plan, compiled, options);
      const { relation, sql } = compiled;
      const ask = (asked: SparkMode) =>
        this.#client
          .explain(relation, asked, options)
          .catch(async (error) => Promise.reject(await this.#failure(plan, error, sql, options)));
      const tree = planTree(this.name, mode, plan, sql, await ask(SparkMode.FORMATTED));
      const own = ownModes[mode];
      return own === undefined ? tree : { ...tree, told: { title: own.title, text: await ask(own.mode) } };
    });
  }

  store(plan: Plan, storing: Storing, options: RunOptions = {}): Promise<StoredRows> {
    return this.#inTurn(async () => {
      try {
        return await this.#stored.store(plan, storing, options);
      } catch (error) {
        throw await this.#planner.locate(plan, error);
      }
    });
  }

  isCached(plan: Plan): Promise<boolean> {
    return this.#query(async () => {
      const relation = plan.kind === "table" ? namedTable(plan.name) : (await this.#planner.compile(plan)).relation;
      const { result } = await this.#client.analyze({ case: "getStorageLevel", value: { relation } });
      const level = result.case === "getStorageLevel" ? result.value.storageLevel : undefined;
      return level?.useDisk === true || level?.useMemory === true;
    });
  }

  files(plan: Plan): Promise<readonly string[]> {
    return this.#query(async () => this.#client.inputFiles((await this.#planner.compile(plan)).relation));
  }

  isLocal(plan: Plan): Promise<boolean> {
    return this.#query(async () => this.#client.isLocal((await this.#planner.compile(plan)).relation));
  }

  async receive(rows: Rows, options: RunOptions = {}): Promise<StoredRows> {
    // A session that was lost is begun again first.
    await this.#inTurn(async () => {});
    return this.#sent.receive(rows, options);
  }

  release(table: string): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#sent.forget(table)) await this.#stored.release(table);
    });
  }

  /** A new session has nothing of those before it. */
  async kept(): Promise<readonly Kept[]> {
    return [];
  }

  async stamp(): Promise<string | undefined> {
    return undefined;
  }

  write(plan: Plan, target: WriteTarget, options: RunOptions = {}): Promise<WriteSummary> {
    return this.#inTurn(async () => {
      refuseOwnSource(plan, target);
      const { relation, sql } = await this.#planner.compile(plan, options);
      try {
        await runCommand(this.#client, writeCommand(relation, target), { ...options, sql });
      } catch (error) {
        throw await this.#planner.locate(plan, error);
      } finally {
        this.#forget();
      }
      return writeSummary(target);
    });
  }

  createView(view: string, plan: Plan, { replace }: { readonly replace: boolean }): Promise<void> {
    const make = async (replacing: boolean) => {
      const { relation, sql } = await this.#planner.compile(plan);
      await this.#run(viewCommand(view, relation, replacing), sql);
    };
    return this.#inTurn(async () => {
      await make(replace);
      this.#journal.addView(view, () => make(true));
      this.#forget();
    });
  }

  dropView(view: string): Promise<void> {
    return this.command(`DROP VIEW IF EXISTS ${spark.quote(view)}`);
  }

  async translate(text: string, from: SqlDialect): Promise<Translation> {
    if (from === "spark") return { kind: "text", text };
    const { translate } = await import("../../sql/transpile/translate.ts");
    return { kind: "text", text: await translate(text, "statement") };
  }

  async translateExpression(text: string, from: SqlDialect): Promise<ReadExpression> {
    if (from === "spark") return { expression: { kind: "sql", text } };
    const { translate } = await import("../../sql/transpile/translate.ts");
    return { expression: { kind: "sql", text: await translate(text, "expression") } };
  }

  async parse(sql: string, dialect: SqlDialect = "spark"): Promise<Parsed> {
    if (dialect === "spark") return parse(sql);
    const { translate } = await import("../../sql/transpile/translate.ts");
    return parse(await translate(sql, "statement"));
  }

  command(sql: string, options: RunOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#run(sqlCommand(sql), sql, options);
        this.#journal.addCommand(sql, async (text) => void (await this.#run(sqlCommand(text), text)));
      } finally {
        this.#forget();
      }
    });
  }

  tables(database?: string): Promise<readonly CatalogTable[]> {
    return this.#query(() => tables(this.#client, database));
  }

  databases(): Promise<Databases> {
    return this.#query(() => databases(this.#client));
  }

  runOnCatalog(command: CatalogCommand): Promise<void> {
    return this.command(catalogSql(command));
  }

  setConf(name: string, value: string): Promise<void> {
    if (name === "spark.sql.execution.arrow.compression.codec" && /lz4/i.test(value)) {
      // Tried with Spark 4.2.1: its executors hang on it until their memory is full.
      return Promise.reject(new AnalysisError("COMPRESSION", 'Results cannot come in LZ4: use "zstd", or "none".'));
    }
    return this.#inTurn(async () => {
      await this.#client.setConf(name, value);
      this.#forget();
    });
  }

  unsetConf(name: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#client.unsetConf(name);
      this.#forget();
    });
  }

  settings(): Promise<EngineSettings> {
    return this.#inTurn(() => serverSettings(this.#client));
  }

  isModifiable(name: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const [pair] = await this.#client.config({ case: "isModifiable", value: { keys: [name] } });
      return pair?.value === "true";
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([...this.#streams].map((stream) => stream.return()));
    await this.#stored.close();
    await this.#client.close();
  }

  /** Work that may be done twice. */
  #query<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work, wasLost);
  }

  /** Work is done again, in a new session, where the server has lost the old one and has not begun with it. */
  #inTurn<T>(work: () => Promise<T>, mayBeRepeated = wasRefused): Promise<T> {
    return this.#turns.add(async () => {
      for (let left = MOST_RENEWALS; ; left--) {
        if (this.#isClosed) throw new EngineError("CLOSED", "The engine has been closed.");
        try {
          await this.#renew();
          return await work();
        } catch (error) {
          if (left === 0 || !mayBeRepeated(error)) throw error;
        }
      }
    });
  }

  async #renew(): Promise<void> {
    const fill = () => {
      this.#forget();
      return this.#journal.replay();
    };
    const found = await this.#client.renewSession(fill);
    if (found !== undefined) process.stderr.write(`${renewalText(this.#client.address, found)}\n`);
  }

  /** Tables, views or settings have changed. */
  #forget(): void {
    this.#planner.forget();
    this.#aside.forget();
  }

  #start(plan: Plan, { relation, sql }: Compiled, options: RunOptions, again?: () => Promise<Operation>): BatchStream {
    const batches: BatchStream = new BatchStream(
      this.#client.execute(relation, options),
      options,
      (error) => this.#failure(plan, error, sql, options),
      () => this.#streams.delete(batches),
      again,
    );
    this.#streams.add(batches);
    return batches;
  }

  async #failure(plan: Plan, error: unknown, sql: string, { signal }: RunOptions): Promise<Error> {
    return this.#planner.locate(plan, await this.#client.failure(error, { sql, signal }), { signal });
  }

  /** Runs the query and leaves its rows unread: what counts is what the operators did. */
  async #analyze(plan: Plan, compiled: Compiled, options: RunOptions): Promise<PlanTree> {
    const started = performance.now();
    const batches = this.#start(plan, compiled, options);
    for await (const _ of batches);
    const seconds = (performance.now() - started) / 1000;
    const physical = measuredPlan(batches.metrics?.metrics ?? []);
    if (physical === undefined)
      throw new EngineError("NO_METRICS", `${this.name} does not tell what its operators did.`);
    return { engine: this.name, mode: "analyze", physical, sql: compiled.sql, seconds };
  }

  /** Runs a command to its end; the answer is what rows it gave. */
  async #run(command: Command, sql: string, options: RunOptions = {}): Promise<Relation | undefined> {
    const result = await runCommand(this.#client, command, { ...options, sql });
    return result?.case === "sqlCommandResult" ? result.value.relation : undefined;
  }
}

/** A server that loses session after session is not waited for. */
const MOST_RENEWALS = 2;
