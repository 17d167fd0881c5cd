import { type Data, DataType } from "apache-arrow";
import { decimalWidth } from "../arrow/decimal.ts";
import type { Bindings, Vector } from "../library.ts";
import { fillText } from "./fill-text.ts";

/**
 * Writes rows of Arrow data into a DuckDB vector, from its first row. The data has the Arrow type of the vector's plan
 * type (see coerce.ts). In Arrow's JavaScript the values are already cut to the data's offset, bitmaps are not.
 */
export function fill(bindings: Bindings, vector: Vector, data: Data, start: number, count: number): void {
  if (count === 0) return;
  const { type } = data;
  fillValidity(bindings, vector, data, start, count);
  if (DataType.isNull(type)) return;
  if (DataType.isUtf8(type) || DataType.isBinary(type)) fillText(bindings, vector, data, start, count);
  else if (DataType.isBool(type)) copy(bindings, vector, unpackBits(data.values, data.offset + start, count));
  else if (DataType.isDecimal(type)) copy(bindings, vector, narrow(data, start, count, decimalWidth(type.precision)));
  else if (DataType.isList(type) || DataType.isMap(type)) fillList(bindings, vector, data, start, count);
  else if (DataType.isStruct(type)) {
    data.children.forEach((child, i) => {
      fill(bindings, bindings.struct_vector_get_child(vector, i), child, start, count);
    });
  } else if (DataType.isTime(type)) {
    const nanos: BigInt64Array = data.values.subarray(start, start + count);
    copy(
      bindings,
      vector,
      nanos.map((value) => value / 1000n),
    );
  } else copy(bindings, vector, data.values.subarray(start, start + count));
}

function copy(bindings: Bindings, vector: Vector, values: ArrayBufferView): void {
  bindings.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

function fillValidity(bindings: Bindings, vector: Vector, data: Data, start: number, count: number): void {
  const isNullType = DataType.isNull(data.type);
  if (!isNullType && (data.nullCount === 0 || !data.nullBitmap || data.nullBitmap.length === 0)) return;
  const mask = new Uint8Array(Math.ceil(count / 64) * 8);
  if (!isNullType) packBits(data.nullBitmap as Uint8Array, data.offset + start, count, mask);
  bindings.vector_ensure_validity_writable(vector);
  bindings.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.byteLength);
}

/** Copies bits to the start of `target`. */
function packBits(source: Uint8Array, from: number, count: number, target: Uint8Array): void {
  if ((from & 7) === 0) {
    target.set(source.subarray(from >> 3, (from + count + 7) >> 3));
    return;
  }
  for (let i = 0; i < count; i++) {
    const bit = ((source[(from + i) >> 3] as number) >> ((from + i) & 7)) & 1;
    target[i >> 3] = (target[i >> 3] as number) | (bit << (i & 7));
  }
}

function unpackBits(source: Uint8Array, from: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) bytes[i] = ((source[(from + i) >> 3] as number) >> ((from + i) & 7)) & 1;
  return bytes;
}

/** The low bytes of 128-bit values; a value that fits its precision fits the width. */
function narrow(data: Data, start: number, count: number, width: number): Uint8Array {
  const values: Uint32Array = data.values.subarray(start * 4, (start + count) * 4);
  const source = new Uint8Array(values.buffer, values.byteOffset, count * 16);
  if (width === 16) return source;
  const target = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) for (let b = 0; b < width; b++) target[i * width + b] = source[i * 16 + b] as number;
  return target;
}

function fillList(bindings: Bindings, vector: Vector, data: Data, start: number, count: number): void {
  const offsets: Int32Array = data.valueOffsets;
  const first = offsets[start] as number;
  const size = (offsets[start + count] as number) - first;
  const entries = new Uint32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const offset = offsets[start + i] as number;
    entries[i * 4] = offset - first;
    entries[i * 4 + 2] = (offsets[start + i + 1] as number) - offset;
  }
  bindings.list_vector_reserve(vector, size);
  bindings.list_vector_set_size(vector, size);
  copy(bindings, vector, entries);
  // The child is looked up after the reservation, which may move it.
  if (size > 0) fill(bindings, bindings.list_vector_get_child(vector), data.children[0] as Data, first, size);
}
