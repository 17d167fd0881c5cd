import type { SqlType } from "../../../plan/types.ts";
import { quoteName, quoteText } from "../../../sql/duckdb-literal.ts";

/** strftime patterns that the user has given. */
export type TimeFormats = { readonly date: string | undefined; readonly timestamp: string | undefined };

/**
 * A value as JSON has it, where DuckDB would write something else: NaN and Infinity, which JSON does not know, as
 * text, and times as ISO 8601, with microseconds only where there are some. The text itself where nothing has to change.
 */
export function jsonValue(value: string, type: SqlType, formats: TimeFormats, depth = 0): string {
  switch (type.kind) {
    case "float":
    case "double":
      return `CASE WHEN isfinite(${value}) THEN to_json(${value}) ELSE to_json(${infiniteText(value)}) END`;
    case "date":
      return formats.date === undefined ? value : `strftime(${value}, ${quoteText(formats.date)})`;
    case "timestamp":
      if (formats.timestamp !== undefined) return `strftime(${value}, ${quoteText(formats.timestamp)})`;
      return `(${isoText(`(${value} AT TIME ZONE 'UTC')`)}) || 'Z'`;
    case "timestamp_ntz":
      return formats.timestamp === undefined ? isoText(value) : `strftime(${value}, ${quoteText(formats.timestamp)})`;
    case "array": {
      const item = `item_${depth}`;
      const changed = jsonValue(item, type.element, formats, depth + 1);
      return changed === item ? value : `list_transform(${value}, lambda ${item}: ${changed})`;
    }
    case "map": {
      const item = `item_${depth}`;
      const changed = jsonValue(item, type.value, formats, depth + 1);
      if (changed === item) return value;
      const values = `list_transform(map_values(${value}), lambda ${item}: ${changed})`;
      return `CASE WHEN ${value} IS NOT NULL THEN map(map_keys(${value}), ${values}) END`;
    }
    case "struct": {
      let changes = false;
      const fields = type.fields.map((field) => {
        const own = `struct_extract(${value}, ${quoteText(field.name)})`;
        const changed = jsonValue(own, field.type, formats, depth);
        changes ||= changed !== own;
        return `${quoteName(field.name)} := ${changed}`;
      });
      return changes ? `CASE WHEN ${value} IS NOT NULL THEN struct_pack(${fields.join(", ")}) END` : value;
    }
    default:
      return value;
  }
}

/** Spark's words; DuckDB's own are "inf" and "nan". */
export const infiniteText = (value: string): string =>
  `CASE WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`;

/** A pattern has to be the same for all rows. */
const isoText = (value: string): string =>
  `CASE WHEN epoch_us(${value}) % 1000 = 0 THEN strftime(${value}, '%Y-%m-%dT%H:%M:%S.%g') ` +
  `ELSE strftime(${value}, '%Y-%m-%dT%H:%M:%S.%f') END`;
