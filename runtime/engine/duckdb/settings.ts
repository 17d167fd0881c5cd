import { AnalysisError } from "../../errors.ts";
import { didYouMean } from "../../plan/nearest.ts";
import { quoteName, quoteText } from "../../sql/duckdb-literal.ts";
import type { Database } from "./connection.ts";
import { engineError } from "./errors.ts";

/**
 * Settings by Spark's names, or DuckDB's under its own. Spark's that mean nothing here (shuffle partitions …) are
 * accepted without effect, so that a notebook runs unchanged on both.
 */
export async function setConf(database: Database, name: string, value: string): Promise<void> {
  if (name.toLowerCase() === "spark.sql.session.timezone") return setTimeZone(database, value);
  if (/^(spark|hive)\./i.test(name)) return;
  if (name.toLowerCase() === "timezone") return setTimeZone(database, value);
  const settings = await database.rows<{ name: string; scope: string }>("SELECT name, scope FROM duckdb_settings()");
  const setting = settings.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (setting === undefined) {
    const names = settings.map((candidate) => candidate.name);
    throw new AnalysisError(
      "UNKNOWN_SETTING",
      `DuckDB has no setting ${JSON.stringify(name)}.${didYouMean(name, names)}`,
    );
  }
  const statement = (scope: string) => `SET ${scope} ${quoteName(setting.name)} = ${quoteText(value)}`;
  try {
    if (/LOCAL/i.test(setting.scope)) await database.setting(setting.name, statement("SESSION"));
    else await database.main.run(statement("GLOBAL"));
  } catch (error) {
    throw engineError(error, { sql: statement("GLOBAL") });
  }
}

/** Whether `setConf` takes it. */
export async function isSetting(database: Database, name: string): Promise<boolean> {
  if (/^(spark|hive)\./i.test(name)) return true;
  const quoted = quoteText(name);
  return (await database.rows(`SELECT 1 FROM duckdb_settings() WHERE lower(name) = lower(${quoted})`)).length > 0;
}

async function setTimeZone(database: Database, zone: string): Promise<void> {
  try {
    await database.setTimeZone(zone);
  } catch (cause) {
    const known = await database.rows<{ name: string }>("SELECT name FROM pg_timezone_names()");
    const names = known.map((entry) => entry.name);
    throw new AnalysisError("TIME_ZONE", `There is no time zone ${JSON.stringify(zone)}.${didYouMean(zone, names)}`, {
      cause,
    });
  }
}
