import type { Column, ColumnName } from "../column.ts";
import type { ColumnIn, ItemType } from "../nested-types.ts";
import type { NullIn } from "../operands.ts";
import type * as Sql from "../types.ts";
import { type CommonOf, fn, type In, type NullOf, type Of, text } from "./call.ts";

type List = In<Sql.Array<any>>;
type Collection = In<Sql.Array<any> | Sql.Map<any, any>>;

/** An array of these values. */
export const array = <A extends readonly In<any>[]>(...items: A): Column<Sql.Array<CommonOf<A>>> =>
  fn("array", ...items);
/** A struct of these columns; they name its fields. */
export const struct = <A extends readonly In<any>[]>(...fields: A): Column<Sql.Struct<Fields<A>>> =>
  fn("struct", ...fields);
type Fields<A extends readonly unknown[]> =
  string extends FieldName<A[number]> ? any : { [F in A[number] as FieldName<F>]: Of<F> };
type FieldName<F> = F extends string ? F : F extends Column<any, any> ? ColumnName<F> : never;

/** The number of elements. */
export const size = <A extends Collection>(collection: A): Column<Sql.Int | NullOf<A>> => fn("size", collection);
/** Whether the array holds the value. */
export const array_contains = <A extends List>(list: A, value: unknown): Column<Sql.Boolean | null> =>
  fn("array_contains", list, typeof value === "string" ? text(value) : value);
/** An element, counted from 1, or from the end if negative (an error beyond the array); a map's value. */
export const element_at = <A extends Collection>(collection: A, key: unknown): ColumnIn<ItemType<Of<A>> | null> =>
  fn<any>("element_at", collection, typeof key === "string" ? text(key) : key) as ColumnIn<ItemType<Of<A>> | null>;
/** An element, counted from 0; NULL beyond the array. */
export const get = <A extends List>(
  list: A,
  index: number | Column<Sql.Integral | null, any>,
): ColumnIn<ItemType<Of<A>> | null> => fn<any>("get", list, index) as ColumnIn<ItemType<Of<A>> | null>;
/** The elements as text with a separator between them; NULLs are left out, or written as `nullReplacement`. */
export const array_join = <A extends List>(
  list: A,
  separator: string,
  nullReplacement?: string,
): Column<Sql.String | NullOf<A>> => fn("array_join", list, text(separator), text(nullReplacement));
type KeyOf<T> = T extends Sql.Map<infer K, any> ? K : never;
type ValueOf<T> = T extends Sql.Map<any, infer V> ? V : never;
export const map_keys = <A extends In<Sql.Map<any, any>>>(map: A): Column<Sql.Array<KeyOf<Of<A>>> | NullIn<Of<A>>> =>
  fn("map_keys", map);
/** The entries as structs of key and value. */
export const map_entries = <A extends In<Sql.Map<any, any>>>(
  map: A,
): Column<Sql.Array<Sql.Struct<{ key: KeyOf<Of<A>>; value: ValueOf<Of<A>> | null }>> | NullIn<Of<A>>> =>
  fn("map_entries", map);
export const map_values = <A extends In<Sql.Map<any, any>>>(
  map: A,
): Column<Sql.Array<ValueOf<Of<A>>> | NullIn<Of<A>>> => fn("map_values", map);
