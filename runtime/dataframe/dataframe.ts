import { inspect } from "node:util";
import { textOf } from "../plan/column-path.ts";
import type { Rule } from "../plan/derived/rule.ts";
import type { Named } from "../plan/nodes.ts";
import type { Schema } from "../plan/types.ts";
import * as actions from "./actions.ts";
import { aggregatedStep } from "./aggregated-step.ts";
import { allApplied, applied } from "./applied.ts";
import type { Column } from "./column.ts";
import { columnsLike, conditionOf, namedColumn, namedColumns, namesIn } from "./column-arguments.ts";
import { GroupedData } from "./grouped.ts";
import { chosenSets, cubeSets, rollupSets } from "./grouping-sets.ts";
import { refuseUndefined } from "./habits.ts";
import { asofPlan, joinPlan, lateralPlan } from "./join.ts";
import type {
  AliasedSchema,
  AnyAliased,
  AsofOptions,
  Joinable,
  Joined,
  JoinedWith,
  JoinName,
  JoinOn,
  JoinOptions,
} from "./join-types.ts";
import { knownColumns } from "./known-columns.ts";
import { type AggregatedOf, type AggregatesOf, aggregatesIn } from "./named-aggregates.ts";
import type { Condition } from "./operands.ts";
import { overGroupingSets } from "./over-grouping-sets.ts";
import { Plot } from "./plot.ts";
import { schemaOf } from "./reader.ts";
import { over } from "./rows.ts";
import type { SchemaBuilder } from "./schema-builder.ts";
import type {
  AnyName,
  Callback,
  Columns,
  Dropped,
  Grouping,
  Marked,
  Merge,
  Nullable,
  OneOrList,
  Picked,
  PickedPaths,
  Projected,
  Projection,
  Renamed,
  RenamedAll,
  Selected,
  Selection,
  Star,
  Unpivoted,
  WithColumn,
} from "./schema-types.ts";
import { textColumn } from "./sql-column.ts";
import { step } from "./step.ts";
import { numbered, projection, withAll } from "./steps.ts";
import { Synonyms } from "./synonyms.ts";
import { withTimeWindows } from "./time-windows.ts";
import type * as Sql from "./types.ts";
import { DataFrameWriter } from "./writer.ts";

/**
 * A table that is still to be computed: a plan of steps over its sources. Each method adds a step and gives a new
 * frame; actions (show, count, collect, write …) run the plan. S maps column names to SQL types.
 */
// S only ever comes out. TypeScript sees it or not, by which file it checks first.
// biome-ignore lint/suspicious/noTsIgnore: an error that is expected would be missing where it does.
// @ts-ignore
export class DataFrame<out S = any> extends Synonyms<S> {
  // Overloads, here and below: the last one is what TypeScript compares with when none fits, so it names the columns; one
  // before it takes names that only the run knows.
  /**
   * These columns: `f => ({ a: f.x, b: f.y.plus(1) })`, `f => [f.a, f.b.alias("z")]`, or names; "*" is all there are, "address.city" a field
   * of a struct, "address.*" all of them, and "a.*" the columns of a frame with the alias a.
   */
  select<const C extends Selection>(columns: (f: Columns<S>) => C): DataFrame<Projected<C>>;
  select<const A extends readonly ((keyof S & string) | Selected)[]>(...columns: A): DataFrame<Picked<S, A>>;
  select<const A extends readonly ((keyof S & string) | Selected)[]>(columns: A): DataFrame<Picked<S, A>>;
  select<const A extends readonly ((keyof S & string) | Marked | Selected | Callback<S, Selection>)[]>(
    ...columns: A
  ): DataFrame<PickedPaths<S, A>>;
  select<N extends string, const A extends readonly ((keyof S & string) | Selected | Callback<S, Selection>)[]>(
    all: Star<N>,
    ...more: A
  ): DataFrame<Merge<S, PickedPaths<S, A>>>;
  select<N extends string>(...columns: OneOrList<AnyName<N> | Selected>): DataFrame<any>;
  select(...names: readonly (keyof S & string)[]): DataFrame<any>;
  select(...given: readonly unknown[]): DataFrame<any> {
    return over(this, projection(this.plan, namedColumns("select", allApplied("select", given))));
  }

  /** Columns as SQL text: `selectExpr("delay / 60 as hours")`. */
  selectExpr(...texts: readonly string[]): DataFrame<any> {
    return over(this, projection(this.plan, texts.flat().map(textColumn)));
  }

  /** The rows for which the condition is true. */
  filter(condition: ((f: Columns<S>) => Condition) | Condition | string): DataFrame<S>;
  filter(condition: (f: Columns<S>) => Condition): DataFrame<S>;
  filter(given: unknown): DataFrame<any> {
    const condition = typeof given === "string" ? textOf(given) : conditionOf("filter", applied("filter", given));
    return over(this, overGroupingSets(step({ kind: "filter", input: this.plan, condition })));
  }
  /** The same as filter. */
  where(condition: ((f: Columns<S>) => Condition) | Condition | string): DataFrame<S>;
  where(condition: (f: Columns<S>) => Condition): DataFrame<S>;
  where(condition: any): DataFrame<any> {
    return this.filter(condition);
  }

  /** Adds a column, or replaces the one of this name. */
  withColumn<const N extends (keyof S & string) | (string & {}), T = any>(
    name: N,
    value: ((f: Columns<S>) => Column<T, any>) | Column<T, any>,
  ): DataFrame<WithColumn<S, N, T>> {
    const column = namedColumn("withColumn", name, applied("withColumn", value, 2));
    return over(this, withAll("withColumn", this.plan, [column]));
  }
  /** Adds or replaces several columns; none of them sees another's new value. */
  withColumns<const C extends { readonly [name: string]: Column<any, any> }>(
    columns: ((f: Columns<S>) => C) | C,
  ): DataFrame<Merge<S, Projected<C>>> {
    const all = namedColumns("withColumns", applied("withColumns", columns));
    return over(this, withAll("withColumns", this.plan, all));
  }
  withColumnRenamed<const From extends keyof S & string, const To extends string>(
    from: From,
    to: To,
  ): DataFrame<Renamed<S, From, To>>;
  withColumnRenamed<N extends string>(from: AnyName<N>, to: string): DataFrame<any>;
  withColumnRenamed(from: keyof S & string, to: string): DataFrame<any>;
  withColumnRenamed(from: string, to: string): DataFrame<any> {
    const [old, name] = namesIn("withColumnRenamed", [from, to]) as [string, string];
    return over(this, step({ kind: "rename", input: this.plan, names: { [old]: name } }));
  }
  /** Renames several columns: `{ old: "new" }`. */
  withColumnsRenamed<const M extends { readonly [K in keyof S & string]?: string }>(
    names: M,
  ): DataFrame<RenamedAll<S, M>> {
    return over(this, step({ kind: "rename", input: this.plan, names: { ...names } as { [from: string]: string } }));
  }
  drop<const A extends readonly (keyof S & string)[]>(...names: A): DataFrame<Dropped<S, A>>;
  drop<const A extends readonly (keyof S & string)[]>(names: A): DataFrame<Dropped<S, A>>;
  drop<N extends string>(...names: OneOrList<AnyName<N> | Column<any, any>>): DataFrame<any>;
  drop(...names: readonly (keyof S & string)[]): DataFrame<any>;
  drop(...names: readonly unknown[]): DataFrame<any> {
    return over(this, step({ kind: "drop", input: this.plan, names: namesIn("drop", names.flat()) }));
  }

  /** Groups for `agg` and its like: `f => ({ hour: hour(f.date) })`, names, or columns. */
  groupBy<const C extends Projection>(groups: (f: Columns<S>) => C): GroupedData<S, Projected<C>>;
  groupBy<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(
    ...groups: A
  ): GroupedData<S, Picked<S, A>>;
  groupBy<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(groups: A): GroupedData<S, Picked<S, A>>;
  groupBy<const A extends readonly Grouping<S>[]>(...groups: A): GroupedData<S, PickedPaths<S, A>>;
  groupBy<N extends string>(...groups: OneOrList<AnyName<N> | Column<any, any> | number>): GroupedData<S, any>;
  groupBy(...names: readonly (keyof S & string)[]): GroupedData<S, any>;
  groupBy(...given: readonly unknown[]): any {
    return this.#grouped("groupBy", namedColumns("groupBy", allApplied("groupBy", given)));
  }
  /** Groups by these columns, by all but the last of them, and so on, down to all rows at once. */
  rollup<const C extends Projection>(groups: (f: Columns<S>) => C): GroupedData<S, Nullable<Projected<C>>>;
  rollup<const A extends readonly Grouping<S>[]>(...groups: A): GroupedData<S, Nullable<PickedPaths<S, A>>>;
  rollup<N extends string>(...groups: OneOrList<AnyName<N> | Column<any, any> | number>): GroupedData<S, any>;
  rollup<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(
    ...groups: A
  ): GroupedData<S, Nullable<Picked<S, A>>>;
  rollup(...given: readonly unknown[]): GroupedData<S, any> {
    const named = namedColumns("rollup", allApplied("rollup", given));
    return this.#grouped("rollup", named, rollupSets(named.length));
  }
  /** Groups by every choice of these columns. */
  cube<const C extends Projection>(groups: (f: Columns<S>) => C): GroupedData<S, Nullable<Projected<C>>>;
  cube<const A extends readonly Grouping<S>[]>(...groups: A): GroupedData<S, Nullable<PickedPaths<S, A>>>;
  cube<N extends string>(...groups: OneOrList<AnyName<N> | Column<any, any> | number>): GroupedData<S, any>;
  cube<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(
    ...groups: A
  ): GroupedData<S, Nullable<Picked<S, A>>>;
  cube(...given: readonly unknown[]): GroupedData<S, any> {
    const named = namedColumns("cube", allApplied("cube", given));
    return this.#grouped("cube", named, cubeSets(named.length));
  }
  /**
   * Groups by each of these choices: `groupingSets(["a", "b"], ["a"], [])`, `groupingSets(f => [[f.a, hour(f.at)], []])`; or by those of
   * a list, with the columns in their order behind it: `groupingSets([["a", "b"], ["a"]], "a", "b")`.
   */
  groupingSets<const C extends readonly (readonly Column<any, any>[])[]>(
    sets: (f: Columns<S>) => C,
  ): GroupedData<S, Nullable<Projected<readonly C[number][number][]>>>;
  groupingSets<const A extends readonly (readonly ((keyof S & string) | Column<any, any>)[])[]>(
    ...sets: A
  ): GroupedData<S, Nullable<Picked<S, readonly [...A[number]]>>>;
  groupingSets<const N extends keyof S & string>(
    ...sets: readonly (readonly N[])[]
  ): GroupedData<S, Nullable<Pick<S, N>>>;
  groupingSets<const A extends readonly (readonly ((keyof S & string) | Column<any, any>)[])[]>(
    sets: A,
    ...columns: readonly ((keyof S & string) | Column<any, any>)[]
  ): GroupedData<S, Nullable<Picked<S, readonly [...A[number]]>>>;
  groupingSets(...given: readonly unknown[]): GroupedData<S, any> {
    const { groups, sets } = chosenSets(given);
    return new GroupedData(this, groups, sets);
  }
  /** Aggregates over all rows, one row: `agg(f => ({ most: max(f.delay) }))`, `agg({ delay: "max", "*": "count" })`. */
  agg<const C extends Projection>(aggregates: (f: Columns<S>) => C): DataFrame<Projected<C>>;
  agg<const A extends AggregatesOf<S>>(aggregates: A): DataFrame<AggregatedOf<S, A>>;
  agg<const A extends readonly (Column<any, any> | Callback<S, Projection>)[]>(...all: A): DataFrame<PickedPaths<S, A>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Picked<S, A>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    return over(this, aggregatedStep(this.plan, [], aggregatesIn(given)));
  }

  /**
   * Joins by columns of equal name, which are kept once, or by a condition over both sides: `join(b, "id")`,
   * `join(b, (a, b) => a.id.eq(b.key), "left", { suffix: "_b" })`. The kind of join may be left out.
   */
  join<R = any>(other: Joinable<S, R, undefined, "inner", "">): DataFrame<Joined<S, R, undefined, "inner", "">>;
  join<
    R = any,
    const On extends
      | (keyof S & keyof R & string)
      | readonly (keyof S & keyof R & string)[]
      | ((a: Columns<S>, b: Columns<R>) => Condition)
      | Condition = JoinOn<S, R>,
    const X extends string = "",
  >(other: Joinable<S, R, On, "inner", X>, on: On, options: JoinOptions<X>): DataFrame<Joined<S, R, On, "inner", X>>;
  join<
    F extends AnyAliased,
    const On extends
      | (keyof S & keyof AliasedSchema<F> & string)
      | readonly (keyof S & keyof AliasedSchema<F> & string)[]
      | ((a: Columns<S>, b: Columns<AliasedSchema<F>>) => Condition)
      | Condition,
    H extends JoinName = "inner",
  >(other: F, on: On, how?: H): DataFrame<JoinedWith<S, F, On, H>>;
  join<
    R = any,
    const On extends
      | (keyof S & keyof R & string)
      | readonly (keyof S & keyof R & string)[]
      | ((a: Columns<S>, b: Columns<R>) => Condition)
      | Condition = JoinOn<S, R>,
    H extends JoinName = "inner",
    const X extends string = "",
  >(other: Joinable<S, R, On, H, X>, on: On, how?: H, options?: JoinOptions<X>): DataFrame<Joined<S, R, On, H, X>>;
  join(
    other: DataFrame<any>,
    ...given: readonly [on?: unknown, how?: string | JoinOptions, options?: JoinOptions]
  ): DataFrame<any> {
    if (given.length === 1) refuseUndefined("join", given[0], 2);
    return over(this, joinPlan(this.plan, actions.planOf("join", this, other), ...given));
  }
  /**
   * Each row with the nearest of the other frame's rows by an order, as of its time: `trades.asofJoin(quotes, (t, q) =>
   * t.time.ge(q.time), { on: "symbol" })`. The condition is one comparison of both sides (ge, gt: the last before; le, lt: the
   * first after); of several rows that are equally near it is any. "inner" leaves out rows that have none.
   */
  asofJoin<
    R = any,
    const On extends (keyof S & keyof R & string) | readonly (keyof S & keyof R & string)[] | undefined = undefined,
    H extends "inner" | "left" = "inner",
    const X extends string = "",
  >(
    other: Joinable<S, R, On, H, X>,
    nearest: (a: Columns<S>, b: Columns<R>) => Condition,
    options: AsofOptions<On, H, X> = {},
  ): DataFrame<Joined<S, R, On, H, X>> {
    const right = actions.planOf("asofJoin", this, other as DataFrame<any>);
    return over(this, asofPlan(this.plan, right, nearest, options));
  }
  /**
   * Each row with the rows that the other frame has for it, in which `col("x").outer()` is the row's: `orders.lateralJoin(
   * items.filter(i => i.order.eq(col("id").outer())).limit(3))`. `how` is "inner" or "left".
   */
  lateralJoin<R = any, H extends "inner" | "left" | "cross" = "inner", const X extends string = "">(
    other: Joinable<S, R, undefined, H, X>,
    on?: ((a: Columns<S>, b: Columns<R>) => Condition) | null,
    how?: H,
    options?: JoinOptions<X>,
  ): DataFrame<Joined<S, R, undefined, H, X>>;
  lateralJoin(other: any, on: unknown = null, how = "inner", options: JoinOptions = {}): DataFrame<any> {
    const right = actions.planOf("lateralJoin", this, other);
    return over(this, lateralPlan(this.plan, right, on, how, options));
  }
  /** Every row of this frame with every row of the other. */
  crossJoin<R = any, const X extends string = "">(
    other: Joinable<S, R, undefined, "cross", X>,
    options: JoinOptions<X> = {},
  ): DataFrame<Joined<S, R, undefined, "cross", X>> {
    const right = actions.planOf("crossJoin", this, other as DataFrame<any>);
    return over(this, joinPlan(this.plan, right, undefined, "cross", options));
  }
  /** Counts, mean, stddev, min and max of these columns, or of all that hold numbers or text, as a frame of texts. */
  describe<const N extends keyof S & string>(...names: readonly N[]): DataFrame<any> {
    const statistics = ["count", "mean", "stddev", "min", "max"];
    const subset = names.length === 0 ? {} : { subset: namesIn("describe", names.flat()) };
    return this.#derived({ method: "describe", statistics, ...subset });
  }
  /** As describe, of all columns, with these statistics: "count", "mean", "stddev", "min", "max", "count_distinct", "approx_count_distinct", "25%" … */
  summary(...statistics: readonly string[]): DataFrame<any> {
    const usual = ["count", "mean", "stddev", "min", "25%", "50%", "75%", "max"];
    return this.#derived({ method: "summary", statistics: statistics.length === 0 ? usual : statistics.flat() });
  }

  /** A row for each of these columns (of all but `ids`), with its name and its value: columns become rows. */
  unpivot<const I extends keyof S & string, const N extends string = "variable", const V extends string = "value">(
    ids: I | readonly I[],
    values?: (keyof S & string) | readonly (keyof S & string)[] | null,
    variable?: N,
    value?: V,
  ): DataFrame<Unpivoted<S, I, N, V>>;
  unpivot(ids: any, values: any = null, variable = "variable", value = "value"): DataFrame<any> {
    const list = (given: unknown) => namesIn("unpivot", [given].flat());
    const subset = values === null ? {} : { subset: list(values) };
    return this.#derived({ method: "unpivot", ids: list(ids), ...subset, variable, value });
  }
  /** The same as unpivot. */
  melt<const I extends keyof S & string, const N extends string = "variable", const V extends string = "value">(
    ids: I | readonly I[],
    values?: (keyof S & string) | readonly (keyof S & string)[] | null,
    variable?: N,
    value?: V,
  ): DataFrame<Unpivoted<S, I, N, V>> {
    return this.unpivot(ids, values, variable, value);
  }
  /**
   * Columns as rows: a row for each column but the index, with its name in "key", and a column for each row, named by its value in
   * the index, which is the first column unless it is named: `transpose("id")`. Rows without an index are left out, 500 are the
   * most. The values of the index differ, and the other columns have a type in common.
   */
  transpose(index?: (keyof S & string) | Column<any, any>): DataFrame<any> {
    const [name] = index === undefined ? [] : namesIn("transpose", [index]);
    return this.#derived({ method: "transpose", ...(name !== undefined && { index: name }) });
  }
  /** The rows with their numbers, from 0 in their order, as another column. */
  zipWithIndex<const N extends string = "index">(name?: N): DataFrame<WithColumn<S, N, Sql.Long>>;
  zipWithIndex(name = "index"): DataFrame<any> {
    return over(this, numbered(this.plan, name));
  }
  /** The same columns under these names, in order. */
  toDF<const N extends readonly string[]>(
    ...names: N
  ): DataFrame<string extends N[number] ? any : { [K in N[number]]: any }>;
  toDF(...names: readonly string[]): DataFrame<any> {
    return this.#derived({ method: "toDF", names: names.flat() });
  }

  /** Each row as JSON, in the column "value", as F.to_json writes it. */
  toJSON(): DataFrame<{ value: Sql.String }> {
    return this.#derived({ method: "toJSON" });
  }
  /**
   * The columns of this schema, by name, in its order and as its types; one that is not there is null. What would not go into a
   * type by itself, as a text into a number, is refused.
   */
  to<T>(schema: SchemaBuilder<T>): DataFrame<T>;
  to(schema: string | Schema): DataFrame<any>;
  to(schema: SchemaBuilder<any> | string | Schema): DataFrame<any> {
    return this.#derived({ method: "to", schema: schemaOf(schema) });
  }
  /** In select, all columns whose whole name the pattern in backticks matches, ignoring case: "`day.*`"; or a RegExp. */
  colRegex(pattern: string | RegExp): Column<any> {
    return columnsLike(pattern);
  }
  /** Passes this frame through a function, with what else it takes: `df.transform(cleaned).transform(withHour, "day")`. */
  transform<R, A extends readonly unknown[] = []>(change: (frame: DataFrame<S>, ...more: A) => R, ...more: A): R {
    return change(this, ...more);
  }

  /** Writes files: `write.mode("overwrite").partitionBy("day").parquet("out/late")`. */
  get write(): DataFrameWriter<S> {
    return new DataFrameWriter(this);
  }
  /** Charts: `plot.bar({ x: "hour", y: "delay" })`. */
  get plot(): Plot<S> {
    return new Plot(this);
  }

  [inspect.custom](): string {
    const { isElsewhere, engineName } = this.context;
    return `DataFrame[${knownColumns(this.plan) ?? "…"}]${isElsewhere ? ` on ${engineName}` : ""}`;
  }

  #grouped(method: string, groups: readonly Named[], sets?: readonly (readonly number[])[]): GroupedData<S, any> {
    const { input, columns } = withTimeWindows(method, this.plan, groups);
    return new GroupedData(input === this.plan ? this : over(this, input), columns, sets);
  }

  #derived(rule: Rule): DataFrame<any> {
    return over(this, step({ kind: "derived", input: this.plan, rule }));
  }
}
