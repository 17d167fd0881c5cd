import type { Data, RecordBatch } from "apache-arrow";
import { QuernError } from "../errors.ts";
import { FIELD_MICROS, noCalendarInterval } from "../plan/interval-types.ts";
import type { Schema, SqlType } from "../plan/types.ts";
import type { RowOptions } from "./row.ts";
import { epochDay, exactDecimal, instant, milliseconds, safeNumber } from "./scalar-values.ts";
import { Encoded } from "./variant/encoded.ts";
import { variantValue } from "./variant/value.ts";

type Reader = (row: number) => unknown;

/** Spark's own functions get a VARIANT as it is held. */
export type ReaderOptions = RowOptions & { readonly variant?: "encoded" };

/** The rows of a record batch as JavaScript objects, by the table of DESIGN: nulls are null, LONG is a number. */
export function* rowsOf(
  batch: RecordBatch,
  schema: Schema,
  options: ReaderOptions = {},
): Generator<any, void, undefined> {
  const names = schema.map(({ name }) => name);
  const readers = schema.map(({ type, name }, i) => readerOf(batch.data.children[i] as Data, type, options, name));
  for (let row = 0; row < batch.numRows; row++) yield makeRow(names, readers, row);
}

function makeRow(names: readonly string[], readers: readonly Reader[], row: number): object {
  const values: { [name: string]: unknown } = {};
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = (readers[i] as Reader)(row);
    // Assigning to "__proto__" would set the prototype.
    if (name === "__proto__") Object.defineProperty(values, name, { value, enumerable: true });
    else values[name] = value;
  }
  return values;
}

/** Reads a column's values by row; `path` names the column in errors. */
export function readerOf(data: Data, type: SqlType, options: ReaderOptions, path: string): Reader {
  if (type.kind === "void") return () => null;
  const read = valueReader(data, type, options, path);
  return data.nullCount === 0 ? read : (row) => (data.getValid(row) ? read(row) : null);
}

function valueReader(
  data: Data,
  type: Exclude<SqlType, { kind: "void" }>,
  options: ReaderOptions,
  path: string,
): Reader {
  const { values } = data;
  const temporal = options.time === "Temporal";
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
    case "float":
    case "double":
      return (row) => values[row];
    case "long":
      return options.long === "bigint" ? (row) => values[row] : (row) => safeNumber(values[row], path);
    case "boolean":
      return (row) => ((values[(data.offset + row) >> 3] >> ((data.offset + row) & 7)) & 1) === 1;
    case "decimal":
      return decimalReader(values, type.scale);
    case "string":
      return textReader(data);
    case "binary":
      return bytesReader(data);
    case "date":
      return temporal ? (row) => epochDay.add({ days: values[row] }) : (row) => new Date(values[row] * 86_400_000);
    case "timestamp":
      return temporal ? (row) => instant(values[row]) : (row) => new Date(milliseconds(values[row]));
    case "timestamp_ntz":
      return temporal
        ? (row) => instant(values[row]).toZonedDateTimeISO("UTC").toPlainDateTime()
        : (row) => new Date(milliseconds(values[row]));
    case "time":
      return (row) => plainTime(values[row], path);
    case "day_time_interval":
      return (row) => dayTime(values[row]);
    case "year_month_interval":
      return (row) => new Temporal.Duration(Math.trunc(values[row] / 12), values[row] % 12);
    case "calendar_interval":
      throw noCalendarInterval(path);
    case "variant":
      return variantReader(data, options, path);
    case "array":
      return listReader(data, type.element, options, path);
    case "map":
      return mapReader(data, type, options, path);
    case "struct": {
      const names = type.fields.map(({ name }) => name);
      const readers = type.fields.map((field, i) =>
        readerOf(data.children[i] as Data, field.type, options, `${path}.${field.name}`),
      );
      return (row) => makeRow(names, readers, row);
    }
  }
}

const midnight = Temporal.PlainTime.from("00:00");

function plainTime(nanoseconds: bigint, path: string): Temporal.PlainTime {
  // Adding would begin again at midnight.
  if (nanoseconds < 0n || nanoseconds >= 86_400_000_000_000n)
    throw new QuernError(
      "TIME_BEYOND_DAY",
      `Column "${path}" holds 24:00:00, which no TIME of Spark's and no Temporal.PlainTime is: cast the column to a string in SQL.`,
    );
  return midnight.add({
    microseconds: Number(nanoseconds / 1000n),
    nanoseconds: Number(nanoseconds % 1000n),
  });
}

/** Days, hours and so on, all of one sign. */
function dayTime(micros: bigint): Temporal.Duration {
  const part = (unit: bigint, of: bigint): number => Number((micros / unit) % of);
  const [day, hour, minute, second] = FIELD_MICROS;
  return new Temporal.Duration(
    0,
    0,
    0,
    Number(micros / day),
    part(hour, 24n),
    part(minute, 60n),
    part(second, 60n),
    part(1000n, 1000n),
    part(1n, 1000n),
  );
}

const bytesReader =
  ({ values, valueOffsets }: Data) =>
  (row: number): Uint8Array =>
    values.slice(valueOffsets[row], valueOffsets[row + 1]);

function variantReader({ children }: Data, options: ReaderOptions, path: string): Reader {
  const [value, metadata] = children.map((child) => bytesReader(child)) as [
    (row: number) => Uint8Array,
    (row: number) => Uint8Array,
  ];
  const encoded = (row: number) => new Encoded(value(row), metadata(row));
  return options.variant === "encoded" ? encoded : (row) => variantValue(encoded(row).node(), options, path);
}

/** 128-bit integers, as four words each, lowest first. */
function decimalReader(words: Uint32Array, scale: number): Reader {
  const halves = new BigInt64Array(words.buffer, words.byteOffset, words.length >> 1);
  return (row) => {
    const low = BigInt.asUintN(64, halves[row * 2] as bigint);
    const unscaled = ((halves[row * 2 + 1] as bigint) << 64n) | low;
    return exactDecimal(unscaled, scale);
  };
}

// A byte order mark at the beginning of a text is a part of it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Pure ASCII is decoded once for all rows and then cut, which is several times as fast. */
function textReader(data: Data): Reader {
  const offsets = data.valueOffsets as Int32Array;
  const bytes = data.values as Uint8Array;
  const first = offsets[0] ?? 0;
  const whole = decoder.decode(bytes.subarray(first, offsets[data.length]));
  if (whole.length === (offsets[data.length] ?? 0) - first) {
    return (row) => whole.slice((offsets[row] as number) - first, (offsets[row + 1] as number) - first);
  }
  return (row) => decoder.decode(bytes.subarray(offsets[row], offsets[row + 1]));
}

function listReader(data: Data, element: SqlType, options: ReaderOptions, path: string): Reader {
  const read = readerOf(data.children[0] as Data, element, options, `${path}[]`);
  const offsets = data.valueOffsets as Int32Array;
  return (row) => {
    const items: unknown[] = [];
    for (let i = offsets[row] as number; i < (offsets[row + 1] as number); i++) items.push(read(i));
    return items;
  };
}

function mapReader(data: Data, type: Extract<SqlType, { kind: "map" }>, options: ReaderOptions, path: string): Reader {
  const [keys, items] = (data.children[0] as Data).children as [Data, Data];
  const readKey = readerOf(keys, type.key, options, `${path} key`);
  const readItem = readerOf(items, type.value, options, `${path} value`);
  const offsets = data.valueOffsets as Int32Array;
  return (row) => {
    const map = new Map<unknown, unknown>();
    for (let i = offsets[row] as number; i < (offsets[row + 1] as number); i++) map.set(readKey(i), readItem(i));
    return map;
  };
}
