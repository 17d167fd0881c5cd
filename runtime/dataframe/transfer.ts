import type { Plan } from "../plan/nodes.ts";
import { planOfRows } from "./checkpoints.ts";
import type { Context } from "./context.ts";
import type { DataFrame } from "./dataframe.ts";
import { host } from "./host.ts";
import { joined } from "./joined-progress.ts";
import { rememberSchema } from "./known-columns.ts";
import { here } from "./origin.ts";

/**
 * Computes a frame where it is, and has another engine keep its rows as they come: no more than some batches of them are
 * in this process. They are freed when nothing holds the plan that it answers.
 */
export async function transferred(frame: DataFrame<any>, to: Context): Promise<Plan> {
  const origin = here();
  const target = await to.engine();
  return frame.context.run("transfer", frame.plan, async (engine, plan, { onProgress, ...options }) => {
    const report = { onProgress: joined(onProgress) };
    const rows = await engine.execute(plan, { ...options, ...report });
    const stored = await target.receive(rows, { ...options, ...report });
    if (stored.rows !== undefined) host().rows?.(stored.rows);
    const moved = Object.freeze({ ...planOfRows(`quern_${crypto.randomUUID()}`, stored), origin });
    rememberSchema(moved, stored.schema);
    to.releaseWith(moved, stored.table);
    return moved;
  });
}
