import { AnalysisError } from "../../errors.ts";
import { branch, type CaseColumn, caseColumn } from "../case-column.ts";
import { type Column, makeColumn, operand } from "../column.ts";
import type { Condition, Literal, TypeOf } from "../operands.ts";

/** The column of this name; behind the alias of its frame, as in `col("a.id")`, what it is called then is not known before. */
export function col<const N extends string>(name: N): Column<any, N extends `${string}.${string}` ? string : N> {
  return makeColumn({ kind: "column", name });
}

/** The same as col. */
export const column: typeof col = col;

/** A constant. */
export function lit<const V extends Literal | Column<any, any>>(value: V): Column<TypeOf<V>>;
export function lit(value: readonly Literal[]): Column<any>;
export function lit(value: unknown): Column<any> {
  return makeColumn(operand(value));
}

/** SQL text as a column: `expr("delay / 60")`. */
export function expr(text: string): Column<any> {
  if (typeof text !== "string") throw new AnalysisError("SQL_TEXT", "expr takes SQL text");
  return makeColumn({ kind: "sql", text });
}

/** `value` where the condition is true: `when(f.delay.gt(0), "late").otherwise("on time")`; else NULL. */
export function when<const V extends Literal | Column<any, any>>(
  condition: Condition,
  value: V,
): CaseColumn<TypeOf<V>> {
  return caseColumn([branch(condition, value)]);
}
