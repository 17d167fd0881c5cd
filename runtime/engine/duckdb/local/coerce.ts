import { type Data, DataType, DateUnit, makeData, TimeUnit, Vector } from "apache-arrow";
import { EngineError } from "../../../errors.ts";

/**
 * The data in the Arrow type that a plan type is exchanged as. Tables that users bring may have other widths, units
 * and encodings (unsigned, dictionary, milliseconds, large offsets); what is already right is returned as it is.
 */
export function coerce(data: Data, target: DataType): Data {
  const { type } = data;
  if (DataType.isDictionary(type)) return coerce(decode(data), target);
  if (DataType.isNull(target) || DataType.isNull(type)) return allNull(data, target);
  if (DataType.isStruct(target) && DataType.isStruct(type)) {
    const children = target.children.map((field, i) => coerce(data.children[i] as Data, field.type));
    return rebuild(data, target, { children });
  }
  if ((DataType.isList(target) && isAnyList(type)) || (DataType.isMap(target) && DataType.isMap(type))) {
    const child = coerce(data.children[0] as Data, (target.children[0] as { type: DataType }).type);
    return rebuild(data, target, { child, valueOffsets: listOffsets(data) });
  }
  if (isSame(type, target)) return data;
  if (DataType.isDecimal(target)) return rebuild(data, target, { data: toDecimal(data, target.scale) });
  if (DataType.isUtf8(target) || DataType.isBinary(target)) return toText(data, target);
  if (isNumeric(target) && isNumeric(type)) return rebuild(data, target, { data: toNumbers(data, target) });
  if (DataType.isDate(target) && DataType.isDate(type)) {
    const days = Int32Array.from({ length: data.length }, (_, i) => Math.floor(Number(data.values[i]) / DAY_MS));
    return rebuild(data, target, { data: days });
  }
  if (DataType.isTimestamp(target) && (DataType.isTimestamp(type) || DataType.isDate(type))) {
    return rebuild(data, target, { data: toMicroseconds(data) });
  }
  if (DataType.isTime(target) && DataType.isTime(type)) {
    const factor = NANOS[type.unit];
    return rebuild(data, target, {
      data: BigInt64Array.from(
        data.values as Int32Array | BigInt64Array as any,
        (value: number | bigint) => BigInt(value) * factor,
      ),
    });
  }
  if (DataType.isDuration(target) && DataType.isDuration(type))
    return rebuild(data, target, { data: toMicroseconds(data) });
  throw new EngineError("ARROW_TYPE", `Arrow data of type ${type} cannot be stored as ${target}.`);
}

function isSame(type: DataType, target: DataType): boolean {
  if (type.typeId !== target.typeId) return false;
  if (DataType.isDecimal(type) && DataType.isDecimal(target)) {
    return type.scale === target.scale && type.bitWidth === 128 && type.precision <= target.precision;
  }
  if (DataType.isInt(type) && DataType.isInt(target)) {
    return type.bitWidth === target.bitWidth && type.isSigned === target.isSigned;
  }
  if (DataType.isFloat(type) && DataType.isFloat(target)) return type.precision === target.precision;
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY;
  if (DataType.isTimestamp(type)) return type.unit === TimeUnit.MICROSECOND;
  if (DataType.isTime(type)) return type.unit === TimeUnit.NANOSECOND;
  if (DataType.isDuration(type)) return type.unit === TimeUnit.MICROSECOND;
  return true;
}

/** New values under the same rows and nulls; bitmaps keep the old offset, so it goes with them. */
function rebuild(data: Data, type: DataType, values: { [part: string]: unknown }): Data {
  const { length, nullCount, nullBitmap, offset } = data;
  if (nullCount === 0) return makeData({ type, length, nullCount, ...values } as any);
  return makeData({ type, length, nullCount, nullBitmap, offset, ...values } as any);
}

function allNull(data: Data, target: DataType): Data {
  const { length } = data;
  if (DataType.isNull(target)) return makeData({ type: target, length, nullCount: length } as any);
  const empty = new Vector([makeData({ type: data.type, length, nullCount: length } as any)]);
  return fromValues(
    Array.from({ length }, (_, i) => empty.get(i)),
    target,
  );
}

function decode(data: Data): Data {
  const vector = new Vector([data]);
  const { dictionary } = data.type as { dictionary: DataType } & DataType;
  return fromValues([...vector], dictionary);
}

/** For rare encodings: through JavaScript values. */
function fromValues(values: readonly unknown[], type: DataType): Data {
  const { nullBitmap, nullCount } = bitmapOf(values);
  const length = values.length;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isBinary(type)) {
    return makeData({ type, length, nullCount, nullBitmap, ...encode(values) } as any);
  }
  if (isNumeric(type) || DataType.isDate(type) || DataType.isTimestamp(type) || DataType.isTime(type) || isSpan(type)) {
    const array = new type.ArrayType(length) as any;
    values.forEach((value, i) => {
      if (value !== null) array[i] = typeof array[0] === "bigint" ? BigInt(value as number) : value;
    });
    return makeData({ type, length, nullCount, nullBitmap, data: array } as any);
  }
  if (nullCount === length) {
    if (DataType.isList(type) || DataType.isMap(type)) {
      const child = fromValues([], (type.children[0] as { type: DataType }).type);
      return makeData({ type, length, nullCount, nullBitmap, child, valueOffsets: new Int32Array(length + 1) } as any);
    }
    if (DataType.isStruct(type)) {
      const children = type.children.map((child) => fromValues(values, child.type));
      return makeData({ type, length, nullCount, nullBitmap, children } as any);
    }
    const width = DataType.isDecimal(type) ? 4 : 1;
    return makeData({ type, length, nullCount, nullBitmap, data: new type.ArrayType(length * width) } as any);
  }
  throw new EngineError("ARROW_TYPE", `Arrow data of a dictionary of ${type} cannot be stored.`);
}

function bitmapOf(values: readonly unknown[]): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  values.forEach((value, i) => {
    if (value === null || value === undefined) nullCount++;
    else nullBitmap[i >> 3] = (nullBitmap[i >> 3] as number) | (1 << (i & 7));
  });
  return { nullBitmap, nullCount };
}

const encoder = new TextEncoder();

function encode(values: readonly unknown[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const parts = values.map((value) =>
    value === null || value === undefined
      ? new Uint8Array(0)
      : value instanceof Uint8Array
        ? value
        : encoder.encode(String(value)),
  );
  const valueOffsets = new Int32Array(values.length + 1);
  parts.forEach((part, i) => {
    valueOffsets[i + 1] = (valueOffsets[i] as number) + part.length;
  });
  const data = new Uint8Array(valueOffsets[values.length] as number);
  parts.forEach((part, i) => {
    data.set(part, valueOffsets[i]);
  });
  return { data, valueOffsets };
}

/** Every other type becomes text as Arrow prints its values. */
function toText(data: Data, target: DataType): Data {
  const { type } = data;
  if (DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    const valueOffsets = Int32Array.from(data.valueOffsets as unknown as BigInt64Array, Number);
    return rebuild(data, target, { data: data.values, valueOffsets });
  }
  const values = [...new Vector([data])];
  return makeData({ type: target, length: data.length, ...bitmapOf(values), ...encode(values) } as any);
}

const isSpan = (type: DataType): boolean => DataType.isDuration(type) || DataType.isInterval(type);
const isNumeric = (type: DataType): boolean => DataType.isInt(type) || DataType.isFloat(type);
const isAnyList = (type: DataType): boolean =>
  DataType.isList(type) || DataType.isFixedSizeList(type) || type.typeId === LARGE_LIST;

function listOffsets(data: Data): Int32Array {
  if (DataType.isFixedSizeList(data.type)) {
    const { listSize } = data.type;
    return Int32Array.from({ length: data.length + 1 }, (_, i) => i * listSize);
  }
  return data.valueOffsets instanceof Int32Array
    ? data.valueOffsets
    : Int32Array.from(data.valueOffsets as unknown as BigInt64Array, Number);
}

function toNumbers(data: Data, target: DataType): unknown {
  const array = new target.ArrayType(data.length) as any;
  const half = DataType.isFloat(data.type) && data.type.precision === 0;
  const source = half ? Array.from(new Vector([data])) : data.values;
  const big = array instanceof BigInt64Array;
  for (let i = 0; i < data.length; i++) array[i] = big ? BigInt(source[i] ?? 0) : Number(source[i] ?? 0);
  return array;
}

/** Integers and decimals of another scale as 128-bit values. */
function toDecimal(data: Data, scale: number): Uint32Array {
  const words = new BigInt64Array(data.length * 2);
  const from = DataType.isDecimal(data.type) ? data.type.scale : 0;
  const factor = 10n ** BigInt(Math.max(0, scale - from));
  for (let i = 0; i < data.length; i++) {
    if (!data.getValid(i)) continue;
    const value = (DataType.isDecimal(data.type) ? wide(data, i) : BigInt(data.values[i])) * factor;
    words[i * 2] = BigInt.asIntN(64, value);
    words[i * 2 + 1] = BigInt.asIntN(64, value >> 64n);
  }
  return new Uint32Array(words.buffer);
}

function wide(data: Data, row: number): bigint {
  const stride = (data.type as { bitWidth: number } & DataType).bitWidth / 32;
  let value = BigInt((data.values as Int32Array)[row * stride + stride - 1] as number);
  value = BigInt.asIntN(32, value);
  for (let word = stride - 2; word >= 0; word--) {
    value = (value << 32n) | BigInt((data.values as Uint32Array)[row * stride + word] as number);
  }
  return value;
}

function toMicroseconds(data: Data): BigInt64Array {
  const { type } = data;
  const isDays = DataType.isDate(type) && type.unit === DateUnit.DAY;
  const unit = DataType.isTimestamp(type) || DataType.isDuration(type) ? type.unit : TimeUnit.MILLISECOND;
  return BigInt64Array.from({ length: data.length }, (_, i) => {
    const value = BigInt(data.values[i]);
    if (isDays) return value * 86_400_000_000n;
    if (unit === TimeUnit.SECOND) return value * 1_000_000n;
    if (unit === TimeUnit.MILLISECOND) return value * 1000n;
    // Nanoseconds: rounded down, before 1970 as well.
    return (value - (((value % 1000n) + 1000n) % 1000n)) / 1000n;
  });
}

/** Nanoseconds of a unit. */
const NANOS: { readonly [unit in TimeUnit]: bigint } = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1000n,
  [TimeUnit.NANOSECOND]: 1n,
};
const DAY_MS = 86_400_000;
/** Not in this version's list of predicates. */
const LARGE_LIST = 21;
