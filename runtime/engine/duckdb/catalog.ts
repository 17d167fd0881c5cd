import { catalogStatement } from "../../sql/catalog-statement.ts";
import { quoteName } from "../../sql/duckdb-literal.ts";
import type { CatalogCommand, CatalogTable, Databases } from "../engine.ts";
import type { Database } from "./connection.ts";

/** All tables and views but our own; what Spark calls a database is a schema here. */
export const tables = (database: Database): Promise<CatalogTable[]> =>
  database.rows<CatalogTable>(
    `SELECT name, CASE WHEN NOT "isTemporary" THEN "database" END AS "database", kind, "isTemporary" FROM (
       SELECT table_name AS name, 'table' AS kind, schema_name AS "database", temporary AS "isTemporary"
         FROM duckdb_tables() WHERE NOT internal
       UNION ALL SELECT view_name, 'view', schema_name, temporary FROM duckdb_views() WHERE NOT internal
     ) WHERE "database" <> 'quern' ORDER BY ALL`,
  );

export async function databases(database: Database): Promise<Databases> {
  const found = await database.rows<{ name: string; catalog: string; current: string }>(
    `SELECT DISTINCT schema_name AS name, current_database() AS catalog, current_schema() AS current FROM duckdb_schemas()
     WHERE database_name = current_database() AND schema_name NOT IN ('quern', 'information_schema', 'pg_catalog') ORDER BY ALL`,
  );
  return {
    catalog: found[0]?.catalog ?? "memory",
    current: found[0]?.current ?? "main",
    all: found.map(({ name }) => name),
  };
}

/** Undefined where there is nothing to do: files are looked at each time. */
export const catalogSql = (command: CatalogCommand): string | undefined =>
  command.what === "refresh table" ? undefined : catalogStatement(command, quoteName);
