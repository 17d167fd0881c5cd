import type { Expression } from "../../plan/expressions.ts";
import type { SqlType } from "../../plan/types.ts";

/** What Vega sees of a value: dates and times are numbers to it, but not to the engine. */
export type VegaKind = "number" | "text" | "boolean" | "time" | "other";

/**
 * A field of Vega's data as the engine computes it: an expression over the columns of the plan so far.
 */
export type ChartColumn = {
  readonly expression: Expression;
  readonly type: SqlType;
  readonly kind: VegaKind;
  readonly nullable: boolean;
  /** Its null is JavaScript's undefined, an aggregate of no values: nothing is less or more, and it is no 0. */
  readonly isUndefined?: boolean;
  /**
   * The engine computes an integer that stands for the value (a bin, a time unit); this gives Vega's value. Such a column can
   * be grouped and sorted by and be tested for null, nothing else.
   */
  readonly decode?: (code: number) => number;
};

export function kindOf(type: SqlType): VegaKind {
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
      return "number";
    case "string":
      return "text";
    case "boolean":
      return "boolean";
    case "date":
    case "timestamp":
    case "timestamp_ntz":
      return "time";
    default:
      return "other";
  }
}

/** A step that stays in Vega, and why. */
export type Refusal = { readonly because: string };
export const isRefusal = (value: object): value is Refusal => "because" in value;

export const columnNamed = (name: string): Expression => ({ kind: "column", name });
export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
export const cast = (input: Expression, type: SqlType, onError: "fail" | "null" = "fail"): Expression => ({
  kind: "cast",
  input,
  type,
  onError,
});
export const double = (value: number): Expression => ({ kind: "literal", value, type: { kind: "double" } });
export const integer = (value: number): Expression => ({ kind: "literal", value, type: { kind: "int" } });
export const text = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });
export const boolean = (value: boolean): Expression => ({ kind: "literal", value, type: { kind: "boolean" } });
/** `case when condition then value else otherwise end`; null where there is no otherwise. */
export function either(when: Expression, value: Expression, otherwise?: Expression): Expression {
  // biome-ignore lint/suspicious/noThenProperty: a branch of SQL's CASE, in the plan's terms.
  return { kind: "case", branches: [{ when, then: value }], ...(otherwise && { otherwise }) };
}

const doubleType: SqlType = { kind: "double" };

/** A number as JavaScript would hold it. */
export const asDouble = (column: Pick<ChartColumn, "expression" | "type">): Expression =>
  column.type.kind === "double" ? column.expression : cast(column.expression, doubleType);

/** The wall clock that a time shows in the session's zone: what charts draw, in UTC scales. */
export const wallClock = (column: ChartColumn): Expression =>
  column.type.kind === "timestamp" ? cast(column.expression, { kind: "timestamp_ntz" }) : column.expression;
