import type { Column } from "../column.ts";
import type { ColumnIn } from "../nested-types.ts";
import type { SchemaBuilder } from "../schema-builder.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, text } from "./call.ts";
import { ddl, optionsMap, type TextOptions } from "./text-options.ts";

type S = In<Sql.String>;
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
