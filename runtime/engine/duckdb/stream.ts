import type { DuckDBConnection, DuckDBResult } from "@duckdb/node-api";
import type { Schema as ArrowSchema, RecordBatch } from "apache-arrow";
import { EngineError } from "../../errors.ts";
import { Turns } from "../../turns.ts";
import type { RunOptions } from "../engine.ts";
import { BatchBuilder } from "./arrow/batches.ts";
import { interruptible, throwIfAborted } from "./interrupt.ts";
import type { Bindings } from "./library.ts";
import { PERIOD_MS, readProgress, withProgress } from "./progress.ts";

export type Source = {
  readonly bindings: Bindings;
  readonly connection: DuckDBConnection;
  readonly result: DuckDBResult;
  readonly schema: ArrowSchema;
  readonly sql: string;
  /** The result is whole already; its connection may be used by others. */
  readonly isWhole: boolean;
  /** Makes an error the user's, with the place at fault. */
  readonly explain: (error: unknown) => Promise<Error>;
  /** Called once, when the rows have ended or the reader has left. */
  readonly close: (hasEnded: boolean) => void;
};

/**
 * The rows as record batches: the first are small so that they come early, later ones hold up to 64 Ki rows. There is
 * always one, which carries the schema even where there are no rows. Leaving the loop ends the query.
 */
export class BatchStream implements AsyncIterableIterator<RecordBatch> {
  readonly #source: Source;
  readonly #options: RunOptions;
  readonly #builder: BatchBuilder;
  /** Batches that were read before they were asked for. */
  readonly #ready: RecordBatch[] = [];
  #target = FIRST_ROWS;
  #count = 0;
  #ended = false;
  #closed = false;
  #reportedMs = 0;
  readonly #onAbort = () => void this.return();
  /** Reading is strictly one after another, whoever asks. */
  readonly #turns = new Turns();

  constructor(source: Source, options: RunOptions) {
    this.#source = source;
    this.#options = options;
    this.#builder = new BatchBuilder(source.bindings, source.schema);
    // A reader that was ended with its cell never comes back to close what it has opened.
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<RecordBatch, undefined>> {
    return this.#turns.add(async () => {
      const value = this.#ready.shift() ?? (await this.#read());
      return value === undefined ? { done: true, value } : { done: false, value };
    });
  }

  return(): Promise<IteratorResult<RecordBatch, undefined>> {
    if (!this.#ended && !this.#source.isWhole) this.#source.connection.interrupt();
    return this.#turns.add(async () => {
      await this.#close();
      return { done: true, value: undefined };
    });
  }

  /** Reads what is left into memory, so that the data that the query reads may go away. */
  drain(): Promise<void> {
    return this.#turns.add(async () => {
      for (let batch = await this.#read(); batch !== undefined; batch = await this.#read()) this.#ready.push(batch);
    });
  }

  async #read(): Promise<RecordBatch | undefined> {
    try {
      if (!this.#ended) throwIfAborted(this.#options.signal);
      if (this.#closed) return undefined;
      if (!this.#ended) await this.#fill();
      if (this.#ended) await this.#close();
      if (this.#builder.rows === 0 && this.#count > 0) return undefined;
      this.#count++;
      this.#target = Math.min(this.#target * 4, MAX_ROWS);
      return this.#builder.finish();
    } catch (error) {
      await this.#close();
      throw await this.#source.explain(error);
    }
  }

  async #fill(): Promise<void> {
    const { connection, result } = this.#source;
    const builder = this.#builder;
    await withProgress(connection, this.#options.onProgress, () =>
      interruptible(connection, this.#options.signal, async () => {
        while (builder.rows < this.#target && builder.bytes < MAX_BYTES && !this.#ended) {
          const chunk = await result.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) this.#ended = true;
          else builder.append(chunk.chunk);
        }
      }),
    );
    if (this.#ended) await this.#checkEnd();
    else this.#report();
  }

  /** Most fills are shorter than the period of progress reports. */
  #report(): void {
    const { onProgress } = this.#options;
    const now = performance.now();
    if (onProgress === undefined || now - this.#reportedMs < PERIOD_MS) return;
    this.#reportedMs = now;
    onProgress(readProgress(this.#source.connection));
  }

  /**
   * A query that fails after its first rows ends like one that has no more (fetch_chunk of node-api 1.5.6 drops the
   * error): only the result's type tells, and the message has to be got by running it again.
   */
  async #checkEnd(): Promise<void> {
    const { connection, result, bindings, sql, isWhole } = this.#source;
    throwIfAborted(this.#options.signal);
    if (isWhole || result.returnType !== bindings.ResultType.INVALID) return;
    await interruptible(connection, this.#options.signal, () => connection.run(sql));
    throw new EngineError("ENGINE", "The query failed after its first rows, and did not when it was run again.", {
      sql,
    });
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    const { connection, result, isWhole } = this.#source;
    if (!this.#ended && !isWhole) {
      // Without this the engine's threads would go on filling the buffer of a query that nobody reads.
      connection.interrupt();
      await result.fetchChunk().catch(() => {});
    }
    this.#source.close(this.#ended);
  }
}

const FIRST_ROWS = 2048;
const MAX_ROWS = 65536;
const MAX_BYTES = 64 * 2 ** 20;
