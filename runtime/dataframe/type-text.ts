import type { Field, Schema, SqlType } from "../plan/types.ts";

/**
 * A schema as TypeScript: the text of the S in `DataFrame<S>`, with the types of types.ts under the name `Sql`. What
 * lies in arrays, maps and structs may be NULL, as in a schema that the user builds.
 */
export const schemaTypeText = (schema: Schema): string =>
  schema.length === 0 ? "{}" : `{ ${schema.map(property).join(", ")} }`;

/** Every name in quotes: it may be any text. */
const property = ({ name, type, nullable }: Field): string =>
  `${JSON.stringify(name)}: ${nullable ? orNull(type) : typeText(type)}`;

const orNull = (type: SqlType): string => (type.kind === "void" ? "null" : `${typeText(type)} | null`);

function typeText(type: SqlType): string {
  switch (type.kind) {
    case "array":
      return `Sql.Array<${orNull(type.element)}>`;
    case "map":
      return `Sql.Map<${typeText(type.key)}, ${orNull(type.value)}>`;
    case "struct":
      return `Sql.Struct<${schemaTypeText(type.fields)}>`;
    case "timestamp_ntz":
      return "Sql.TimestampNtz";
    case "day_time_interval":
      return "Sql.DayTimeInterval";
    case "year_month_interval":
      return "Sql.YearMonthInterval";
    case "calendar_interval":
      return "Sql.CalendarInterval";
    case "void":
      return "null";
    default:
      return `Sql.${type.kind.charAt(0).toUpperCase()}${type.kind.slice(1)}`;
  }
}
