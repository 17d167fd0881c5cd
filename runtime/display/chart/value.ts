import type { Expression } from "../../plan/expressions.ts";
import type { SqlType } from "../../plan/types.ts";
import { asDouble, boolean, type ChartColumn, call, double, isRefusal, type Refusal, text } from "./column.ts";

/** A value in a Vega expression: a column, something computed from columns, or a constant. */
export type Value = ChartColumn & {
  readonly constant?: number | string | boolean | null;
  /** The year, month, hour … of a time. */
  readonly isTimePart?: true;
};

export function constant(value: unknown): Value | Refusal {
  if (typeof value === "number" && Number.isFinite(value)) return { ...number(double(value)), constant: value };
  if (typeof value === "boolean") return { ...condition(boolean(value)), constant: value };
  if (typeof value === "string") {
    return { expression: text(value), type: { kind: "string" }, kind: "text", nullable: false, constant: value };
  }
  if (value === null) {
    const type: SqlType = { kind: "void" };
    return { expression: { kind: "literal", value: null, type }, type, kind: "other", nullable: true, constant: null };
  }
  return { because: `the constant ${String(value)}` };
}

export const number = (expression: Expression): Value => ({
  expression,
  type: { kind: "double" },
  kind: "number",
  nullable: false,
});

/** Never null. */
export const condition = (expression: Expression): Value => ({
  expression,
  type: { kind: "boolean" },
  kind: "boolean",
  nullable: false,
});

/** A number that JavaScript calculates with: null counts as 0. */
export function numeric(value: Value): Expression | Refusal {
  if (value.kind !== "number") return { because: `arithmetic with ${value.kind}` };
  if (value.decode) return { because: "arithmetic with bins" };
  return value.nullable && !value.isUndefined ? call("coalesce", asDouble(value), double(0)) : asDouble(value);
}

/** What counts as true: null and 0 do not. */
export function truth(value: Value): Expression | Refusal {
  if (value.kind === "boolean") {
    return value.nullable ? call("coalesce", value.expression, boolean(false)) : value.expression;
  }
  const operand = numeric(value);
  if (isRefusal(operand)) return { because: `${value.kind} used as a condition` };
  const test = call("ne", operand, double(0));
  return value.isUndefined ? call("coalesce", test, boolean(false)) : test;
}

/** `and` of two conditions, without those that are always true. */
export function both(left: Expression, right: Expression): Expression {
  if (isTrue(left)) return right;
  return isTrue(right) ? left : call("and", left, right);
}

const isTrue = (expression: Expression) => expression.kind === "literal" && expression.value === true;

/** A condition over a column that may be null, with what JavaScript makes of null. */
export const orNull = (value: Value, test: Expression, ofNull: boolean): Expression =>
  value.nullable ? call("coalesce", test, boolean(ofNull)) : test;

/** A time in milliseconds, in the wall-clock terms of the chart. */
export const instant = (ms: number): Expression => ({
  kind: "literal",
  value: BigInt(Math.round(ms * 1000)),
  type: { kind: "timestamp_ntz" },
});
