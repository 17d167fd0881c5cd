import { QuernError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";

/** Adds the step's place to an error of the engine that has none. */
export async function atOrigin<T>(node: Plan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QuernError) || error.origin !== undefined) throw error;
    const Class = error.constructor as typeof QuernError;
    throw new Class(error.code, error.message, { cause: error.cause, origin: node.origin, sql: error.sql });
  }
}
