import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  DurationMicrosecond,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalYearMonth,
  List,
  Map_,
  Null,
  Schema,
  Struct,
  TimeNanosecond,
  TimestampMicrosecond,
  Utf8,
} from "apache-arrow";
import { noCalendarInterval } from "./interval-types.ts";
import type { Schema as PlanSchema, SqlType } from "./types.ts";

/**
 * The Arrow schema of a plan's; TIMESTAMP carries the session's time zone. Arrow's library takes 0.1 s to load: what runs
 * at start-up must not import this file.
 */
export const arrowSchema = (schema: PlanSchema, timeZone: string): Schema =>
  new Schema(schema.map((field) => new Field(field.name, arrowType(field.type, timeZone), field.nullable)));

/** Whether an Arrow struct is a VARIANT's, in the order of its parts that Spark exchanges. */
export function isVariant({ children }: DataType): boolean {
  const [value, metadata, more] = (children ?? []) as readonly Field[];
  return value?.name === "value" && metadata?.metadata.get("variant") === "true" && more === undefined;
}

/** The Arrow type that holds values of a SQL type. */
export function arrowType(type: SqlType, timeZone: string): DataType {
  switch (type.kind) {
    case "boolean":
      return new Bool();
    case "byte":
      return new Int8();
    case "short":
      return new Int16();
    case "int":
      return new Int32();
    case "long":
      return new Int64();
    case "float":
      return new Float32();
    case "double":
      return new Float64();
    case "decimal":
      return new Decimal(type.scale, type.precision, 128);
    case "string":
      return new Utf8();
    case "binary":
      return new Binary();
    case "date":
      return new DateDay();
    case "timestamp":
      return new TimestampMicrosecond(timeZone);
    case "timestamp_ntz":
      return new TimestampMicrosecond();
    // As Spark exchanges it, though it counts no more than microseconds.
    case "time":
      return new TimeNanosecond();
    case "day_time_interval":
      return new DurationMicrosecond();
    case "year_month_interval":
      return new IntervalYearMonth();
    case "array":
      return new List(new Field("element", arrowType(type.element, timeZone), true));
    case "struct":
      return new Struct(arrowSchema(type.fields, timeZone).fields);
    case "map": {
      const key = new Field("key", arrowType(type.key, timeZone), false);
      const value = new Field("value", arrowType(type.value, timeZone), true);
      return new Map_(new Field("entries", new Struct<any>([key, value]), false));
    }
    // As Spark exchanges it, by which it tells it from other structs.
    case "variant":
      return new Struct<any>([
        new Field("value", new Binary(), false),
        new Field("metadata", new Binary(), false, new Map([["variant", "true"]])),
      ]);
    case "void":
      return new Null();
    case "calendar_interval":
      throw noCalendarInterval("A column");
  }
}
