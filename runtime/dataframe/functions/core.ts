import { AnalysisError } from "../../errors.ts";
import { columnNamed } from "../../plan/column-path.ts";
import { branch, type CaseColumn, caseColumn } from "../case-column.ts";
import { type Column, makeColumn, operand } from "../column.ts";
import type { Condition, Literal, TypeOf } from "../operands.ts";
import type { Marked } from "../schema-types.ts";
import { textExpression } from "../sql-column.ts";

/**
 * The column of this name, the field of a struct (`col("address.city")`), or a column of a frame with an alias (`col("a.id")`). A name
 * that has dots itself may stand in backticks: col("`a.b`").
 */
export function col<const N extends string>(name: N): Column<any, N extends Marked | "*" ? string : N> {
  return makeColumn(columnNamed(name));
}

/** The same as col. */
export const column: typeof col = col;

/** A constant. */
export function lit<const V extends Literal | Column<any, any>>(value: V): Column<TypeOf<V>>;
export function lit(value: readonly Literal[]): Column<any>;
export function lit(value: unknown): Column<any> {
  return makeColumn(operand(value));
}

/** SQL text as a column: `expr("delay / 60")`, `expr("delay / 60 AS hours")`. */
export function expr(text: string): Column<any> {
  if (typeof text !== "string") throw new AnalysisError("SQL_TEXT", "expr takes SQL text");
  return makeColumn(textExpression(text));
}

/** `value` where the condition is true: `when(f.delay.gt(0), "late").otherwise("on time")`; else NULL. */
export function when<const V extends Literal | Column<any, any>>(
  condition: Condition,
  value: V,
): CaseColumn<TypeOf<V>> {
  return caseColumn([branch(condition, value)]);
}
