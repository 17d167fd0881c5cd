import type { RecordBatch } from "apache-arrow";
import type { DataFrame } from "../../dataframe/dataframe.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { Schema } from "../../plan/types.ts";

/** What a chart needs of a frame: its plan, and to run plans over it. */
export type ChartSource = {
  readonly plan: Plan;
  readonly schema: Schema;
  run(plan: Plan): Promise<readonly RecordBatch[]>;
};

/** A frame as the data of a chart. Each query is an action of its own, with progress and interrupt. */
export async function chartSource(frame: Pick<DataFrame, "plan" | "context" | "schema">): Promise<ChartSource> {
  return {
    plan: frame.plan,
    schema: await frame.schema(),
    run: (plan) =>
      frame.context.run("chart", plan, async (engine, prepared, options) => {
        const { batches } = await engine.execute(prepared, { ...options, allRows: true });
        const all: RecordBatch[] = [];
        for await (const batch of batches) all.push(batch);
        return all;
      }),
  };
}
