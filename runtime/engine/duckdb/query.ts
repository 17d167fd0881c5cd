import type { DuckDBConnection, DuckDBResult } from "@duckdb/node-api";
import type { RunOptions } from "../engine.ts";
import { interruptible } from "./interrupt.ts";
import type { Compiled } from "./planner.ts";
import { withProgress } from "./progress.ts";
import { typedQuery } from "./typed-query.ts";

/** A query that has begun, and its SQL with the types that analysis has promised. */
export type Begun = { readonly sql: string; readonly result: DuckDBResult };

/** Rows wait inside the engine (about 1 MB of them) until they are asked for. */
export async function beginStream(
  connection: DuckDBConnection,
  compiled: Compiled,
  options: RunOptions,
): Promise<Begun> {
  let prepared = await connection.prepare(compiled.sql);
  try {
    const sql = typedQuery(prepared, compiled);
    if (sql !== compiled.sql) {
      prepared.destroySync();
      prepared = await connection.prepare(sql);
    }
    return { sql, result: await watched(connection, options, () => prepared.stream()) };
  } finally {
    prepared.destroySync();
  }
}

/** All rows are computed, and kept in the engine. */
export async function runWhole(connection: DuckDBConnection, compiled: Compiled, options: RunOptions): Promise<Begun> {
  const run = (sql: string) => watched(connection, options, () => connection.run(sql));
  const result = await run(compiled.sql);
  const sql = typedQuery(result, compiled);
  // Analysis mostly knows DuckDB's types, so that this is rare.
  return { sql, result: sql === compiled.sql ? result : await run(sql) };
}

const watched = <T>(connection: DuckDBConnection, { signal, onProgress }: RunOptions, work: () => Promise<T>) =>
  withProgress(connection, onProgress, () => interruptible(connection, signal, work));
