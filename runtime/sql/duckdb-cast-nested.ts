import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { once, part } from "./duckdb-functions/parts.ts";
import { duckdbType, quoteName, quoteText } from "./duckdb-literal.ts";

/** The cast of what is inside; of a part that has a name of its own in the SQL. */
export type CastPart = (part: Unconverted, to: SqlType) => string;

/**
 * An array, map or struct with its parts cast one by one, where a plain cast would not give the same: DuckDB casts the
 * fields of structs by name, Spark by position.
 */
export function nestedCast(arg: Unconverted, to: SqlType, castPart: CastPart, plain: string): string {
  const from = arg.type;
  if (from.kind === "array" && to.kind === "array") {
    const item = castPart(part(arg, "item", from.element), to.element);
    return isPlain(item, "item", to.element) ? plain : `list_transform(${arg.text}, lambda item: ${item})`;
  }
  if (from.kind === "map" && to.kind === "map") {
    const [key, value] = ["entry['key']", "entry['value']"];
    const keyText = castPart(part(arg, key, from.key), to.key);
    const valueText = castPart(part(arg, value, from.value), to.value);
    if (isPlain(keyText, key, to.key) && isPlain(valueText, value, to.value)) return plain;
    return `map_from_entries(list_transform(map_entries(${arg.text}), lambda entry: {'key': ${keyText}, 'value': ${valueText}}))`;
  }
  if (from.kind === "struct" && to.kind === "struct") {
    return once(arg, (x) => {
      const fields = to.fields.map((field, index) => {
        const own = from.fields[index] ?? field;
        const text = castPart(part(arg, `struct_extract(${x}, ${quoteText(own.name)})`, own.type), field.type);
        return `${quoteName(field.name)} := ${text}`;
      });
      return `CASE WHEN ${x} IS NOT NULL THEN struct_pack(${fields.join(", ")}) END`;
    });
  }
  return plain;
}

/** An array, map or struct as Spark writes it: [1, null], {a -> 1}, {1, x}. */
export function nestedText(arg: Unconverted, castPart: CastPart): string {
  const from = arg.type;
  const text = (name: string, type: SqlType) =>
    `coalesce(${castPart(part(arg, name, type), { kind: "string" })}, 'null')`;
  if (from.kind === "array")
    return `'[' || array_to_string(list_transform(${arg.text}, lambda item: ${text("item", from.element)}), ', ') || ']'`;
  if (from.kind === "map") {
    const pair = `${text("entry['key']", from.key)} || ' -> ' || ${text("entry['value']", from.value)}`;
    return `'{' || array_to_string(list_transform(map_entries(${arg.text}), lambda entry: ${pair}), ', ') || '}'`;
  }
  if (from.kind !== "struct") throw new Error(`${from.kind} is not nested`);
  return once(arg, (x) => {
    const fields = from.fields.map((field) => text(`struct_extract(${x}, ${quoteText(field.name)})`, field.type));
    return `CASE WHEN ${x} IS NOT NULL THEN '{' || ${fields.join(" || ', ' || ")} || '}' END`;
  });
}

const isPlain = (text: string, name: string, to: SqlType): boolean =>
  text === name || text === `CAST(${name} AS ${duckdbType(to)})` || text === `TRY_CAST(${name} AS ${duckdbType(to)})`;
