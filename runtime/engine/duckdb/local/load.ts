import { setImmediate } from "node:timers/promises";
import { type Data, makeData, Null, type RecordBatch } from "apache-arrow";
import { EngineError } from "../../../errors.ts";
import { arrowType } from "../../../plan/arrow-types.ts";
import type { Schema, SqlType } from "../../../plan/types.ts";
import { duckdbType, quoteName } from "../../../sql/duckdb-literal.ts";
import type { Progress } from "../../engine.ts";
import type { Database } from "../connection.ts";
import { OWN_SCHEMA } from "../connection.ts";
import { throwIfAborted } from "../interrupt.ts";
import { coerce } from "./coerce.ts";
import { fill } from "./fill.ts";
import { logicalType } from "./logical-type.ts";

type LoadOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

/**
 * Copies Arrow data into a new table of the engine, batch by batch, and answers how many rows that are. Columns are taken
 * by position.
 */
export async function loadTable(
  database: Database,
  name: string,
  batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>,
  schema: Schema,
  { signal, onProgress }: LoadOptions = {},
): Promise<number> {
  if (database.inTransaction)
    throw new EngineError(
      "TRANSACTION",
      "An open transaction does not see rows that come from JavaScript after its BEGIN (createDataFrame, udf, mapInBatches, transfer): COMMIT or ROLLBACK first.",
    );
  const { api, bindings } = database.library;
  const columns = schema.map((field) => `${quoteName(field.name)} ${columnType(field.type)}`);
  // A connection of its own: the appender must never wait for a running query, it would block the event loop.
  const connection = await database.connect();
  try {
    await connection.run(`CREATE TABLE ${OWN_SCHEMA}.${quoteName(name)} (${columns.join(", ")})`);
    const types = schema.map((field) => arrowType(field.type, database.timeZone));
    const chunk = bindings.create_data_chunk(schema.map((field) => logicalType(bindings, field.type)));
    const wrapped = new api.DuckDBDataChunk(chunk);
    const appender = await connection.createAppender(name, "quern", "memory");
    let chunks = 0;
    let rows = 0;
    for await (const batch of batches) {
      const parts = types.map((type, i) => coerce((batch.data.children[i] as Data) ?? emptyOf(batch.numRows), type));
      for (let start = 0; start < batch.numRows; start += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, batch.numRows - start);
        bindings.data_chunk_reset(chunk);
        parts.forEach((part, column) => {
          fill(bindings, bindings.data_chunk_get_vector(chunk, column), part, start, count);
        });
        bindings.data_chunk_set_size(chunk, count);
        appender.appendDataChunk(wrapped);
        // Writing into the engine is synchronous: other work gets its turn in between.
        if (++chunks % CHUNKS_PER_TURN === 0) await setImmediate();
        throwIfAborted(signal);
      }
      rows += batch.numRows;
      onProgress?.({ rowsProcessed: rows });
    }
    appender.closeSync();
    return rows;
  } catch (error) {
    await connection.run(`DROP TABLE IF EXISTS ${OWN_SCHEMA}.${quoteName(name)}`).catch(() => {});
    throw error;
  } finally {
    connection.closeSync();
  }
}

const emptyOf = (length: number): Data => makeData({ type: new Null(), length, nullCount: length } as any);

/** No table has a column of bare NULLs. */
export const columnType = (type: SqlType): string => (type.kind === "void" ? "INTEGER" : duckdbType(type));

const CHUNK_ROWS = 2048;
const CHUNKS_PER_TURN = 8;
