import { Decimal } from "decimal.js";
import { AnalysisError } from "../errors.ts";
import type { Expression, LiteralValue } from "../plan/expressions.ts";
import { DAY_TO_SECOND, YEAR_TO_MONTH } from "../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../plan/numeric.ts";
import type { SqlType } from "../plan/types.ts";

/**
 * The literal of a JavaScript value: an integer is INT, beyond 2^31 LONG; other numbers DOUBLE; bigint LONG; Date and
 * Temporal.Instant TIMESTAMP; Temporal.PlainDate DATE; Temporal.PlainTime TIME; Temporal.Duration INTERVAL; Decimal DECIMAL. Arrays become ARRAY.
 */
export function literal(value: unknown): Expression {
  switch (typeof value) {
    case "number":
      return numberLiteral(value);
    case "string":
      return make(value, { kind: "string" });
    case "boolean":
      return make(value, { kind: "boolean" });
    case "bigint":
      return bigintLiteral(value);
    case "object":
      return value === null ? make(null, { kind: "void" }) : objectLiteral(value);
    default:
      throw new AnalysisError(
        "LITERAL",
        value === undefined
          ? "undefined cannot be a literal: use null for SQL's NULL, or check the name of the variable"
          : `A ${typeof value} cannot be a literal`,
      );
  }
}

const make = (value: LiteralValue, type: SqlType): Expression => Object.freeze({ kind: "literal", value, type });

function numberLiteral(value: number): Expression {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return make(value, { kind: "double" });
  return value >= -(2 ** 31) && value < 2 ** 31 ? make(value, { kind: "int" }) : make(BigInt(value), { kind: "long" });
}

function bigintLiteral(value: bigint): Expression {
  if (BigInt.asIntN(64, value) === value) return make(value, { kind: "long" });
  return decimalLiteral(new Decimal(value.toString()));
}

function objectLiteral(value: object): Expression {
  if (value instanceof Date) return make(dateMicros(value), { kind: "timestamp" });
  if (Decimal.isDecimal(value)) return decimalLiteral(value);
  if (value instanceof Uint8Array) return make(value, { kind: "binary" });
  if (Array.isArray(value)) return { kind: "call", name: "array", args: value.map(literal) };
  if (value instanceof Temporal.PlainDate) return make(plainDateDays(value), { kind: "date" });
  if (value instanceof Temporal.PlainDateTime) return make(plainDateTimeMicros(value), { kind: "timestamp_ntz" });
  if (value instanceof Temporal.Duration) return durationLiteral(value);
  if (value instanceof Temporal.PlainTime)
    return make(plainTimeMicros(value), { kind: "time", precision: MAX_TIME_PRECISION });
  if (value instanceof Temporal.Instant) return make(instantMicros(value), { kind: "timestamp" });
  if (value instanceof Temporal.ZonedDateTime) return make(instantMicros(value.toInstant()), { kind: "timestamp" });
  throw new AnalysisError(
    "LITERAL",
    `A ${value.constructor?.name ?? "object"} cannot be a literal. Literals are null, booleans, numbers, bigints, strings, Date, Temporal values, Decimal, Uint8Array and arrays of these`,
  );
}

function decimalLiteral(value: Decimal): Expression {
  if (!value.isFinite()) throw new AnalysisError("LITERAL", `${value} cannot be a DECIMAL literal`);
  const scale = value.decimalPlaces();
  const precision = Math.max(value.precision(true), scale, 1);
  if (precision > 38) throw new AnalysisError("LITERAL", `${value} has ${precision} digits; a DECIMAL has at most 38`);
  return make(value.toFixed(), { kind: "decimal", precision, scale });
}

/** Microseconds since 1970 (UTC). */
export function dateMicros(value: Date): bigint {
  const milliseconds = value.getTime();
  if (Number.isNaN(milliseconds)) throw new AnalysisError("LITERAL", "An invalid Date cannot be a TIMESTAMP");
  return BigInt(milliseconds) * 1000n;
}

/** Days since 1970. */
export const plainDateDays = (value: Temporal.PlainDate): number => epoch.until(value, { largestUnit: "days" }).days;

export const instantMicros = (value: Temporal.Instant): bigint => floorDivide(value.epochNanoseconds, 1000n);

export const plainDateTimeMicros = (value: Temporal.PlainDateTime): bigint =>
  instantMicros(value.toZonedDateTime("UTC").toInstant());

/** Of months and years, or of what is smaller: no interval of Spark's has both. */
function durationLiteral(value: Temporal.Duration): Expression {
  const months = durationMonths(value);
  if (months !== undefined && months !== 0n) return make(Number(months), YEAR_TO_MONTH);
  const micros = durationMicros(value);
  if (micros !== undefined) return make(micros, DAY_TO_SECOND);
  throw new AnalysisError(
    "LITERAL",
    `${value} cannot be a literal: an interval has years and months, or days and what is smaller, not both`,
  );
}

/** Undefined where it has days or what is smaller. */
export const durationMonths = (value: Temporal.Duration): bigint | undefined =>
  hasDayTime(value) ? undefined : BigInt(value.years) * 12n + BigInt(value.months);

/** Undefined where it has years or months. A day has 24 hours. */
export const durationMicros = (value: Temporal.Duration): bigint | undefined =>
  value.years !== 0 || value.months !== 0
    ? undefined
    : (((BigInt(value.weeks) * 7n + BigInt(value.days)) * 24n + BigInt(value.hours)) * 60n + BigInt(value.minutes)) *
        60_000_000n +
      BigInt(value.seconds) * 1_000_000n +
      BigInt(value.milliseconds) * 1000n +
      BigInt(value.microseconds) +
      BigInt(value.nanoseconds) / 1000n;

const hasDayTime = (value: Temporal.Duration): boolean => durationMicros(value.with({ years: 0, months: 0 })) !== 0n;

/** Microseconds since midnight. */
export const plainTimeMicros = (value: Temporal.PlainTime): bigint =>
  BigInt(((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.millisecond * 1000) +
  BigInt(value.microsecond);

const epoch = Temporal.PlainDate.from("1970-01-01");

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
