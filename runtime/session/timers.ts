import { syncBuiltinESMExports } from "node:module";
import promised from "node:timers/promises";
import { promisify } from "node:util";
import { setImmediate } from "../turns.ts";
import { type Run, runContext } from "./run.ts";

const { clearTimeout, setTimeout } = globalThis;

/** For the session's own use; taken here, before any global is replaced. */
export const untracked = { setImmediate, setTimeout, clearTimeout };

/** Makes the timers of a run known to it, so that an interrupt can drop them. */
export function trackTimers(): void {
  const { setTimeout, setInterval } = globalThis;
  for (const [name, start] of Object.entries({ setTimeout, setInterval, setImmediate })) track(name, start as Start);
  for (const name of ["setTimeout", "setImmediate"] as const) trackPromised(name);
  syncBuiltinESMExports();
}

/** Those of `node:timers/promises` resolve no more when their run has been stopped: a chain of `then` ends there. */
function trackPromised(name: "setTimeout" | "setImmediate"): void {
  const start = promised[name] as (...args: unknown[]) => Promise<unknown>;
  const tracked = async (...args: unknown[]): Promise<unknown> => {
    const life = runContext.getStore()?.life;
    const value = await start(...args);
    return life?.stopped ? new Promise<never>(() => {}) : value;
  };
  Object.defineProperty(tracked, "name", { value: name });
  Object.assign(promised, { [name]: tracked });
}

export function dropTimers(run: Run): void {
  // Each of the three clears the timers of all three kinds that it knows.
  for (const timer of run.timers) {
    clearTimeout(timer as NodeJS.Timeout);
    clearImmediate(timer as NodeJS.Immediate);
  }
  run.timers.clear();
}

type Start = (...args: unknown[]) => NodeJS.Timeout | NodeJS.Immediate;

function track(name: string, start: Start): void {
  const tracked: Start = (...args) => {
    const timer = start(...args);
    const run = runContext.getStore();
    // Later timers of a run that has ended cannot be interrupted any more.
    if (run !== undefined && !run.ended) remember(run, timer);
    return timer;
  };
  Object.defineProperty(tracked, "name", { value: name });
  // `promisify(setTimeout)` has its own way.
  const own = Object.getOwnPropertyDescriptor(Reflect.get(globalThis, name), promisify.custom);
  if (own) Object.defineProperty(tracked, promisify.custom, own);
  Object.defineProperty(globalThis, name, { value: tracked, writable: true, configurable: true, enumerable: true });
}

const pruneAt = 1000;

function remember(run: Run, timer: NodeJS.Timeout | NodeJS.Immediate): void {
  run.timers.add(timer);
  if (run.timers.size % pruneAt !== 0) return;
  for (const one of run.timers) if ((one as { _destroyed?: boolean })._destroyed) run.timers.delete(one);
}
