import type { Engine, RunOptions } from "../engine/engine.ts";
import type { Plan } from "../plan/nodes.ts";
import { makesRows } from "./known-columns.ts";

/** The number of rows in all, where the engine knows it without computing the rows; else undefined. */
export async function totalOf(plan: Plan, engine: Engine, options: RunOptions): Promise<number | undefined> {
  const source = rowSource(plan);
  if (source === undefined) return undefined;
  if (source.kind === "local") return source.data.numRows;
  if (source.kind === "stored") return source.rows;
  const counted: Plan = {
    kind: "aggregate",
    input: source,
    groups: [],
    aggregates: [{ name: "count", expression: { kind: "call", name: "count", args: [] } }],
  };
  const { batches } = await engine.execute(counted, { ...options, allRows: true });
  let rows: number | undefined;
  for await (const batch of batches) if (batch.numRows > 0) rows = Number(batch.getChildAt(0)?.get(0));
  return rows;
}

/** The leaf that has as many rows as the plan, if it can be counted for nothing. */
function rowSource(plan: Plan): Plan | undefined {
  switch (plan.kind) {
    case "project":
    case "withColumns":
      return makesRows(plan) ? undefined : rowSource(plan.input);
    case "rename":
    case "drop":
    case "sort":
      return rowSource(plan.input);
    case "read":
      // Parquet files carry their counts; text would have to be read.
      return plan.format === "parquet" ? plan : undefined;
    case "range":
    case "local":
      return plan;
    case "stored":
      return plan.rows === undefined ? rowSource(plan.input) : plan;
    default:
      return undefined;
  }
}
