import type { SqlType } from "./types.ts";
import type { Udf } from "./udf/udf.ts";

/** A value of a literal as data: dates are days since 1970-01-01, timestamps microseconds since then (UTC), times microseconds since midnight, intervals microseconds or months. */
export type LiteralValue = null | boolean | number | bigint | string | Uint8Array;

/** Whose SQL a text is. */
export type SqlDialect = "duckdb" | "spark";

export type SortKey = {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nulls: "first" | "last";
};

/** A bound of a window frame: rows (or range units) before (negative) or after the current row. */
export type FrameBound = "unbounded preceding" | "unbounded following" | number;

export type WindowSpec = {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortKey[];
  readonly frame?: { readonly unit: "rows" | "range"; readonly start: FrameBound; readonly end: FrameBound };
};

/**
 * A parameter of a lambda. It says itself of what it stands for a part, so that its type is known wherever it stands;
 * `depth` tells it from those of the lambdas around, the outermost being 1.
 */
export type Variable = {
  readonly kind: "variable";
  readonly name: string;
  readonly depth: number;
  readonly part: VariablePart;
  readonly of: Expression;
};

/** Of a list, of a map, or the value itself: what is accumulated, and what a reduction has given. */
export type VariablePart =
  | "element"
  | "index"
  | "first"
  | "second"
  | "item"
  | "key"
  | "value"
  | "left value"
  | "right value"
  | "accumulator"
  | "result";

export type Expression =
  /**
   * `side`: of a join's condition, or "outer" of the rows around a sub-plan. `parts`: of a name that may lead into a struct; what
   * it means is put in its place before anything else is done with the plan (plan/rewrite/resolve-paths.ts).
   */
  | {
      readonly kind: "column";
      readonly name: string;
      readonly side?: "left" | "right" | "outer";
      readonly parts?: readonly string[];
      /** In place of the name: the columns of the input counted from 1. */
      readonly position?: number;
    }
  /** One of the node's sub-plans: its only value, whether it has rows, or whether `value` is among its values. */
  | {
      readonly kind: "subquery";
      readonly how: "scalar" | "exists" | "in";
      readonly index: number;
      readonly value?: Expression;
    }
  | { readonly kind: "literal"; readonly value: LiteralValue; readonly type: SqlType }
  /** Functions and operators alike, by the names of the function table (`plan/functions.ts`). */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly distinct?: true }
  /** A call of a function of the user's own, which JavaScript computes (plan/udf/). */
  | { readonly kind: "udf"; readonly udf: Udf; readonly args: readonly Expression[] }
  | { readonly kind: "field"; readonly input: Expression; readonly name: string }
  | { readonly kind: "cast"; readonly input: Expression; readonly type: SqlType; readonly onError: "fail" | "null" }
  | {
      readonly kind: "case";
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: "window"; readonly call: Expression; readonly over: WindowSpec }
  /** `names`: of a generator that gives several columns. */
  | { readonly kind: "alias"; readonly input: Expression; readonly name: string; readonly names?: readonly string[] }
  /** A function of a call that takes one: `x -> x + 1`. Stands nowhere else. */
  | { readonly kind: "lambda"; readonly parameters: readonly Variable[]; readonly body: Expression }
  | Variable
  /** Marks the order of a key where an expression is given to orderBy; nowhere else. */
  | { readonly kind: "sort"; readonly key: SortKey }
  /**
   * `expr("…")`: text in the engine's SQL, or in another dialect, which is translated before the engine gets it. `columns` are those
   * that it names behind aliases of frames; they stand between the `pieces` of the text.
   */
  | {
      readonly kind: "sql";
      readonly text: string;
      readonly dialect?: SqlDialect;
      readonly pieces?: readonly string[];
      readonly columns?: readonly Expression[];
      /** The text was in another dialect. */
      readonly isTranslated?: true;
    };
