import {
  Schema as ArrowSchema,
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  Null,
  Precision,
  type RecordBatch,
  Struct,
  Table,
  TimestampMicrosecond,
  Type,
  Utf8,
} from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import type { Schema, SqlType } from "../plan/types.ts";

/** The Arrow type that holds values of a SQL type. */
export function arrowType(type: SqlType): DataType {
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
      return new TimestampMicrosecond("UTC");
    case "timestamp_ntz":
      return new TimestampMicrosecond(null);
    case "array":
      return new List(new Field("item", arrowType(type.element), true));
    case "struct":
      return new Struct(
        type.fields.map(({ name, type: inner, nullable }) => new Field(name, arrowType(inner), nullable)),
      );
    case "map": {
      const entry = new Struct([
        new Field("key", arrowType(type.key), false),
        new Field("value", arrowType(type.value), true),
      ]);
      return new Map_(new Field("entries", entry, false) as never);
    }
    case "void":
      return new Null();
  }
}

export const arrowSchema = (schema: Schema): ArrowSchema =>
  new ArrowSchema(schema.map(({ name, type, nullable }) => new Field(name, arrowType(type), nullable)));

/** One table of record batches, which may be none. */
export const tableOf = (schema: Schema, batches: readonly RecordBatch[]): Table =>
  batches.length === 0 ? new Table(arrowSchema(schema)) : new Table([...batches]);

/** The SQL types of an Arrow table that a user brings; the engine widens and converts where Arrow has more types. */
export function schemaOfArrow(schema: ArrowSchema): Schema {
  return schema.fields.map(({ name, type, nullable }) => ({ name, type: sqlType(type, name), nullable }));
}

function sqlType(type: any, path: string): SqlType {
  switch (type.typeId as Type) {
    case Type.Null:
      return { kind: "void" };
    case Type.Bool:
      return { kind: "boolean" };
    case Type.Int:
      return integerType(type.bitWidth, type.isSigned);
    case Type.Float:
      return { kind: type.precision === Precision.DOUBLE ? "double" : "float" };
    case Type.Decimal:
      return { kind: "decimal", precision: Math.min(type.precision, 38), scale: type.scale };
    case Type.Utf8:
    case Type.LargeUtf8:
      return { kind: "string" };
    case Type.Binary:
    case Type.LargeBinary:
    case Type.FixedSizeBinary:
      return { kind: "binary" };
    case Type.Date:
      return { kind: "date" };
    case Type.Timestamp:
      return { kind: type.timezone ? "timestamp" : "timestamp_ntz" };
    case Type.Dictionary:
      return sqlType(type.dictionary, path);
    case Type.List:
    case Type.FixedSizeList:
      return { kind: "array", element: sqlType(type.children[0].type, `${path}[]`) };
    case Type.Struct:
      return {
        kind: "struct",
        fields: type.children.map((field: Field) => ({
          name: field.name,
          type: sqlType(field.type, `${path}.${field.name}`),
          nullable: field.nullable,
        })),
      };
    case Type.Map: {
      const [key, value] = type.children[0].type.children as [Field, Field];
      return { kind: "map", key: sqlType(key.type, `${path} key`), value: sqlType(value.type, `${path} value`) };
    }
    default:
      throw new AnalysisError(
        "ARROW_TYPE",
        `Column "${path}" has the Arrow type ${type}, which has no SQL type: convert it first`,
      );
  }
}

/** Unsigned integers need the next wider type. */
function integerType(bits: number, signed: boolean): SqlType {
  if (bits === 64 && !signed) return { kind: "decimal", precision: 20, scale: 0 };
  const width = signed ? bits : bits * 2;
  return { kind: width === 8 ? "byte" : width === 16 ? "short" : width === 32 ? "int" : "long" };
}
