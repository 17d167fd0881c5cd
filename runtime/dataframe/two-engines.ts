import { AnalysisError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";

type Surroundings = { readonly engineName: string; readonly isElsewhere: boolean };

/** One plan is run by one engine. */
export function twoEngines(what: string, here: Surroundings, there: Surroundings): AnalysisError {
  if (!here.isElsewhere && !there.isElsewhere) {
    const message = `${what}: the two frames belong to different sessions; make both from one`;
    return new AnalysisError("TWO_SESSIONS", message);
  }
  return new AnalysisError(
    "TWO_ENGINES",
    `${what}: one frame is on ${here.engineName} and the other on ${there.engineName}. Move one of them: ` +
      "await transfer(frame) brings its rows to the engine in use.",
  );
}

/** Variables that a text names as it names tables, with the engines that their frames are on. */
const foreign = new WeakMap<Plan, ReadonlyMap<string, string>>();

export function noteForeign(plan: Plan, names: ReadonlyMap<string, string>): void {
  if (names.size > 0) foreign.set(plan, names);
}

export const foreignIn = (plan: Plan): Iterable<readonly [name: string, engine: string]> => foreign.get(plan) ?? [];
