import type { SqlType } from "./types.ts";

/** A value of a literal as data: dates are days since 1970-01-01, timestamps microseconds since then (UTC). */
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

export type Expression =
  /** `side` only inside a join's condition. */
  | { readonly kind: "column"; readonly name: string; readonly side?: "left" | "right" }
  | { readonly kind: "literal"; readonly value: LiteralValue; readonly type: SqlType }
  /** Functions and operators alike, by the names of the function table (`plan/functions.ts`). */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly distinct?: true }
  | { readonly kind: "field"; readonly input: Expression; readonly name: string }
  | { readonly kind: "cast"; readonly input: Expression; readonly type: SqlType; readonly onError: "fail" | "null" }
  | {
      readonly kind: "case";
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: "window"; readonly call: Expression; readonly over: WindowSpec }
  | { readonly kind: "alias"; readonly input: Expression; readonly name: string }
  /** Marks the order of a key where an expression is given to orderBy; nowhere else. */
  | { readonly kind: "sort"; readonly key: SortKey }
  /** `expr("…")`: text in the engine's SQL, or in another dialect, which is translated before the engine gets it. */
  | { readonly kind: "sql"; readonly text: string; readonly dialect?: SqlDialect };
