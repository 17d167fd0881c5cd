import { type Data, type DataType, makeData } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";
import { ByteBuffer, isValid, Validity } from "./buffers.ts";
import { bytesOf, maskOf, type Sink } from "./sink.ts";

/**
 * Strings and binary. A DuckDB string is sixteen bytes: its length, then the bytes themselves up to twelve, else a
 * prefix and a pointer. A native call for each pointer would cost a microsecond a string; but the strings of a vector
 * nearly always lie behind one another, so that whole runs of them are read with one call. A run continues while the
 * next string starts on the same memory page as the last one ended or on the page after it: both ends are ours, so all
 * bytes between are mapped.
 */
export class TextSink implements Sink {
  readonly #bindings: Bindings;
  readonly #type: DataType;
  readonly #text = new ByteBuffer();
  readonly #validity = new Validity();
  #offsets: Int32Array = new Int32Array(1);
  #rows = 0;
  #source: Uint8Array = new Uint8Array(0);
  #words: Uint32Array = new Uint32Array(0);
  #mask: Uint8Array | null = null;

  constructor(bindings: Bindings, type: DataType) {
    this.#bindings = bindings;
    this.#type = type;
  }

  bind(vector: Vector, size: number): void {
    this.#source = bytesOf(this.#bindings, vector, size * 16);
    this.#words = new Uint32Array(this.#source.buffer, this.#source.byteOffset, size * 4);
    this.#mask = maskOf(this.#bindings, vector, size);
  }

  append(start: number, count: number): void {
    const mask = this.#mask;
    const words = this.#words;
    const total = this.#appendOffsets(start, count);
    const target = this.#text.grow(total);
    const bytes = this.#text.bytes;
    let at = target;
    for (let row = start; row < start + count; ) {
      const length = isValid(mask, row) ? (words[row * 4] as number) : 0;
      if (length > 12) {
        const end = this.#runEnd(row, start + count);
        at = this.#copyRun(row, end, at);
        row = end;
      } else {
        const from = row * 16 + 4;
        for (let i = 0; i < length; i++) bytes[at + i] = this.#source[from + i] as number;
        at += length;
        row++;
      }
    }
    this.#validity.append(mask, start, count);
  }

  get bytes(): number {
    return this.#text.length + this.#rows * 4;
  }

  finish(): Data {
    const data = this.#text.finish();
    const valueOffsets = this.#offsets.subarray(0, this.#rows + 1);
    this.#offsets = new Int32Array(1);
    this.#rows = 0;
    return makeData({ type: this.#type, data, valueOffsets, ...this.#validity.finish() } as any);
  }

  /** Returns the number of bytes to come. */
  #appendOffsets(start: number, count: number): number {
    const needed = this.#rows + count + 1;
    if (needed > this.#offsets.length) {
      const larger = new Int32Array(Math.max(needed, this.#offsets.length * 2));
      larger.set(this.#offsets.subarray(0, this.#rows + 1));
      this.#offsets = larger;
    }
    const before = this.#offsets[this.#rows] as number;
    let end = before;
    for (let i = 0; i < count; i++) {
      if (isValid(this.#mask, start + i)) end += this.#words[(start + i) * 4] as number;
      this.#offsets[this.#rows + 1 + i] = end;
    }
    if (end > MAX_BYTES) throw new RangeError("More than 2 GB of text in one batch");
    this.#rows += count;
    return end - before;
  }

  #address(row: number): number {
    return (this.#words[row * 4 + 2] as number) + (this.#words[row * 4 + 3] as number) * 2 ** 32;
  }

  /** The first row behind `row` whose string does not continue its run. */
  #runEnd(row: number, limit: number): number {
    const words = this.#words;
    const start = this.#address(row);
    let end = start + (words[row * 4] as number);
    let next = row + 1;
    for (; next < limit; next++) {
      if (!isValid(this.#mask, next)) continue;
      const length = words[next * 4] as number;
      if (length <= 12) continue;
      const address = this.#address(next);
      if (address < end || Math.floor(address / PAGE) > Math.floor((end - 1) / PAGE) + 1) break;
      end = address + length;
      if (end - start > MAX_RUN) {
        next++;
        break;
      }
    }
    return next;
  }

  #copyRun(row: number, end: number, target: number): number {
    const words = this.#words;
    const base = this.#address(row);
    let last = end - 1;
    while (!isValid(this.#mask, last) || (words[last * 4] as number) <= 12) last--;
    const size = this.#address(last) + (words[last * 4] as number) - base;
    const pointerAt = this.#source.byteOffset + row * 16 + 8;
    const run = this.#bindings.get_data_from_pointer(this.#source.buffer as ArrayBuffer, pointerAt, size);
    const bytes = this.#text.bytes;
    let at = target;
    for (let i = row; i < end; i++) {
      if (!isValid(this.#mask, i)) continue;
      const length = words[i * 4] as number;
      const inline = length <= 12;
      const source = inline ? this.#source : run;
      const from = inline ? i * 16 + 4 : this.#address(i) - base;
      if (length < SHORT) for (let b = 0; b < length; b++) bytes[at + b] = source[from + b] as number;
      else bytes.set(source.subarray(from, from + length), at);
      at += length;
    }
    return at;
  }
}

const PAGE = 4096;
const MAX_RUN = 2 ** 28;
/** Arrow's offsets of Utf8 are 32 bits. */
const MAX_BYTES = 2 ** 31 - 1;
/** Below this a loop is faster than making a sub-array. */
const SHORT = 48;
