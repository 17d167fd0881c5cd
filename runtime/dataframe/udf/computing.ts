import type { RecordBatch } from "apache-arrow";
import type { Engine, ExplainMode, Rows, RunOptions, StoredRows } from "../../engine/engine.ts";
import type { PlanTree } from "../../plan/explain.ts";
import type { Plan, PlanOf } from "../../plan/nodes.ts";
import { tableOf } from "../../plan/rewrite/replace-stored.ts";
import type { Schema, SqlType } from "../../plan/types.ts";
import type { Enough } from "../../plan/udf/enough.ts";
import { untilAborted } from "../aborted.ts";
import { joined } from "../joined-progress.ts";
import { type CallsStep, computeCalls } from "./compute.ts";
import { type CallsToStore, cutAtJavaScript } from "./cut.ts";
import { explainComputing, type StepRun } from "./explain.ts";
import { mapBatches } from "./map-batches.ts";
import { untilEnough } from "./until-enough.ts";
import type { ComputingOptions } from "./with-javascript.ts";

/**
 * Runs plans that JavaScript has a part in: such steps are computed first and replaced by their rows, which the engine keeps
 * until it has run the rest of the plan. `threads` is the most that compute beside the main one.
 */
export async function execute(engine: Engine, threads: number, plan: Plan, options: ComputingOptions): Promise<Rows> {
  const steps = new Steps(engine, threads, options);
  try {
    const rest = await cutAtJavaScript(plan, steps);
    const answer = engine.execute(rest, options);
    options.handedOver?.();
    const { schema, batches } = await answer;
    return { schema, batches: freeing(batches, () => steps.free(), options.signal) };
  } catch (error) {
    steps.free();
    throw error;
  }
}

/** The same for what ends with its answer. */
export async function runWhole<T>(
  engine: Engine,
  threads: number,
  plan: Plan,
  options: RunOptions,
  work: (rest: Plan) => Promise<T>,
): Promise<T> {
  const steps = new Steps(engine, threads, options);
  try {
    return await work(await cutAtJavaScript(plan, steps));
  } finally {
    steps.free();
  }
}

export async function explain(
  engine: Engine,
  threads: number,
  plan: Plan,
  mode: ExplainMode,
  options: RunOptions,
): Promise<PlanTree> {
  const steps = new Steps(engine, threads, options, mode !== "analyze");
  try {
    const rest = await cutAtJavaScript(plan, steps);
    return await explainComputing(engine, plan, rest, mode, steps.runs, options);
  } finally {
    steps.free();
  }
}

const ignore = (): void => {};

/** What is read and what is stored are told of one step. */
const withJoinedProgress = ({ onProgress, ...options }: RunOptions): RunOptions => ({
  ...options,
  ...(onProgress && { onProgress: joined(onProgress) }),
});

/** The steps of one plan, and the tables that hold their rows. */
class Steps {
  readonly runs: StepRun[] = [];
  readonly options: RunOptions;
  readonly #engine: Engine;
  readonly #threads: number;
  /** Nothing is computed: the tables only have the columns. */
  readonly #isEmpty: boolean;

  constructor(engine: Engine, threads: number, options: RunOptions, isEmpty = false) {
    this.#engine = engine;
    this.#threads = threads;
    this.options = withJoinedProgress(options);
    this.#isEmpty = isEmpty;
  }

  readonly schema = (plan: Plan): Promise<Schema> => this.#engine.schema(plan);

  readonly storeCalls = async ({ input, kept, calls, origin, enough }: CallsToStore): Promise<Plan> => {
    const columns = await this.#engine.schema(input);
    const schema = [
      ...columns.slice(0, kept),
      ...calls.map(({ name, call: { udf }, columns: places }) => ({
        name,
        type: udf.type,
        nullable: udf.strict !== true || places.some((place) => columns[place]?.nullable !== false),
      })),
    ];
    const run = { input, functions: calls.map(({ call }) => call), names: calls.map(({ name }) => name), threads: 1 };
    const step: CallsStep = {
      kept,
      schema,
      origin,
      threads: this.#threads,
      ranOn: (threads) => {
        run.threads = threads;
      },
      calls: calls.map(({ call: { udf }, columns: places }) => ({
        udf,
        spec: {
          name: udf.name,
          type: udf.type,
          nulls: udf.nulls,
          values: udf.values,
          columns: places,
          types: places.map((place) => columns[place]?.type as SqlType),
        },
      })),
    };
    return this.#store(run, schema, origin, (batches) => {
      const computed = computeCalls(batches, step, this.options.signal);
      return enough === undefined ? computed : untilEnough(computed, schema, enough);
    });
  };

  readonly storeMapped = async (node: PlanOf<"mapInBatches">, enough: Enough | undefined): Promise<Plan> => {
    const run = { input: node.input, functions: [node.map], names: [], threads: 1 };
    return this.#store(run, node.schema, node.origin, (batches) => {
      const mapped = mapBatches(batches, node);
      return enough === undefined ? mapped : untilEnough(mapped, node.schema, enough);
    });
  };

  /** The rows are freed behind whatever reads them. */
  free(): void {
    for (const { table } of this.runs.splice(0)) if (table !== undefined) this.#engine.release(table).catch(ignore);
  }

  async #store(
    run: Omit<StepRun, "table" | "rows" | "seconds">,
    schema: Schema,
    origin: Plan["origin"],
    compute: (batches: AsyncIterable<RecordBatch>) => AsyncGenerator<RecordBatch>,
  ): Promise<Plan> {
    const begun = performance.now();
    const entry: { -readonly [K in keyof StepRun]: StepRun[K] } = { ...run, table: undefined };
    this.runs.push(entry);
    let stored: StoredRows;
    if (this.#isEmpty) stored = await this.#engine.receive({ schema, batches: nothing() }, this.options);
    else {
      // Whatever the action keeps, these pass through.
      const { batches } = await this.#engine.execute(run.input, { ...this.options, allRows: false });
      const made = abortable(compute(batches), this.options.signal);
      stored = await this.#engine.receive({ schema, batches: made }, this.options);
    }
    const { rows } = stored;
    Object.assign(
      entry,
      run,
      { table: stored.table, seconds: (performance.now() - begun) / 1000 },
      rows === undefined ? {} : { rows },
    );
    const input: Plan = Object.freeze({ kind: "table", name: stored.table });
    return Object.freeze({ kind: "stored", ...tableOf(stored), input, ...(origin && { origin }) });
  }
}

async function* nothing(): AsyncGenerator<RecordBatch> {}

/**
 * Ends with an abort also where the JavaScript that computes the next batch was terminated: nothing is heard of that any
 * more.
 */
function abortable(batches: AsyncGenerator<RecordBatch>, signal: AbortSignal | undefined): AsyncIterable<RecordBatch> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => untilAborted(batches.next(), signal),
      return: async () => {
        batches.return(undefined).catch(ignore);
        return { done: true, value: undefined };
      },
    }),
  };
}

/** Frees what the rows are read from when they have ended, or nobody reads on. */
function freeing(
  batches: AsyncIterable<RecordBatch>,
  free: () => void,
  signal: AbortSignal | undefined,
): AsyncIterable<RecordBatch> {
  signal?.addEventListener("abort", free, { once: true });
  const iterator = batches[Symbol.asyncIterator]();
  const end = () => {
    signal?.removeEventListener("abort", free);
    free();
  };
  const step = async (work: () => Promise<IteratorResult<RecordBatch>>) => {
    try {
      const result = await work();
      if (result.done) end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => step(() => iterator.next()),
      return: () => step(async () => (await iterator.return?.()) ?? { done: true, value: undefined }),
    }),
  };
}
