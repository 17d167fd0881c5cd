import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { type PivotValue, pivotCell, pivotKey, pivotPlan } from "../plan/derived/pivot.ts";
import type { Named } from "../plan/nodes.ts";
import { allApplied } from "./applied.ts";
import { type Column, operand } from "./column.ts";
import { namedColumns } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import { type At, type Average, aggregateOf, type NumericName, rowsCounted, type Sum } from "./named-aggregates.ts";
import { here } from "./origin.ts";
import { over, type Rows } from "./rows.ts";
import type { Columns, Merge, Picked, Projected, Projection } from "./schema-types.ts";
import { step } from "./step.ts";
import type * as Sql from "./types.ts";

/** The column whose values become columns: its name, a column, or a callback. */
export type PivotColumn<S> = (keyof S & string) | Column<any, any> | ((f: Columns<S>) => Column<any, any>);
export type PivotedValue = string | number | bigint | boolean | null;

type Pivot = { readonly groups: readonly Named[]; readonly column: Named };

/** A single aggregate gives columns named by the values, several are named `value_aggregate`. */
type Cells<V extends string, A> = 0 extends 1 & A
  ? any
  : string extends V
    ? any
    : IsOne<keyof A> extends true
      ? { [N in V]: A[keyof A] | null }
      : {
          [N in `${V}_${keyof A & string}`]: N extends `${V}_${infer K extends keyof A & string}` ? A[K] | null : never;
        };
type IsOne<K, All = K> = K extends unknown ? ([All] extends [K] ? true : false) : never;

/** Groups with a column for each value of a column: what `groupBy(…).pivot(…)` gives. */
export class PivotedData<S, G, V extends string> {
  readonly #input: Rows;
  readonly #pivot: Pivot;
  readonly #values: readonly PivotValue[] | undefined;

  constructor(input: Rows, pivot: Pivot, values: readonly PivotedValue[] | undefined) {
    this.#input = input;
    this.#pivot = pivot;
    this.#values = values?.map(pivotValueOf);
  }

  /** One row for each group: for each value the aggregates of its rows, null where there are none. */
  agg<const C extends Projection>(aggregates: (f: Columns<S>) => C): DataFrame<Merge<G, Cells<V, Projected<C>>>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Merge<G, Cells<V, Picked<S, A>>>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    return this.#aggregate(namedColumns("agg", allApplied("agg", given)));
  }
  /** The number of rows of each value. */
  count(): DataFrame<Merge<G, Cells<V, { count: Sql.Long }>>> {
    return this.#aggregate([rowsCounted]);
  }
  sum<const N extends NumericName<S>>(name: N): DataFrame<Merge<G, Cells<V, { sum: Sum<At<S, N>> }>>> {
    return this.#aggregate([aggregateOf("sum", name)]);
  }
  avg<const N extends NumericName<S>>(name: N): DataFrame<Merge<G, Cells<V, { avg: Average<At<S, N>> }>>> {
    return this.#aggregate([aggregateOf("avg", name)]);
  }
  min<const N extends keyof S & string>(name: N): DataFrame<Merge<G, Cells<V, { min: At<S, N> }>>> {
    return this.#aggregate([aggregateOf("min", name)]);
  }
  max<const N extends keyof S & string>(name: N): DataFrame<Merge<G, Cells<V, { max: At<S, N> }>>> {
    return this.#aggregate([aggregateOf("max", name)]);
  }

  [inspect.custom](): string {
    return offered(`PivotedData of ${this.#pivot.column.name}:`, this);
  }

  #aggregate(aggregates: readonly Named[]): DataFrame<any> {
    const { groups, column } = this.#pivot;
    const cells = over(
      this.#input,
      step({
        kind: "aggregate",
        input: this.#input.plan,
        groups: [...groups, { name: pivotKey, expression: column.expression }],
        aggregates: aggregates.map(({ expression }, index) => ({ name: pivotCell(index), expression })),
      }),
    );
    const named = { groups: groups.map(({ name }) => name), aggregates: aggregates.map(({ name }) => name) };
    if (this.#values !== undefined) return over(cells, pivotPlan(cells.plan, named, this.#values, here()));
    return over(cells, step({ kind: "derived", input: cells.plan, rule: { method: "pivot", ...named } }));
  }
}

function pivotValueOf(value: PivotedValue): PivotValue {
  const kinds = ["string", "number", "bigint", "boolean"];
  if (value !== null && !kinds.includes(typeof value))
    throw new AnalysisError("PIVOT", `pivot takes texts, numbers, booleans and null as values, not ${inspect(value)}`);
  return { name: String(value), literal: operand(value) };
}
