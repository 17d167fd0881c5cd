/** How schemas flow through the methods of DataFrame: one mapped type a step. `any` stays `any`. */
import type { Column } from "./column.ts";
import type { NullIn } from "./operands.ts";
import type * as Sql from "./types.ts";

/** A column, with the fields of a struct as properties where no member of Column has their name. */
export type ColumnIn<T, N extends string = string> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? Column<T, N> & {
        readonly [K in Exclude<keyof F, keyof Column<any, any>> & string]: ColumnIn<F[K] | NullIn<T>, K>;
      }
    : Column<T, N>;

/** `f` of the callbacks. */
export type Columns<S> = 0 extends 1 & S ? any : { readonly [K in keyof S & string]-?: ColumnIn<S[K], K> };

export type Name<S> = keyof S & string;

/** What a callback may return to name columns: `{ total: sum(f.x) }`, `[f.a, f.b.alias("z")]`, or one column. */
export type Projection = { readonly [name: string]: Column<any, any> } | readonly Column<any, any>[] | Column<any, any>;

/** The schema of a projection. */
export type Projected<C> = 0 extends 1 & C
  ? any
  : C extends Column<infer T, infer N>
    ? string extends N
      ? any
      : { [K in N]: T }
    : C extends readonly (infer Item)[]
      ? ProjectedItems<Item>
      : { -readonly [K in keyof C]: C[K] extends Column<infer T, any> ? T : never };

// A column without a known name makes the result untyped, never wrong.
type ProjectedItems<Item> = 0 extends 1 & Item
  ? any
  : string extends NameOf<Item>
    ? any
    : { [C in Item as NameOf<C>]: C extends Column<infer T, any> ? T : never };
type NameOf<C> = C extends Column<any, infer N> ? N : never;

/** Names and columns given one by one: `select("a", col("b"))`. */
export type Picked<S, A extends readonly unknown[]> = 0 extends 1 & S
  ? ProjectedItems<Exclude<A[number], string>> extends infer P
    ? Merge<P, { [K in Extract<A[number], string>]: any }>
    : never
  : string extends NameOf<A[number]>
    ? any
    : {
        [C in A[number] as C extends string ? C : NameOf<C>]: C extends keyof S
          ? S[C]
          : C extends Column<infer T, any>
            ? T
            : never;
      };

export type Pick<S, N extends PropertyKey> = 0 extends 1 & S
  ? { [K in N]: any }
  : { [K in N]: K extends keyof S ? S[K] : never };

export type WithColumn<S, N extends string, T> = 0 extends 1 & S
  ? any
  : { [K in keyof S | N]: K extends N ? T : K extends keyof S ? S[K] : never };

/** S with the columns of P added or replaced. */
export type Merge<S, P> = 0 extends 1 & S
  ? any
  : 0 extends 1 & P
    ? any
    : { [K in keyof S | keyof P]: K extends keyof P ? P[K] : K extends keyof S ? S[K] : never };

export type Renamed<S, From, To extends string> = 0 extends 1 & S
  ? any
  : { [K in keyof S as K extends From ? To : K]: S[K] };

export type RenamedAll<S, M> = 0 extends 1 & S
  ? any
  : { [K in keyof S as K extends keyof M ? (M[K] extends string ? M[K] : K) : K]: S[K] };

export type Dropped<S, N> = 0 extends 1 & S ? any : { [K in keyof S as K extends N ? never : K]: S[K] };

/** Both sides' rows by position: the left's names, each column of either side's type. */
export type Union<S, R> = 0 extends 1 & S
  ? any
  : 0 extends 1 & R
    ? any
    : { [K in keyof S]: S[K] | (K extends keyof R ? R[K] : never) };
