import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { holdTurns } from "../turns.ts";
import { trackBackground } from "./background.ts";
import type { Told } from "./children.ts";
import { runContext } from "./run.ts";
import { answered, canRun, createShared, interruptedRun, type Shared } from "./shared.ts";
import { allowTerminationOn } from "./stopping.ts";
import { untracked } from "./timers.ts";

export type Sentinel = {
  readonly state: Shared;
  readonly replies: MessagePort;
  /** Has it send what is collected there, whenever the main thread does not. */
  watch(batch: SharedArrayBuffer): void;
};

let started: Sentinel | undefined;
let tell = (_told: Told): void => {};

/** The sentinel, for a prompt; undefined in a plain script. */
export const sentinel = (): Sentinel | undefined => started;

/** Whether the kernel has asked for the end of this run, which the main thread may not have heard yet. */
export const isInterrupted = (run: number): boolean =>
  started !== undefined && Atomics.load(started.state, interruptedRun) === run;

/** From here on an interrupt may terminate what the main thread runs. */
export function allowTermination(): void {
  if (started) Atomics.store(started.state, canRun, 1);
}

/** Ends child processes with what they have started, unless they were made to outlive it (`detached`). */
export function endProcesses(pids: readonly number[]): void {
  if (pids.length > 0) tell({ type: "end", pids });
}

/** Starts the thread that listens for interrupts. */
export function startSentinel(on: { interrupt: (run: number) => void; kernelGone: () => void }): void {
  const state = createShared();
  allowTerminationOn(state);
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./sentinel.ts", import.meta.url), {
    workerData: { state, replies: port2 },
    transferList: [port2],
  });
  worker.on("message", (message: { type: "interrupt"; run: number; number: number } | { type: "gone" }) => {
    // In a turn of its own: the answer is that the event loop turns again. A chain of ticks or microtasks would let this
    // message through, and nothing after it.
    untracked.setImmediate(() => {
      if (message.type === "gone") {
        on.kernelGone();
        return;
      }
      // A question that was asked twice is answered once.
      if (Atomics.load(state, answered) < message.number) runContext.exit(on.interrupt, message.run);
      Atomics.store(state, answered, message.number);
      holdTurns(false);
    });
  });
  // Neither keeps a session alive that has nothing else to do. Listening would do so, if it came behind.
  worker.unref();
  port1.unref();
  tell = (told) => worker.postMessage(told);
  started = { state, replies: port1, watch: (batch) => worker.postMessage(batch) };
  trackBackground((type, pid) => tell({ type, pid }));
}
