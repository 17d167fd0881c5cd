import { type Data, DataType, makeData } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";
import { ByteBuffer, Validity } from "./buffers.ts";
import { bytesOf, maskOf, type Sink } from "./sink.ts";

/** Types whose values have the same bytes in both: integers, floats, dates, timestamps; and times of day, in other units. */
export class FixedSink implements Sink {
  readonly #bindings: Bindings;
  readonly #type: DataType;
  readonly #width: number;
  readonly #values = new ByteBuffer();
  readonly #validity = new Validity();
  #source: Uint8Array = new Uint8Array(0);
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings, type: DataType) {
    this.#bindings = bindings;
    this.#type = type;
    this.#width = type.ArrayType.BYTES_PER_ELEMENT;
  }

  bind(vector: Vector, size: number): void {
    this.#source = bytesOf(this.#bindings, vector, size * this.#width);
    this.#mask = maskOf(this.#bindings, vector, size);
  }

  append(start: number, count: number): void {
    const width = this.#width;
    const at = this.#values.grow(count * width);
    this.#values.bytes.set(this.#source.subarray(start * width, (start + count) * width), at);
    this.#validity.append(this.#mask, start, count);
  }

  get bytes(): number {
    return this.#values.length;
  }

  finish(): Data {
    const bytes = this.#values.finish();
    const data = new this.#type.ArrayType(bytes.buffer, bytes.byteOffset, bytes.byteLength / this.#width);
    if (DataType.isTime(this.#type)) for (let i = 0; i < data.length; i++) data[i] = (data[i] as bigint) * 1000n;
    return makeData({ type: this.#type, data, ...this.#validity.finish() } as any);
  }
}
