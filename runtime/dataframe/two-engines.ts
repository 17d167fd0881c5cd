import { AnalysisError } from "../errors.ts";

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
