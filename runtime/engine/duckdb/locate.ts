import type { DuckDBConnection } from "@duckdb/node-api";
import type { QuernError } from "../../errors.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isCorrelated } from "../../plan/subqueries.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { engineError } from "./errors.ts";

/**
 * When DuckDB refuses a query as a whole, its parts are bound one after another, from the leaves up, to find the first
 * step at fault: the error then names the line that made it. Binding runs nothing.
 */
export async function locate(
  connection: DuckDBConnection,
  plan: Plan,
  compile: (part: Plan) => string,
  refused: unknown,
): Promise<QuernError> {
  for (const part of childrenFirst(plan)) {
    // Its rows hang on others.
    if (isCorrelated(part)) continue;
    let sql: string | undefined;
    try {
      sql = compile(part);
      (await connection.prepare(sql)).destroySync();
    } catch (error) {
      return engineError(error, { sql, origin: part.origin });
    }
  }
  return engineError(refused, { origin: plan.origin });
}
