import type { DuckDBConnection } from "@duckdb/node-api";
import { AnalysisError } from "../../../errors.ts";
import { nameParts } from "../../../plan/name-parts.ts";
import type { Schema } from "../../../plan/types.ts";
import { quoteName, quoteText } from "../../../sql/duckdb-literal.ts";
import { refuseTypes } from "../../../sql/refuse-types.ts";
import type { WriteSummary } from "../../engine.ts";
import type { Database } from "../connection.ts";
import type { TableTarget } from "./target.ts";

/** Writes a query's rows into a table: by one statement or in a transaction, so that a failure leaves what was there. */
export async function writeTable(
  database: Database,
  connection: DuckDBConnection,
  sql: string,
  schema: Schema,
  target: TableTarget,
): Promise<WriteSummary> {
  refuseTypes(schema, "a table");
  const { table, mode } = target;
  const { name } = table;
  const there = await existing(database, name);
  if (there?.isView)
    throw new AnalysisError("EXISTS", `"${name}" is a view: rows go into tables. Choose another name.`);
  const quoted = nameParts(name).map(quoteName).join(".");
  if (table.how === "insert") {
    if (there === undefined) {
      throw new AnalysisError(
        "NO_TABLE",
        `There is no table "${name}" to insert into: saveAsTable("${name}") makes one.`,
      );
    }
    if (there.columns.length !== schema.length) {
      const message = `The table "${name}" has ${there.columns.length} columns and the frame ${schema.length}: insertInto takes them by position. Columns: ${there.columns.join(", ")}.`;
      throw new AnalysisError("COLUMNS", message);
    }
    const rows =
      mode === "overwrite"
        ? await replaceRows(database, connection, quoted, sql)
        : await run(connection, `INSERT INTO ${quoted} ${sql}`);
    return { table: name, rows };
  }
  if (there === undefined) return { table: name, rows: await run(connection, `CREATE TABLE ${quoted} AS ${sql}`) };
  switch (mode) {
    case "ignore":
      return { table: name, rows: 0 };
    case "overwrite":
      return { table: name, rows: await run(connection, `CREATE OR REPLACE TABLE ${quoted} AS ${sql}`) };
    case "append":
      checkNames(name, there.columns, schema);
      return { table: name, rows: await run(connection, `INSERT INTO ${quoted} BY NAME ${sql}`) };
    case "errorifexists":
      throw new AnalysisError(
        "EXISTS",
        `There is a table "${name}" already. Use .mode("overwrite") to replace it, .mode("append") to add to it, or .mode("ignore") to keep it.`,
      );
  }
}

/** The rows may come from the table itself. */
async function replaceRows(
  database: Database,
  connection: DuckDBConnection,
  table: string,
  sql: string,
): Promise<number> {
  const isOurs = !database.inTransaction;
  if (isOurs) await connection.run("BEGIN");
  try {
    await connection.run(`CREATE OR REPLACE TEMP TABLE quern_insert AS ${sql}`);
    await connection.run(`DELETE FROM ${table}`);
    const rows = await run(connection, `INSERT INTO ${table} FROM quern_insert`);
    await connection.run("DROP TABLE quern_insert");
    if (isOurs) await connection.run("COMMIT");
    return rows;
  } catch (error) {
    if (isOurs) await connection.run("ROLLBACK");
    throw error;
  }
}

async function run(connection: DuckDBConnection, sql: string): Promise<number> {
  const reader = await connection.runAndReadAll(sql);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

type Existing = { readonly isView: boolean; readonly columns: readonly string[] };

async function existing(database: Database, name: string): Promise<Existing | undefined> {
  const [table = name, schema, catalog] = nameParts(name).toReversed().map(quoteText);
  const where = `lower(table_name) = lower(${table}) AND schema_name = ${schema ?? "current_schema()"}
    AND database_name = ${catalog ?? "current_database()"}`;
  const columns = await database.rows<{ name: string }>(
    `SELECT column_name AS name FROM duckdb_columns() WHERE ${where} ORDER BY column_index`,
  );
  if (columns.length === 0) return undefined;
  const tables = await database.rows(`SELECT 1 FROM duckdb_tables() WHERE ${where}`);
  return { isView: tables.length === 0, columns: columns.map((column) => column.name) };
}

/** What is missing would be null without a word. */
function checkNames(table: string, columns: readonly string[], schema: Schema): void {
  const given = new Set(schema.map(({ name }) => name.toLowerCase()));
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const missing = columns.filter((name) => !given.has(name.toLowerCase()));
  const extra = schema.map(({ name }) => name).filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0 && extra.length === 0) return;
  const wrong = [
    ...(missing.length > 0 ? [`the frame lacks ${missing.join(", ")}`] : []),
    ...(extra.length > 0 ? [`the table has no ${extra.join(", ")}`] : []),
  ].join(", and ");
  throw new AnalysisError("COLUMNS", `The rows do not fit the table "${table}": ${wrong}. Columns go by their names.`);
}
