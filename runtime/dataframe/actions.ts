import type { RecordBatch, Table } from "apache-arrow";
import type { Engine, ExplainMode, RunOptions } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { withoutSecrets } from "../plan/explain.ts";
import type { Plan } from "../plan/nodes.ts";
import { methodOf } from "../plan/set-schema.ts";
import type { Schema } from "../plan/types.ts";
import { lazy } from "../turns.ts";
import { untilAborted } from "./aborted.ts";
import { host } from "./host.ts";
import { knownColumns, lastCounts, rememberSchema } from "./known-columns.ts";
import { here, showPlaces } from "./origin.ts";
import { Preview, type Shown } from "./preview.ts";
import { QueryPlan } from "./query-plan.ts";
import type { RowOptions } from "./row.ts";
import type { Rows } from "./rows.ts";
import { schemaTree } from "./schema-tree.ts";
import { shownSchema } from "./shown-schema.ts";
import { verticalRows } from "./spark-table.ts";
import { rowCount } from "./steps.ts";
import { totalOf } from "./total.ts";
import { twoEngines } from "./two-engines.ts";
import { rowsOf } from "./values.ts";

const arrowTypes = lazy(() => import("./arrow-types.ts"));

type Frame = Pick<Rows, "plan" | "context">;

export async function count(frame: Frame): Promise<number> {
  return frame.context.run("count", countPlan(frame.plan), async (engine, plan, options) => {
    const { batches } = await engine.execute(plan, { ...options, allRows: true });
    let rows = 0;
    for await (const batch of batches) if (batch.numRows > 0) rows += Number(batch.getChildAt(0)?.get(0));
    host().rows?.(rows);
    lastCounts.set(frame.plan, rows);
    return rows;
  });
}

export function collect(frame: Frame, title: string, options: RowOptions = {}): Promise<any[]> {
  return frame.context.run(title, frame.plan, async (engine, plan, runOptions) => {
    const { schema, batches } = await executeAt(frame, engine, plan, { ...runOptions, allRows: true });
    const rows: unknown[] = [];
    for await (const batch of batches) for (const row of rowsOf(batch, schema, options)) rows.push(row);
    host().rows?.(rows.length);
    return rows;
  });
}

export function toArrow(frame: Frame): Promise<Table> {
  return frame.context.run("toArrow", frame.plan, async (engine, plan, options) => {
    const { schema, batches } = await executeAt(frame, engine, plan, { ...options, allRows: true });
    const table = await arrowTable(schema, await all(batches));
    host().rows?.(table.numRows);
    return table;
  });
}

/**
 * The first rows of a frame, with its schema: what a display needs. A frame of at most `whole` rows is shown as a whole.
 */
export function preview(frame: Frame, first: number, whole = first, characters?: number): Promise<Preview> {
  const plan: Plan = { kind: "limit", input: frame.plan, count: rowCount("show", whole) + 1, offset: 0 };
  return frame.context.run("show", plan, async (engine, prepared, options) => {
    const { schema, batches } = await executeAt(frame, engine, prepared, { ...options, allRows: true });
    const table = await arrowTable(schema, await all(batches));
    const input = prepared.kind === "limit" ? prepared.input : prepared;
    const isWhole = table.numRows <= whole;
    const limit = isWhole ? whole : first;
    host().rows?.(Math.min(table.numRows, limit));
    const total = isWhole ? table.numRows : await totalOf(input, engine, options);
    const { conf, engineName, isElsewhere } = frame.context;
    const where = isElsewhere ? engineName : undefined;
    return new Preview({ schema, table, limit, total, timeZone: conf.timeZone, engine: where, characters });
  });
}

export async function show(frame: Frame, asked: Shown): Promise<void> {
  const first = preview(frame, asked.n, asked.n, asked.characters);
  await (asked.vertical ? host().print(first.then(verticalRows)) : host().show(first));
}

export async function isEmpty(frame: Frame): Promise<boolean> {
  const plan: Plan = { kind: "limit", input: frame.plan, count: 1, offset: 0 };
  return frame.context.run("isEmpty", plan, async (engine, prepared, options) => {
    const { batches } = await engine.execute(prepared, { ...options, allRows: true });
    for await (const batch of batches) if (batch.numRows > 0) return false;
    return true;
  });
}

/** Starts when it is iterated: a stream that nobody reads is no action. */
export function stream(frame: Frame, options: RowOptions = {}): AsyncIterable<any> {
  return { [Symbol.asyncIterator]: () => streamRows(frame, options) };
}

async function* streamRows(frame: Frame, options: RowOptions): AsyncGenerator<any> {
  // The action lasts as long as the loop; `run` would end it with the engine's answer.
  const called = here();
  const action = host().begin("stream");
  const { signal, onProgress } = action;
  const observed = frame.context.observing(frame.plan, { signal });
  let failure: unknown;
  try {
    const { schema, batches } = await frame.context.submit(
      frame.plan,
      { signal, onProgress },
      (engine, plan, runOptions) => executeAt(frame, engine, plan, runOptions),
    );
    for await (const batch of batches) {
      host().rows?.(batch.numRows);
      yield* rowsOf(batch, schema, options);
    }
    await observed.ended();
  } catch (error) {
    showPlaces(error, called);
    failure = error;
    throw error;
  } finally {
    observed.failed();
    action.end(failure);
  }
}

/** The function's own errors are its caller's, as they are. */
export async function foreachBatch(frame: Frame, each: (batch: RecordBatch, index: number) => unknown): Promise<void> {
  const called = here();
  const action = host().begin("foreachBatch");
  const { signal, onProgress } = action;
  const observed = frame.context.observing(frame.plan, { signal });
  let failure: unknown;
  try {
    const { batches } = await frame.context.submit(frame.plan, { signal, onProgress }, (engine, plan, runOptions) =>
      executeAt(frame, engine, plan, runOptions),
    );
    let index = 0;
    for await (const batch of batches) {
      if (batch.numRows === 0) continue;
      host().rows?.(batch.numRows);
      await untilAborted(Promise.resolve(each(batch, index++)), signal);
    }
    await observed.ended();
  } catch (error) {
    showPlaces(error, called);
    failure = error;
    throw error;
  } finally {
    observed.failed();
    action.end(failure);
  }
}

export async function schema(frame: Frame): Promise<Schema> {
  const found = await frame.context.ask(frame.plan, (engine, plan) => engine.schema(plan));
  rememberSchema(frame.plan, found);
  return shownSchema(found);
}

export async function printSchema(frame: Frame, level?: number): Promise<void> {
  if (level !== undefined) rowCount("printSchema", level);
  const found = frame.context.inquire("printSchema", frame.plan, (engine, plan) => engine.schema(plan));
  await host().print(found.then((schema) => schemaTree(schema, level)));
}

export const inputFiles = (frame: Frame): Promise<string[]> =>
  frame.context.inquire("inputFiles", frame.plan, async (engine, plan) => [...(await engine.files(plan))]);

export const isLocal = (frame: Frame): Promise<boolean> =>
  frame.context.inquire("isLocal", frame.plan, (engine, plan) => engine.isLocal(plan));

const explainModes = ["simple", "extended", "formatted", "cost", "codegen", "analyze"];

export function explain(frame: Frame, mode: ExplainMode | boolean): Promise<QueryPlan> {
  const chosen = mode === true ? "extended" : mode === false ? "simple" : mode;
  if (!explainModes.includes(chosen)) {
    throw new AnalysisError("EXPLAIN", `There is no explain("${chosen}"). Modes: ${explainModes.join(", ")}`);
  }
  return frame.context.inquire(
    "explain",
    frame.plan,
    async (engine, plan, options) => new QueryPlan(withoutSecrets(await engine.explain(plan, chosen, options))),
  );
}

export function createView(frame: Frame, name: string, options: { readonly replace: boolean }): Promise<void> {
  return frame.context.runUncached(`create view ${name}`, frame.plan, async (engine, plan) => {
    await engine.createView(name, plan, options);
    frame.context.sources.setView(name, plan);
  });
}

/** The plan of another frame that is to be combined with this one. */
export function planOf(method: string, frame: Frame, other: Frame): Plan {
  const plan = (other as Frame | undefined)?.plan;
  if (plan === undefined || other.context === undefined)
    throw new AnalysisError("NOT_A_FRAME", `${method} takes a DataFrame`);
  if (other.context !== frame.context) throw twoEngines(method, frame.context, other.context);
  return plan;
}

/** A short name of a frame, for lists. */
export const label = ({ plan }: Frame): string => `${stepName(plan)}[${knownColumns(plan) ?? "…"}]`;

const stepName = (plan: Plan): string =>
  plan.kind === "derived" ? plan.rule.method : plan.kind === "set" ? methodOf(plan) : plan.kind;

const countPlan = (input: Plan): Plan => ({
  kind: "aggregate",
  input,
  groups: [],
  aggregates: [{ name: "count", expression: { kind: "call", name: "count", args: [] } }],
});

async function executeAt(frame: Frame, engine: Engine, plan: Plan, options: RunOptions) {
  const rows = await engine.execute(plan, options);
  rememberSchema(frame.plan, rows.schema);
  return rows;
}

/** Arrow's library takes 0.1 s to load, so nothing imports it before the first result. */
async function arrowTable(schema: Schema, batches: readonly RecordBatch[]): Promise<Table> {
  const { tableOf } = await arrowTypes();
  return tableOf(schema, batches);
}

async function all(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const found: RecordBatch[] = [];
  for await (const batch of batches) found.push(batch);
  return found;
}
