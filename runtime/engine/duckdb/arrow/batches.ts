import { makeData, RecordBatch, type Schema, Struct } from "apache-arrow";
import type { Bindings, DataChunk } from "../library.ts";
import type { Sink } from "./sink.ts";
import { makeSinks } from "./sinks.ts";

/** Gathers DuckDB chunks (2,048 rows at most) into larger record batches. */
export class BatchBuilder {
  readonly #bindings: Bindings;
  readonly #schema: Schema;
  readonly #sinks: readonly Sink[];
  rows = 0;

  constructor(bindings: Bindings, schema: Schema) {
    this.#bindings = bindings;
    this.#schema = schema;
    this.#sinks = makeSinks(bindings, schema);
  }

  get bytes(): number {
    return this.#sinks.reduce((sum, sink) => sum + sink.bytes, 0);
  }

  append(chunk: DataChunk): void {
    const rows = this.#bindings.data_chunk_get_size(chunk);
    this.#sinks.forEach((sink, column) => {
      sink.bind(this.#bindings.data_chunk_get_vector(chunk, column), rows);
      sink.append(0, rows);
    });
    // The chunk owns the memory that the sinks read: this last use keeps it from being collected before.
    this.rows += this.#bindings.data_chunk_get_size(chunk);
  }

  finish(): RecordBatch {
    const children = this.#sinks.map((sink) => sink.finish());
    const data = makeData({ type: new Struct(this.#schema.fields), length: this.rows, nullCount: 0, children });
    this.rows = 0;
    return new RecordBatch(this.#schema, data);
  }
}
