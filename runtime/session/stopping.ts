import { currentTurn, giveUp, holdTurns, type Turn } from "../turns.ts";

/** What an interrupted cell fails with, as front ends know it. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";

  constructor(options?: ErrorOptions) {
    super("The cell was interrupted", options);
  }
}

/** What ran when it was terminated, from the first of several tries. */
let place: KeyboardInterrupt | undefined;
const turns = new Set<Turn | undefined>();

/**
 * Lets the sentinel note what runs just before it terminates it. It calls this through the inspector, which does so on
 * top of the running code's stack, in its async context.
 */
export function noteWhatIsTerminated(): void {
  const value = () => {
    place ??= new KeyboardInterrupt();
    turns.add(currentTurn());
    holdTurns(true);
  };
  Object.defineProperty(globalThis, Symbol.for("quern.stopping"), { value });
}

/** Gives up what was terminated; answers with the place, if it was anywhere. */
export function takeTerminated(): KeyboardInterrupt | undefined {
  const taken = place;
  place = undefined;
  for (const turn of turns) giveUp(turn);
  turns.clear();
  return taken;
}
