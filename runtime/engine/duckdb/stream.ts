import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import type { Schema as ArrowSchema, RecordBatch } from "apache-arrow";
import type { RunOptions } from "../engine.ts";
import { BatchBuilder } from "./arrow/batches.ts";
import { engineError } from "./errors.ts";
import { interruptible, throwIfAborted } from "./interrupt.ts";
import type { Bindings } from "./library.ts";
import { withProgress } from "./progress.ts";

export type Source = {
  readonly bindings: Bindings;
  readonly connection: DuckDBConnection;
  readonly result: DuckDBResult;
  readonly schema: ArrowSchema;
  readonly sql: string;
  /** The result is whole already, and its connection is used by others. */
  readonly isPrivate: boolean;
  /** Called once, when the rows have ended or the reader has left. */
  readonly close: () => void;
};

/** Starts a prepared query; rows wait inside the engine (about 1 MB of them) until they are asked for. */
export const startStream = (
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  options: RunOptions,
): Promise<DuckDBResult> =>
  withProgress(connection, options.onProgress, () =>
    interruptible(connection, options.signal, () => prepared.stream()),
  );

/**
 * The rows as record batches: the first are small so that they come early, later ones hold up to 64 Ki rows. There is
 * always one, which carries the schema even where there are no rows. Leaving the loop ends the query.
 */
export async function* streamBatches(source: Source, options: RunOptions): AsyncGenerator<RecordBatch> {
  const { result, connection } = source;
  const builder = new BatchBuilder(source.bindings, source.schema);
  let ended = false;
  try {
    let target = FIRST_ROWS;
    for (let batches = 0; !ended; ) {
      throwIfAborted(options.signal);
      await withProgress(connection, options.onProgress, () =>
        interruptible(connection, options.signal, async () => {
          while (builder.rows < target && builder.bytes < MAX_BYTES && !ended) {
            const chunk = await result.fetchChunk();
            if (chunk === null || chunk.rowCount === 0) ended = true;
            else builder.append(chunk.chunk);
          }
        }),
      );
      if (builder.rows === 0 && batches > 0) break;
      yield builder.finish();
      batches++;
      target = Math.min(target * 4, MAX_ROWS);
    }
  } catch (error) {
    ended = true;
    throw engineError(error, { sql: source.sql });
  } finally {
    if (!ended && !source.isPrivate) await endQuery(source);
    source.close();
  }
}

/** The reader left early: without this the engine's threads would go on filling the buffer of a query nobody reads. */
async function endQuery({ connection, result }: Source): Promise<void> {
  connection.interrupt();
  await result.fetchChunk().catch(() => {});
}

const FIRST_ROWS = 2048;
const MAX_ROWS = 65536;
const MAX_BYTES = 64 * 2 ** 20;
