import {
  type Data,
  type Decimal,
  type Duration,
  IntervalYearMonth,
  type Time,
  type Timestamp,
  TimeUnit,
  Type,
  Vector,
} from "apache-arrow";
import { Encoded } from "../dataframe/variant/encoded.ts";
import { variantText } from "../dataframe/variant/text.ts";
import { isVariant } from "../plan/arrow-types.ts";
import { DAY_TO_SECOND, intervalDigits, YEAR_TO_MONTH } from "../plan/interval-types.ts";
import { decimalText, numberText } from "./number-text.ts";
import { cut, oneLine } from "./text.ts";
import { clockText, dateText, floorDivide, instantText, wallTimeText } from "./time-text.ts";

export type CellFormat = {
  /** The session's time zone: timestamps with a zone are shown as its clocks show them. */
  readonly zone: string;
  /** Entries of an array or a map that are written out. */
  readonly items: number;
  /** Characters after which nothing more of a nested value is written. */
  readonly characters: number;
};

/** The text of one Arrow value; undefined for null. Nested text is quoted, so that `["a, b"]` has one entry. */
export function arrowCellText(data: Data, index: number, format: CellFormat, nested = false): string | undefined {
  if (data.typeId === Type.Null || !data.getValid(index)) return undefined;
  switch (data.typeId) {
    case Type.Int:
      return String(data.values[index]);
    case Type.Float:
      return numberText(floatAt(data, index));
    case Type.Decimal:
      return decimalText(unscaledAt(data, index), (data.type as Decimal).scale);
    case Type.Date:
      // Arrow counts days, or milliseconds that are whole days.
      return dateText(
        data.values instanceof Int32Array ? Number(data.values[index]) : Number(data.values[index]) / 86_400_000,
      );
    case Type.Timestamp:
      return timestampText(data, index, format);
    case Type.Duration:
      return intervalDigits(microsAt(data, index), DAY_TO_SECOND);
    case Type.Interval:
      if (!(data.type instanceof IntervalYearMonth)) return String(valueAt(data, index));
      return intervalDigits(BigInt(data.values[index]), YEAR_TO_MONTH);
    case Type.Time:
      return clockText(microsAt(data, index));
    case Type.Binary:
    case Type.LargeBinary:
    case Type.FixedSizeBinary:
    case Type.BinaryView:
      return bytesText(valueAt(data, index) as Uint8Array, format.characters === Number.POSITIVE_INFINITY);
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View: {
      const text = valueAt(data, index) as string;
      return nested ? JSON.stringify(cut(oneLine(text), format.characters)) : text;
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return listText(valueAt(data, index) as Vector, format);
    case Type.Map:
      return mapText(data, index, format);
    case Type.Struct:
      return structText(data, index, format);
    case Type.Dictionary: {
      const found = locate(data.dictionary as Vector, Number(data.values[index]));
      return found && arrowCellText(found.data, found.index, format, nested);
    }
    default:
      return String(valueAt(data, index));
  }
}

/** The chunk of a vector that holds an index, and the index in it. */
export function locate(vector: Vector, index: number): { data: Data; index: number } | undefined {
  let rest = index;
  for (const data of vector.data) {
    if (rest < data.length) return { data, index: rest };
    rest -= data.length;
  }
  return undefined;
}

/** Floats keep only the digits that they hold: 0.1, not 0.10000000149011612. */
export function floatAt(data: Data, index: number): number {
  const value = Number(valueAt(data, index));
  return data.values instanceof Float32Array ? Number(value.toPrecision(7)) : value;
}

/** As Arrow itself reads it. */
export const valueAt = (data: Data, index: number): unknown => new Vector([data]).get(index);

/** A decimal without its point. */
export function unscaledAt(data: Data, index: number): bigint {
  const words = data.stride ?? 4;
  let value = 0n;
  for (let word = words - 1; word >= 0; word--) {
    value = (value << 32n) | BigInt((data.values as Uint32Array)[index * words + word] as number);
  }
  return BigInt.asIntN(words * 32, value);
}

/** Read from the integers: Arrow's own getters go through a double and lose microseconds. */
export function microsAt(data: Data, index: number): bigint {
  const value = BigInt((data.values as BigInt64Array | Int32Array)[index] as bigint | number);
  switch ((data.type as Timestamp | Time | Duration).unit) {
    case TimeUnit.SECOND:
      return value * 1_000_000n;
    case TimeUnit.MILLISECOND:
      return value * 1_000n;
    case TimeUnit.NANOSECOND:
      return floorDivide(value, 1_000n);
    default:
      return value;
  }
}

function timestampText(data: Data, index: number, format: CellFormat): string {
  const value = (data.values as BigInt64Array)[index] as bigint;
  // DuckDB writes the infinities of its timestamps as the largest integers.
  if (value >= 9_223_372_036_854_775_806n) return "infinity";
  if (value <= -9_223_372_036_854_775_807n) return "-infinity";
  const micros = microsAt(data, index);
  return (data.type as Timestamp).timezone ? instantText(micros, format.zone) : wallTimeText(micros);
}

/** `0x48656c6c6f`, and the length where not all of it is shown. */
export function bytesText(bytes: Uint8Array, whole = false): string {
  const hex = Buffer.from(whole ? bytes : bytes.subarray(0, 16)).toString("hex");
  return bytes.length > 16 && !whole ? `0x${hex}… (${bytes.length.toLocaleString("en-US")} bytes)` : `0x${hex}`;
}

function listText(items: Vector, format: CellFormat): string {
  return `[${parts(items.length, format, (index) => itemText(items, index, format))}]`;
}

function structText(data: Data, index: number, format: CellFormat): string {
  const variant = variantAt(data, index);
  if (variant !== undefined) return cut(oneLine(variantText(variant.node(), format.zone)), format.characters);
  const names = (data.type.children as readonly { name: string }[]).map((field) => oneLine(field.name));
  const value = (position: number) => arrowCellText(data.children[position] as Data, index, format, true) ?? "null";
  const all = { ...format, items: Number.POSITIVE_INFINITY };
  return `{${parts(names.length, all, (position) => `${names[position]}: ${value(position)}`)}}`;
}

/** A struct whose field says so, as Spark exchanges VARIANTs. */
function variantAt(data: Data, index: number): Encoded | undefined {
  if (!isVariant(data.type)) return undefined;
  const [value, metadata] = data.children.map((child) => valueAt(child, index) as Uint8Array);
  return value && metadata && new Encoded(value, metadata);
}

function mapText(data: Data, index: number, format: CellFormat): string {
  const entries = data.children[0] as Data;
  const offsets = data.valueOffsets as Int32Array;
  const start = offsets[index] as number;
  const text = (side: number, position: number) =>
    arrowCellText(entries.children[side] as Data, start + position, format, true) ?? "null";
  const length = (offsets[index + 1] as number) - start;
  return `{${parts(length, format, (position) => `${text(0, position)} → ${text(1, position)}`)}}`;
}

function itemText(items: Vector, index: number, format: CellFormat): string {
  const found = locate(items, index);
  return (found && arrowCellText(found.data, found.index, format, true)) ?? "null";
}

/** The first entries, and how many there are more. */
function parts(length: number, format: CellFormat, part: (index: number) => string): string {
  const written: string[] = [];
  let characters = 0;
  for (let index = 0; index < length; index++) {
    if (index >= format.items || characters > format.characters) {
      written.push(`… ${(length - index).toLocaleString("en-US")} more`);
      break;
    }
    const text = part(index);
    written.push(text);
    characters += text.length + 2;
  }
  return written.join(", ");
}
