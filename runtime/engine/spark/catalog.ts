import { catalogStatement } from "../../sql/catalog-statement.ts";
import { spark } from "../../sql/spark.ts";
import type { CatalogCommand, CatalogTable, Databases } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import { report } from "./settings.ts";
import { isStoredTable } from "./stored.ts";

/** The tables and views of a database, the current one by default, and the temporary views. */
export async function tables(client: SparkClient, database?: string): Promise<CatalogTable[]> {
  const where = database === undefined ? "" : ` IN ${spark.quote(database)}`;
  const views = new Set((await report(client, `SHOW VIEWS${where}`)).map(({ viewName }) => viewName));
  const all = await report(client, `SHOW TABLES${where}`);
  const known = all.filter(({ tableName }) => !isStoredTable(String(tableName)));
  return known.map(({ tableName, namespace, isTemporary }) => ({
    name: String(tableName),
    database: namespace ? String(namespace) : null,
    kind: views.has(tableName) ? ("view" as const) : ("table" as const),
    isTemporary: isTemporary === true,
  }));
}

export async function databases(client: SparkClient): Promise<Databases> {
  const [current] = await report(client, "SHOW CURRENT NAMESPACE");
  const all = await report(client, "SHOW DATABASES");
  return {
    catalog: String(current?.catalog),
    current: String(current?.namespace),
    all: all.map(({ namespace }) => String(namespace)),
  };
}

export const catalogSql = (command: CatalogCommand): string => catalogStatement(command, spark.quote);
