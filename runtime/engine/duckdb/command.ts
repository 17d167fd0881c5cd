import type { Database } from "./connection.ts";

/**
 * Runs commands (DDL, INSERT, SET …) one after another on the main connection. What they change there alone is noted:
 * settings are repeated on the connections of streams; while there are temporary tables or an open transaction, which
 * other connections cannot see, everything runs on the main one.
 */
export async function runCommand(database: Database, sql: string): Promise<void> {
  const { StatementType } = database.library.api;
  const statements = await database.main.extractStatements(sql);
  let setsSomething = false;
  for (let i = 0; i < statements.count; i++) {
    const prepared = await statements.prepare(i);
    try {
      const type = prepared.statementType;
      await prepared.run();
      if (type === StatementType.SET || type === StatementType.VARIABLE_SET) setsSomething = true;
      if (type === StatementType.TRANSACTION) database.inTransaction = !/\b(commit|rollback|abort|end)\b/i.test(sql);
    } finally {
      prepared.destroySync();
    }
  }
  if (setsSomething) await noteSettings(database, sql, statements.count);
  if (/\btemp(orary)?\b/i.test(sql) || database.hasTemporary) await noteTemporary(database);
}

async function noteSettings(database: Database, sql: string, count: number): Promise<void> {
  const [zone] = await database.rows<{ zone: string }>("SELECT current_setting('TimeZone') AS zone");
  if (zone !== undefined && zone.zone !== database.timeZone) await database.setTimeZone(zone.zone);
  if (count === 1) database.repeat(sql.replace(/[\s;]+$/, ""));
}

async function noteTemporary(database: Database): Promise<void> {
  const found = await database.rows(
    `SELECT 1 FROM duckdb_tables() WHERE temporary UNION ALL
     SELECT 1 FROM duckdb_views() WHERE temporary AND NOT internal LIMIT 1`,
  );
  database.hasTemporary = found.length > 0;
}
