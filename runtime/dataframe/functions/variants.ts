import type { TypeNamed } from "../cast.ts";
import type { Column } from "../column.ts";
import type { ColumnIn } from "../nested-types.ts";
import type { TypeBuilder } from "../schema-builder.ts";
import type * as Sql from "../types.ts";
import { ddl, fn, type In, type NullOf, text } from "./call.ts";

type S = In<Sql.String>;
type V = In<Sql.Variant>;

/** The VARIANT that a JSON text stands for: a value that says itself what it is. An error for what is no JSON. */
export const parse_json = <A extends S>(json: A): Column<Sql.Variant | NullOf<A>> => fn("parse_json", json);
/** The VARIANT that a JSON text stands for, null for what is no JSON. */
export const try_parse_json = (json: S): Column<Sql.Variant | null> => fn("try_parse_json", json);
/** Whether a VARIANT is JSON's null; false for what is null itself. */
export const is_variant_null = (value: V): Column<Sql.Boolean> => fn("is_variant_null", value);
/** Whether the bytes of a VARIANT are as they have to be. */
export const is_valid_variant = <A extends V>(value: A): Column<Sql.Boolean | NullOf<A>> =>
  fn("is_valid_variant", value);
/** An array, map or struct as a VARIANT, in which maps and structs are objects; a cast makes VARIANTs of other values. */
export const to_variant_object = <A extends In<Sql.Struct<any> | Sql.Map<any, any> | Sql.Array<any>>>(
  value: A,
): Column<Sql.Variant | NullOf<A>> => fn("to_variant_object", value);

/**
 * What a path such as `$.a[0]['b c']` leads to in a VARIANT, as a type ("int", "array<string>"); as a VARIANT if none is given.
 * Null where it leads to nothing, an error for what cannot be cast. A string is the path; a column may hold it too.
 */
export function variant_get(value: V, path: Path): Column<Sql.Variant | null>;
export function variant_get<T>(value: V, path: Path, type: TypeBuilder<T>): ColumnIn<T | null>;
export function variant_get<const K extends string>(value: V, path: Path, type: K): ColumnIn<TypeNamed<K> | null>;
export function variant_get(value: V, path: Path, type?: unknown): any {
  return fn("variant_get", value, text(path), ddl(type));
}
/** What a path leads to in a VARIANT, as a type; null where it leads to nothing, and for what cannot be cast. */
export function try_variant_get(value: V, path: Path): Column<Sql.Variant | null>;
export function try_variant_get<T>(value: V, path: Path, type: TypeBuilder<T>): ColumnIn<T | null>;
export function try_variant_get<const K extends string>(value: V, path: Path, type: K): ColumnIn<TypeNamed<K> | null>;
export function try_variant_get(value: V, path: Path, type?: unknown): any {
  return fn("try_variant_get", value, text(path), ddl(type));
}

/** The type that a VARIANT says it is of: "OBJECT<a: BIGINT, b: ARRAY<STRING>>". */
export const schema_of_variant = <A extends V>(value: A): Column<Sql.String | NullOf<A>> =>
  fn("schema_of_variant", value);
/** The type that all VARIANTs of a column are of, "VARIANT" where they have none in common. */
export const schema_of_variant_agg = (value: V): Column<Sql.String> => fn("schema_of_variant_agg", value);

type Path = string | Column<Sql.String | null, any>;
