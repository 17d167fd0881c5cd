import { isInterval, widestInterval } from "./interval-types.ts";
import type { SqlType } from "./types.ts";

/** The most digits that a decimal of either engine holds. */
export const MAX_PRECISION = 38;

/** Digits behind the point of a TIME's seconds: it counts microseconds. */
export const MAX_TIME_PRECISION = 6;

export type DecimalType = Extract<SqlType, { kind: "decimal" }>;

const INTEGERS = ["byte", "short", "int", "long"] as const;
type IntegerKind = (typeof INTEGERS)[number];

export const isInteger = (type: SqlType): type is { kind: IntegerKind } => INTEGERS.includes(type.kind as IntegerKind);
export const isFraction = (type: SqlType): boolean => type.kind === "float" || type.kind === "double";
export const isNumeric = (type: SqlType): boolean => isInteger(type) || isFraction(type) || type.kind === "decimal";
export const isTime = (type: SqlType): boolean =>
  type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz";

/** The decimal that holds every value of an integer type. */
export function decimalOf(type: SqlType): DecimalType | undefined {
  if (type.kind === "decimal") return type;
  if (!isInteger(type)) return undefined;
  return { kind: "decimal", precision: { byte: 3, short: 5, int: 10, long: 20 }[type.kind], scale: 0 };
}

/**
 * A decimal within 38 digits. Where more would be needed, digits behind the point are given up, down to 6: Spark's
 * rule (DecimalType.adjustPrecisionScale).
 */
export function boundedDecimal(precision: number, scale: number): DecimalType {
  if (precision <= MAX_PRECISION) return { kind: "decimal", precision, scale };
  const whole = precision - scale;
  return { kind: "decimal", precision: MAX_PRECISION, scale: Math.max(MAX_PRECISION - whole, Math.min(scale, 6)) };
}

/** A decimal that holds values of different ones: digits behind the point are given up for those before it. */
const wholeDigitsFirst = (whole: number, scale: number): DecimalType => ({
  kind: "decimal",
  precision: Math.min(whole + scale, MAX_PRECISION),
  scale: Math.min(scale, MAX_PRECISION - Math.min(whole, MAX_PRECISION)),
});

/** The narrowest type that both convert to without loss, as Spark's ANSI mode finds it; undefined where there is none. */
export function widest(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === "void") return right;
  if (right.kind === "void") return left;
  if (isNumeric(left) && isNumeric(right)) return widestNumber(left, right);
  if (isTime(left) && isTime(right)) return widestTime(left, right);
  if (left.kind === "array" && right.kind === "array") {
    const element = widest(left.element, right.element);
    return element && { kind: "array", element };
  }
  if (left.kind === "map" && right.kind === "map") {
    const key = widest(left.key, right.key);
    const value = widest(left.value, right.value);
    return key && value && { kind: "map", key, value };
  }
  if (left.kind === "struct" && right.kind === "struct") return widestStruct(left, right);
  // Spark 4.2 finds no common type of times with unlike digits.
  if (left.kind === "time" && right.kind === "time") return sameType(left, right) ? left : undefined;
  if (isInterval(left) && isInterval(right)) return widestInterval(left, right);
  if (left.kind === right.kind) return left;
  // Spark's ANSI mode reads a string as the other side's type, never the other side as a string.
  if (left.kind === "string") return fromString(right);
  if (right.kind === "string") return fromString(left);
  return undefined;
}

export function widestOf(types: readonly SqlType[]): SqlType | undefined {
  let result: SqlType | undefined = { kind: "void" };
  for (const type of types) result = result && widest(result, type);
  return result;
}

export function sameType(left: SqlType, right: SqlType): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === "decimal" && right.kind === "decimal")
    return left.precision === right.precision && left.scale === right.scale;
  if (left.kind === "time" && right.kind === "time") return left.precision === right.precision;
  if (isInterval(left) && isInterval(right)) return left.start === right.start && left.end === right.end;
  if (left.kind === "array" && right.kind === "array") return sameType(left.element, right.element);
  if (left.kind === "map" && right.kind === "map")
    return sameType(left.key, right.key) && sameType(left.value, right.value);
  if (left.kind === "struct" && right.kind === "struct")
    return (
      left.fields.length === right.fields.length &&
      left.fields.every((field, index) => {
        const other = right.fields[index];
        return other !== undefined && other.name === field.name && sameType(field.type, other.type);
      })
    );
  return true;
}

function widestNumber(left: SqlType, right: SqlType): SqlType {
  if (isInteger(left) && isInteger(right))
    return INTEGERS.indexOf(left.kind) < INTEGERS.indexOf(right.kind) ? right : left;
  const a = decimalOf(left);
  const b = decimalOf(right);
  if (a && b) {
    const scale = Math.max(a.scale, b.scale);
    return wholeDigitsFirst(Math.max(a.precision - a.scale, b.precision - b.scale), scale);
  }
  // An integer or decimal as FLOAT would lose digits, so anything but FLOAT with FLOAT is DOUBLE.
  return left.kind === "float" && right.kind === "float" ? left : { kind: "double" };
}

function widestTime(left: SqlType, right: SqlType): SqlType {
  if (left.kind === right.kind) return left;
  return left.kind === "timestamp" || right.kind === "timestamp" ? { kind: "timestamp" } : { kind: "timestamp_ntz" };
}

function widestStruct(left: SqlType & { kind: "struct" }, right: SqlType & { kind: "struct" }): SqlType | undefined {
  if (left.fields.length !== right.fields.length) return undefined;
  const fields = [];
  for (const [index, field] of left.fields.entries()) {
    const other = right.fields[index];
    const type = other && widest(field.type, other.type);
    if (!other || !type || other.name.toLowerCase() !== field.name.toLowerCase()) return undefined;
    fields.push({ name: field.name, type, nullable: field.nullable || other.nullable });
  }
  return { kind: "struct", fields };
}

function fromString(other: SqlType): SqlType | undefined {
  if (isInteger(other)) return { kind: "long" };
  if (isNumeric(other)) return { kind: "double" };
  return isTime(other) || ["time", "boolean", "binary"].includes(other.kind) ? other : undefined;
}
