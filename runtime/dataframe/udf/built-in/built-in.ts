import type { Expression } from "../../../plan/expressions.ts";
import { holds } from "../../../plan/type-parts.ts";
import type { SqlType } from "../../../plan/types.ts";
import type { Udf } from "../../../plan/udf/udf.ts";

export type Call = Extract<Expression, { kind: "call" }>;

/** What a call of a built-in function is to be computed from. */
export type Planned = {
  /** The columns that its values come from. */
  readonly args: readonly Expression[];
  readonly type: SqlType;
  readonly nulls?: Udf["nulls"];
  /** Null for null alone. */
  readonly strict?: true;
  /** All else that the call says, as data that threads can be given. */
  readonly parameters?: unknown;
  /** What stands in place of the call, where that is more than what is computed. */
  readonly within?: (computed: Expression) => Expression;
};

/** What SQL computes of the call. */
export type Instead = { readonly instead: Expression };

export type TypeOf = (expression: Expression) => SqlType;

/** A function of Spark's that JavaScript computes. */
export type BuiltInFunction<P> = {
  /** @throws AnalysisError for what only Spark does */
  readonly plan: (call: Call, typeOf: TypeOf) => (Planned & { readonly parameters?: P }) | Instead;
  readonly compute: (parameters: P) => (...values: any[]) => unknown;
};

/** The text of a literal; undefined where the argument is none, null for NULL. */
export function literalText(argument: Expression | undefined): string | null | undefined {
  if (argument?.kind !== "literal") return undefined;
  return argument.value === null ? null : String(argument.value);
}

/** Times without a zone are of the session's, which the engine knows. */
export const SESSION_ZONE: Expression = { kind: "call", name: "current_timezone", args: [] };

export const STRING: SqlType = { kind: "string" };

/**
 * For functions that fail for some values, as a branch or a filter may keep these away: what is computed has the error's text
 * beside the value, and SQL raises it where the value is asked for.
 */
export const orError = (computed: Expression): Expression => ({
  kind: "call",
  name: "orError",
  args: [computed],
});

export const withError = (type: SqlType): SqlType => ({
  kind: "struct",
  fields: [
    { name: "value", type, nullable: true },
    { name: "error", type: STRING, nullable: true },
  ],
});

/** A value in an error. */
export const inError = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** Whether values are of a kind, or have some inside. */
export const hasKind = (type: SqlType, kind: SqlType["kind"]): boolean => holds(type, (leaf) => leaf.kind === kind);
