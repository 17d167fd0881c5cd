import { type Data, type DataType, type List, type Map_, makeData, type Struct } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";
import { isValid, Validity } from "./buffers.ts";
import { bytesOf, maskOf, type Sink } from "./sink.ts";

/** Lists and maps: a map is a list of key-value structs in both. */
export class ListSink implements Sink {
  readonly #bindings: Bindings;
  readonly #type: List | Map_;
  readonly #child: Sink;
  readonly #validity = new Validity();
  #offsets: number[] = [0];
  #entries: Uint32Array = new Uint32Array(0);
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings, type: List | Map_, child: Sink) {
    this.#bindings = bindings;
    this.#type = type;
    this.#child = child;
  }

  bind(vector: Vector, size: number): void {
    const bytes = bytesOf(this.#bindings, vector, size * 16);
    this.#entries = new Uint32Array(bytes.buffer, bytes.byteOffset, size * 4);
    this.#mask = maskOf(this.#bindings, vector, size);
    this.#child.bind(this.#bindings.list_vector_get_child(vector), this.#bindings.list_vector_get_size(vector));
  }

  append(start: number, count: number): void {
    let [from, to] = [0, 0];
    let end = this.#offsets[this.#offsets.length - 1] as number;
    for (let row = start; row < start + count; row++) {
      if (isValid(this.#mask, row)) {
        // Offset and length are 64 bits each; no vector holds more than 2^32 elements.
        const offset = this.#entries[row * 4] as number;
        const length = this.#entries[row * 4 + 2] as number;
        if (length > 0 && offset !== to) {
          if (to > from) this.#child.append(from, to - from);
          from = to = offset;
        }
        to += length;
        end += length;
      }
      this.#offsets.push(end);
    }
    if (to > from) this.#child.append(from, to - from);
    this.#validity.append(this.#mask, start, count);
  }

  get bytes(): number {
    return this.#offsets.length * 4 + this.#child.bytes;
  }

  finish(): Data {
    const valueOffsets = Int32Array.from(this.#offsets);
    this.#offsets = [0];
    return makeData({ type: this.#type, valueOffsets, child: this.#child.finish(), ...this.#validity.finish() } as any);
  }
}

export class StructSink implements Sink {
  readonly #bindings: Bindings;
  readonly #type: Struct;
  readonly #children: readonly Sink[];
  readonly #validity = new Validity();
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings, type: Struct, children: readonly Sink[]) {
    this.#bindings = bindings;
    this.#type = type;
    this.#children = children;
  }

  bind(vector: Vector, size: number): void {
    this.#mask = maskOf(this.#bindings, vector, size);
    this.#children.forEach((child, i) => {
      child.bind(this.#bindings.struct_vector_get_child(vector, i), size);
    });
  }

  append(start: number, count: number): void {
    for (const child of this.#children) child.append(start, count);
    this.#validity.append(this.#mask, start, count);
  }

  get bytes(): number {
    return this.#children.reduce((sum, child) => sum + child.bytes, 0);
  }

  finish(): Data {
    const children = this.#children.map((child) => child.finish());
    return makeData({ type: this.#type, children, ...this.#validity.finish() } as any);
  }
}

/** A column of bare NULLs; DuckDB has no type for it and gives integers. */
export class NullSink implements Sink {
  readonly #type: DataType;
  #rows = 0;

  constructor(type: DataType) {
    this.#type = type;
  }

  bind(): void {}

  append(_start: number, count: number): void {
    this.#rows += count;
  }

  get bytes(): number {
    return 0;
  }

  finish(): Data {
    const length = this.#rows;
    this.#rows = 0;
    return makeData({ type: this.#type, length, nullCount: length } as any);
  }
}
