import type { RecordBatch } from "apache-arrow";
import { EngineError, InterruptedError } from "../../errors.ts";
import type { Schema } from "../../plan/types.ts";
import { Turns } from "../../turns.ts";
import type { RunOptions } from "../engine.ts";
import { BatchReader } from "./batches.ts";
import { wasLost } from "./lost.ts";
import type { Operation } from "./operation.ts";
import { progressOf } from "./progress.ts";
import type { ExecutePlanResponse, ExecutePlanResponse_Metrics as Metrics } from "./proto/gen/spark_connect_pb.ts";
import { resultSchema } from "./types.ts";

/** A server that is lost again and again is not the network's fault. */
const MOST_AGAIN = 3;

/**
 * The rows of a query that runs on the server, as record batches: there is always one, which carries the schema even
 * where there are no rows. Leaving the loop stops the query. Reading is strictly one after another, whoever asks.
 */
export class BatchStream implements AsyncIterableIterator<RecordBatch> {
  #operation: Operation;
  readonly #options: RunOptions;
  readonly #explain: (error: unknown) => Promise<Error>;
  #reader = new BatchReader();
  readonly #ready: RecordBatch[] = [];
  readonly #turns = new Turns();
  readonly #onClose: () => void;
  /** Begins the query anew when the server has lost it. */
  readonly #again: (() => Promise<Operation>) | undefined;
  #left = MOST_AGAIN;
  #schema: Schema | undefined;
  #metrics: Metrics | undefined;
  #hasBatch = false;
  #hasRows = false;
  #ended = false;

  constructor(
    operation: Operation,
    options: RunOptions,
    explain: (error: unknown) => Promise<Error>,
    onClose: () => void = () => {},
    again?: () => Promise<Operation>,
  ) {
    this.#operation = operation;
    this.#options = options;
    this.#explain = explain;
    this.#onClose = onClose;
    this.#again = again;
  }

  /** The columns, which the server tells before it computes a row. */
  schema(): Promise<Schema> {
    return this.#turns.add(async () => {
      while (this.#schema === undefined && (await this.#advance()));
      if (this.#schema === undefined)
        throw new EngineError("PROTOCOL", "The server ended a query without its columns.");
      return this.#schema;
    });
  }

  /** What the operators did; there once the rows have ended. */
  get metrics(): Metrics | undefined {
    return this.#metrics;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<RecordBatch, undefined>> {
    return this.#turns.add(async () => {
      if (this.#options.signal?.aborted) {
        await this.#operation.stop();
        throw new InterruptedError();
      }
      while (this.#ready.length === 0 && (await this.#advance()));
      const value = this.#ready.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    });
  }

  async return(): Promise<IteratorResult<RecordBatch, undefined>> {
    if (!this.#ended) {
      this.#ended = true;
      await this.#operation.stop();
      this.#onClose();
    }
    return { done: true, value: undefined };
  }

  /** Takes one response; false at the end. */
  async #advance(): Promise<boolean> {
    if (this.#ended) return false;
    try {
      const { done, value } = await this.#operation.responses.next();
      if (done) return this.#end();
      this.#take(value);
      return true;
    } catch (error) {
      // What cannot be read need not be computed.
      void this.#operation.stop();
      const failure = await this.#explain(error);
      if (wasLost(failure) && (await this.#restart())) return true;
      this.#end();
      throw failure;
    }
  }

  /** Rows that were given away already may be others the second time. */
  async #restart(): Promise<boolean> {
    if (this.#again === undefined || this.#schema === undefined || this.#hasRows || this.#left-- === 0) return false;
    try {
      this.#operation = await this.#again();
    } catch (error) {
      this.#end();
      throw error;
    }
    this.#reader = new BatchReader();
    // It may have been left in the meantime.
    if (this.#ended) await this.#operation.stop();
    return true;
  }

  #take({ schema, metrics, responseType }: ExecutePlanResponse): void {
    if (schema !== undefined) this.#schema ??= resultSchema(schema);
    if (metrics !== undefined) this.#metrics = metrics;
    if (responseType.case === "executionProgress") this.#options.onProgress?.(progressOf(responseType.value));
    if (responseType.case !== "arrowBatch") return;
    for (const batch of this.#reader.read(responseType.value)) {
      // One without rows is enough to tell the schema.
      if (batch.numRows > 0 || !this.#hasBatch) this.#ready.push(batch);
      this.#hasBatch = true;
      this.#hasRows ||= batch.numRows > 0;
    }
  }

  #end(): false {
    this.#ended = true;
    this.#onClose();
    return false;
  }
}
