import type { RunOptions } from "../engine/engine.ts";
import type { Plan } from "../plan/nodes.ts";

/** What would have to be computed first, for someone who wants nothing computed. */
export class NotKnownYet extends Error {}

export type Resolving = RunOptions & {
  /** Whether a query may be run to learn of columns; true unless it is said. */
  readonly mayRun?: boolean;
  /** Puts what is cached into the plan of such a query. */
  readonly cached?: (plan: Plan) => Promise<Plan>;
};
