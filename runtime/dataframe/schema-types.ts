/**
 * How schemas flow through the methods of DataFrame: one mapped type a step, and none of them with `as` over a frame's
 * columns: TypeScript finds the keys of such a type anew, through all steps before it, whenever it is asked, and a chain of
 * 40 steps over 300 columns takes five times as long. `any` stays `any`.
 */
import type { Column, ColumnName, ColumnType } from "./column.ts";
import type { ColumnIn } from "./nested-types.ts";
import type { Common, NullIn } from "./operands.ts";
import type { EachOf, Several } from "./several.ts";
import type * as Sql from "./types.ts";

// An alias of its own (of `any` it is an index signature), so that errors say `Columns<…>` and not what is in it.
/** `f` of the callbacks. */
export type Columns<out S> = { readonly [K in keyof S & string]-?: ColumnIn<S[K], K> };

export type Name<S> = keyof S & string;

/** A name that is not known before the run: any text, and what it gives has no known schema. */
export type AnyName<N extends string> = string extends N ? N : never;

/** Given one by one, or as a list. */
export type OneOrList<T> = readonly (T | readonly T[])[];

/** All columns; written so that it is not offered among their names. */
export type Star<N extends string> = N extends "*" ? N : never;

/** A text that is more than the name of a column: a path into a struct, a name in backticks. */
export type Marked = `${string}.${string}` | `\`${string}`;

/** Whether T is a union: of names, one of them is meant, and nobody knows which. */
type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/** Whether it is known which columns these are: single names and columns, one by one. */
export type AreKnown<A extends readonly unknown[]> = number extends A["length"]
  ? false
  : true extends { [I in keyof A]: IsUnion<A[I]> }[number]
    ? false
    : true;

/** A callback beside other arguments: `select("a", f => f.b.plus(1))`. */
export type Callback<S, C> = (f: Columns<S>) => C;

/** What groups may be made of, one by one. */
export type Grouping<S> = (keyof S & string) | Marked | Column<any, any> | Callback<S, Projection>;

/** What a callback may return to name columns: `{ total: sum(f.x) }`, `[f.a, f.b.alias("z")]`, or one column. */
export type Projection = { readonly [name: string]: Column<any, any> } | readonly Column<any, any>[] | Column<any, any>;

/** One column or several, as select takes them. */
export type Selected = Column<any, any> | Several;
export type Selection = Projection | readonly Selected[] | Several;

/** The schema of a projection. */
export type Projected<C> = 0 extends 1 & C
  ? any
  : C extends Several<infer F>
    ? F
    : C extends Column<any, any>
      ? string extends ColumnName<C>
        ? any
        : { [K in ColumnName<C>]: ColumnType<C> }
      : C extends readonly (infer Item)[]
        ? ProjectedItems<EachOf<Item>>
        : { -readonly [K in keyof C]: TypeIn<C[K]> };
type TypeIn<C> = 0 extends 1 & C ? any : C extends Column<any, any> ? ColumnType<C> : never;

// A column without a known name makes the result untyped, never wrong.
type ProjectedItems<Item> = 0 extends 1 & Item
  ? any
  : string extends NameOf<Item>
    ? any
    : { [C in Item as NameOf<C>]: TypeIn<C> };
type NameOf<C> = C extends Column<any, any> ? ColumnName<C> : never;

/** Names and columns given one by one: `select("a", col("b"))`. */
export type Picked<S, A extends readonly unknown[]> =
  AreKnown<A> extends false
    ? any
    : 0 extends 1 & S
      ? [Extract<A[number], Marked | "*">] extends [never]
        ? PickedOfAny<A>
        : any
      : string extends NameOf<EachOf<A[number]>>
        ? any
        : {
            [C in EachOf<A[number]> as C extends string ? C : NameOf<C>]: C extends keyof S ? S[C] : TypeIn<C>;
          };
type PickedOfAny<A extends readonly unknown[]> =
  ProjectedItems<EachOf<Exclude<A[number], string>>> extends infer P
    ? Merge<P, { [K in Extract<A[number], string>]: any }>
    : never;

/** The same with paths into structs and callbacks among them, one by one: `select("id", "address.city", f => f.b.plus(1))`. */
export type PickedPaths<S, A extends readonly unknown[], P = unknown> = A extends readonly [infer First, ...infer Rest]
  ? PickedPaths<S, Rest, With<P, PickedOne<S, First>>>
  : A extends readonly []
    ? P
    : any;
type PickedOne<S, One> =
  IsUnion<One> extends true
    ? any
    : One extends string
      ? AtPath<S, One>
      : One extends (f: any) => infer C
        ? Projected<C>
        : ProjectedItems<EachOf<One>>;
type With<P, Q> = 0 extends 1 & Q ? any : unknown extends P ? (0 extends 1 & P ? any : Q) : Merge<P, Q>;

// What a path leads to is known where it leads through structs.
type AtPath<S, P extends string> = 0 extends 1 & S
  ? any
  : P extends keyof S
    ? { [K in P]: S[P] }
    : P extends `${infer Head}.${infer Rest}`
      ? Head extends keyof S
        ? InStruct<S[Head], Rest>
        : any
      : any;
type InStruct<T, P extends string> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? P extends "*"
      ? { [K in keyof F]: F[K] | NullIn<T> }
      : AtPath<{ [K in keyof F]: F[K] | NullIn<T> }, P>
    : any;

// A copy of an intersection, with the properties in their order: `keyof S | keyof P` would sort them by name. It is a
// conditional type, so that the editor shows the properties and not this name.
export type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never;

export type WithColumn<S, N extends string, T> = 0 extends 1 & S
  ? any
  : string extends N
    ? any
    : IsUnion<N> extends true
      ? any
      : N extends keyof S
        ? { [K in keyof S]: K extends N ? T : S[K] }
        : Flat<S & { [K in N]: T }>;

/** S with the columns of P added or replaced. */
export type Merge<S, P> = 0 extends 1 & S
  ? any
  : 0 extends 1 & P
    ? any
    : keyof S & keyof P extends never
      ? Flat<S & P>
      : Flat<{ [K in keyof S]: K extends keyof P ? P[K] : S[K] } & Omit<P, keyof S>>;

export type Renamed<S, From, To extends string> = 0 extends 1 & S
  ? any
  : string extends To | From
    ? any
    : true extends IsUnion<From> | IsUnion<To>
      ? any
      : { [K in Exclude<keyof S, From> | To]: K extends To ? S[From & keyof S] : K extends keyof S ? S[K] : never };

export type RenamedAll<S, M> = 0 extends 1 & S
  ? any
  : string extends keyof M
    ? any
    : {
        [K in Exclude<keyof S, keyof M> | (M[keyof M] & string)]: K extends keyof Renaming<M>
          ? S[Renaming<M>[K] & keyof S]
          : K extends keyof S
            ? S[K]
            : never;
      };
/** New names to old ones. */
type Renaming<M> = { [From in keyof M as M[From] & string]: From };

export type Dropped<S, A extends readonly unknown[]> = 0 extends 1 & S
  ? any
  : AreKnown<A> extends false
    ? any
    : { [K in Exclude<keyof S, A[number]>]: S[K] };

/** Every column may be null. */
export type Nullable<S> = 0 extends 1 & S ? any : { [K in keyof S]: S[K] | null };

/** A row for each column: the ids, the column's name and its value. */
export type Unpivoted<S, I, N extends string, V extends string> = 0 extends 1 & S
  ? any
  : Flat<{ [K in keyof S & I]: S[K] } & { [K in N]: Sql.String } & { [K in V]: any }>;

/** Both sides' rows by name; a column that one side has not is null there. */
export type UnionByName<S, R> = 0 extends 1 & S
  ? any
  : 0 extends 1 & R
    ? any
    : Flat<
        { [K in keyof S]: K extends keyof R ? Common<S[K], R[K]> : S[K] | null } & {
          [K in Exclude<keyof R, keyof S>]: R[K] | null;
        }
      >;

/** Both sides' rows by position: the left's names; where the right side has the name too, its type counts as well. */
export type Union<S, R> = 0 extends 1 & S
  ? any
  : 0 extends 1 & R
    ? any
    : { [K in keyof S]: K extends keyof R ? Common<S[K], R[K]> : any };
