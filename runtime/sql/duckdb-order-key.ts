import type { SqlType } from "../plan/types.ts";
import { quoteText } from "./duckdb-literal.ts";
import { type Fragment, loose, operandText } from "./fragment.ts";

/**
 * What values are ordered by. Inside of arrays and structs null comes before all others in Spark, and behind them in
 * DuckDB: so whether there is a value is compared before the value.
 */
export function orderKey(text: string, type: SqlType): string {
  if (type.kind === "array") return `list_transform(${text}, lambda o: ${flagged("o", type.element)})`;
  if (type.kind !== "struct") return text;
  const fields = type.fields.map(
    (field, index) => `'f${index}': ${flagged(`struct_extract(s, ${quoteText(field.name)})`, field.type)}`,
  );
  // A parameter, so that what is long is written once; NULL stays what it is.
  return `list_transform([${text}], lambda s: CASE WHEN s IS NOT NULL THEN {${fields.join(", ")}} END)[1]`;
}

export const hasOrderKey = ({ kind }: SqlType): boolean => kind === "array" || kind === "struct";

const flagged = (value: string, type: SqlType): string => `{'n': ${value} IS NOT NULL, 'v': ${orderKey(value, type)}}`;

/** Both zeros are one group, which is that of 0. */
export const groupKey = (key: Fragment, { kind }: SqlType): Fragment =>
  kind === "double" || kind === "float" ? loose(`${operandText(key)} + 0`) : key;
