import { type Data, makeData, RecordBatch, Struct } from "apache-arrow";
import { EngineError, type Origin, QuernError } from "../../errors.ts";
import type { Schema } from "../../plan/types.ts";
import type { Udf } from "../../plan/udf/udf.ts";
import { arrowSchema } from "../arrow-types.ts";
import { applyCall, CallFailure, type CallSpec } from "./call.ts";
import { shown, thrownBy } from "./failure.ts";
import type { Pool, PortableCall } from "./pool.ts";
import { portableSource } from "./portable.ts";

export type Computed = { readonly udf: Udf; readonly spec: CallSpec };

/** What a step computes over its batches: the first `kept` columns go on, with a column of each call behind them. */
export type CallsStep = {
  readonly kept: number;
  readonly calls: readonly Computed[];
  /** Of what comes out. */
  readonly schema: Schema;
  readonly origin: Origin | undefined;
  /** The most threads beside the main one; 0 or 1: none. */
  readonly threads: number;
  /** Told how many threads have computed. */
  readonly ranOn?: (threads: number) => void;
};

/**
 * Computes the calls of a step over batches, in their order. It begins in this thread; what takes long, and means the same
 * in any thread, goes on in several.
 */
export async function* computeCalls(
  batches: AsyncIterable<RecordBatch>,
  step: CallsStep,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch> {
  const batchOf = batchMaker(step);
  const startMs = performance.now();
  let spentMs = 0;
  let first: { columns: readonly Data[]; rows: number; results: readonly Data[] } | undefined;
  const reader = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await reader.next();
      if (done) return;
      const { columns, rows } = { columns: value.data.children as Data[], rows: value.numRows };
      if (rows === 0) continue;
      const begun = performance.now();
      const results = computeHere(step, columns, rows);
      spentMs += performance.now() - begun;
      first ??= { columns, rows, results };
      yield batchOf(columns, rows, results);
      if (spentMs < LONG_MS || step.threads < 2 || spentMs < (performance.now() - startMs) * LARGE_PART) continue;
      const portable = portableCalls(step.calls);
      const { Pool } = await import("./pool.ts");
      const pool = portable && new Pool(portable, step.threads);
      spentMs = Number.NEGATIVE_INFINITY;
      if (pool === undefined) continue;
      const end = () => pool.end();
      signal?.addEventListener("abort", end, { once: true });
      try {
        if (!(await doesAlike(pool, first))) continue;
        step.ranOn?.(step.threads);
        yield* computeInPool(reader, step, pool, batchOf);
        return;
      } finally {
        signal?.removeEventListener("abort", end);
        pool.end();
      }
    }
  } finally {
    await reader.return?.();
  }
}

/** So long this thread computes before others are started, which takes about as long and has to be worth it. */
const LONG_MS = 300;
/** Of all the time: what is sent to other threads costs as much as what is read and stored, and that stays here. */
const LARGE_PART = 0.5;
/** Batches that wait for each thread, so that it never waits for one. */
const AHEAD = 2;

type BatchOf = (columns: readonly Data[], rows: number, results: readonly Data[]) => RecordBatch;

async function* computeInPool(
  reader: AsyncIterator<RecordBatch>,
  step: CallsStep,
  pool: Pool,
  batchOf: BatchOf,
): AsyncGenerator<RecordBatch> {
  const waiting: { columns: Data[]; rows: number; results: Promise<readonly Data[] | undefined> }[] = [];
  let isOver = false;
  for (;;) {
    while (!isOver && waiting.length < step.threads * AHEAD) {
      const { done, value } = await reader.next();
      isOver = done === true;
      if (done || value.numRows === 0) continue;
      const columns = value.data.children as Data[];
      const results = pool.compute(columns, value.numRows);
      // It is awaited in its turn, which may never come.
      results.catch(() => {});
      waiting.push({ columns, rows: value.numRows, results });
    }
    const next = waiting.shift();
    if (next === undefined) return;
    const results = (await next.results) ?? computeHere(step, next.columns, next.rows);
    yield batchOf(next.columns, next.rows, results);
  }
}

/** A name may mean something else in the module of the function, and what comes by chance comes here alone. */
async function doesAlike(
  pool: Pool,
  { columns, rows, results }: { columns: readonly Data[]; rows: number; results: readonly Data[] },
): Promise<boolean> {
  const theirs = await pool.compute(columns, rows);
  return theirs !== undefined && results.every((own, i) => isSame(own, theirs[i] as Data));
}

function isSame(a: Data, b: Data): boolean {
  const bytes = (view: ArrayBufferView | null | undefined) =>
    view ? Buffer.from(view.buffer, view.byteOffset, view.byteLength) : Buffer.alloc(0);
  return (
    a.length === b.length &&
    a.nullCount === b.nullCount &&
    bytes(a.values).equals(bytes(b.values)) &&
    bytes(a.valueOffsets).equals(bytes(b.valueOffsets)) &&
    (a.nullCount === 0 || bytes(a.nullBitmap).equals(bytes(b.nullBitmap))) &&
    a.children.every((child, i) => isSame(child, b.children[i] as Data))
  );
}

function portableCalls(calls: readonly Computed[]): PortableCall[] | undefined {
  const found: PortableCall[] = [];
  for (const { udf, spec } of calls) {
    const source = udf.builtIn ?? portableSource(udf.fn);
    if (source === undefined) return undefined;
    found.push({ spec, source });
  }
  return found;
}

function computeHere(step: CallsStep, columns: readonly Data[], rows: number): Data[] {
  return step.calls.map(({ udf, spec }) => {
    try {
      return applyCall(spec, udf.fn, columns, rows);
    } catch (error) {
      throw failureOf(error, udf, step.origin);
    }
  });
}

/** The user's error: which function, for which values, and where in the function. */
function failureOf(error: unknown, udf: Udf, origin: Origin | undefined): unknown {
  if (!(error instanceof CallFailure)) {
    if (!(error instanceof QuernError)) return error;
    return new EngineError(error.code, `${udf.name}: ${error.message}`, { cause: error, origin });
  }
  if (udf.builtIn !== undefined && error.thrown?.error instanceof QuernError)
    return new EngineError(error.thrown.error.code, error.thrown.error.message, { origin });
  const call = `${udf.name}(${error.given.map(shown).join(", ")})`;
  if (error.thrown === undefined)
    return new EngineError("UDF_RESULT", `${call} returned no result of its type: ${error.returned}.`, { origin });
  return thrownBy(call, error.thrown.error, origin);
}

function batchMaker({ kept, schema }: CallsStep): BatchOf {
  const arrow = arrowSchema(schema);
  return (columns, rows, results) => {
    const children = [...columns.slice(0, kept), ...results];
    const type = new Struct(arrow.fields);
    return new RecordBatch(arrow, makeData({ type, length: rows, nullCount: 0, children: children as any }) as any);
  };
}
