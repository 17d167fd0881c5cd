import { hasWindow } from "../plan/derived/windowed-groups.ts";
import type { Named, Plan } from "../plan/nodes.ts";
import { step } from "./step.ts";

/** An agg of groups, or of all rows where there are none. */
export function aggregatedStep(
  input: Plan,
  groups: readonly Named[],
  aggregates: readonly Named[],
  sets?: readonly (readonly number[])[],
): Plan {
  const parts = { groups, aggregates, ...(sets && { sets }) };
  return hasWindow(aggregates)
    ? step({ kind: "derived", input, rule: { method: "agg", ...parts } })
    : step({ kind: "aggregate", input, ...parts });
}
