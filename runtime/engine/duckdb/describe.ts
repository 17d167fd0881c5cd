import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import type { Binder } from "./connection.ts";

export type EngineColumn = { readonly name: string; readonly type: DuckDBType };

/** The columns of a query, without running it. */
export async function describe(connection: DuckDBConnection, sql: string): Promise<readonly EngineColumn[]> {
  const prepared = await connection.prepare(sql);
  try {
    return Array.from({ length: prepared.columnCount }, (_, i) => ({
      name: prepared.columnName(i),
      type: prepared.columnType(i),
    }));
  } finally {
    prepared.destroySync();
  }
}

export async function columnNames(database: Binder, sql: string): Promise<readonly string[]> {
  return (await describe(database.main, sql)).map((column) => column.name);
}
