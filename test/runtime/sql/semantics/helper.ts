import assert from "node:assert/strict";
import type { Expression } from "../../../../runtime/plan/expressions.ts";
import { parseType } from "../../../../runtime/plan/type-names.ts";
import type { PlansOnEngine } from "../../../helpers/plans-on-engines.ts";
import { asc } from "../../../helpers/valid-sql.ts";

export const cast = (input: Expression, type: string, onError: "fail" | "null" = "fail"): Expression => ({
  kind: "cast",
  input,
  type: parseType(type),
  onError,
});
export const decimal = (value: string, precision: number, scale: number): Expression => ({
  kind: "literal",
  value,
  type: { kind: "decimal", precision, scale },
});
export const timestamp = (iso: string): Expression => ({
  kind: "literal",
  value: BigInt(Date.parse(iso)) * 1000n,
  type: { kind: "timestamp" },
});
export const date = (iso: string): Expression => ({
  kind: "literal",
  value: Date.parse(iso) / 86_400_000,
  type: { kind: "date" },
});
export const over = (inner: Expression, ...keys: Expression[]): Expression => ({
  kind: "window",
  call: inner,
  over: { partitionBy: [], orderBy: keys.map(asc) },
});

/** Each row: what Spark 4 answers in ANSI mode, and the expression. */
export async function expectAll(
  { resultsOf }: Pick<PlansOnEngine, "resultsOf">,
  cases: readonly (readonly [expected: unknown, expression: Expression])[],
): Promise<void> {
  assert.deepEqual(
    await resultsOf(cases.map(([, expression]) => expression)),
    cases.map(([expected]) => expected),
  );
}
