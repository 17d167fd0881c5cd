import type { Data } from "apache-arrow";
import type { Bindings, Vector } from "../library.ts";

/**
 * Strings and binary. A native call for each string would cost more than the rest; so the bytes of all rows go into the
 * vector's own heap with one call, as if they were one string, and the rows' entries are then written here: the length,
 * and up to twelve bytes inline, else the first four and a pointer into that heap.
 */
export function fillText(bindings: Bindings, vector: Vector, data: Data, start: number, count: number): void {
  const offsets: Int32Array = data.valueOffsets;
  const first = offsets[start] as number;
  const bytes: Uint8Array = data.values.subarray(first, offsets[start + count] as number);
  const heap = longest(offsets, start, count) > INLINE ? putOnHeap(bindings, vector, bytes) : 0;
  if (heap === undefined) {
    fillOneByOne(bindings, vector, data, start, count);
    return;
  }
  const entries = new Uint8Array(count * 16);
  const words = new Uint32Array(entries.buffer);
  for (let i = 0; i < count; i++) {
    const from = (offsets[start + i] as number) - first;
    const length = (offsets[start + i + 1] as number) - first - from;
    words[i * 4] = length;
    const kept = length <= INLINE ? length : 4;
    for (let b = 0; b < kept; b++) entries[i * 16 + 4 + b] = bytes[from + b] as number;
    if (length > INLINE) {
      const address = heap + from;
      words[i * 4 + 2] = address % 2 ** 32;
      words[i * 4 + 3] = Math.floor(address / 2 ** 32);
    }
  }
  bindings.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
}

/** The address of the copy; undefined where DuckDB refuses the bytes (not UTF-8). */
function putOnHeap(bindings: Bindings, vector: Vector, bytes: Uint8Array): number | undefined {
  bindings.copy_data_to_vector(vector, 0, new ArrayBuffer(16), 0, 16);
  bindings.vector_assign_string_element_len(vector, 0, bytes);
  const entry = bindings.vector_get_data(vector, 16);
  const view = new DataView(entry.buffer, entry.byteOffset, 16);
  if (view.getUint32(0, true) !== bytes.length) return undefined;
  return view.getUint32(8, true) + view.getUint32(12, true) * 2 ** 32;
}

/** Bytes that are not UTF-8 become replacement characters, as everywhere in JavaScript. */
function fillOneByOne(bindings: Bindings, vector: Vector, data: Data, start: number, count: number): void {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let i = 0; i < count; i++) {
    const bytes = data.values.subarray(data.valueOffsets[start + i], data.valueOffsets[start + i + 1]);
    bindings.vector_assign_string_element(vector, i, decoder.decode(bytes));
  }
}

function longest(offsets: Int32Array, start: number, count: number): number {
  let most = 0;
  for (let i = start; i < start + count; i++) {
    const length = (offsets[i + 1] as number) - (offsets[i] as number);
    if (length > most) most = length;
  }
  return most;
}

const INLINE = 12;
