import { runCell } from "./cell.ts";
import { saveCompiledCode } from "./compile-cache.ts";
import { complete } from "./complete.ts";
import { inspectName } from "./inspect.ts";
import { quietTypeStripping, warmCompiler } from "./javascript.ts";
import { beginRun, interruptRun } from "./lifecycle.ts";
import { openModules } from "./modules.ts";
import { emit } from "./port.ts";
import { closeEngine, openEngine, preloadNames } from "./preloaded.ts";
import type { SessionRequest } from "./protocol.ts";
import { runContext } from "./run.ts";
import { catchUncaught } from "./uncaught.ts";

const warmAfterMs = 50;

catchUncaught();
quietTypeStripping();
await openModules(process.cwd());
preloadNames();
// A first cell that is already there does not wait for these.
setTimeout(async () => {
  await Promise.all([openEngine(), warmCompiler().catch(() => {})]);
  saveCompiledCode();
}, warmAfterMs).unref();

const queue: Exclude<SessionRequest, { type: "stop" }>[] = [];
let isBusy = false;

/** Handles requests in order, one after the other. */
export function receive(request: (typeof queue)[number]): void {
  queue.push(request);
  next();
}

/** Ends the run, also when it has not begun yet. */
export const interrupt = interruptRun;

export const close = closeEngine;

function next(): void {
  if (isBusy) return;
  const request = queue.shift();
  if (request === undefined) return;
  isBusy = true;
  // A fresh turn for each: an interrupt may unwind the stack of the one before.
  setImmediate(() => runContext.exit(() => handle(request)));
}

function ended(): void {
  isBusy = false;
  next();
}

function handle(request: (typeof queue)[number]): void {
  if (request.type === "run") {
    beginRun(request, runCell, ended);
    return;
  }
  try {
    if (request.type === "complete") {
      emit({ type: "completed", id: request.id, ...complete(request.code, request.cursorUtf16) });
    } else {
      emit({ type: "inspected", id: request.id, data: inspectName(request.code, request.cursorUtf16) });
    }
  } finally {
    ended();
  }
}
