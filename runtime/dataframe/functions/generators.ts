import type { Column } from "../column.ts";
import type { ColumnIn, ItemType } from "../nested-types.ts";
import { asGenerated, type Several } from "../several.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type Of, text } from "./call.ts";

type List = In<Sql.Array<any>>;
type AnyMap = Column<Sql.Map<any, any> | null, any>;
type Structs = In<Sql.Array<any>>;

type Key<A> = Exclude<Of<A>, null> extends Sql.Map<infer K, any> ? K : any;
type Value<A> = Exclude<Of<A>, null> extends Sql.Map<any, infer V> ? V | null : any;
/** Of structs that may be null themselves. */
type Fields<A> = Exclude<ItemType<Of<A>>, null> extends Sql.Struct<infer F> ? { [K in keyof F]: F[K] | null } : any;

type Entry<A> = Several<{ key: Key<A>; value: Value<A> }, [Key<A>, Value<A>]>;
type OuterEntry<A> = Several<{ key: Key<A> | null; value: Value<A> }, [Key<A> | null, Value<A>]>;

const made = (name: string, ...args: readonly unknown[]): any => asGenerated(fn(name, ...args));

/**
 * A row for each element, beside the other columns of the select or withColumn, called "col" unless it is named; a row without
 * elements is left out. Of a map, in select alone, the columns key and value.
 */
export function explode<A extends AnyMap>(map: A): 0 extends 1 & Of<A> ? any : Entry<A>;
export function explode<A extends List>(list: A): ColumnIn<ItemType<Of<A>> | null, "col">;
export function explode(list: any): any {
  return made("explode", list);
}

/** As explode, but a row without elements stays, with NULL. */
export function explode_outer<A extends AnyMap>(map: A): 0 extends 1 & Of<A> ? any : OuterEntry<A>;
export function explode_outer<A extends List>(list: A): ColumnIn<ItemType<Of<A>> | null, "col">;
export function explode_outer(list: any): any {
  return made("explode_outer", list);
}

/**
 * In select, as explode with the position of each element, from 0: the columns pos and col, of a map pos, key and value.
 * `alias("n", "tag")` gives them other names.
 */
export function posexplode<A extends AnyMap>(
  map: A,
): 0 extends 1 & Of<A> ? Several : Several<{ pos: Sql.Int; key: Key<A>; value: Value<A> }, [Sql.Int, Key<A>, Value<A>]>;
export function posexplode<A extends Column<Sql.Array<any> | null, any>>(
  list: A,
): Several<{ pos: Sql.Int; col: ItemType<Of<A>> | null }, [Sql.Int, ItemType<Of<A>> | null]>;
export function posexplode(name: string): Several;
export function posexplode(list: any): any {
  return made("posexplode", list);
}

/** As posexplode, but a row without elements stays, with NULL for all of them. */
export function posexplode_outer<A extends AnyMap>(
  map: A,
): 0 extends 1 & Of<A>
  ? Several
  : Several<{ pos: Sql.Int | null; key: Key<A> | null; value: Value<A> }, [Sql.Int | null, Key<A> | null, Value<A>]>;
export function posexplode_outer<A extends Column<Sql.Array<any> | null, any>>(
  list: A,
): Several<{ pos: Sql.Int | null; col: ItemType<Of<A>> | null }, [Sql.Int | null, ItemType<Of<A>> | null]>;
export function posexplode_outer(name: string): Several;
export function posexplode_outer(list: any): any {
  return made("posexplode_outer", list);
}

/** In select, a row for each struct of an array, with its fields as columns. */
export const inline = <A extends Structs>(structs: A): Several<Fields<A>> => made("inline", structs);
/** As inline, but a row without structs stays, with NULL for all of them. */
export const inline_outer = <A extends Structs>(structs: A): Several<Fields<A>> => made("inline_outer", structs);

/**
 * In select, the values in so many rows, one row after the other: `stack(2, f.a, f.b, f.c, f.d)` has the columns col0 and
 * col1, with a and b in the first row. A column's values are of one type; what is left over in the last row is NULL.
 */
export const stack = (rows: number, ...values: readonly In<any>[]): Several => made("stack", rows, ...values);

/** In select, the values of these keys of an object in JSON, as texts: the columns c0, c1 … */
export const json_tuple = <const K extends readonly string[]>(
  json: In<Sql.String>,
  ...keys: K
): Several<Texts<K>, { [I in keyof K]: Sql.String | null }> => made("json_tuple", json, ...keys.map(text));
type Texts<K extends readonly string[]> = {
  [I in Exclude<keyof K, keyof (readonly unknown[])> as `c${I & string}`]: Sql.String | null;
};
