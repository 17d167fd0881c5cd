import { Decimal } from "decimal.js";
import { QuernError } from "../errors.ts";

export const epochDay = Temporal.PlainDate.from("1970-01-01");
export const instant = (micros: bigint): Temporal.Instant => Temporal.Instant.fromEpochNanoseconds(micros * 1000n);

/** Whole milliseconds, rounded down as before 1970 too. */
export function milliseconds(micros: bigint): number {
  const number = Number(micros);
  return Math.floor((Number.isSafeInteger(number) ? number : Number(micros / 1000n) * 1000) / 1000);
}

export function safeNumber(value: bigint, path: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new QuernError(
    "LONG_BEYOND_NUMBER",
    `Column "${path}" holds ${value}, which a JavaScript number cannot hold exactly (±2^53-1): use collect({ long: "bigint" }), or cast the column to a string or decimal`,
  );
}

export function exactDecimal(unscaled: bigint, scale: number): Decimal {
  // Through text, because arithmetic of Decimal rounds to 20 digits by default.
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  const sign = unscaled < 0n ? "-" : "";
  return new Decimal(scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`);
}
