import type { DuckDBConnection } from "@duckdb/node-api";
import { AnalysisError } from "../../errors.ts";
import { describeSteps } from "../../plan/describe-steps.ts";
import type { PlanTree } from "../../plan/explain.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { ExplainMode } from "../engine.ts";
import { definitionsOf } from "./explain/definitions.ts";
import { fromAnalyze, fromPlan } from "./explain/metrics.ts";
import { operatorTree } from "./explain/operators.ts";

/** What DuckDB is going to do for a query; with "analyze" it is run, and the tree has real rows and times. */
export async function explain(
  connection: DuckDBConnection,
  engine: string,
  plan: Plan,
  sql: string,
  mode: ExplainMode,
): Promise<PlanTree> {
  if (mode === "cost" || mode === "codegen")
    throw new AnalysisError(
      "EXPLAIN",
      `explain("${mode}") is Spark's. DuckDB has simple, extended, formatted, and analyze with rows and times.`,
    );
  const analyze = mode === "analyze";
  const reader = await connection.runAndReadAll(`EXPLAIN (${analyze ? "ANALYZE, " : ""}FORMAT json) ${sql}`);
  const json: unknown = JSON.parse(String(reader.getRows().at(-1)?.[1] ?? "null"));
  const logical = mode === "extended" || mode === "formatted" ? { logical: describeSteps(plan) } : {};
  const definitions = definitionsOf(plan);
  if (!analyze) return { engine, mode, ...logical, physical: operatorTree(fromPlan(json), definitions), sql };
  const { root, ...totals } = fromAnalyze(json);
  return { engine, mode, physical: operatorTree(root, definitions), sql, ...totals };
}
