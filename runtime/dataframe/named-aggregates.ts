import { columnNamed, ownNamed } from "../plan/column-path.ts";
import type { Named } from "../plan/nodes.ts";
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

export const rowsCounted: Named = { name: "count", expression: { kind: "call", name: "count", args: [] } };

export const aggregateOf = (name: string, column: string): Named =>
  ownNamed({ kind: "call", name, args: [columnNamed(column)] });
