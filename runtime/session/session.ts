import { runCell } from "./cell.ts";
import { saveCompiledCode } from "./compile-cache.ts";
import { complete } from "./complete.ts";
import { inspectName } from "./inspect.ts";
import { quietTypeStripping, warmCompiler } from "./javascript.ts";
import { beginRun, interruptRun } from "./lifecycle.ts";
import { openModules } from "./modules.ts";
import { emit } from "./port.ts";
import { closeEngine, openEngine, preloadNames } from "./preloaded.ts";
import type { RunId, SessionRequest } from "./protocol.ts";
import { runContext } from "./run.ts";
import { refuseStdin } from "./stdin.ts";
import { restoreSettings } from "./survival.ts";
import { untracked } from "./timers.ts";
import { catchUncaught } from "./uncaught.ts";

catchUncaught();
refuseStdin();
quietTypeStripping();
await openModules(process.cwd());
preloadNames();
restoreSettings();
// Before the first cell: what an interrupt ends, V8 ends with all that waits in its queue of microtasks, and a module
// or an engine that was just being opened would stay half open for ever.
await Promise.all([openEngine(), warmCompiler().catch(() => {})]);
setImmediate(saveCompiledCode);

const queue: Exclude<SessionRequest, { type: "stop" }>[] = [];
let isBusy = false;

/** Handles requests in order, one after the other. */
export function receive(request: (typeof queue)[number]): void {
  queue.push(request);
  next();
}

const cancelled = new Set<RunId>();

/** Ends the run, also when it has not begun yet. */
export function interrupt(run: RunId): void {
  if (queue.some((request) => request.type === "run" && request.run === run)) cancelled.add(run);
  else interruptRun(run);
}

export const close = closeEngine;

function next(): void {
  if (isBusy || queue.length === 0) return;
  isBusy = true;
  // A fresh turn for each: an interrupt may unwind the stack of the one before.
  untracked.setImmediate(() => {
    const request = queue.shift();
    if (request !== undefined) runContext.exit(() => handle(request));
  });
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function ended(): void {
  isBusy = false;
  next();
}

function handle(request: (typeof queue)[number]): void {
  if (request.type === "run") {
    const isCancelled = cancelled.delete(request.run);
    beginRun(request, isCancelled ? () => new Promise(() => {}) : runCell, once(ended));
    if (isCancelled) interruptRun(request.run);
    return;
  }
  try {
    if (request.type === "complete") {
      emit({ type: "completed", id: request.id, ...complete(request.code, request.cursorUtf16) });
    } else {
      emit({
        type: "inspected",
        id: request.id,
        data: inspectName(request.code, request.cursorUtf16, request.wantsSource),
      });
    }
  } finally {
    ended();
  }
}
