/** What is inside of a column: the fields of a struct, the elements of an array, the values of a map. */
import type { Column } from "./column.ts";
import type { Comparable, NullIn } from "./operands.ts";
import type * as Sql from "./types.ts";

/** A column, with the fields of a struct as properties where no member of Column has their name. */
export type ColumnIn<T, N extends string = string> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? Column<T, N> & {
        readonly [K in Exclude<keyof F, keyof Column<any, any>> & string]: ColumnIn<F[K] | NullIn<T>, K>;
      }
    : Column<T, N>;

/** The names of the fields of a struct, or of the structs in an array; the keys of a map. */
export type FieldName<T> = 0 extends 1 & T
  ? string
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? keyof F & string
    : [Exclude<T, null>] extends [Sql.Array<infer E>]
      ? FieldName<E>
      : [Exclude<T, null>] extends [Sql.Map<Sql.String, any>]
        ? string
        : never;
export type FieldType<T, K> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? K extends keyof F
      ? F[K]
      : any
    : [Exclude<T, null>] extends [Sql.Array<infer E>]
      ? Sql.Array<FieldType<E, K> | NullIn<E>>
      : [Exclude<T, null>] extends [Sql.Map<any, infer V>]
        ? V | null
        : any;

/** A struct with another field, or another type of one; of a path into it, the struct as far as it is known. */
export type WithField<T, K extends string, V> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? K extends `${string}.${string}` | `${string}\`${string}`
      ? Sql.Struct<any> | NullIn<T>
      : string extends K
        ? Sql.Struct<any> | NullIn<T>
        : Sql.Struct<{ [N in keyof F | K]: N extends K ? V : N extends keyof F ? F[N] : never }> | NullIn<T>
    : any;
/** A struct without fields. */
export type WithoutFields<T, K extends string> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Struct<infer F>]
    ? K extends `${string}.${string}`
      ? Sql.Struct<any> | NullIn<T>
      : string extends K
        ? Sql.Struct<any> | NullIn<T>
        : Sql.Struct<{ [N in Exclude<keyof F, K>]: F[N] }> | NullIn<T>
    : any;

/** What `getItem` takes: the position in an array, a map's key. */
export type ItemKey<T> = 0 extends 1 & T
  ? unknown
  : [Exclude<T, null>] extends [Sql.Array<any>]
    ? number | Column<Sql.Integral | null, any>
    : [Exclude<T, null>] extends [Sql.Map<infer K, any>]
      ? Comparable<K>
      : never;
export type ItemType<T> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Array<infer E>]
    ? E
    : [Exclude<T, null>] extends [Sql.Map<any, infer V>]
      ? V
      : any;
