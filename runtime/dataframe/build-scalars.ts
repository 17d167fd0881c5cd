import { Decimal } from "decimal.js";
import { type DayTimeType, FIELD_MICROS, type YearMonthType } from "../plan/interval-types.ts";
import type { SqlType } from "../plan/types.ts";
import { fill, isNull, type Place, type Values, wrong } from "./column-values.ts";
import {
  dateMicros,
  durationMicros,
  durationMonths,
  instantMicros,
  plainDateDays,
  plainDateTimeMicros,
  plainTimeMicros,
} from "./literal.ts";

export function bits(values: Values, type: SqlType, place: Place): Uint8Array {
  const packed = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    if (isNull(values[i])) continue;
    if (typeof values[i] !== "boolean") throw wrong(values[i], i, type, place);
    if (values[i] === true) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  }
  return packed;
}

export function integers<A extends Int8Array | Int16Array | Int32Array>(
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

export function long(value: unknown, i: number, type: SqlType, place: Place): bigint {
  if (typeof value === "number" && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw wrong(value, i, type, place, "is not exact (±2^53-1): give a bigint for");
    return BigInt(value);
  }
  if (typeof value !== "bigint") throw wrong(value, i, type, place);
  if (BigInt.asIntN(64, value) !== value) throw wrong(value, i, type, place, "is beyond");
  return value;
}

export function double(value: unknown, i: number, type: SqlType, place: Place): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw wrong(value, i, type, place);
}

export function decimals(values: Values, type: Extract<SqlType, { kind: "decimal" }>, place: Place): Uint32Array {
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
export function unscaledDecimal(
  value: unknown,
  i: number,
  type: Extract<SqlType, { kind: "decimal" }>,
  place: Place,
): bigint {
  if (typeof value === "bigint") return value * 10n ** BigInt(type.scale);
  const isNumeric =
    (typeof value === "number" && Number.isFinite(value)) || (Decimal.isDecimal(value) && value.isFinite());
  if (!isNumeric) throw wrong(value, i, type, place);
  const digits = new Decimal(value as number | Decimal).toFixed(type.scale, Decimal.ROUND_HALF_UP);
  return BigInt(digits.replace(".", ""));
}

export function days(value: unknown, i: number, type: SqlType, place: Place): number {
  if (value instanceof Temporal.PlainDate) return plainDateDays(value);
  // As collect gives a DATE: midnight UTC.
  if (value instanceof Date && !Number.isNaN(value.getTime())) return Math.floor(value.getTime() / 86_400_000);
  throw wrong(value, i, type, place);
}

export function micros(value: unknown, i: number, type: SqlType, place: Place): bigint {
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

/** Nanoseconds since midnight, with no more digits than the type has. */
export function nanos(value: unknown, i: number, type: Extract<SqlType, { kind: "time" }>, place: Place): bigint {
  if (!(value instanceof Temporal.PlainTime)) throw wrong(value, i, type, place);
  const unit = 10n ** BigInt(9 - type.precision);
  return ((plainTimeMicros(value) * 1000n) / unit) * unit;
}

/** Microseconds; what is less than the last of the type's fields is cut off. */
export function spanMicros(value: unknown, i: number, type: DayTimeType, place: Place): bigint {
  const micros = value instanceof Temporal.Duration ? durationMicros(value) : undefined;
  if (micros === undefined) throw wrong(value, i, type, place);
  if (BigInt.asIntN(64, micros) !== micros) throw wrong(value, i, type, place, "is beyond");
  return type.end === 3 ? micros : micros - (micros % (FIELD_MICROS[type.end] as bigint));
}

/** Months. */
export function spanMonths(value: unknown, i: number, type: YearMonthType, place: Place): number {
  const months = value instanceof Temporal.Duration ? durationMonths(value) : undefined;
  if (months === undefined) throw wrong(value, i, type, place);
  if (BigInt.asIntN(32, months) !== months) throw wrong(value, i, type, place, "is beyond");
  return Number(type.end === 0 ? months - (months % 12n) : months);
}
