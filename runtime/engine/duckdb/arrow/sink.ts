import type { Data } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";

/** Collects one column: rows of DuckDB vectors go in, Arrow data comes out. */
export interface Sink {
  /** The vector that the next appends read; `size` is its number of rows. Its memory lives as long as its chunk. */
  bind(vector: Vector, size: number): void;
  /** Copies rows of the bound vector. */
  append(start: number, count: number): void;
  /** About how much the rows appended so far take. */
  readonly bytes: number;
  /** The rows appended since the last call. */
  finish(): Data;
}

/** The bound vector's validity mask; null when every row is valid. */
export const maskOf = (bindings: Bindings, vector: Vector, size: number): Uint8Array | null =>
  size === 0 ? null : bindings.vector_get_validity(vector, Math.ceil(size / 64) * 8);

export const bytesOf = (bindings: Bindings, vector: Vector, count: number): Uint8Array =>
  count === 0 ? new Uint8Array(0) : bindings.vector_get_data(vector, count);
