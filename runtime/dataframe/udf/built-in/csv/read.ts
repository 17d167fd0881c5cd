import { AnalysisError } from "../../../../errors.ts";
import { typeName } from "../../../../plan/type-names.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { decimalOf } from "../json/read-value.ts";
import { JsonError } from "../json/tokens.ts";
import type { TextOptions } from "../text-options.ts";
import { type Times, textTimes } from "../time/text-times.ts";
import { csvFormat, onlySpark, valuesOf } from "./values.ts";

type StructType = Extract<SqlType, { kind: "struct" }>;

/** Reads lines for columns; what is not of its column's type is null, and the line bad, as with too few or many values. */
export function lineReader(
  type: StructType,
  corrupt: string | undefined,
  options: TextOptions,
  sessionZone: string,
): (line: string) => { readonly value: { readonly [name: string]: unknown }; readonly isBad: boolean } {
  const format = csvFormat(options);
  const times = textTimes(options, sessionZone);
  const numbers = numbersOf(options);
  const fields = type.fields.filter(({ name }) => name !== corrupt);
  const readers = fields.map((field) => readerOf(field.type, times, numbers));
  return (line) => {
    const values = valuesOf(line, format, "from_csv");
    let isBad = values?.length !== fields.length;
    const row: { [name: string]: unknown } = Object.create(null);
    for (const [i, { name }] of fields.entries()) {
      const text = values?.[i] ?? null;
      const value = text === null ? null : readers[i]?.(text, line);
      if (value === undefined) isBad = true;
      row[name] = value ?? null;
    }
    if (corrupt !== undefined) row[corrupt] = isBad && line !== "" ? line : null;
    return { value: row, isBad };
  };
}

/** Undefined for what is no value of the type. */
type Read = (text: string, line: string) => unknown;

export const numbersOf = (options: TextOptions): Numbers => ({
  nan: options.text("nanValue") ?? "NaN",
  positive: options.text("positiveInf") ?? "Inf",
  negative: options.text("negativeInf") ?? "-Inf",
});

type Numbers = { readonly nan: string; readonly positive: string; readonly negative: string };

function readerOf(type: SqlType, times: Times, numbers: Numbers): Read {
  switch (type.kind) {
    case "byte":
      return whole(7);
    case "short":
      return whole(15);
    case "int":
      return whole(31);
    case "long":
      return (text, line) => integer(text, line, 63);
    case "float":
    case "double":
      return (text, line) => double(text, line, numbers);
    case "boolean":
      return (text) => ({ true: true, false: false })[text.toLowerCase()];
    case "decimal":
      return (text) => orUndefined(() => decimalOf(text.replaceAll(",", ""), type));
    case "string":
      return (text) => text;
    case "binary":
      return (text) => new TextEncoder().encode(text);
    case "date":
      return times.date;
    case "timestamp":
      return times.timestamp;
    case "timestamp_ntz":
      return times.timestampNtz;
    case "time":
    case "day_time_interval":
    case "year_month_interval":
    case "calendar_interval":
      throw new AnalysisError(
        "SPARK_ONLY",
        `from_csv to ${typeName(type)} works on Spark only here: read it as a STRING and cast that. On Spark: await use("sc://…").`,
      );
    default:
      throw new AnalysisError(
        "UNSUPPORTED_DATATYPE",
        `from_csv reads no ${typeName(type)}: its columns are plain values.`,
      );
  }
}

const whole =
  (bits: number): Read =>
  (text, line) => {
    const value = integer(text, line, bits);
    return value === undefined ? undefined : Number(value);
  };

function integer(text: string, line: string, bits: number): bigint | undefined {
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace("+", ""));
    return BigInt.asIntN(bits + 1, value) === value ? value : undefined;
  }
  if (/^[+-]?\p{Nd}+$/u.test(text)) throw onlySpark(line, "from_csv", "a number in other digits than ASCII's");
  return undefined;
}

const JAVA_DOUBLE = /^([+-]?)(?:(NaN)|(Infinity)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)[fFdD]?)$/;

/** As Java reads one: with f or d behind it, and spaces around. */
export function double(
  text: string,
  line: string,
  { nan, positive, negative }: Numbers,
  name = "from_csv",
): number | undefined {
  if (text === nan) return Number.NaN;
  if (text === negative) return Number.NEGATIVE_INFINITY;
  if (text === positive) return Number.POSITIVE_INFINITY;
  const match = JAVA_DOUBLE.exec(text.replace(/^[ \t\n\r\f\v]+|[ \t\n\r\f\v]+$/g, ""));
  if (match === null) {
    if (/^[+-]?0x[\da-f.]*p/i.test(text.trim())) throw onlySpark(line, name, "a hexadecimal number");
    return undefined;
  }
  const [, sign, isNan, isInfinite, digits] = match;
  const size = isNan ? Number.NaN : isInfinite ? Number.POSITIVE_INFINITY : Number(digits);
  return sign === "-" ? -size : size;
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
