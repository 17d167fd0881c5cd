import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Plan, SetMatch, SetOperator } from "../plan/nodes.ts";
import { planOf } from "./actions.ts";
import { allApplied } from "./applied.ts";
import { type Directions, directedKeys, type FrameSortArgument, namesIn, type Sorting } from "./column-arguments.ts";
import type { Context } from "./context.ts";
import type { DataFrame } from "./dataframe.ts";
import { overGroupingSets } from "./over-grouping-sets.ts";
import type { AnyName, Columns, Marked, OneOrList, Union, UnionByName } from "./schema-types.ts";
import { step } from "./step.ts";
import { firstOfEach, rowCount, samplePlan, splitPlans } from "./steps.ts";
import { checkSubqueries } from "./subqueries.ts";

export type UnionByNameOptions = { readonly allowMissing?: boolean };

let made = 0;

/** Grows with every frame: where it has not, no variable holds a frame that is new. */
export const framesMade = (): number => made;

/** A frame's methods that choose and order rows, and leave the columns as they are. */
export abstract class Rows<out S = any> {
  declare readonly plan: Plan;
  declare readonly context: Context;

  constructor(plan: Plan, context: Context) {
    made += 1;
    checkSubqueries(plan, context);
    // Not enumerable: whoever looks at a frame does not want its inside.
    Object.defineProperties(this, { plan: { value: context.dated(plan) }, context: { value: context } });
  }

  /** Each different row once. */
  distinct(): DataFrame<S> {
    return over(this, step({ kind: "distinct", input: this.plan }));
  }
  /** One row, whichever, for each different combination of these columns; of all columns if none is named. */
  dropDuplicates<N extends string>(...names: OneOrList<AnyName<N>>): DataFrame<S>;
  dropDuplicates(...names: readonly ((keyof S & string) | readonly (keyof S & string)[])[]): DataFrame<S>;
  dropDuplicates(...names: readonly (string | readonly string[])[]): DataFrame<S> {
    const keys = namesIn("dropDuplicates", names.flat());
    return keys.length === 0 ? this.distinct() : over(this, firstOfEach(this.plan, keys));
  }

  /** The same as dropDuplicates. */
  drop_duplicates<N extends string>(...names: OneOrList<AnyName<N>>): DataFrame<S>;
  drop_duplicates(...names: readonly ((keyof S & string) | readonly (keyof S & string)[])[]): DataFrame<S>;
  drop_duplicates(...names: readonly any[]): DataFrame<S> {
    return this.dropDuplicates(...names);
  }

  /** Sorts: `f => f.delay.desc()`, `f => [f.a, f.b.desc()]`, columns, or names, as PySpark also `"a", "b", { ascending: [true, false] }`. */
  orderBy(keys: (f: Columns<S>) => FrameSortArgument | readonly FrameSortArgument[]): DataFrame<S>;
  orderBy(keys: readonly ((keyof S & string) | Exclude<FrameSortArgument, string>)[]): DataFrame<S>;
  orderBy<N extends string>(...keys: OneOrList<AnyName<N> | Marked | Exclude<FrameSortArgument, string>>): DataFrame<S>;
  orderBy(...keys: readonly Sorting<S>[]): DataFrame<S>;
  orderBy(
    ...given: readonly [...OneOrList<(keyof S & string) | Exclude<FrameSortArgument, string>>, Directions]
  ): DataFrame<S>;
  orderBy(...names: readonly (keyof S & string)[]): DataFrame<S>;
  orderBy(...given: readonly unknown[]): DataFrame<any> {
    const keys = directedKeys("orderBy", allApplied("orderBy", given));
    return over(this, overGroupingSets(step({ kind: "sort", input: this.plan, keys })));
  }
  /** The same as orderBy. */
  sort(keys: (f: Columns<S>) => FrameSortArgument | readonly FrameSortArgument[]): DataFrame<S>;
  sort(keys: readonly ((keyof S & string) | Exclude<FrameSortArgument, string>)[]): DataFrame<S>;
  sort<N extends string>(...keys: OneOrList<AnyName<N> | Marked | Exclude<FrameSortArgument, string>>): DataFrame<S>;
  sort(...keys: readonly Sorting<S>[]): DataFrame<S>;
  sort(
    ...given: readonly [...OneOrList<(keyof S & string) | Exclude<FrameSortArgument, string>>, Directions]
  ): DataFrame<S>;
  sort(...names: readonly (keyof S & string)[]): DataFrame<S>;
  sort(...given: readonly any[]): DataFrame<any> {
    return this.orderBy(...given);
  }

  /** At most this many rows. */
  limit(count: number): DataFrame<S> {
    return over(this, step({ kind: "limit", input: this.plan, count: rowCount("limit", count), offset: 0 }));
  }
  /** Without the first rows. */
  offset(count: number): DataFrame<S> {
    const all = Number.MAX_SAFE_INTEGER;
    return over(this, step({ kind: "limit", input: this.plan, count: all, offset: rowCount("offset", count) }));
  }

  /** The rows of both, columns by position; equal rows stay, `distinct()` removes them. */
  union<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#set("union", other, "UNION ALL");
  }
  /**
   * The rows of both, columns by name; with `true` or `{ allowMissing: true }`, a column that one frame has not is null in its
   * rows.
   */
  unionByName<R = any>(other: DataFrame<R>, allowMissing?: boolean | UnionByNameOptions): DataFrame<UnionByName<S, R>> {
    return this.#set("unionByName", other, "UNION ALL", allowsMissing(allowMissing) ? "allowMissing" : "name");
  }
  /** The rows that are in both frames, each once; nulls are equal. */
  intersect<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#set("intersect", other, "INTERSECT");
  }
  /** The rows that are in both frames, as often as in the one that has fewer of them. */
  intersectAll<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#set("intersectAll", other, "INTERSECT ALL");
  }
  /** The rows that are not in the other frame, each once. */
  subtract<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#set("subtract", other, "EXCEPT");
  }
  /** The rows less those of the other frame: of one that is there three times and once in the other, two are left. */
  exceptAll<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.#set("exceptAll", other, "EXCEPT ALL");
  }

  /**
   * A part of the rows, each taken with the probability `fraction` (0 to 1): their number is about that, not exactly. With
   * replacement (`sample(true, 2)`) a row may come several times, `fraction` (from 0) times on average. The same seed, a whole
   * number, takes the same rows of the same data.
   */
  sample(fraction: number, seed?: number): DataFrame<S>;
  sample(withReplacement: boolean, fraction: number, seed?: number): DataFrame<S>;
  sample(...given: readonly (boolean | number | null | undefined)[]): DataFrame<S> {
    return over(this, samplePlan(this.plan, given));
  }

  /**
   * The rows in parts of about these weights, each row in one of them: `randomSplit([0.8, 0.2], 7)`. The same seed makes the
   * same parts of the same data.
   */
  randomSplit(weights: readonly number[], seed?: number): DataFrame<S>[] {
    return splitPlans(this.plan, weights, seed).map((plan) => over(this, plan));
  }

  #set(method: string, other: DataFrame<any>, operator: SetOperator, match: SetMatch = "position"): DataFrame<any> {
    const right = planOf(method, this, other);
    return over(this, step({ kind: "set", left: this.plan, right, operator, match }));
  }
}

function allowsMissing(given: boolean | UnionByNameOptions = false): boolean {
  if (typeof given === "boolean") return given;
  const { allowMissing = false, ...others } = Object(given) as UnionByNameOptions;
  if (typeof given === "object" && typeof allowMissing === "boolean" && Object.keys(others).length === 0)
    return allowMissing;
  throw new AnalysisError(
    "UNION_BY_NAME",
    `unionByName takes true or { allowMissing: true } behind the frame, not ${inspect(given, { depth: 0 })}`,
  );
}

/** A frame on the same engine. */
export const over = (frame: Rows, plan: Plan): DataFrame<any> =>
  new (frame.constructor as new (plan: Plan, context: Context) => DataFrame<any>)(plan, frame.context);
