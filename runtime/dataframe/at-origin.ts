import { withOrigin } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";

/** Adds the step's place to an error of the engine that has none. */
export async function atOrigin<T>(node: Plan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withOrigin(error, node.origin);
  }
}
