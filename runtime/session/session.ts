import { showTemporal } from "../display/temporal-inspect.ts";
import { noteGlobals } from "./added-globals.ts";
import { runCell } from "./cell.ts";
import { saveCompiledCode } from "./compile-cache.ts";
import { complete } from "./complete.ts";
import { describeSources, stopDescribing } from "./described.ts";
import { importsFrom } from "./given.ts";
import { noteVariables } from "./held-rows.ts";
import { inspectName } from "./inspect.ts";
import { quietTypeStripping, warmCompiler } from "./javascript.ts";
import { beginRun, interruptRun } from "./lifecycle.ts";
import { stopFindingTypes } from "./live-types.ts";
import { openModules } from "./modules.ts";
import { emit } from "./port.ts";
import { closeEngine, openEngine, preloadNames } from "./preloaded.ts";
import type { RunId, RunRequest, SessionRequest } from "./protocol.ts";
import { activeRuns, runContext } from "./run.ts";
import { refuseStdin } from "./stdin.ts";
import { undisturbed } from "./stopping.ts";
import { restoreSettings } from "./survival.ts";
import { untracked } from "./timers.ts";
import { catchUncaught } from "./uncaught.ts";

catchUncaught();
refuseStdin();
quietTypeStripping();
await openModules(importsFrom ?? process.cwd());
preloadNames();
restoreSettings();
// Before the first cell: what an interrupt ends, V8 ends with all that waits in its queue of microtasks, and a module
// or an engine that was just being opened would stay half open for ever.
const opening = Promise.all([openEngine(), warmCompiler().catch(() => {})]);
showTemporal();
await opening;
noteGlobals();
setImmediate(saveCompiledCode);

/** One shell: its runs come one after the other. */
type Lane = { readonly queue: RunRequest[]; isBusy: boolean };

/** By the id of the subshell; the main one has none. */
const lanes = new Map<string | undefined, Lane>();

/** Runs wait for those before them in their shell; questions are answered as soon as the main thread is free. */
export function receive(request: Exclude<SessionRequest, { type: "stop" }>): void {
  if (request.type !== "run") {
    inTurnOfItsOwn(() => answer(request));
    return;
  }
  const lane = lanes.get(request.subshell) ?? { queue: [], isBusy: false };
  lanes.set(request.subshell, lane);
  lane.queue.push(request);
  next(lane);
}

const cancelled = new Set<RunId>();

/** Ends the run, also when it has not begun yet: an interrupt has a channel of its own, and may come before its run. */
export function interrupt(run: RunId): void {
  if (!isOn(run)) cancelled.add(run);
  interruptRun(run);
}

const isOn = (id: RunId): boolean => activeRuns().some(({ request }) => request.run === id);

export const close = closeEngine;

function next(lane: Lane): void {
  if (lane.isBusy || lane.queue.length === 0) return;
  lane.isBusy = true;
  inTurnOfItsOwn(() => {
    const cancelledRun = undisturbed(() => {
      const request = lane.queue.shift();
      return request && begin(request, lane);
    });
    if (cancelledRun !== undefined) interruptRun(cancelledRun);
  });
}

/** An interrupt may unwind the stack of what is handled before. */
const inTurnOfItsOwn = (work: () => void): void => void untracked.setImmediate(() => runContext.exit(work));

/** Answers the run that was interrupted before it began. */
function begin(request: RunRequest, lane: Lane): RunId | undefined {
  stopFindingTypes();
  stopDescribing();
  const isCancelled = cancelled.delete(request.run);
  const ended = once(() => {
    lane.isBusy = false;
    noteVariables();
    if (lane.queue.length === 0) lanes.delete(request.subshell);
    next(lane);
  });
  beginRun(request, isCancelled ? () => new Promise(() => {}) : runCell, ended);
  return isCancelled ? request.run : undefined;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function answer(request: Exclude<SessionRequest, { type: "run" | "stop" }>): void {
  if (request.type === "complete") {
    emit({ type: "completed", id: request.id, ...complete(request.code, request.cursorUtf16) });
  } else if (request.type === "describe") {
    describeSources(request.id, request.sources);
  } else {
    const data = inspectName(request.code, request.cursorUtf16, request.wantsSource);
    emit({ type: "inspected", id: request.id, data });
  }
}
