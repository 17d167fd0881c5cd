import { type Data, type Decimal, makeData } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";
import { ByteBuffer, Validity } from "./buffers.ts";
import { bytesOf, maskOf, type Sink } from "./sink.ts";

/** Two, four, eight or sixteen bytes in DuckDB, by precision; always sixteen in Arrow. */
export class DecimalSink implements Sink {
  readonly #bindings: Bindings;
  readonly #type: Decimal;
  readonly #width: number;
  readonly #values = new ByteBuffer();
  readonly #validity = new Validity();
  #source: Uint8Array = new Uint8Array(0);
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings, type: Decimal) {
    this.#bindings = bindings;
    this.#type = type;
    this.#width = decimalWidth(type.precision);
  }

  bind(vector: Vector, size: number): void {
    this.#source = bytesOf(this.#bindings, vector, size * this.#width);
    this.#mask = maskOf(this.#bindings, vector, size);
  }

  append(start: number, count: number): void {
    const at = this.#values.grow(count * 16);
    const { byteOffset } = this.#source;
    const buffer = this.#source.buffer as ArrayBuffer;
    if (this.#width === 16) {
      this.#values.bytes.set(this.#source.subarray(start * 16, (start + count) * 16), at);
    } else if (this.#width === 8) {
      const source = new Int32Array(buffer, byteOffset + start * 8, count * 2);
      const target = new Int32Array(this.#values.bytes.buffer, at, count * 4);
      for (let i = 0; i < count; i++) {
        const high = source[2 * i + 1] as number;
        target[4 * i] = source[2 * i] as number;
        target[4 * i + 1] = high;
        target[4 * i + 2] = target[4 * i + 3] = high >> 31;
      }
    } else {
      const Source = this.#width === 4 ? Int32Array : Int16Array;
      const source = new Source(buffer, byteOffset + start * this.#width, count);
      const target = new Int32Array(this.#values.bytes.buffer, at, count * 4);
      for (let i = 0; i < count; i++) {
        const value = source[i] as number;
        target[4 * i] = value;
        target[4 * i + 1] = target[4 * i + 2] = target[4 * i + 3] = value >> 31;
      }
    }
    this.#validity.append(this.#mask, start, count);
  }

  get bytes(): number {
    return this.#values.length;
  }

  finish(): Data {
    const bytes = this.#values.finish();
    const data = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    return makeData({ type: this.#type, data, ...this.#validity.finish() } as any);
  }
}

/** Bytes that DuckDB takes for a decimal of this precision. */
export const decimalWidth = (precision: number): number =>
  precision <= 4 ? 2 : precision <= 9 ? 4 : precision <= 18 ? 8 : 16;
