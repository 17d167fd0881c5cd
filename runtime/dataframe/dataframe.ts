import { inspect } from "node:util";
import type { ExplainMode } from "../engine/engine.ts";
import type { Plan } from "../plan/nodes.ts";
import type { Schema } from "../plan/types.ts";
import * as actions from "./actions.ts";
import type { Column } from "./column.ts";
import { conditionOf, namedColumn, namedColumns, namesIn, type SortArgument, sortKeys } from "./column-arguments.ts";
import type { Context } from "./context.ts";
import { allApplied, applied, GroupedData } from "./grouped.ts";
import { refuseUndefined } from "./habits.ts";
import { host } from "./host.ts";
import { joinPlan } from "./join.ts";
import type { Joinable, Joined, JoinName, JoinOn, JoinOptions } from "./join-types.ts";
import { knownColumns } from "./known-columns.ts";
import type { Condition } from "./operands.ts";
import { here } from "./origin.ts";
import { Plot } from "./plot.ts";
import type { QueryPlan } from "./query-plan.ts";
import type { DefaultOptions, Row, RowOptions } from "./row.ts";
import type {
  AnyName,
  Columns,
  Dropped,
  Merge,
  Picked,
  Projected,
  Projection,
  Renamed,
  RenamedAll,
  Union,
  WithColumn,
} from "./schema-types.ts";
import { step } from "./step.ts";
import { firstOfEach, projection, rowCount, textColumn } from "./steps.ts";
import { checkedLevel, StorageLevel } from "./storage-level.ts";
import { DataFrameWriter } from "./writer.ts";

let made = 0;

/** Grows with every frame: where it has not, no variable holds a frame that is new. */
export const framesMade = (): number => made;

/**
 * A table that is still to be computed: a plan of steps over its sources. Each method adds a step and gives a new
 * frame; actions (show, count, collect, write …) run the plan. S maps column names to SQL types.
 */
// @ts-expect-error S only ever comes out; TypeScript cannot see it through the parameters of the callbacks.
export class DataFrame<out S = any> {
  declare readonly plan: Plan;
  declare readonly context: Context;

  constructor(plan: Plan, context: Context) {
    made += 1;
    // Not enumerable: whoever looks at a frame does not want its inside.
    Object.defineProperties(this, { plan: { value: context.dated(plan) }, context: { value: context } });
  }

  // Overloads, here and below: the last one is what TypeScript compares with when none fits, so it names the columns; one
  // before it takes names that only the run knows.
  /** These columns: `f => ({ a: f.x, b: f.y.plus(1) })`, `f => [f.a, f.b.alias("z")]`, or names. */
  select<const C extends Projection>(columns: (f: Columns<S>) => C): DataFrame<Projected<C>>;
  select<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(...columns: A): DataFrame<Picked<S, A>>;
  select<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(columns: A): DataFrame<Picked<S, A>>;
  select<N extends string>(...columns: readonly (AnyName<N> | Column<any, any>)[]): DataFrame<any>;
  select(...names: readonly (keyof S & string)[]): DataFrame<any>;
  select(...given: readonly unknown[]): DataFrame<any> {
    return this.#with(projection(this.plan, namedColumns("select", allApplied("select", given))));
  }

  /** Columns as SQL text: `selectExpr("delay / 60 as hours")`. */
  selectExpr(...texts: readonly string[]): DataFrame<any> {
    return this.#with(projection(this.plan, texts.flat().map(textColumn)));
  }

  /** The rows for which the condition is true. */
  filter(condition: ((f: Columns<S>) => Condition) | Condition | string): DataFrame<S>;
  filter(condition: (f: Columns<S>) => Condition): DataFrame<S>;
  filter(given: unknown): DataFrame<any> {
    const condition =
      typeof given === "string"
        ? ({ kind: "sql", text: given } as const)
        : conditionOf("filter", applied("filter", given));
    return this.#with(step({ kind: "filter", input: this.plan, condition }));
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
    return this.#with(
      step({
        kind: "withColumns",
        input: this.plan,
        columns: [namedColumn("withColumn", name, applied("withColumn", value, 2))],
      }),
    );
  }
  /** Adds or replaces several columns; none of them sees another's new value. */
  withColumns<const C extends { readonly [name: string]: Column<any, any> }>(
    columns: ((f: Columns<S>) => C) | C,
  ): DataFrame<Merge<S, Projected<C>>> {
    return this.#with(
      step({
        kind: "withColumns",
        input: this.plan,
        columns: namedColumns("withColumns", applied("withColumns", columns)),
      }),
    );
  }
  withColumnRenamed<const From extends keyof S & string, const To extends string>(
    from: From,
    to: To,
  ): DataFrame<Renamed<S, From, To>>;
  withColumnRenamed<N extends string>(from: AnyName<N>, to: string): DataFrame<any>;
  withColumnRenamed(from: keyof S & string, to: string): DataFrame<any>;
  withColumnRenamed(from: string, to: string): DataFrame<any> {
    const [old, name] = namesIn("withColumnRenamed", [from, to]) as [string, string];
    return this.#with(step({ kind: "rename", input: this.plan, names: { [old]: name } }));
  }
  /** Renames several columns: `{ old: "new" }`. */
  withColumnsRenamed<const M extends { readonly [K in keyof S & string]?: string }>(
    names: M,
  ): DataFrame<RenamedAll<S, M>> {
    return this.#with(step({ kind: "rename", input: this.plan, names: { ...names } as { [from: string]: string } }));
  }
  drop<const A extends readonly (keyof S & string)[]>(...names: A): DataFrame<Dropped<S, A>>;
  drop<const A extends readonly (keyof S & string)[]>(names: A): DataFrame<Dropped<S, A>>;
  drop<N extends string>(...names: readonly AnyName<N>[]): DataFrame<any>;
  drop(...names: readonly (keyof S & string)[]): DataFrame<any>;
  drop(...names: readonly (string | readonly string[])[]): DataFrame<any> {
    return this.#with(step({ kind: "drop", input: this.plan, names: namesIn("drop", names.flat()) }));
  }

  /** Each different row once. */
  distinct(): DataFrame<S> {
    return this.#with(step({ kind: "distinct", input: this.plan }));
  }
  /** One row, whichever, for each different combination of these columns; of all columns if none is named. */
  dropDuplicates<N extends string>(...names: readonly AnyName<N>[]): DataFrame<S>;
  dropDuplicates(...names: readonly ((keyof S & string) | readonly (keyof S & string)[])[]): DataFrame<S>;
  dropDuplicates(...names: readonly (string | readonly string[])[]): DataFrame<S> {
    const keys = namesIn("dropDuplicates", names.flat());
    return keys.length === 0 ? this.distinct() : this.#with(firstOfEach(this.plan, keys));
  }

  /** Groups for `agg` and its like: `f => ({ hour: hour(f.date) })`, names, or columns. */
  groupBy<const C extends Projection>(groups: (f: Columns<S>) => C): GroupedData<S, Projected<C>>;
  groupBy<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(
    ...groups: A
  ): GroupedData<S, Picked<S, A>>;
  groupBy<const A extends readonly ((keyof S & string) | Column<any, any>)[]>(groups: A): GroupedData<S, Picked<S, A>>;
  groupBy<N extends string>(...groups: readonly (AnyName<N> | Column<any, any>)[]): GroupedData<S, any>;
  groupBy(...names: readonly (keyof S & string)[]): GroupedData<S, any>;
  groupBy(...given: readonly unknown[]): GroupedData<any, any> {
    const groups = namedColumns("groupBy", allApplied("groupBy", given));
    return new GroupedData(this.plan, groups, (plan) => this.#with(plan));
  }
  /** Aggregates over all rows: one row. */
  agg<const C extends Projection>(aggregates: (f: Columns<S>) => C): DataFrame<Projected<C>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Picked<S, A>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    const aggregates = namedColumns("agg", allApplied("agg", given));
    return this.#with(step({ kind: "aggregate", input: this.plan, groups: [], aggregates }));
  }

  /** Sorts: `f => f.delay.desc()`, `f => [f.a, f.b.desc()]`, columns, or names. */
  orderBy(keys: (f: Columns<S>) => SortArgument | readonly SortArgument[]): DataFrame<S>;
  orderBy(keys: readonly ((keyof S & string) | Exclude<SortArgument, string>)[]): DataFrame<S>;
  orderBy<N extends string>(...keys: readonly (AnyName<N> | Exclude<SortArgument, string>)[]): DataFrame<S>;
  orderBy(...keys: readonly ((keyof S & string) | Exclude<SortArgument, string>)[]): DataFrame<S>;
  orderBy(...names: readonly (keyof S & string)[]): DataFrame<S>;
  orderBy(...given: readonly unknown[]): DataFrame<any> {
    return this.#with(
      step({ kind: "sort", input: this.plan, keys: sortKeys("orderBy", allApplied("orderBy", given)) }),
    );
  }
  /** The same as orderBy. */
  sort(keys: (f: Columns<S>) => SortArgument | readonly SortArgument[]): DataFrame<S>;
  sort(keys: readonly ((keyof S & string) | Exclude<SortArgument, string>)[]): DataFrame<S>;
  sort<N extends string>(...keys: readonly (AnyName<N> | Exclude<SortArgument, string>)[]): DataFrame<S>;
  sort(...keys: readonly ((keyof S & string) | Exclude<SortArgument, string>)[]): DataFrame<S>;
  sort(...names: readonly (keyof S & string)[]): DataFrame<S>;
  sort(...given: readonly any[]): DataFrame<any> {
    return this.orderBy(...given);
  }

  /** At most this many rows. */
  limit(count: number): DataFrame<S> {
    return this.#with(step({ kind: "limit", input: this.plan, count: rowCount("limit", count), offset: 0 }));
  }
  /** Without the first rows. */
  offset(count: number): DataFrame<S> {
    const all = Number.MAX_SAFE_INTEGER;
    return this.#with(step({ kind: "limit", input: this.plan, count: all, offset: rowCount("offset", count) }));
  }

  /** Joins by columns of equal name, which are kept once, or by a condition over both sides. */
  join<R = any>(other: Joinable<S, R, undefined, "inner", "">): DataFrame<Joined<S, R, undefined, "inner", "">>;
  join<
    R = any,
    const On extends
      | (keyof S & keyof R & string)
      | readonly (keyof S & keyof R & string)[]
      | ((a: Columns<S>, b: Columns<R>) => Condition) = JoinOn<S, R>,
    H extends JoinName = "inner",
    const X extends string = "",
  >(other: Joinable<S, R, On, H, X>, on: On, how?: H, options?: JoinOptions<X>): DataFrame<Joined<S, R, On, H, X>>;
  join(other: DataFrame<any>, ...given: readonly [on?: unknown, how?: string, options?: JoinOptions]): DataFrame<any> {
    if (given.length === 1) refuseUndefined("join", given[0], 2);
    const [on, how = "inner", options = {}] = given;
    return this.#with(joinPlan(this.plan, actions.planOf("join", this, other), on, how, options));
  }
  /** Every row of this frame with every row of the other. */
  crossJoin<R = any, const X extends string = "">(
    other: Joinable<S, R, undefined, "cross", X>,
    options: JoinOptions<X> = {},
  ): DataFrame<Joined<S, R, undefined, "cross", X>> {
    const right = actions.planOf("crossJoin", this, other as DataFrame<any>);
    return this.#with(joinPlan(this.plan, right, undefined, "cross", options));
  }
  /** The rows of both, columns by position; equal rows stay, `distinct()` removes them. */
  union<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#with(step({ kind: "union", left: this.plan, right: actions.planOf("union", this, other) }));
  }
  /** Passes this frame through a function: `df.transform(cleaned).transform(withHour)`. */
  transform<R>(change: (frame: DataFrame<S>) => R): R {
    return change(this);
  }

  /** Shows the first `n` rows. */
  show(n = 20): Promise<void> {
    return actions.show(this, n);
  }
  /** The number of rows. */
  count(): Promise<number> {
    return actions.count(this);
  }
  /** All rows, as JavaScript objects: for results that are small. */
  collect<const O extends RowOptions = DefaultOptions>(options?: O): Promise<Row<S, O>[]> {
    return actions.collect(this, "collect", options);
  }
  /** The first `n` rows. */
  take<const O extends RowOptions = DefaultOptions>(n: number, options?: O): Promise<Row<S, O>[]> {
    return actions.collect(this.limit(n), `take ${n}`, options);
  }
  /** The first row, or null if there is none. */
  async first<const O extends RowOptions = DefaultOptions>(options?: O): Promise<Row<S, O> | null> {
    const rows = await actions.collect(this.limit(1), "first", options);
    return (rows[0] as Row<S, O> | undefined) ?? null;
  }
  /** The first row or null; with a number, the first rows. */
  head(): Promise<Row<S> | null>;
  head(n: number): Promise<Row<S>[]>;
  head(n?: number): Promise<any> {
    return n === undefined ? this.first() : this.take(n);
  }
  /** All rows as one Arrow table. */
  toArrow(): Promise<import("apache-arrow").Table> {
    return actions.toArrow(this);
  }
  /** The rows one after the other, in memory that does not grow: `for await (const row of df.stream())`. */
  stream<const O extends RowOptions = DefaultOptions>(options?: O): AsyncIterable<Row<S, O>> {
    return actions.stream(this, options);
  }
  isEmpty(): Promise<boolean> {
    return actions.isEmpty(this);
  }

  /** The columns with their types; found out without running the plan. */
  schema(): Promise<Schema> {
    return actions.schema(this);
  }
  async columns(): Promise<(keyof S & string)[]> {
    return (await this.schema()).map(({ name }) => name as keyof S & string);
  }
  /** Prints the schema as a tree. */
  printSchema(): Promise<void> {
    return actions.printSchema(this);
  }
  /** How the engine will run this, as a tree to look at; "analyze" runs it and says where the time went. */
  explain(mode: ExplainMode | boolean = "simple"): Promise<QueryPlan> {
    return actions.explain(this, mode);
  }

  /** Keeps the rows in the engine once an action has computed them: later plans with this part use them. */
  cache(): this {
    return this.persist();
  }
  /**
   * As cache; with StorageLevel.DISK_ONLY the rows outlive a crash of the session: when the same line runs again, they
   * are found and not computed.
   */
  persist(level: StorageLevel = StorageLevel.MEMORY_AND_DISK): this {
    const place = host().place?.(here());
    this.context.persist(this.plan, { label: actions.label(this), level: checkedLevel(level), place });
    return this;
  }
  /** How the rows are kept, or are to be; NONE if they are not. */
  get storageLevel(): StorageLevel {
    return this.context.levelOf(this.plan) ?? StorageLevel.NONE;
  }
  /**
   * Computes the rows now and keeps them on disk. The frame that it gives is the rows, whatever becomes of the sources. It
   * is a table of this name, after a crash of the session too, until the kernel ends; on Spark as long as the server's
   * session lasts, with its files in the server's checkpoint folder.
   */
  async checkpoint(name?: string): Promise<DataFrame<S>> {
    return this.#with(await this.context.checkpoint(this.plan, name, "reliable"));
  }
  /** As checkpoint, but in the engine's memory, which spills: it ends with the session. On Spark it needs no folder. */
  async localCheckpoint(name?: string): Promise<DataFrame<S>> {
    return this.#with(await this.context.checkpoint(this.plan, name, "local"));
  }
  /** Frees what cache keeps. */
  unpersist(): this {
    this.context.uncache(this.plan);
    return this;
  }

  /** Names this frame for SQL text and `table()`, in place of a view that has the name. */
  createOrReplaceTempView(name: string): Promise<void> {
    return actions.createView(this, name, { replace: true });
  }
  /** As createOrReplaceTempView, but an error if there is such a view. */
  createTempView(name: string): Promise<void> {
    return actions.createView(this, name, { replace: false });
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

  #with(plan: Plan): DataFrame<any> {
    return new DataFrame(plan, this.context);
  }
}
