import { RecordBatch, type Schema, Table, tableToIPC } from "apache-arrow";

/** A part of some rows: an Arrow stream of its own. */
export type Chunk = { readonly data: Uint8Array; readonly rows: number };

/** Cuts record batches into Arrow streams of a few megabytes: no more than one of them is in memory at a time. */
export async function* chunksOf(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
): AsyncGenerator<Chunk, void, undefined> {
  let schema: Schema | undefined;
  let size = FIRST_ROWS;
  let empty: RecordBatch | undefined;
  let hasRows = false;
  for await (const batch of batches) {
    schema ??= batch.schema;
    if (batch.numRows === 0) empty = batch;
    else hasRows = true;
    for (let start = 0; start < batch.numRows; ) {
      const rows = Math.min(size, batch.numRows - start);
      const part = rows === batch.numRows ? batch : batch.slice(start, start + rows);
      const data = tableToIPC(new Table([new RecordBatch(schema, part.data)]), "stream");
      yield { data, rows };
      start += rows;
      size = nextRows(rows, data.length);
    }
  }
  // The server takes no data of no chunks.
  if (!hasRows && empty !== undefined) yield { data: tableToIPC(new Table([empty]), "stream"), rows: 0 };
}

/** How wide the rows are is known from those before; it grows slowly, since later ones may be wider. */
function nextRows(rows: number, bytes: number): number {
  const wished = Math.min(rows * GROWTH, MOST_ROWS, (rows * TARGET_BYTES) / Math.max(bytes, 1));
  // Bits that mark nulls begin at whole bytes then, and are copied and not shifted.
  return Math.max(8, Math.floor(wished / 8) * 8);
}

const FIRST_ROWS = 1024;
const GROWTH = 8;
const MOST_ROWS = 131_072;
const TARGET_BYTES = 4 * 2 ** 20;
