import type { DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import { duckdbType, quoteName } from "../../sql/duckdb-literal.ts";
import type { Compiled } from "./planner.ts";
import { isStoredAs } from "./types.ts";

/** The query itself, or one around it where DuckDB's types are not those that analysis has promised. */
export function typedQuery(query: DuckDBPreparedStatement | DuckDBResult, { sql, schema }: Compiled): string {
  let casts = false;
  const items = schema.map((field, i) => {
    const name = quoteName(query.columnName(i));
    if (isStoredAs(query.columnType(i), field.type)) return name;
    casts = true;
    return `CAST(${name} AS ${duckdbType(field.type)}) AS ${quoteName(field.name)}`;
  });
  return casts ? `SELECT ${items.join(", ")} FROM (${sql})` : sql;
}
