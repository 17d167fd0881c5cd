import { AnalysisError } from "../errors.ts";
import { columnNamed, ownNamed } from "../plan/column-path.ts";
import { functionEntry, functionNames } from "../plan/functions.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { Named } from "../plan/nodes.ts";
import { allApplied } from "./applied.ts";
import { type Column, isColumn } from "./column.ts";
import { namedColumns } from "./column-arguments.ts";
import type { AreKnown } from "./schema-types.ts";
import type * as Sql from "./types.ts";

export type NumericName<S> = 0 extends 1 & S
  ? string
  : { [K in keyof S]: [Exclude<S[K], null>] extends [Sql.Numeric] ? K : never }[keyof S] & string;

type Sum<T> = 0 extends 1 & T ? any : T extends Sql.Integral ? Sql.Long : T extends Sql.Fractional ? Sql.Double : T;
type Average<T> = 0 extends 1 & T ? any : T extends Sql.Decimal ? Sql.Decimal : T extends null ? null : Sql.Double;
export type At<S, K> = K extends keyof S ? S[K] : any;

export type NumbersMethod = "sum" | "avg" | "min" | "max";

type Result<M extends NumbersMethod, T> = M extends "sum" ? Sum<T> : M extends "avg" ? Average<T> : T;

/** `sum(x)` for each of these columns. */
export type Aggregated<S, A extends readonly string[], M extends NumbersMethod> =
  AreKnown<A> extends true ? { [K in A[number] as `${M}(${K})`]: Result<M, At<S, K>> | null } : any;

/** The same for all columns of numbers; where one may or may not hold numbers, nobody knows which. */
export type AllNumbers<S, M extends NumbersMethod> = 0 extends 1 & S
  ? any
  : true extends { [K in keyof S]: 0 extends 1 & S[K] ? true : false }[keyof S]
    ? any
    : {
        [N in `${M}(${NumberName<S>})`]: N extends `${M}(${infer K extends keyof S & string})`
          ? Result<M, S[K]> | null
          : never;
      };
// A column of nothing but null holds no numbers.
type NumberName<S> = {
  [K in keyof S]-?: [S[K]] extends [null] ? never : [Exclude<S[K], null>] extends [Sql.Numeric] ? K : never;
}[keyof S] &
  string;

/** `{ delay: "max", "*": "count" }`, as PySpark has it; or columns by the names that they are to have. */
export type AggregatesOf<S> =
  | { readonly [name: string]: Column<any, any> }
  | { readonly [K in (keyof S & string) | "*"]?: AggregateName | (string & {}) };
/** Those that are offered; there are more. */
type AggregateName =
  | NumbersMethod
  | ("count" | "mean" | "median" | "first" | "last" | "stddev" | "variance" | "collect_list" | "collect_set")
  | "approx_count_distinct";

/** `max(delay)`, or columns by their names; what others are called, only the run tells. */
export type AggregatedOf<S, C> = 0 extends 1 & C
  ? any
  : [Extract<C[keyof C], string>] extends [AggregateName]
    ? {
        -readonly [K in keyof C & string as C[K] extends string ? NamedBy<C[K], K> : K]: C[K] extends Column<
          infer T,
          any
        >
          ? T
          : C[K] extends NumbersMethod
            ? Result<C[K], At<S, K>> | null
            : C[K] extends "count"
              ? Sql.Long
              : any;
      }
    : any;
type NamedBy<M extends string, K extends string> = K extends "*" ? `${M}(1)` : `${M extends "mean" ? "avg" : M}(${K})`;

/** Arguments of agg: an object of texts names aggregates of columns. */
export function aggregatesIn(given: readonly unknown[]): Named[] {
  const [only, second] = given;
  const entries = typeof only === "object" && only !== null && second === undefined ? Object.entries(only) : [];
  if (entries.length === 0 || isColumn(only) || !entries.every(([, name]) => typeof name === "string"))
    return namedColumns("agg", allApplied("agg", given));
  return entries.map(([column, name]) => {
    const asked = String(name).toLowerCase();
    const known = AGGREGATES().find((one) => one.toLowerCase() === asked);
    if (known === undefined)
      throw new AnalysisError(
        "UNKNOWN_FUNCTION",
        `agg: there is no aggregate "${name}" for the column "${column}".${didYouMean(asked, AGGREGATES())}`,
      );
    return column === "*" ? ownNamed({ kind: "call", name: known, args: [] }) : aggregateOf(known, column);
  });
}

const AGGREGATES = (): readonly string[] => functionNames.filter((name) => functionEntry(name)?.kind === "aggregate");

export const rowsCounted: Named = { name: "count", expression: { kind: "call", name: "count", args: [] } };

export const aggregateOf = (name: string, column: string): Named =>
  ownNamed({ kind: "call", name, args: [columnNamed(column)] });
