import { Decimal } from "decimal.js";
import type { SqlType } from "../../../../plan/types.ts";
import { encode } from "../../../variant/encode.ts";
import type { Times } from "../time/text-times.ts";
import { nodeAt } from "../variant/parse.ts";
import type { JsonParser } from "./parser.ts";
import { JsonError, Token } from "./tokens.ts";
import { copied, encodable } from "./write.ts";

/** Reads the value that a parser stands at. */
export type Read = (parser: JsonParser) => unknown;

export type Reading = { readonly times: Times; readonly nonNumericNumbers: boolean };

/** A value parts of which were not of their type; what is there of it stands for it. */
export class PartialValue extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super("a part of the value is not of its type");
    this.value = value;
  }
}

/** How a value of a type is read; what is of another type is a JsonError. */
export function reader(type: SqlType, reading: Reading): Read {
  const read = valueReader(type, reading);
  return (parser) => {
    while (parser.token === Token.NAME) parser.next();
    return parser.token === Token.END || (parser.token === Token.NULL && type.kind !== "variant") ? null : read(parser);
  };
}

function valueReader(type: SqlType, reading: Reading): Read {
  switch (type.kind) {
    case "boolean":
      return (parser) => (parser.token === Token.TRUE ? true : parser.token === Token.FALSE ? false : refused(parser));
    case "byte":
      // Up to 255, of which Java keeps eight bits.
      return (parser) => (integer(parser, -128n, 255n) << 24) >> 24;
    case "short":
      return (parser) => integer(parser, -32768n, 32767n);
    case "int":
      return (parser) => integer(parser, -2147483648n, 2147483647n);
    case "long":
      return (parser) => long(parser);
    case "float":
      return (parser) => Math.fround(double(parser, reading));
    case "double":
      return (parser) => double(parser, reading);
    case "decimal":
      return (parser) => decimal(parser, type);
    case "string":
      return (parser) => (parser.token === Token.STRING ? encodable(parser.string) : copied(parser, "escaped"));
    case "binary":
      return (parser) => bytesOf(parser);
    case "date":
      return ofText(reading.times.date);
    case "timestamp": {
      const ofString = ofText(reading.times.timestamp);
      return (parser) =>
        parser.token === Token.INTEGER
          ? Temporal.Instant.fromEpochNanoseconds(BigInt.asIntN(64, long(parser) * 1_000_000n) * 1000n)
          : ofString(parser);
    }
    case "timestamp_ntz":
      return ofText(reading.times.timestampNtz);
    case "struct": {
      const read = structReader(type, reading);
      return (parser) => (parser.token === Token.START_OBJECT ? read(parser) : refused(parser));
    }
    case "array": {
      const element = reader(type.element, reading);
      return (parser) => (parser.token === Token.START_ARRAY ? readArray(parser, element) : refused(parser));
    }
    case "map": {
      const value = reader(type.value, reading);
      return (parser) => (parser.token === Token.START_OBJECT ? readMap(parser, value) : refused(parser));
    }
    case "void":
      return () => null;
    case "variant":
      return (parser) => encode(nodeAt(parser));
    case "time":
    case "day_time_interval":
    case "year_month_interval":
    case "calendar_interval":
      // Refused before anything runs.
      return refused;
  }
}

type StructType = Extract<SqlType, { kind: "struct" }>;

/** Fields that are of another type are null, and the struct partial; fields of other names are passed. */
export function structReader({ fields }: StructType, reading: Reading): Read {
  const readers = new Map(fields.map(({ name, type }) => [name, reader(type, reading)]));
  const names = fields.map(({ name }) => name);
  return (parser) => {
    const row: { [name: string]: unknown } = Object.create(null);
    for (const name of names) row[name] = null;
    let isPartial = false;
    for (;;) {
      const token = parser.next();
      if (token === Token.END || token === Token.END_OBJECT) break;
      const name = parser.name ?? "";
      const read = readers.get(name);
      if (read === undefined) {
        parser.skip();
        continue;
      }
      try {
        row[name] = read(parser);
      } catch (error) {
        if (error instanceof PartialValue) row[name] = error.value;
        else if (error instanceof JsonError) parser.skip();
        else throw error;
        isPartial = true;
      }
    }
    if (isPartial) throw new PartialValue(row);
    return row;
  };
}

export function readArray(parser: JsonParser, read: Read): unknown[] {
  const items: unknown[] = [];
  let isPartial = false;
  for (;;) {
    const token = parser.next();
    if (token === Token.END || token === Token.END_ARRAY) break;
    try {
      items.push(read(parser));
    } catch (error) {
      if (!(error instanceof PartialValue)) throw error;
      items.push(error.value);
      isPartial = true;
    }
  }
  if (isPartial) throw new PartialValue(items);
  return items;
}

/** A key that stands twice, with which no map can be made here. */
export class RepeatedKey extends Error {}

export function readMap(parser: JsonParser, read: Read): Map<string, unknown> {
  const map = new Map<string, unknown>();
  let isPartial = false;
  let bad: JsonError | undefined;
  for (;;) {
    const token = parser.next();
    if (token === Token.END || token === Token.END_OBJECT) break;
    const key = encodable(parser.name ?? "");
    try {
      set(map, key, read(parser));
    } catch (error) {
      if (error instanceof PartialValue) {
        set(map, key, error.value);
        isPartial = true;
      } else if (error instanceof JsonError) {
        bad ??= error;
        parser.skip();
      } else throw error;
    }
  }
  if (bad !== undefined) throw bad;
  if (isPartial) throw new PartialValue(map);
  return map;
}

function set(map: Map<string, unknown>, key: string, value: unknown): void {
  if (map.has(key)) throw new RepeatedKey(key);
  map.set(key, value);
}

/** Of another type. The string that it may be has been looked at. */
function refused(parser: JsonParser): never {
  if (parser.token === Token.STRING) void parser.string;
  throw new JsonError("a value of another type");
}

function long(parser: JsonParser): bigint {
  if (parser.token !== Token.INTEGER) refused(parser);
  const value = BigInt(parser.number);
  if (BigInt.asIntN(64, value) !== value) throw new JsonError("a number beyond its type");
  return value;
}

function integer(parser: JsonParser, least: bigint, most: bigint): number {
  const value = long(parser);
  if (value < least || value > most) throw new JsonError("a number beyond its type");
  return Number(value);
}

function double(parser: JsonParser, { nonNumericNumbers }: Reading): number {
  if (parser.token === Token.INTEGER) return Number(BigInt(parser.number));
  if (parser.token === Token.FLOAT) return Number(parser.number.replace(/INF$/, "Infinity"));
  if (parser.token === Token.STRING && nonNumericNumbers) {
    const match = /^(NaN)$|^(\+INF|\+Infinity|Infinity)$|^(-INF|-Infinity)$/.exec(parser.string);
    if (match !== null)
      return match[1] !== undefined
        ? Number.NaN
        : match[2] !== undefined
          ? Number.POSITIVE_INFINITY
          : Number.NEGATIVE_INFINITY;
  }
  return refused(parser);
}

/** With commas left out, as Java reads numbers of the United States. */
function decimal(parser: JsonParser, type: DecimalType): Decimal {
  const isString = parser.token === Token.STRING;
  if (!isString && parser.token !== Token.INTEGER && parser.token !== Token.FLOAT) refused(parser);
  return decimalOf(isString ? parser.string.replaceAll(",", "") : parser.number, type);
}

type DecimalType = Extract<SqlType, { kind: "decimal" }>;

/** @throws JsonError for what is no number, or is beyond the type */
export function decimalOf(digits: string, { precision, scale }: DecimalType): Decimal {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(digits)) throw new JsonError("no decimal");
  const exponent = /[eE]([+-]?\d+)$/.exec(digits)?.[1];
  if (exponent !== undefined && Math.abs(Number(exponent)) > 100_000) {
    if (/^[+-]?[0.]*[eE]/.test(digits) || Number(exponent) < 0) return new Decimal(0);
    throw new JsonError("a number beyond its type");
  }
  const text = new Decimal(digits).toFixed(scale, Decimal.ROUND_HALF_UP);
  if (text.replace(/^-?0*|\./g, "").replace(/^0+/, "").length > precision)
    throw new JsonError("a number beyond its type");
  return new Decimal(text);
}

function bytesOf(parser: JsonParser): Uint8Array {
  if (parser.token !== Token.STRING) refused(parser);
  const text = parser.string;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    // Spaces may stand between groups of four.
    while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
    if (at === text.length) break;
    const four = text.slice(at, at + 4);
    if (!/^[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/](?:=|[A-Za-z0-9+/]))$/.test(four)) throw new JsonError("no base64");
    bytes.push(...Buffer.from(four, "base64"));
  }
  return Uint8Array.from(bytes);
}

const ofText =
  <T>(read: (text: string) => T | undefined): Read =>
  (parser) => {
    if (parser.token !== Token.STRING || parser.string.length === 0) refused(parser);
    const value = read(parser.string);
    if (value === undefined) throw new JsonError("no time");
    return value;
  };
