import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlanTree } from "../../plan/explain.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { ExplainMode } from "../engine.ts";
import { logicalTree } from "./explain/logical.ts";
import { fromAnalyze, fromPlan } from "./explain/metrics.ts";
import { operatorTree } from "./explain/operators.ts";

/** What DuckDB is going to do for a query; with "analyze" it is run, and the tree has real rows and times. */
export async function explain(
  connection: DuckDBConnection,
  plan: Plan,
  sql: string,
  mode: ExplainMode,
): Promise<PlanTree> {
  const analyze = mode === "analyze";
  const reader = await connection.runAndReadAll(`EXPLAIN (${analyze ? "ANALYZE, " : ""}FORMAT json) ${sql}`);
  const json: unknown = JSON.parse(String(reader.getRows().at(-1)?.[1] ?? "null"));
  const logical = mode === "extended" || mode === "formatted" ? { logical: logicalTree(plan) } : {};
  if (!analyze) return { engine: "DuckDB", mode, ...logical, physical: operatorTree(fromPlan(json)), sql };
  const { root, ...totals } = fromAnalyze(json);
  return { engine: "DuckDB", mode, physical: operatorTree(root), sql, ...totals };
}
