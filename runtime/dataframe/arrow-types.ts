import {
  type Schema as ArrowSchema,
  type DataType,
  type Field,
  IntervalUnit,
  Precision,
  type RecordBatch,
  Table,
  Type,
} from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import { isVariant, arrowSchema as planSchema, arrowType as planType } from "../plan/arrow-types.ts";
import { DAY_TO_SECOND, YEAR_TO_MONTH } from "../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../plan/numeric.ts";
import type { Schema, SqlType } from "../plan/types.ts";

/** Instants of data that comes from JavaScript are those of no zone in particular. */
const ZONE = "UTC";

export const arrowType = (type: SqlType): DataType => planType(type, ZONE);
export const arrowSchema = (schema: Schema): ArrowSchema => planSchema(schema, ZONE);

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
    case Type.Time:
      return { kind: "time", precision: MAX_TIME_PRECISION };
    case Type.Duration:
      return DAY_TO_SECOND;
    case Type.Interval:
      // Of days, or of all fields, there is none in Spark that a column may have.
      if (type.unit === IntervalUnit.YEAR_MONTH) return YEAR_TO_MONTH;
      break;
    case Type.Dictionary:
      return sqlType(type.dictionary, path);
    case Type.List:
    case Type.FixedSizeList:
      return { kind: "array", element: sqlType(type.children[0].type, `${path}[]`) };
    case Type.Struct:
      if (isVariant(type)) return { kind: "variant" };
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
  }
  throw new AnalysisError(
    "ARROW_TYPE",
    `Column "${path}" has the Arrow type ${type}, which has no SQL type: convert it first`,
  );
}

/** Unsigned integers need the next wider type. */
function integerType(bits: number, signed: boolean): SqlType {
  if (bits === 64 && !signed) return { kind: "decimal", precision: 20, scale: 0 };
  const width = signed ? bits : bits * 2;
  return { kind: width === 8 ? "byte" : width === 16 ? "short" : width === 32 ? "int" : "long" };
}
