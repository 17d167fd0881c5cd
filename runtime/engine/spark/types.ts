import { EngineError } from "../../errors.ts";
import { CALENDAR, DAY_TO_SECOND, isCalendarInterval, YEAR_TO_MONTH } from "../../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../../plan/numeric.ts";
import type { Schema, SqlType } from "../../plan/types.ts";
import type { DataType } from "./proto/gen/spark_connect_pb.ts";

/** A column as the server describes it; `cast`: it has to be made text, as Quern has no such type. */
export type ServerField = {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly cast: boolean;
};

/** The columns of a relation, which the server describes as a struct. */
export function serverFields(type: DataType | undefined): readonly ServerField[] {
  if (type?.kind.case !== "struct") {
    throw new EngineError("PROTOCOL", `The server described rows as ${type?.kind.case ?? "nothing"}, not as columns.`);
  }
  return type.kind.value.fields.map(({ name, dataType, nullable }) => {
    const found = sqlType(dataType);
    if (found === undefined) throw noType(name, dataType);
    return { name, type: found, nullable, cast: false };
  });
}

/** Of a source whose columns people look at: rows have no value for calendar intervals. */
export const asText = (field: ServerField): ServerField =>
  isCalendarInterval(field.type) ? { ...field, type: { kind: "string" }, cast: true } : field;

/** The schema of rows as they come: what would have to be cast is refused. */
export function resultSchema(type: DataType | undefined): Schema {
  return serverFields(type).map(({ name, type: found, nullable, cast }) => {
    if (cast) throw new EngineError("TYPE", `Column "${name}" has a type that Quern does not: cast it to a string.`);
    return { name, type: found, nullable };
  });
}

const noType = (name: string, type: DataType | undefined) =>
  new EngineError(
    "TYPE",
    `Column "${name}" has Spark's type ${type?.kind.case ?? "unknown"}, which Quern does not have: select the other columns, or convert it in SQL.`,
  );

function sqlType(type: DataType | undefined): SqlType | undefined {
  const kind = type?.kind;
  switch (kind?.case) {
    case "null":
      return { kind: "void" };
    case "integer":
      return { kind: "int" };
    case "timestampNtz":
      return { kind: "timestamp_ntz" };
    case "boolean":
    case "byte":
    case "short":
    case "long":
    case "float":
    case "double":
    case "string":
    case "binary":
    case "date":
    case "timestamp":
    case "variant":
      return { kind: kind.case };
    case "char":
    case "varChar":
      return { kind: "string" };
    case "decimal":
      return { kind: "decimal", precision: kind.value.precision ?? 10, scale: kind.value.scale ?? 0 };
    case "dayTimeInterval": {
      const { startField: start, endField: end = start } = kind.value;
      return start === undefined || end === undefined ? DAY_TO_SECOND : { kind: "day_time_interval", start, end };
    }
    case "yearMonthInterval": {
      const { startField: start, endField: end = start } = kind.value;
      return start === undefined || end === undefined ? YEAR_TO_MONTH : { kind: "year_month_interval", start, end };
    }
    case "calendarInterval":
      return CALENDAR;
    case "time":
      return { kind: "time", precision: kind.value.precision ?? MAX_TIME_PRECISION };
    case "array": {
      const element = sqlType(kind.value.elementType);
      return element && { kind: "array", element };
    }
    case "map": {
      const [key, value] = [sqlType(kind.value.keyType), sqlType(kind.value.valueType)];
      return key && value && { kind: "map", key, value };
    }
    case "struct": {
      const fields = kind.value.fields.map(({ name, dataType, nullable }) => ({
        name,
        type: sqlType(dataType),
        nullable,
      }));
      return fields.every(({ type: found }) => found !== undefined)
        ? { kind: "struct", fields: fields as Schema }
        : undefined;
    }
    default:
      return undefined;
  }
}
