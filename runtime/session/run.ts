import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import type { Worker } from "node:worker_threads";
import type { Payload, RunRequest, SessionEvent } from "./protocol.ts";
import type { Position } from "./source-map.ts";
import type { CellScript } from "./stack.ts";

/** Asked by every `await` of a cell; a new one begins when the old is stopped. */
export type Life = { stopped: boolean };

/** An event waiting for one that was called before it, or for its own rendering. */
export type Slot = {
  event: SessionEvent | undefined;
  ready: boolean;
  /** Later events do not wait for it any more. */
  isPassed: boolean;
  /** Of a new display, which can be put in its place later. */
  readonly displayId?: string | undefined;
};

/** One execution of one cell, as the session knows it. */
export type Run = {
  readonly request: RunRequest;
  life: Life;
  /** The result is known or the run was interrupted; output may still come from its timers. */
  ended: boolean;
  /** What made the run fail outside its own code: an unhandled rejection, an error in a timer. */
  failure: { readonly error: unknown } | undefined;
  /** Ends the DataFrame actions of the run. */
  readonly abort: AbortController;
  /** Actions that have begun and not ended. */
  actions: number;
  /** Called when the last action ends. */
  onIdle: (() => void) | undefined;
  /** What runs beside the main thread. */
  readonly background: Set<ChildProcess | Worker>;
  readonly timers: Set<NodeJS.Timeout | NodeJS.Immediate>;
  /** Events held back, in call order. */
  readonly waiting: Slot[];
  heldSinceMs: number;
  /** Where the cell's own code waits, or waited last. */
  awaiting: Awaiting | undefined;
  readonly onEnded: () => void;
  /** Of the names that its cell declares, takes away those that it has not assigned. */
  takeBackNames: (() => void) | undefined;
  /** What the front end is asked to do, by its source. */
  readonly payload: Map<Payload["source"], Payload>;
};

export type Awaiting = { readonly script: CellScript; readonly place: () => Position | undefined };

export function createRun(request: RunRequest, onEnded: () => void): Run {
  return {
    request,
    life: { stopped: false },
    ended: false,
    failure: undefined,
    abort: new AbortController(),
    actions: 0,
    onIdle: undefined,
    background: new Set(),
    timers: new Set(),
    waiting: [],
    heldSinceMs: 0,
    awaiting: undefined,
    onEnded,
    takeBackNames: undefined,
    payload: new Map(),
  };
}

/** Travels with everything that a cell starts, so that a late timer still knows its cell. */
export const runContext = new AsyncLocalStorage<Run | undefined>();

/** The runs that are on: one of the main shell, one of each subshell. */
const active = new Set<Run>();
let latest: Run | undefined;

export const activeRuns = (): readonly Run[] => [...active];

export const isActive = (run: Run): boolean => active.has(run);

export function setActive(run: Run, isOn: boolean): void {
  if (!isOn) active.delete(run);
  else {
    active.add(run);
    latest = run;
  }
}

/** Whose code is running; where that is not known (a callback of native code), a run that is on, or the last. */
export const runOfCaller = (): Run | undefined => runContext.getStore() ?? activeRuns()[0] ?? latest;

/** Resolves when the run's actions have ended and its displays are out. */
export function untilIdle(run: Run): Promise<void> | undefined {
  if (isIdle(run)) return undefined;
  return new Promise((resolve) => {
    run.onIdle = () => {
      if (isIdle(run)) resolve();
    };
  });
}

const isIdle = (run: Run): boolean => run.actions === 0 && run.waiting.length === 0;
