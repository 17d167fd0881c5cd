import { type DataType, type Decimal, type Field, type Timestamp, Type } from "apache-arrow";
import { isVariant } from "../plan/arrow-types.ts";
import { intervalTypeName } from "../plan/interval-types.ts";
import type { SqlType } from "../plan/types.ts";

/** A type as the type row shows it: `decimal(10,2)`, `array<string>`. */
export function typeLabel(type: SqlType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "day_time_interval":
    case "year_month_interval":
      return intervalTypeName(type);
    case "calendar_interval":
      return "interval";
    case "array":
      return `array<${typeLabel(type.element)}>`;
    case "map":
      return `map<${typeLabel(type.key)}, ${typeLabel(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${field.name}: ${typeLabel(field.type)}`).join(", ")}>`;
    default:
      return type.kind;
  }
}

/** The same words for an Arrow type that comes without a schema of ours; Arrow's own name where there is no word. */
export function arrowTypeLabel(type: DataType): string {
  const children = (type.children ?? []) as readonly Field[];
  const child = (index: number) => arrowTypeLabel((children[index] as Field).type);
  switch (type.typeId) {
    case Type.Null:
      return "void";
    case Type.Bool:
      return "boolean";
    case Type.Int:
      return integers[type.toString()] ?? type.toString().toLowerCase();
    case Type.Float:
      return { Float16: "float16", Float32: "float" }[type.toString()] ?? "double";
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return "string";
    case Type.Binary:
    case Type.LargeBinary:
    case Type.FixedSizeBinary:
    case Type.BinaryView:
      return "binary";
    case Type.Date:
      return "date";
    case Type.Timestamp:
      return (type as Timestamp).timezone ? "timestamp" : "timestamp_ntz";
    case Type.Time:
      return "time";
    case Type.Duration:
      return "interval day to second";
    case Type.Decimal:
      return `decimal(${(type as Decimal).precision},${(type as Decimal).scale})`;
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return `array<${child(0)}>`;
    case Type.Map: {
      const entries = (children[0] as Field).type.children as readonly Field[];
      return `map<${entries.map((field) => arrowTypeLabel(field.type)).join(", ")}>`;
    }
    case Type.Struct:
      if (isVariant(type)) return "variant";
      return `struct<${children.map((field, index) => `${field.name}: ${child(index)}`).join(", ")}>`;
    case Type.Dictionary:
      return arrowTypeLabel((type as unknown as { dictionary: DataType }).dictionary);
    default:
      return type.toString().toLowerCase();
  }
}

const integers: { [arrow: string]: string } = { Int8: "byte", Int16: "short", Int32: "int", Int64: "long" };
