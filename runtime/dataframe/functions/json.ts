import type { CastType, KnownType, TypeNamed } from "../cast.ts";
import type { Column } from "../column.ts";
import type { ColumnIn } from "../nested-types.ts";
import type { SchemaBuilder } from "../schema-builder.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, text } from "./call.ts";

import { ddl, optionsMap, type TextOptions } from "./text-options.ts";

type S = In<Sql.String>;

/**
 * The value that JSON stands for, by a type ("array<int>"), columns ("a INT, b STRING") or a schema. Options are those of
 * read.json. On Spark only.
 */
export function from_json<T>(
  json: S,
  schema: SchemaBuilder<T>,
  options?: TextOptions,
): ColumnIn<Sql.Struct<{ [K in keyof T]: T[K] | null }> | null>;
export function from_json<const K extends CastType>(
  json: S,
  type: KnownType<K>,
  options?: TextOptions,
): ColumnIn<TypeNamed<K> | null>;
export function from_json(json: S, type: string, options?: TextOptions): any;
export function from_json(json: S, type: unknown, options?: TextOptions): any {
  return fn("from_json", json, ddl(type), optionsMap("from_json", options));
}
/** A struct of text with commas, by its columns ("a INT, b STRING") or a schema. Options are those of read.csv. On Spark only. */
export function from_csv<T>(
  csv: S,
  schema: SchemaBuilder<T>,
  options?: TextOptions,
): ColumnIn<Sql.Struct<{ [K in keyof T]: T[K] | null }> | null>;
export function from_csv(csv: S, columns: string, options?: TextOptions): any;
export function from_csv(csv: S, columns: unknown, options?: TextOptions): any {
  return fn("from_csv", csv, ddl(columns), optionsMap("from_csv", options));
}
/**
 * A struct, map or array as JSON: fields that are null are left out, times are written as 2024-02-29T12:34:56.789+01:00, to
 * milliseconds in the session's zone. Options are Spark's: with `{ ignoreNullFields: false }` fields that are null are there
 * too; others work on Spark only.
 */
export const to_json = <A extends In<Sql.Struct<any> | Sql.Map<any, any> | Sql.Array<any>>>(
  value: A,
  options?: TextOptions,
): Column<Sql.String | NullOf<A>> => fn("to_json", value, optionsMap("to_json", options));
/** A struct as text with commas; options are Spark's: `{ sep: ";" }`. On Spark only. */
export const to_csv = <A extends In<Sql.Struct<any>>>(
  value: A,
  options?: TextOptions,
): Column<Sql.String | NullOf<A>> => fn("to_csv", value, optionsMap("to_csv", options));
/** The type of a JSON text, as from_json takes it. On Spark only. */
export const schema_of_json = (json: string | Column<Sql.String, any>, options?: TextOptions): Column<Sql.String> =>
  fn("schema_of_json", text(json), optionsMap("schema_of_json", options));
export const schema_of_csv = (csv: string | Column<Sql.String, any>, options?: TextOptions): Column<Sql.String> =>
  fn("schema_of_csv", text(csv), optionsMap("schema_of_csv", options));
/** What a path such as "$.a[0].b" leads to, as text. On Spark only. */
export const get_json_object = (json: S, path: string): Column<Sql.String | null> =>
  fn("get_json_object", json, text(path));
/** The number of elements of an array in JSON. On Spark only. */
export const json_array_length = (json: S): Column<Sql.Int | null> => fn("json_array_length", json);
/** The keys of an object in JSON. On Spark only. */
export const json_object_keys = (json: S): Column<Sql.Array<Sql.String> | null> => fn("json_object_keys", json);
