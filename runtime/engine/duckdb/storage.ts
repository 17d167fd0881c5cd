import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName } from "../../sql/duckdb-literal.ts";
import { type Database, OWN_SCHEMA } from "./connection.ts";

/** Tables that hold the rows of caches, in engine memory; DuckDB spills them to its temp folder. */
export class Storage {
  readonly #database: Database;
  #count = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(connection: DuckDBConnection, sql: string): Promise<{ table: string; rows: number; bytes: number }> {
    const table = `cache_${++this.#count}`;
    const before = await this.#bytes();
    const created = await connection.runAndReadAll(`CREATE TABLE ${qualified(table)} AS ${sql}`);
    const rows = Number(created.getRows()[0]?.[0] ?? 0);
    return { table, rows, bytes: Math.max(0, (await this.#bytes()) - before) };
  }

  async drop(connection: DuckDBConnection, table: string): Promise<void> {
    await connection.run(`DROP TABLE IF EXISTS ${qualified(table)}`);
  }

  /** What all tables of the in-memory database take, in memory and spilled; DuckDB has no figure for one alone. */
  async #bytes(): Promise<number> {
    const [used] = await this.#database.rows<{ bytes: number | bigint }>(
      "SELECT coalesce(sum(memory_usage_bytes + temporary_storage_bytes), 0)::BIGINT AS bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'",
    );
    return Number(used?.bytes ?? 0);
  }
}

const qualified = (table: string): string => `${OWN_SCHEMA}.${quoteName(table)}`;
