import { noCalendarInterval } from "../../../plan/interval-types.ts";
import type { SqlType } from "../../../plan/types.ts";
import type { Bindings, LogicalType } from "../library.ts";

/** The native type that values of a plan type are stored as. */
export function logicalType(bindings: Bindings, type: SqlType): LogicalType {
  switch (type.kind) {
    case "decimal":
      return bindings.create_decimal_type(type.precision, type.scale);
    case "array":
      return bindings.create_list_type(logicalType(bindings, type.element));
    case "map":
      return bindings.create_map_type(logicalType(bindings, type.key), logicalType(bindings, type.value));
    case "struct":
      return bindings.create_struct_type(
        type.fields.map((field) => logicalType(bindings, field.type)),
        type.fields.map((field) => field.name),
      );
    case "calendar_interval":
      throw noCalendarInterval("A column");
    case "variant": {
      const bytes = bindings.create_logical_type(bindings.Type.BLOB);
      return bindings.create_struct_type([bytes, bytes], ["value", "metadata"]);
    }
    default:
      return bindings.create_logical_type(bindings.Type[NAMES[type.kind]]);
  }
}

const NAMES = {
  boolean: "BOOLEAN",
  byte: "TINYINT",
  short: "SMALLINT",
  int: "INTEGER",
  long: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  string: "VARCHAR",
  binary: "BLOB",
  date: "DATE",
  timestamp: "TIMESTAMP_TZ",
  timestamp_ntz: "TIMESTAMP",
  time: "TIME",
  day_time_interval: "BIGINT",
  year_month_interval: "INTEGER",
  void: "INTEGER",
} as const;
