import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Named } from "../plan/nodes.ts";
import { aggregatedStep } from "./aggregated-step.ts";
import { applied } from "./applied.ts";
import type { Column } from "./column.ts";
import { namedColumns, namesIn } from "./column-arguments.ts";
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
import { withGroups } from "./over-grouping-sets.ts";
import { type PivotColumn, PivotedData, type PivotedValue } from "./pivoted.ts";
import { over, type Rows } from "./rows.ts";
import type { Callback, Columns, Merge, Picked, PickedPaths, Projected, Projection } from "./schema-types.ts";
import { step } from "./step.ts";
import type * as Sql from "./types.ts";

/** Rows in groups: what `groupBy` gives. G holds the groups' columns. */
export class GroupedData<S, G> {
  readonly #input: Rows;
  readonly #groups: readonly Named[];
  readonly #sets: readonly (readonly number[])[] | undefined;

  constructor(input: Rows, groups: readonly Named[], sets?: readonly (readonly number[])[]) {
    this.#input = input;
    this.#groups = groups;
    this.#sets = sets;
  }

  /**
   * A column for each of these values, in it the aggregates of the rows that have it: `groupBy("year").pivot("kind",
   * ["a", "b"]).sum("x")`. Without values, for all that are in the data; naming them saves a query, and gives types.
   */
  pivot<const V extends readonly PivotedValue[]>(column: PivotColumn<S>, values: V): PivotedData<S, G, `${V[number]}`>;
  pivot(column: PivotColumn<S>): PivotedData<S, G, string>;
  pivot(column: unknown, values?: readonly PivotedValue[]): PivotedData<S, G, any> {
    if (this.#sets)
      throw new AnalysisError("PIVOT", "pivot: only groupBy can be pivoted, not rollup, cube or groupingSets.");
    const [named] = namedColumns("pivot", applied("pivot", column)) as [Named];
    return new PivotedData(this.#input, { groups: this.#groups, column: named }, values);
  }

  /** One row for each group: the group's columns, then the aggregates, also as `{ delay: "max", "*": "count" }`. */
  agg<const C extends Projection>(aggregates: (f: Columns<S>) => C): DataFrame<Merge<G, Projected<C>>>;
  agg<const A extends AggregatesOf<S>>(aggregates: A): DataFrame<Merge<G, AggregatedOf<S, A>>>;
  agg<const A extends readonly (Column<any, any> | Callback<S, Projection>)[]>(
    ...all: A
  ): DataFrame<Merge<G, PickedPaths<S, A>>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Merge<G, Picked<S, A>>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    return this.#aggregate(aggregatesIn(given));
  }

  /** The number of rows in each group, as `count`. */
  count(): DataFrame<Merge<G, { count: Sql.Long }>> {
    return this.#aggregate([rowsCounted]);
  }
  /** The sums of these columns, or of all that hold numbers, named `sum(x)`. */
  sum(): DataFrame<Merge<G, AllNumbers<S, "sum">>>;
  sum<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Aggregated<S, A, "sum">>>;
  sum(...names: readonly string[]): DataFrame<any> {
    return this.#each("sum", names);
  }
  avg(): DataFrame<Merge<G, AllNumbers<S, "avg">>>;
  avg<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Aggregated<S, A, "avg">>>;
  avg(...names: readonly string[]): DataFrame<any> {
    return this.#each("avg", names);
  }
  mean(): DataFrame<Merge<G, AllNumbers<S, "avg">>>;
  mean<const A extends readonly NumericName<S>[]>(...names: A): DataFrame<Merge<G, Aggregated<S, A, "avg">>>;
  mean(...names: readonly string[]): DataFrame<any> {
    return this.#each("avg", names);
  }
  min(): DataFrame<Merge<G, AllNumbers<S, "min">>>;
  min<const A extends readonly (keyof S & string)[]>(...names: A): DataFrame<Merge<G, Aggregated<S, A, "min">>>;
  min(...names: readonly string[]): DataFrame<any> {
    return this.#each("min", names);
  }
  max(): DataFrame<Merge<G, AllNumbers<S, "max">>>;
  max<const A extends readonly (keyof S & string)[]>(...names: A): DataFrame<Merge<G, Aggregated<S, A, "max">>>;
  max(...names: readonly string[]): DataFrame<any> {
    return this.#each("max", names);
  }

  [inspect.custom](): string {
    return offered(`GroupedData by ${this.#groups.map(({ name }) => name).join(", ") || "nothing"}:`, this);
  }

  #each(method: NumbersMethod, names: readonly string[]): DataFrame<any> {
    if (names.length > 0)
      return this.#aggregate(namesIn(method, names.flat()).map((name) => aggregateOf(method, name)));
    const [input, groups, sets] = [this.#input.plan, this.#groups, this.#sets];
    return over(this.#input, step({ kind: "derived", input, rule: { method, groups, ...(sets && { sets }) } }));
  }

  #aggregate(aggregates: readonly Named[]): DataFrame<any> {
    const [input, groups, sets] = [this.#input.plan, this.#groups, this.#sets];
    if (sets === undefined) return over(this.#input, aggregatedStep(input, groups, aggregates));
    const complete = aggregates.map((column) => ({ ...column, expression: withGroups(column.expression, groups) }));
    return over(this.#input, aggregatedStep(input, groups, complete, sets));
  }
}
