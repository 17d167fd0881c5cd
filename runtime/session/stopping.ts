import { performance } from "node:perf_hooks";
import { currentTurn, giveUp, holdTurns, type Turn } from "../turns.ts";
import { answered, hold, lastTry, type Shared } from "./shared.ts";

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
 * Lets the sentinel terminate what runs, and nothing else. It calls this through the inspector, which does so on top of
 * the running code's stack, in its async context. What runs is held until the termination is on its way to it: one that
 * came later would end whatever runs by then, the next cell or the session's own code.
 */
export function allowTerminationOn(state: Shared): void {
  const value = (which: number, attempt: number): boolean => {
    const isWanted = Atomics.load(state, answered) < which && Atomics.load(state, lastTry) === attempt;
    if (!isWanted || undisturbedDepth > 0 || isOurs(framesBelow()) || !isHeldForIt(state)) return false;
    notePlace();
    turns.add(currentTurn());
    holdTurns(true);
    return true;
  };
  Object.defineProperty(globalThis, Symbol.for("quern.stopping"), { value });
}

/** The caller's place is where the interrupt found the cell, if none is known yet. */
export function notePlace(): void {
  place ??= new KeyboardInterrupt();
}

let undisturbedDepth = 0;

/** Does work of the session's own, which nothing would begin again. It must call nothing of the user's. */
export function undisturbed<T>(work: () => T): T {
  undisturbedDepth += 1;
  try {
    return work();
  } finally {
    undisturbedDepth -= 1;
  }
}

/** What runs below the call that the inspector makes. */
function framesBelow(): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, frames) => frames;
  const frames = new Error().stack as unknown as readonly NodeJS.CallSite[];
  Error.prepareStackTrace = prepareStackTrace;
  const call = frames.findIndex((frame) => frame.getScriptNameOrSourceURL() === "node:quern");
  return frames.slice(call + 1);
}

/** Nothing, since the thread was idle and will answer; or Node, as it reads a message of the kernel's. */
function isOurs(frames: readonly NodeJS.CallSite[]): boolean {
  const outermost = frames.at(-1);
  return (
    outermost === undefined ||
    (outermost.getFileName() === "node:internal/child_process" && !!outermost.getFunctionName()?.includes("onread"))
  );
}

/** The sentinel may have no time to post it; on a busy machine it is late. */
const holdAtMostMs = 1000;

/** No `Atomics.wait`, in which the held code may be itself. */
function isHeldForIt(state: Shared): boolean {
  const end = performance.now() + holdAtMostMs;
  Atomics.store(state, hold.index, hold.offered);
  Atomics.notify(state, hold.index);
  while (Atomics.load(state, hold.index) !== hold.posted) {
    if (performance.now() < end) continue;
    if (Atomics.compareExchange(state, hold.index, hold.offered, hold.none) === hold.offered) return false;
  }
  Atomics.store(state, hold.index, hold.none);
  return true;
}

/** Gives up what was terminated; answers with the place, if it was anywhere. */
export function takeTerminated(): KeyboardInterrupt | undefined {
  const taken = place;
  place = undefined;
  for (const turn of turns) giveUp(turn);
  turns.clear();
  return taken;
}
