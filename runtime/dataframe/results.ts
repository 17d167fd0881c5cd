import { inspect } from "node:util";
import type { ExplainMode } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { fingerprint } from "../plan/fingerprint.ts";
import { typeName } from "../plan/type-names.ts";
import type { Schema } from "../plan/types.ts";
import * as actions from "./actions.ts";
import type { Column } from "./column.ts";
import type { DataFrame } from "./dataframe.ts";
import { Kept } from "./kept.ts";
import { type ShowOptions, shown } from "./preview.ts";
import type { QueryPlan } from "./query-plan.ts";
import type { DefaultOptions, Row, RowOptions } from "./row.ts";
import { rowCount } from "./steps.ts";
import { subquery } from "./subqueries.ts";
import type * as Sql from "./types.ts";

/** A frame's actions, and what can be asked of it. */
export abstract class Results<S = any> extends Kept<S> {
  /**
   * Shows the first `n` rows: `show(5)`. `truncate` is how many characters of a value are shown, or false for all of them:
   * `show(5, false)`, `show({ truncate: 100 })`; with `vertical`, each value is on a line of its own: `show(5, true, true)`.
   */
  show(n?: number, truncate?: boolean | number, vertical?: boolean): Promise<void>;
  show(options: ShowOptions): Promise<void>;
  show(...given: readonly unknown[]): Promise<void> {
    return actions.show(this, shown(given));
  }
  /** The number of rows. */
  count(): Promise<number> {
    return actions.count(this);
  }
  // The last overload, here and below, is the one that TypeScript's ReturnType takes; of what depends on options it gives any.
  /** All rows, as JavaScript objects: for results that are small. */
  collect<const O extends RowOptions = DefaultOptions>(options?: O): Promise<Row<S, O>[]>;
  collect(): Promise<Row<S>[]>;
  collect(options?: RowOptions): Promise<any[]> {
    return actions.collect(this, "collect", options);
  }
  /** The first `n` rows. */
  take<const O extends RowOptions = DefaultOptions>(n: number, options?: O): Promise<Row<S, O>[]>;
  take(n: number): Promise<Row<S>[]>;
  take(n: number, options?: RowOptions): Promise<any[]> {
    return actions.collect(this.limit(n), `take ${n}`, options);
  }
  /** The first row, or null if there is none. */
  first<const O extends RowOptions = DefaultOptions>(options?: O): Promise<Row<S, O> | null>;
  first(): Promise<Row<S> | null>;
  async first(options?: RowOptions): Promise<any> {
    const rows = await actions.collect(this.limit(1), "first", options);
    return rows[0] ?? null;
  }
  /** The first row or null; with a number, the first rows. */
  head(): Promise<Row<S> | null>;
  head(n: number): Promise<Row<S>[]>;
  head(n?: number): Promise<any> {
    return n === undefined ? this.first() : this.take(n);
  }
  /** The last `n` rows, in the frame's order. */
  tail<const O extends RowOptions = DefaultOptions>(n: number, options?: O): Promise<Row<S, O>[]>;
  tail(n: number): Promise<Row<S>[]>;
  async tail(n: number, options?: RowOptions): Promise<any[]> {
    const before = Math.max(0, (await this.count()) - rowCount("tail", n));
    return actions.collect(this.offset(before), `tail ${n}`, options);
  }
  /** All rows as one Arrow table. */
  toArrow(): Promise<import("apache-arrow").Table> {
    return actions.toArrow(this);
  }
  /** The rows one after the other, in memory that does not grow: `for await (const row of df.stream())`. */
  stream<const O extends RowOptions = DefaultOptions>(options?: O): AsyncIterable<Row<S, O>> {
    return actions.stream(this, options);
  }
  /** The same as stream, as Spark calls it. */
  toLocalIterator<const O extends RowOptions = DefaultOptions>(options?: O): AsyncIterable<Row<S, O>> {
    return this.stream(options);
  }
  /**
   * Calls a function with each row, one after the other, in this process; what it returns is awaited. An error of its ends the
   * query. For many rows, foreachBatch is faster.
   */
  async foreach<const O extends RowOptions = DefaultOptions>(
    each: (row: Row<S, O>) => unknown,
    options?: O,
  ): Promise<void> {
    if (typeof each !== "function")
      throw new AnalysisError("FOREACH", `foreach takes a function of a row, not ${inspect(each, { depth: 0 })}`);
    for await (const row of this.stream(options)) await each(row);
  }
  /** The files that are read for this frame: as URLs on Spark, as paths on DuckDB. */
  inputFiles(): Promise<string[]> {
    return actions.inputFiles(this);
  }
  /** Whether rows come without a server's workers: on DuckDB always, on Spark of rows that its planner has at hand. */
  isLocal(): Promise<boolean> {
    return actions.isLocal(this);
  }
  /** Always false: there are no frames without an end. */
  get isStreaming(): false {
    return false;
  }
  isEmpty(): Promise<boolean> {
    return actions.isEmpty(this);
  }

  /** The columns with their types; found out without running the plan. */
  schema(): Promise<Schema> {
    return actions.schema(this);
  }
  // N is never given: so TypeScript does not compare the names of two frames, of which the one with more columns is the other too.
  async columns<N extends string = keyof S & string>(): Promise<N[]> {
    return (await this.schema()).map(({ name }) => name as N);
  }
  /** The columns' names and types, as text: `[["id", "bigint"], …]`. */
  async dtypes<N extends string = keyof S & string>(): Promise<[N, string][]> {
    return (await this.schema()).map(({ name, type }) => [name as N, typeName(type)]);
  }
  /** Prints the schema as a tree, to this many levels: `printSchema(1)` is without what is inside of columns. */
  printSchema(level?: number): Promise<void> {
    return actions.printSchema(this, level);
  }
  /** How the engine will run this, as a tree to look at; "analyze" runs it and says where the time went. */
  explain(mode?: ExplainMode | boolean): Promise<QueryPlan>;
  explain(...given: readonly unknown[]): Promise<QueryPlan> {
    const [extended, mode] = given.map((one) => one ?? undefined);
    if (given.length > 2 || (extended !== undefined && mode !== undefined))
      throw new AnalysisError("EXPLAIN", 'explain takes one mode: explain("formatted")');
    return actions.explain(this, (extended ?? mode ?? "simple") as ExplainMode | boolean);
  }
  /** Whether this frame has rows, as a condition of another's: `customers.filter(orders.filter(o => o.customer.eq(col("id").outer())).exists())`. */
  exists(): Column<Sql.Boolean> {
    return subquery(this, "exists");
  }
  /** This frame's only value (null without rows), as a column of another's: `sales.filter(s => s.price.gt(sales.agg(avg("price")).scalar()))`. */
  scalar<T = S[keyof S]>(): Column<T | null> {
    return subquery(this, "scalar");
  }

  /** Whether another frame has the same steps over the same sources; frames that give the same rows in other ways differ. */
  sameSemantics(other: DataFrame<any>): boolean {
    return fingerprint(this.plan) === fingerprint(actions.planOf("sameSemantics", this, other));
  }
  /** A number that frames with the same steps share. */
  semanticHash(): number {
    return Buffer.from(fingerprint(this.plan), "base64url").readInt32BE();
  }
}
