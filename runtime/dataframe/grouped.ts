import { inspect } from "node:util";
import type { Named, Plan } from "../plan/nodes.ts";
import type { Column } from "./column.ts";
import { columnsOf, namedColumns } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { refuseUndefined } from "./habits.ts";
import { offered } from "./inspect-text.ts";
import type { AreKnown, Columns, Merge, Picked, Projected, Projection } from "./schema-types.ts";
import { step } from "./step.ts";
import type * as Sql from "./types.ts";

type NumericName<S> = 0 extends 1 & S
  ? string
  : { [K in keyof S]: [Exclude<S[K], null>] extends [Sql.Numeric] ? K : never }[keyof S] & string;

type Sum<T> = 0 extends 1 & T ? any : T extends Sql.Integral ? Sql.Long : T extends Sql.Fractional ? Sql.Double : T;
type Average<T> = 0 extends 1 & T ? any : T extends Sql.Decimal ? Sql.Decimal : T extends null ? null : Sql.Double;
type At<S, K> = K extends keyof S ? S[K] : any;
/** `name(x)` for each of these columns. */
type Each<G, A extends readonly string[], Named> = AreKnown<A> extends true ? Merge<G, Named> : any;

/** Rows in groups: what `groupBy` gives. G holds the groups' columns. */
export class GroupedData<S, G> {
  readonly #input: Plan;
  readonly #groups: readonly Named[];
  readonly #frame: (plan: Plan) => DataFrame<any>;

  constructor(input: Plan, groups: readonly Named[], frame: (plan: Plan) => DataFrame<any>) {
    this.#input = input;
    this.#groups = groups;
    this.#frame = frame;
  }

  /** One row for each group: the group's columns, then the aggregates. */
  agg<const C extends Projection>(aggregates: (f: Columns<S>) => C): DataFrame<Merge<G, Projected<C>>>;
  agg<const A extends readonly Column<any, any>[]>(...aggregates: A): DataFrame<Merge<G, Picked<S, A>>>;
  agg(...given: readonly unknown[]): DataFrame<any> {
    return this.#aggregate(namedColumns("agg", allApplied("agg", given)));
  }

  /** The number of rows in each group, as `count`. */
  count(): DataFrame<Merge<G, { count: Sql.Long }>> {
    return this.#aggregate([{ name: "count", expression: { kind: "call", name: "count", args: [] } }]);
  }
  /** The sums of these columns, named `sum(x)`. */
  sum<const A extends readonly NumericName<S>[]>(
    ...names: A
  ): DataFrame<Each<G, A, { [K in A[number] as `sum(${K})`]: Sum<At<S, K>> | null }>> {
    return this.#each("sum", names);
  }
  avg<const A extends readonly NumericName<S>[]>(
    ...names: A
  ): DataFrame<Each<G, A, { [K in A[number] as `avg(${K})`]: Average<At<S, K>> | null }>> {
    return this.#each("avg", names);
  }
  mean<const A extends readonly NumericName<S>[]>(
    ...names: A
  ): DataFrame<Each<G, A, { [K in A[number] as `avg(${K})`]: Average<At<S, K>> | null }>> {
    return this.#each("avg", names);
  }
  min<const A extends readonly (keyof S & string)[]>(
    ...names: A
  ): DataFrame<Each<G, A, { [K in A[number] as `min(${K})`]: At<S, K> | null }>> {
    return this.#each("min", names);
  }
  max<const A extends readonly (keyof S & string)[]>(
    ...names: A
  ): DataFrame<Each<G, A, { [K in A[number] as `max(${K})`]: At<S, K> | null }>> {
    return this.#each("max", names);
  }

  [inspect.custom](): string {
    return offered(`GroupedData by ${this.#groups.map(({ name }) => name).join(", ") || "nothing"}:`, this);
  }

  #each(name: string, columns: readonly string[]): DataFrame<any> {
    const aggregates = columns.map(
      (column): Named => ({
        name: `${name}(${column})`,
        expression: { kind: "call", name, args: [{ kind: "column", name: column }] },
      }),
    );
    return this.#aggregate(aggregates);
  }

  #aggregate(aggregates: readonly Named[]): DataFrame<any> {
    return this.#frame(step({ kind: "aggregate", input: this.#input, groups: this.#groups, aggregates }));
  }
}

/** An argument, or what it returns for `f` if it is a callback. */
export function applied(method: string, argument: unknown, position = 1): unknown {
  refuseUndefined(method, argument, position);
  return typeof argument === "function" ? argument(columnsOf()) : argument;
}

export const allApplied = (method: string, given: readonly unknown[]): unknown[] =>
  given.map((argument, index) => applied(method, argument, index + 1));
