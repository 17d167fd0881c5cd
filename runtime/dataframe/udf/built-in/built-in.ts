import type { Expression } from "../../../plan/expressions.ts";
import type { SqlType } from "../../../plan/types.ts";
import type { Udf } from "../../../plan/udf/udf.ts";

export type Call = Extract<Expression, { kind: "call" }>;

/** What a call of a built-in function is to be computed from. */
export type Planned = {
  /** The columns that its values come from. */
  readonly args: readonly Expression[];
  readonly type: SqlType;
  readonly nulls?: Udf["nulls"];
  /** All else that the call says, as data that threads can be given. */
  readonly parameters?: unknown;
  /** What stands in place of the call, where that is more than what is computed. */
  readonly within?: (computed: Expression) => Expression;
};

/** A function of Spark's that JavaScript computes. */
export type BuiltInFunction<P> = {
  /** @throws AnalysisError for what only Spark does */
  readonly plan: (call: Call) => Planned & { readonly parameters?: P };
  readonly compute: (parameters: P) => (...values: any[]) => unknown;
};

/** The text of a literal; undefined where the argument is none, null for NULL. */
export function literalText(argument: Expression | undefined): string | null | undefined {
  if (argument?.kind !== "literal") return undefined;
  return argument.value === null ? null : String(argument.value);
}

export const STRING: SqlType = { kind: "string" };
