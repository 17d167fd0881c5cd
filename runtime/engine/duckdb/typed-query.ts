import type { DuckDBPreparedStatement } from "@duckdb/node-api";
import { duckdbType, quoteName } from "../../sql/duckdb-literal.ts";
import type { Compiled } from "./planner.ts";
import { isStoredAs } from "./types.ts";

/** The query itself, or one around it where DuckDB's types are not those that analysis has promised. */
export function typedQuery(prepared: DuckDBPreparedStatement, { sql, schema }: Compiled): string {
  let casts = false;
  const items = schema.map((field, i) => {
    const name = quoteName(prepared.columnName(i));
    if (isStoredAs(prepared.columnType(i), field.type)) return name;
    casts = true;
    return `CAST(${name} AS ${duckdbType(field.type)}) AS ${quoteName(field.name)}`;
  });
  return casts ? `SELECT ${items.join(", ")} FROM (${sql})` : sql;
}
