import { type Data, makeData } from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import { noCalendarInterval } from "../plan/interval-types.ts";
import type { SqlType } from "../plan/types.ts";
import { arrowType } from "./arrow-types.ts";
import { binaries, texts } from "./build-bytes.ts";
import {
  bits,
  days,
  decimals,
  double,
  integers,
  long,
  micros,
  nanos,
  spanMicros,
  spanMonths,
} from "./build-scalars.ts";
import { fill, isNull, type Place, type Values, wrong } from "./column-values.ts";
import { encode } from "./variant/encode.ts";
import { Encoded } from "./variant/encoded.ts";
import { nodeOf } from "./variant/value.ts";

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
      return texts(values, type, place);
    case "binary":
      return binaries(values, type, place);
    case "date":
      return { data: fill(new Int32Array(values.length), values, (value, i) => days(value, i, type, place)) };
    case "timestamp":
    case "timestamp_ntz":
      return { data: fill(new BigInt64Array(values.length), values, (value, i) => micros(value, i, type, place)) };
    case "time":
      return { data: fill(new BigInt64Array(values.length), values, (value, i) => nanos(value, i, type, place)) };
    case "day_time_interval":
      return { data: fill(new BigInt64Array(values.length), values, (value, i) => spanMicros(value, i, type, place)) };
    case "year_month_interval":
      return { data: fill(new Int32Array(values.length), values, (value, i) => spanMonths(value, i, type, place)) };
    case "calendar_interval":
      throw noCalendarInterval("A column");
    case "variant":
      return variants(values, place);
    case "array":
      return list(values, type, place);
    case "map":
      return map(values, type, place);
    case "struct":
      return struct(values, type, place);
  }
}

function variants(values: Values, place: Place): object {
  const encoded = values.map((value, i) => (isNull(value) ? undefined : encodedAt(value, i, place)));
  const bytes = (part: "value" | "metadata") =>
    buildData(
      encoded.map((one) => one?.[part] ?? new Uint8Array(0)),
      { kind: "binary" },
      place.path,
      place.row,
    );
  return { children: [bytes("value"), bytes("metadata")] };
}

function encodedAt(value: unknown, i: number, { path, row }: Place): Encoded {
  if (value instanceof Encoded) return value;
  try {
    return encode(nodeOf(value));
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    throw new AnalysisError(error.code, `Row ${row(i)}, column "${path}": ${error.message}`);
  }
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
