import type { Column } from "../column.ts";
import type { ColumnsNamed, ValueNamed } from "../ddl-types.ts";
import type { ColumnIn } from "../nested-types.ts";
import type { SchemaBuilder, TypeBuilder } from "../schema-builder.ts";
import type * as Sql from "../types.ts";
import { ddl, fn, type In, type NullOf, optionsMap, type TextOptions, text } from "./call.ts";

type S = In<Sql.String>;

/**
 * The value that JSON stands for, by a type ("array<int>", "map<string,double>"), columns ("a INT, b STRING") or a schema.
 * What is not of its type is null, and so is all of a text that is no JSON; a field `_corrupt_record STRING` then has the
 * text. Options are those of read.json: `{ mode: "FAILFAST", timestampFormat: "dd/MM/yyyy HH:mm", allowUnquotedFieldNames: true }`.
 */
export function from_json<T>(
  json: S,
  schema: SchemaBuilder<T>,
  options?: TextOptions,
): ColumnIn<Sql.Struct<{ [K in keyof T]: T[K] | null }> | null>;
export function from_json<T>(json: S, type: TypeBuilder<T>, options?: TextOptions): ColumnIn<T | null>;
export function from_json<const K extends string>(
  json: S,
  type: K,
  options?: TextOptions,
): ColumnIn<ValueNamed<K> | null>;
export function from_json(json: S, type: unknown, options?: TextOptions): any {
  return fn("from_json", json, ddl(type), optionsMap("from_json", options));
}
/**
 * A struct of a line of CSV, by its columns ("a INT, b STRING") or a schema. What is not of its type is null; a field
 * `_corrupt_record STRING` then has the line. Options are those of read.csv: `{ sep: ";", dateFormat: "dd/MM/yyyy" }`. On
 * DuckDB a quote encloses a value whole or is a sign of it: other lines are errors, and so are options about quotes.
 */
export function from_csv<T>(
  csv: S,
  schema: SchemaBuilder<T>,
  options?: TextOptions,
): ColumnIn<Sql.Struct<{ [K in keyof T]: T[K] | null }> | null>;
export function from_csv<const K extends string>(
  csv: S,
  columns: K,
  options?: TextOptions,
): ColumnIn<ColumnsNamed<K> | null>;
export function from_csv(csv: S, columns: unknown, options?: TextOptions): any {
  return fn("from_csv", csv, ddl(columns), optionsMap("from_csv", options));
}
/**
 * A struct, map, array or VARIANT as JSON: fields that are null are left out, times are written as 2024-02-29T12:34:56.789+01:00, to
 * milliseconds in the session's zone. Options are Spark's: with `{ ignoreNullFields: false }` fields that are null are there
 * too; others work on Spark only.
 */
export const to_json = <A extends In<Sql.Struct<any> | Sql.Map<any, any> | Sql.Array<any> | Sql.Variant>>(
  value: A,
  options?: TextOptions,
): Column<Sql.String | NullOf<A>> => fn("to_json", value, optionsMap("to_json", options));
/**
 * A struct as a line of CSV; a field that is null is empty, and a text that is empty "". Options are Spark's: `{ sep: ";",
 * nullValue: "-" }`; others, and fields that are nested or bytes, work on Spark only.
 */
export const to_csv = <A extends In<Sql.Struct<any>>>(
  value: A,
  options?: TextOptions,
): Column<Sql.String | NullOf<A>> => fn("to_csv", value, optionsMap("to_csv", options));
/** The type of a JSON text, as from_json takes it: "STRUCT<id: BIGINT, tags: ARRAY<STRING>>". */
export const schema_of_json = (json: string | Column<Sql.String, any>, options?: TextOptions): Column<Sql.String> =>
  fn("schema_of_json", text(json), optionsMap("schema_of_json", options));
/** The type of a line of CSV. On Spark only. */
export const schema_of_csv = (csv: string | Column<Sql.String, any>, options?: TextOptions): Column<Sql.String> =>
  fn("schema_of_csv", text(csv), optionsMap("schema_of_csv", options));
/**
 * What a path such as `$.a[0].b` or `$.list[*].id` leads to: text as it is, all else as JSON; null where it leads to nothing, or
 * the text is no JSON. A string is the path; a column may hold it too.
 */
export const get_json_object = (json: S, path: Path): Column<Sql.String | null> =>
  fn("get_json_object", json, text(path));
/** The number of elements of an array in JSON; null for what is none. */
export const json_array_length = (json: S): Column<Sql.Int | null> => fn("json_array_length", json);
/** The keys of an object in JSON; null for what is none. */
export const json_object_keys = (json: S): Column<Sql.Array<Sql.String> | null> => fn("json_object_keys", json);

type Path = string | Column<Sql.String | null, any>;

/** The value that XML stands for, by its columns ("a INT, b STRING") or a schema. On Spark only. */
export function from_xml<T>(
  xml: S,
  schema: SchemaBuilder<T>,
  options?: TextOptions,
): ColumnIn<Sql.Struct<{ [K in keyof T]: T[K] | null }> | null>;
export function from_xml(xml: S, columns: string, options?: TextOptions): any;
export function from_xml(xml: S, columns: unknown, options?: TextOptions): any {
  return fn("from_xml", xml, ddl(columns), optionsMap("from_xml", options));
}
/** A struct as XML. On Spark only. */
export const to_xml = <A extends In<Sql.Struct<any>>>(
  value: A,
  options?: TextOptions,
): Column<Sql.String | NullOf<A>> => fn("to_xml", value, optionsMap("to_xml", options));
/** The type of an XML text, as from_xml takes it. On Spark only. */
export const schema_of_xml = (xml: string | Column<Sql.String, any>, options?: TextOptions): Column<Sql.String> =>
  fn("schema_of_xml", text(xml), optionsMap("schema_of_xml", options));

const found =
  <T>(name: string) =>
  (xml: S, path: Path): Column<T | null> =>
    fn(name, xml, text(path));

/** The texts of the nodes that an XPath finds: `F.xpath(f.xml, "a/b/text()")`. On Spark only. */
export const xpath = found<Sql.Array<Sql.String>>("xpath");
/** Whether an XPath is true, or finds a node. On Spark only. */
export const xpath_boolean = found<Sql.Boolean>("xpath_boolean");
/** The number that an XPath gives; 0 where it finds nothing, NaN where it finds what is none. On Spark only. */
export const xpath_double = found<Sql.Double>("xpath_double");
export const xpath_float = found<Sql.Float>("xpath_float");
export const xpath_int = found<Sql.Int>("xpath_int");
export const xpath_long = found<Sql.Long>("xpath_long");
export const xpath_number = found<Sql.Double>("xpath_number");
export const xpath_short = found<Sql.Short>("xpath_short");
/** The text of the first node that an XPath finds. On Spark only. */
export const xpath_string = found<Sql.String>("xpath_string");
