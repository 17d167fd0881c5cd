import { inspect } from "node:util";
import { type Data, makeData } from "apache-arrow";
import { Decimal } from "decimal.js";
import { AnalysisError } from "../errors.ts";
import { typeName } from "../plan/type-names.ts";
import type { SqlType } from "../plan/types.ts";
import { arrowType } from "./arrow-types.ts";
import { dateMicros, instantMicros, plainDateDays, plainDateTimeMicros } from "./literal.ts";

type Values = readonly unknown[];
type Place = { readonly path: string; readonly row: (index: number) => number };

/** Arrow data of JavaScript values of one SQL type. An error names the row and the column. */
export function buildData(
  values: Values,
  type: SqlType,
  path: string,
  row: (index: number) => number = (i) => i,
): Data {
  const place = { path, row };
  const arrow = arrowType(type);
  const length = values.length;
  if (type.kind === "void") return makeData({ type: arrow, length, nullCount: length } as any);
  const { nullBitmap, nullCount } = validity(values);
  return makeData({ type: arrow, length, nullCount, nullBitmap, ...content(values, type, place) } as any);
}

function validity(values: Values): { nullBitmap: Uint8Array | null; nullCount: number } {
  const bitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (isNull(values[i])) nullCount++;
    else bitmap[i >> 3] = (bitmap[i >> 3] as number) | (1 << (i & 7));
  }
  return { nullBitmap: nullCount === 0 ? null : bitmap, nullCount };
}

const isNull = (value: unknown): boolean => value === null || value === undefined;

function content(values: Values, type: Exclude<SqlType, { kind: "void" }>, place: Place): object {
  switch (type.kind) {
    case "boolean":
      return { data: bits(values, type, place) };
    case "byte":
      return { data: integers(values, type, place, new Int8Array(values.length), 2 ** 7) };
    case "short":
      return { data: integers(values, type, place, new Int16Array(values.length), 2 ** 15) };
    case "int":
      return { data: integers(values, type, place, new Int32Array(values.length), 2 ** 31) };
    case "long":
      return { data: fill(new BigInt64Array(values.length), values, (value, i) => long(value, i, type, place)) };
    case "float":
      return { data: fill(new Float32Array(values.length), values, (value, i) => double(value, i, type, place)) };
    case "double":
      return { data: fill(new Float64Array(values.length), values, (value, i) => double(value, i, type, place)) };
    case "decimal":
      return { data: decimals(values, type, place) };
    case "string":
      return bytes(values.map((value, i) => (isNull(value) ? empty : encoder.encode(text(value, i, type, place)))));
    case "binary":
      return bytes(values.map((value, i) => (isNull(value) ? empty : binary(value, i, type, place))));
    case "date":
      return { data: fill(new Int32Array(values.length), values, (value, i) => days(value, i, type, place)) };
    case "timestamp":
    case "timestamp_ntz":
      return { data: fill(new BigInt64Array(values.length), values, (value, i) => micros(value, i, type, place)) };
    case "array":
      return list(values, type, place);
    case "map":
      return map(values, type, place);
    case "struct":
      return struct(values, type, place);
  }
}

function fill<A extends { [index: number]: V }, V>(
  array: A,
  values: Values,
  convert: (value: unknown, index: number) => V,
): A {
  for (let i = 0; i < values.length; i++) if (!isNull(values[i])) array[i] = convert(values[i], i);
  return array;
}

function wrong(value: unknown, index: number, type: SqlType, { path, row }: Place, why = "is no"): AnalysisError {
  const shown = inspect(value, { depth: 0, maxStringLength: 40 });
  return new AnalysisError(
    "CREATE_FRAME",
    `Row ${row(index)}, column "${path}": ${shown} ${why} ${typeName(type).toUpperCase()}`,
  );
}

function bits(values: Values, type: SqlType, place: Place): Uint8Array {
  const packed = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    if (isNull(values[i])) continue;
    if (typeof values[i] !== "boolean") throw wrong(values[i], i, type, place);
    if (values[i] === true) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  }
  return packed;
}

function integers<A extends Int8Array | Int16Array | Int32Array>(
  values: Values,
  type: SqlType,
  place: Place,
  array: A,
  limit: number,
): A {
  return fill(array, values, (value, i) => {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) throw wrong(value, i, type, place);
    if (number < -limit || number >= limit) throw wrong(value, i, type, place, "is beyond");
    return number;
  });
}

function long(value: unknown, i: number, type: SqlType, place: Place): bigint {
  if (typeof value === "number" && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw wrong(value, i, type, place, "is not exact (±2^53-1): give a bigint for");
    return BigInt(value);
  }
  if (typeof value !== "bigint") throw wrong(value, i, type, place);
  if (BigInt.asIntN(64, value) !== value) throw wrong(value, i, type, place, "is beyond");
  return value;
}

function double(value: unknown, i: number, type: SqlType, place: Place): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw wrong(value, i, type, place);
}

function decimals(values: Values, type: Extract<SqlType, { kind: "decimal" }>, place: Place): Uint32Array {
  const halves = new BigInt64Array(values.length * 2);
  const limit = 10n ** BigInt(type.precision);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isNull(value)) continue;
    const unscaled = unscaledDecimal(value, i, type, place);
    if (unscaled >= limit || unscaled <= -limit) throw wrong(value, i, type, place, "is beyond");
    halves[i * 2] = BigInt.asIntN(64, unscaled);
    halves[i * 2 + 1] = unscaled >> 64n;
  }
  return new Uint32Array(halves.buffer);
}

/** Rounded to the scale, halves away from zero. */
function unscaledDecimal(value: unknown, i: number, type: Extract<SqlType, { kind: "decimal" }>, place: Place): bigint {
  if (typeof value === "bigint") return value * 10n ** BigInt(type.scale);
  const isNumeric =
    (typeof value === "number" && Number.isFinite(value)) || (Decimal.isDecimal(value) && value.isFinite());
  if (!isNumeric) throw wrong(value, i, type, place);
  const digits = new Decimal(value as number | Decimal).toFixed(type.scale, Decimal.ROUND_HALF_UP);
  return BigInt(digits.replace(".", ""));
}

const encoder = new TextEncoder();
const empty = new Uint8Array(0);

function text(value: unknown, i: number, type: SqlType, place: Place): string {
  if (typeof value !== "string") throw wrong(value, i, type, place);
  return value;
}

function binary(value: unknown, i: number, type: SqlType, place: Place): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrong(value, i, type, place);
  return value;
}

function bytes(parts: readonly Uint8Array[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const valueOffsets = new Int32Array(parts.length + 1);
  let end = 0;
  parts.forEach((part, i) => {
    end += part.length;
    valueOffsets[i + 1] = end;
  });
  if (end > 2 ** 31 - 1)
    throw new AnalysisError("CREATE_FRAME", "A column of createDataFrame holds at most 2 GB of text");
  const data = new Uint8Array(end);
  parts.forEach((part, i) => {
    data.set(part, valueOffsets[i]);
  });
  return { data, valueOffsets };
}

function days(value: unknown, i: number, type: SqlType, place: Place): number {
  if (value instanceof Temporal.PlainDate) return plainDateDays(value);
  // As collect gives a DATE: midnight UTC.
  if (value instanceof Date && !Number.isNaN(value.getTime())) return Math.floor(value.getTime() / 86_400_000);
  throw wrong(value, i, type, place);
}

function micros(value: unknown, i: number, type: SqlType, place: Place): bigint {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dateMicros(value);
  if (type.kind === "timestamp_ntz") {
    if (value instanceof Temporal.PlainDateTime) return plainDateTimeMicros(value);
    if (value instanceof Temporal.PlainDate) return plainDateTimeMicros(value.toPlainDateTime());
  } else {
    if (value instanceof Temporal.Instant) return instantMicros(value);
    if (value instanceof Temporal.ZonedDateTime) return instantMicros(value.toInstant());
  }
  throw wrong(value, i, type, place);
}

/** Offsets of lists, and for each of their items the row that it belongs to. */
function flatten(values: Values, itemsOf: (value: unknown, index: number) => Values) {
  const valueOffsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  const owners: number[] = [];
  values.forEach((value, i) => {
    if (!isNull(value)) {
      for (const item of itemsOf(value, i)) {
        items.push(item);
        owners.push(i);
      }
    }
    valueOffsets[i + 1] = items.length;
  });
  return { valueOffsets, items, owners };
}

function list(values: Values, type: Extract<SqlType, { kind: "array" }>, place: Place): object {
  const { valueOffsets, items, owners } = flatten(values, (value, i) => {
    if (Array.isArray(value)) return value;
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as number[]);
    throw wrong(value, i, type, place);
  });
  return {
    valueOffsets,
    child: buildData(items, type.element, `${place.path}[]`, (i) => place.row(owners[i] as number)),
  };
}

function map(values: Values, type: Extract<SqlType, { kind: "map" }>, place: Place): object {
  const { valueOffsets, items, owners } = flatten(values, (value, i) => {
    if (value instanceof Map) return [...value];
    throw wrong(value, i, type, place);
  });
  const entries = items as [unknown, unknown][];
  const row = (i: number) => place.row(owners[i] as number);
  const missing = entries.findIndex(([key]) => isNull(key));
  if (missing >= 0)
    throw new AnalysisError("CREATE_FRAME", `Row ${row(missing)}, column "${place.path}": a key of a MAP is not null`);
  const keys = buildData(
    entries.map(([key]) => key),
    type.key,
    `${place.path} key`,
    row,
  );
  const items_ = buildData(
    entries.map(([, item]) => item),
    type.value,
    `${place.path} value`,
    row,
  );
  const { type: entryType } = (arrowType(type).children as any)[0];
  const child = makeData({ type: entryType, length: entries.length, nullCount: 0, children: [keys, items_] } as any);
  return { valueOffsets, child };
}

function struct(values: Values, type: Extract<SqlType, { kind: "struct" }>, place: Place): object {
  values.forEach((value, i) => {
    if (!isNull(value) && (typeof value !== "object" || Array.isArray(value))) throw wrong(value, i, type, place);
  });
  const children = type.fields.map(({ name, type: inner }) =>
    buildData(
      values.map((value: any) => value?.[name]),
      inner,
      `${place.path}.${name}`,
      place.row,
    ),
  );
  return { children };
}
