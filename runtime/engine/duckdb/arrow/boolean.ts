import { Bool, type Data, makeData } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";
import { ByteBuffer, Validity } from "./buffers.ts";
import { bytesOf, maskOf, type Sink } from "./sink.ts";

/** A byte a value in DuckDB, a bit in Arrow. */
export class BooleanSink implements Sink {
  readonly #bindings: Bindings;
  readonly #bytes = new ByteBuffer();
  readonly #validity = new Validity();
  #source: Uint8Array = new Uint8Array(0);
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  bind(vector: Vector, size: number): void {
    this.#source = bytesOf(this.#bindings, vector, size);
    this.#mask = maskOf(this.#bindings, vector, size);
  }

  append(start: number, count: number): void {
    const at = this.#bytes.grow(count);
    this.#bytes.bytes.set(this.#source.subarray(start, start + count), at);
    this.#validity.append(this.#mask, start, count);
  }

  get bytes(): number {
    return this.#bytes.length;
  }

  finish(): Data {
    const bytes = this.#bytes.finish();
    const bits = new Uint8Array((bytes.length + 7) >> 3);
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === 1) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
    }
    return makeData({ type: new Bool(), data: bits, ...this.#validity.finish() } as any);
  }
}
