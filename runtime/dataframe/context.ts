import type { Engine, Kept, RunOptions, StoredRows } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";
import type { Schema } from "../plan/types.ts";
import { hideSecrets } from "../secrets.ts";
import { lazy, Turns } from "../turns.ts";
import { throwIfAborted, untilAborted } from "./aborted.ts";
import { Caches, type Mark } from "./cache.ts";
import { type Checkpoint, Checkpoints, checkpointOf, keyOfCheckpoint, planOfRows } from "./checkpoints.ts";
import { runText } from "./command.ts";
import { Conf, type ConfDefaults, isOwnSetting } from "./conf.ts";
import { host } from "./host.ts";
import { type Metrics, observing } from "./observation.ts";
import { here, showPlaces } from "./origin.ts";
import { prepare, TextSources } from "./prepare.ts";
import { NotKnownYet } from "./resolving.ts";
import type { Dialect } from "./sql-text.ts";
import { StorageLevel } from "./storage-level.ts";
import { inDialect } from "./text-dialect.ts";
import { isInsideStep } from "./udf/nested.ts";
import { type ComputingOptions, isComputed, withJavaScript } from "./udf/with-javascript.ts";
import { rowsOf } from "./values.ts";

/** What an action does once its turn has come: the engine's call, with the plan that the engine gets. */
export type Work<T> = (engine: Engine, plan: Plan, options: RunOptions) => Promise<T>;

/** An engine before it is opened. */
export type Surroundings = {
  /** As people see it. */
  readonly name: string;
  readonly open: () => Promise<Engine>;
  readonly defaults?: ConfDefaults;
  readonly isElsewhere?: boolean;
  /** Whose SQL it reads; DuckDB's unless it is said. */
  readonly dialect?: Dialect;
};

/**
 * The connection between frames and an engine, which is opened by the first action. Actions are handed to the engine
 * in the order of their calls; a command (DDL, a view, a setting) ends before the next is looked at.
 */
export class Context {
  readonly caches = new Caches();
  readonly sources = new TextSources();
  readonly checkpoints = new Checkpoints();
  readonly conf: Conf;
  /** For people: "DuckDB", "Spark at cluster:15002". */
  readonly engineName: string;
  /** The engine is no part of this process, so its frames say where they are. */
  readonly isElsewhere: boolean;
  readonly dialect: Dialect;
  readonly #open: () => Promise<Engine>;
  #engine: Promise<Engine> | undefined;
  readonly #turns = new Turns();
  readonly #dated = new WeakSet<Plan>();
  /** Rows that are freed with the plans that name them. */
  readonly #owned = new FinalizationRegistry<string>((table) => {
    this.#turns.add(async () => (await this.#engine)?.release(table)).catch(ignore);
  });

  constructor({ name, open, defaults = () => ({}), isElsewhere = false, dialect = "duckdb" }: Surroundings) {
    this.engineName = name;
    this.isElsewhere = isElsewhere;
    this.dialect = dialect;
    this.#open = open;
    this.conf = new Conf(this, defaults, isElsewhere);
  }

  /** The engine; opened now if it is not yet. A failed opening is tried again by the next call. */
  engine(): Promise<Engine> {
    this.#engine ??= this.#open()
      .then(async (opened) => {
        const engine = this.isElsewhere ? opened : withJavaScript(opened, () => this.conf.udfThreads);
        this.conf.learn(await engine.settings());
        for (const [name, value] of this.conf.changed) if (!isOwnSetting(name)) await engine.setConf(name, value);
        for (const kept of await engine.kept()) await this.#inherit(kept, engine);
        return engine;
      })
      .catch((error) => {
        this.#engine = undefined;
        throw error;
      });
    return this.#engine;
  }

  /** A node as it was just made: its texts are in the dialect that holds now, for good. */
  dated<P extends Plan>(node: P): P {
    if (this.#dated.has(node)) return node;
    const dialect = this.conf.dialect;
    const dated = dialect === this.dialect ? node : (inDialect(node, dialect) as P);
    if (dated !== node) this.sources.expectForeignText();
    this.#dated.add(dated);
    return dated;
  }

  /** Runs an action over a plan: begins at once, and hands it to the engine in its turn. */
  run<T>(title: string, plan: Plan, work: Work<T>): Promise<T> {
    return this.#act(title, async (options) => {
      const observed = this.observing(plan, options);
      try {
        const result = await this.submit(plan, options, work);
        await observed.ended();
        return result;
      } catch (error) {
        observed.failed();
        throw error;
      }
    });
  }

  /** Asks the engine in turn, with a progress bar, for something that computes no rows. */
  inquire<T>(title: string, plan: Plan, work: Work<T>): Promise<T> {
    return this.#act(title, (options) => this.submit(plan, options, work));
  }

  /** For an action that its caller begins and ends: what it observes. */
  observing(plan: Plan, options: RunOptions): ReturnType<typeof observing> {
    return observing(plan, (metrics) => this.submit(this.dated(metrics), options, firstRow));
  }

  /** Hands a plan to the engine in turn, for an action that its caller begins and ends. */
  submit<T>(plan: Plan, options: RunOptions, work: Work<T>): Promise<T> {
    return this.#submit(plan, options, work).catch((error) => this.#told(plan, error));
  }

  async #submit<T>(plan: Plan, options: RunOptions, work: Work<T>): Promise<T> {
    this.sources.expectFailures(plan);
    const turn = this.#inTurn(async () => {
      throwIfAborted(options.signal);
      const engine = await this.engine();
      const prepared = await prepare(plan, engine, this, options);
      const handed = Promise.withResolvers<void>();
      const answer = work(engine, prepared, { ...options, handedOver: handed.resolve } as ComputingOptions);
      // After an interrupt in the meantime nobody waits for it.
      if (options.signal?.aborted) answer.catch(ignore);
      // What JavaScript computes is computed before anything else may begin.
      if (!this.isElsewhere && isComputed(prepared)) await Promise.race([handed.promise, answer.then(ignore, ignore)]);
      // Wrapped, so that the turn ends when the call is made and not when it has been answered.
      return { answer };
    });
    return (await untilAborted(turn, options.signal)).answer;
  }

  /** A command over a plan without caches put in: for what outlives them. */
  runUncached<T>(title: string, plan: Plan, work: Work<T>): Promise<T> {
    this.sources.expectFailures(plan);
    return this.command(title, async (engine, options) =>
      work(engine, await prepare(plan, engine, this, options, { caches: false }), options),
    );
  }

  /** Runs a command: later actions wait until it has ended. */
  command<T>(title: string, work: (engine: Engine, options: RunOptions) => Promise<T>): Promise<T> {
    return this.#act(title, (options) => {
      const turn = this.#inTurn(async () => {
        throwIfAborted(options.signal);
        return work(await this.engine(), options);
      });
      return untilAborted(turn, options.signal);
    });
  }

  /** Runs the text of a "sql" node at once if it is a command; its frame is then an empty one. */
  startCommand(plan: PlanOf<"sql">): void {
    const title = hideSecrets(plan.text).trim().split(/\s+/).slice(0, 4).join(" ");
    const ended = this.command(title, async (engine, options) => {
      const result = await runText(plan, engine, this, options);
      if (/^\s*(?:set|reset)\b/i.test(plan.text)) this.conf.learnAgain(await engine.settings());
      return result;
    });
    this.sources.setCommand(plan, ended);
  }

  /** Asks the engine in turn for something that is no action: no progress bar, no part of the cell's end. */
  ask<T>(plan: Plan, work: (engine: Engine, plan: Plan) => Promise<T>): Promise<T> {
    this.sources.expectFailures(plan);
    return this.#inTurn(async () => {
      const engine = await this.engine();
      return { answer: work(engine, await prepare(plan, engine, this, {}, { store: false })) };
    })
      .then(({ answer }) => answer)
      .catch((error) => this.#told(plan, error));
  }

  /**
   * The columns of a plan, apart from all actions: none waits for it, nothing is opened and nothing computed. Undefined where
   * there is no engine that could tell, and of a pivot whose values no action has asked for yet.
   */
  describe(plan: Plan, signal: AbortSignal): Promise<Schema | undefined> {
    const find = async (): Promise<Schema | undefined> => {
      const engine = await this.#engine;
      if (engine === undefined) return undefined;
      try {
        const prepared = await prepare(plan, engine, this, { signal }, { store: false, mayRun: false });
        return await engine.describe(prepared, { signal });
      } catch (error) {
        if (error instanceof NotKnownYet) return undefined;
        throw error;
      }
    };
    return untilAborted(find(), signal);
  }

  /** From now on, actions keep the rows of this plan, the first of them by computing it. */
  persist(plan: Plan, mark: Mark): void {
    const release = async (before: StoredRows | undefined) => {
      if (before !== undefined) await (await this.engine()).release(before.table);
    };
    // Only names have to wait until what was called before is through.
    if (this.sources.names(plan)) {
      this.caches.ask(plan, mark.level);
      this.#change(plan, (resolved) => release(this.caches.mark(resolved, mark)));
    } else {
      const before = this.caches.mark(plan, mark);
      if (before !== undefined) this.#change(plan, () => release(before));
    }
  }

  /** Computes a plan and keeps its rows, under a name that tables have too: where a crash does no harm, or with the engine. */
  async checkpoint(plan: Plan, wished: string | undefined, checkpoint: "reliable" | "local"): Promise<Plan> {
    const name = this.checkpoints.name(wished);
    this.checkpoints.set(name);
    const level = checkpoint === "local" ? StorageLevel.MEMORY_AND_DISK : StorageLevel.DISK_ONLY;
    return this.command(`checkpoint ${name}`, async (engine, options) => {
      const prepared = await prepare(plan, engine, this, options);
      const keep = { key: keyOfCheckpoint(name), note: { label: name, place: "" } };
      const storing = { level, checkpoint, ...(checkpoint === "reliable" && { keep }) };
      const rows = await engine.store(prepared, storing, options);
      return this.#setCheckpoint(name, { ...rows, level }, engine);
    }).finally(() => this.checkpoints.free(name));
  }

  /** How the rows of a plan are kept, or are to be, as far as this session has asked for it. */
  levelOf(plan: Plan): StorageLevel | undefined {
    return (plan.kind === "stored" && this.checkpoints.levelOf(plan.table)) || this.caches.levelOf(plan);
  }

  /** Whether the rows of a plan are kept, or are to be; on a server SQL text may have asked for it. */
  isCached(plan: Plan): Promise<boolean> {
    return this.command("isCached", async (engine) => {
      const resolved = await this.#resolved(plan, engine);
      return this.levelOf(resolved) !== undefined || engine.isCached(resolved);
    });
  }

  /** The rows of a table are freed when nothing holds this plan any more. */
  releaseWith(plan: Plan, table: string): void {
    this.#owned.register(plan, table);
  }

  /** For frames that are their rows: checkpoints, and what an earlier session has left. */
  #release(table: string): void {
    const plan: Plan = { kind: "table", name: table };
    this.caches.unmarkTable(table);
    const name = this.checkpoints.delete(table);
    if (name !== undefined) host().checkpointsChanged?.(this.checkpoints.made());
    this.#change(plan, async () => {
      const engine = await this.engine();
      if (name !== undefined) {
        await engine.dropView(name);
        this.sources.forgetViewsNamedIn(name);
      }
      await engine.release(table);
    });
  }

  /** Rows that an engine before this one has kept. */
  async #inherit(kept: Kept, engine: Engine): Promise<void> {
    const name = checkpointOf(kept);
    if (name === undefined) return this.caches.inherit(kept);
    await this.#setCheckpoint(name, { ...kept, level: StorageLevel.DISK_ONLY }, engine);
  }

  async #setCheckpoint(name: string, rows: Checkpoint, engine: Engine): Promise<Plan> {
    const plan = planOfRows(name, rows);
    await engine.createView(name, plan, { replace: true });
    this.sources.setView(name, plan);
    this.checkpoints.set(name, rows);
    host().checkpointsChanged?.(this.checkpoints.made());
    return plan;
  }

  /** Forgets the kept rows of this plan, if there are any, and frees their memory. */
  uncache(plan: Plan): void {
    if (plan.kind === "stored") {
      this.#release(plan.table);
      return;
    }
    // Only names have to wait until what was called before is through; and an action that still stores the rows.
    const known = this.sources.names(plan) ? undefined : { entry: this.caches.unmark(plan) };
    if (known !== undefined && known.entry === undefined) return;
    this.caches.ask(plan, undefined);
    this.#change(plan, async (resolved) => {
      const entry = known === undefined ? this.caches.unmark(resolved) : known.entry;
      if (entry?.stored !== undefined) await (await this.engine()).release(entry.stored.table);
    });
  }

  async uncacheAll(): Promise<void> {
    await this.command("clear cache", async (engine) => {
      for (const table of this.caches.forget()) await engine.release(table);
    });
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.caches.forget();
    this.sources.forgetViews();
    if (engine !== undefined) await (await engine).close();
  }

  /** What a function inside of a step asks for comes before the rest of the step, whose action has the turn. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return isInsideStep() ? work() : this.#turns.add(work);
  }

  async #act<T>(title: string, work: (options: RunOptions) => Promise<T>): Promise<T> {
    const called = here();
    const action = host().begin(hideSecrets(title));
    try {
      const result = await work({ signal: action.signal, onProgress: action.onProgress });
      action.end();
      return result;
    } catch (failure) {
      showPlaces(failure, called);
      action.end(failure);
      throw failure;
    }
  }

  /** What the engine misses may be on this machine, or on another engine. */
  async #told(plan: Plan, error: unknown): Promise<never> {
    throw error instanceof AnalysisError ? (await elsewhere()).toldOfElsewhere(plan, error, this) : error;
  }

  /** Changes the caches in turn, by the plan as actions see it. What is wrong with the plan, actions will tell. */
  #change(plan: Plan, change: (resolved: Plan) => Promise<void>): void {
    this.#turns
      .add(async () => {
        await change(this.sources.names(plan) ? await this.#resolved(plan, await this.engine()) : plan);
      })
      .catch(ignore);
  }

  /** The plan by which its rows are known, without caches put in. */
  #resolved(plan: Plan, engine: Engine): Promise<Plan> {
    return this.sources.resolve(plan, engine, { cached: (values) => this.caches.apply(values, engine, {}, false) });
  }
}

const firstRow: Work<Metrics> = async (engine, plan, options) => {
  const { schema, batches } = await engine.execute(plan, { ...options, allRows: true });
  let row: Metrics = {};
  for await (const batch of batches) for (const found of rowsOf(batch, schema)) row = found;
  return row;
};

const elsewhere = lazy(() => import("./elsewhere.ts"));

const ignore = () => {};
