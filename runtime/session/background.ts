import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";
import { type Run, runContext } from "./run.ts";

/**
 * From here on a run knows the child processes and worker threads that it starts, until they or it have ended. The
 * listener hears of every child process.
 */
export function trackBackground(listen: (event: "began" | "ended", pid: number) => void): void {
  subscribe("child_process", (message) => {
    const { process: child } = message as { process: ChildProcess };
    keep(child);
    // Node tells of it before it has been started.
    process.nextTick(() => {
      const { pid } = child;
      if (pid === undefined) return;
      listen("began", pid);
      child.once("exit", () => listen("ended", pid));
    });
  });
  subscribe("worker_threads", (message) => keep((message as { worker: Worker }).worker));
}

function keep(one: ChildProcess | Worker): void {
  const run = runContext.getStore();
  if (run === undefined || run.ended) return;
  run.background.add(one);
  (one as Worker).once("exit", () => run.background.delete(one));
}

/** Ends the worker threads of a run; answers its child processes, for the sentinel to end. */
export function endWorkers(run: Run): number[] {
  const pids: number[] = [];
  for (const one of run.background) {
    if (!("threadId" in one)) pids.push(...(one.pid === undefined ? [] : [one.pid]));
    else one.terminate().catch(() => {});
  }
  run.background.clear();
  return pids;
}
