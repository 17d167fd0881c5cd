import type { Plan } from "../../plan/nodes.ts";

/**
 * Whether the rows of a plan are few, or are all in the engine before the first can be read. To compute such rows at
 * once costs little memory more, and a query that is not streamed is bound once: DuckDB binds prepared ones that read
 * files again when they start.
 */
export function isGathered(plan: Plan): boolean {
  switch (plan.kind) {
    case "aggregate":
      return true;
    case "limit":
      return plan.count <= FEW_ROWS;
    case "project":
    case "filter":
    case "sort":
    case "alias":
    case "hint":
      return isGathered(plan.input);
    default:
      return false;
  }
}

const FEW_ROWS = 10_000;
