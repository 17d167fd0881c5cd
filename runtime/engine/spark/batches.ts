import { zstdDecompressSync } from "node:zlib";
import { CompressionType, compressionRegistry, RecordBatch, RecordBatchReader, type Schema } from "apache-arrow";
import { EngineError } from "../../errors.ts";
import type { ExecutePlanResponse_ArrowBatch as ArrowBatch } from "./proto/gen/spark_connect_pb.ts";

compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => zstdDecompressSync(data) });

/** Makes record batches of what the server sends, where each message is an Arrow stream of its own. */
export class BatchReader {
  #schema: Schema | undefined;
  #rows = 0n;

  /** The batches of one message; all of a result have the very same schema. */
  read(message: ArrowBatch): RecordBatch[] {
    const { data, rowCount, startOffset } = message;
    if (startOffset !== undefined && startOffset !== this.#rows) {
      throw new EngineError(
        "ROWS_MISSING",
        `The server sent row ${startOffset} where row ${this.#rows} was next: rows are missing.`,
      );
    }
    const found = decode(data);
    const count = found.reduce((sum, batch) => sum + batch.numRows, 0);
    if (BigInt(count) !== rowCount) {
      throw new EngineError("ROWS_MISSING", `The server announced ${rowCount} rows and sent ${count}.`);
    }
    this.#rows += rowCount;
    return found.map((batch) => {
      this.#schema ??= batch.schema;
      return new RecordBatch(this.#schema, batch.data);
    });
  }
}

/** The batches of an Arrow stream. */
export function decode(data: Uint8Array): RecordBatch[] {
  // In a buffer of its own: numbers have to begin at multiples of their size.
  const reader = RecordBatchReader.from(data.slice());
  try {
    return [...reader];
  } catch (error) {
    if (!/codec/i.test(String(error))) throw error;
    throw new EngineError(
      "COMPRESSION",
      'The server compresses results in a way that Quern cannot read: spark.conf.set("spark.sql.execution.arrow.compression.codec", "zstd").',
      { cause: error },
    );
  }
}
