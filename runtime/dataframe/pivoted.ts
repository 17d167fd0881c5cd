import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { cellsPlan, pivotRule } from "../plan/derived/pivot.ts";
import { makeAt, type PivotValue } from "../plan/derived/rule.ts";
import type { Named } from "../plan/nodes.ts";
import { type Column, operand } from "./column.ts";
import { namesIn } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import {
  type Aggregated,
  type AggregatedOf,
  type AggregatesOf,
  type AllNumbers,
  aggregateOf,
  aggregatesIn,
  type NumbersMethod,
  type NumericName,
  rowsCounted,
} from "./named-aggregates.ts";
import { here } from "./origin.ts";
import { over, type Rows } from "./rows.ts";
import type { Callback, Columns, Merge, Picked, PickedPaths, Projected, Projection } from "./schema-types.ts";
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
  agg<const A extends AggregatesOf<S>>(aggregates: A): DataFrame<Merge<G, Cells<V, AggregatedOf<S, A>>>>;
  agg<const A extends readonly (Column<any, any> | Callback<S, Projection>)[]>(
    ...all: A
  ): DataFrame<Merge<G, Cells<V, PickedPaths<S, A>>>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Merge<G, Cells<V, Picked<S, A>>>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    return this.#aggregate(aggregatesIn(given));
  }
  /** The number of rows of each value. */
  count(): DataFrame<Merge<G, Cells<V, { count: Sql.Long }>>> {
    return this.#aggregate([rowsCounted]);
  }
  /** The sums of these columns, or of all that hold numbers; of several columns they are named `value_sum(x)`. */
  sum(): DataFrame<Merge<G, Cells<V, AllNumbers<S, "sum">>>>;
  sum<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Cells<V, Aggregated<S, A, "sum">>>>;
  sum(...names: readonly string[]): DataFrame<any> {
    return this.#each("sum", names);
  }
  avg(): DataFrame<Merge<G, Cells<V, AllNumbers<S, "avg">>>>;
  avg<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Cells<V, Aggregated<S, A, "avg">>>>;
  avg(...names: readonly string[]): DataFrame<any> {
    return this.#each("avg", names);
  }
  mean(): DataFrame<Merge<G, Cells<V, AllNumbers<S, "avg">>>>;
  mean<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Cells<V, Aggregated<S, A, "avg">>>>;
  mean(...names: readonly string[]): DataFrame<any> {
    return this.#each("avg", names);
  }
  min(): DataFrame<Merge<G, Cells<V, AllNumbers<S, "min">>>>;
  min<const A extends readonly (keyof S & string)[]>(
    ...names: A
  ): DataFrame<Merge<G, Cells<V, Aggregated<S, A, "min">>>>;
  min(...names: readonly string[]): DataFrame<any> {
    return this.#each("min", names);
  }
  max(): DataFrame<Merge<G, Cells<V, AllNumbers<S, "max">>>>;
  max<const A extends readonly (keyof S & string)[]>(
    ...names: A
  ): DataFrame<Merge<G, Cells<V, Aggregated<S, A, "max">>>>;
  max(...names: readonly string[]): DataFrame<any> {
    return this.#each("max", names);
  }

  [inspect.custom](): string {
    return offered(`PivotedData of ${this.#pivot.column.name}:`, this);
  }

  #each(method: NumbersMethod, names: readonly string[]): DataFrame<any> {
    if (names.length > 0)
      return this.#aggregate(namesIn(method, names.flat()).map((name) => aggregateOf(method, name)));
    const { groups, column } = this.#pivot;
    const pivot = { column, ...(this.#values && { values: this.#values }) };
    const input = this.#input.plan;
    return over(this.#input, step({ kind: "derived", input, rule: { method, groups, pivot } }));
  }

  #aggregate(aggregates: readonly Named[]): DataFrame<any> {
    const { groups, column } = this.#pivot;
    const make = makeAt(here());
    const cells = over(this.#input, cellsPlan(this.#input.plan, groups, column, aggregates, make));
    const rule = { ...pivotRule(groups, aggregates), ...(this.#values && { values: this.#values }) };
    return over(cells, make({ kind: "derived", input: cells.plan, rule }));
  }
}

function pivotValueOf(value: PivotedValue): PivotValue {
  const kinds = ["string", "number", "bigint", "boolean"];
  if (value !== null && !kinds.includes(typeof value))
    throw new AnalysisError("PIVOT", `pivot takes texts, numbers, booleans and null as values, not ${inspect(value)}`);
  return { name: String(value), literal: operand(value) };
}
