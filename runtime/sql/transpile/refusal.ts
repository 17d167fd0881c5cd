import { AnalysisError } from "../../errors.ts";
import { dialectName, type SqlDialect } from "./library.ts";

/** What is told of a part of a text that cannot be said in the other dialect, or not surely with the same answer. */
export class Refusal extends Error {}

/** With both ways out. */
export function refused(what: string, from: SqlDialect, to: SqlDialect, cause?: unknown): AnalysisError {
  return new AnalysisError(
    "SQL_DIALECT",
    `${what}: this text is in ${dialectName(from)}'s SQL, and the frame is on ${dialectName(to)}, where it could mean something else. ` +
      `Use the DataFrame's methods for it, or write it in ${dialectName(to)}'s SQL after spark.conf.set("spark.quern.sql.dialect", "${to}").`,
    { cause },
  );
}

/** What reads Spark's SQL for DuckDB, with its refusals as errors. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw refused(error.message, "spark", "duckdb", error);
    throw error;
  }
}
