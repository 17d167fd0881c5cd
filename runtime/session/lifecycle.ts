import { InterruptedError } from "../errors.ts";
import { endWorkers } from "./background.ts";
import type { CellOutcome } from "./cell.ts";
import { interruptedError, toCellError } from "./errors.ts";
import { forgetHalfLoaded } from "./half-loaded.ts";
import { endProcesses, isInterrupted } from "./interrupt.ts";
import { renewCompiler } from "./javascript.ts";
import { changesTypes, findTypes } from "./live-types.ts";
import { tellNameChanges } from "./names.ts";
import { emit } from "./port.ts";
import type { RunOutcome, RunRequest } from "./protocol.ts";
import { activeRuns, createRun, isActive, type Run, runContext, setActive, untilIdle } from "./run.ts";
import { takeTerminated } from "./stopping.ts";
import { dropTimers, untracked } from "./timers.ts";

/**
 * Begins a run and returns at once; `onEnded` is called when it has ended. Nothing of the run is kept on the stack of
 * a function that waits, since an interrupt unwinds any stack: whoever ends the run finds it in run.ts.
 */
export function beginRun(request: RunRequest, execute: (run: Run) => Promise<CellOutcome>, onEnded: () => void): void {
  const run = createRun(request, onEnded);
  setActive(run, true);
  runContext.run(run, () => {
    execute(run).then((outcome) => {
      // One turn later: a rejection that nobody handles is reported after the cell's last microtask.
      untracked.setImmediate(() => endRun(run, withFailure(run, outcome)));
    });
  });
}

function withFailure(run: Run, outcome: CellOutcome): RunOutcome {
  // A child process that the interrupt ended may have been all that the cell waited for.
  if (isInterrupted(run.request.run)) {
    stop(run);
    return { status: "error", interrupted: true, ...interruptedError(takeTerminated(), run.awaiting) };
  }
  if (outcome.status === "ok" && run.failure) {
    return { status: "error", interrupted: false, ...toCellError(run.failure.error) };
  }
  return outcome;
}

/** An error that no code caught: the run fails, or if it has ended, its cell is told. */
export function reportUncaught(run: Run | undefined, error: unknown): void {
  if (run === undefined) return;
  if (run.ended) {
    // What the interrupt ended, and nobody awaited.
    if (isInterruption(error)) return;
    emit({ type: "late_error", run: run.request.run, ...toCellError(error) });
    return;
  }
  run.failure ??= { error };
  // The cell may wait for what the failed code would have done; its other actions may end first.
  Promise.resolve(untilIdle(run)).then(() => {
    untracked.setImmediate(() => {
      if (run.ended) return;
      stop(run);
      endRun(run, { status: "error", interrupted: false, ...toCellError(error) });
    });
  });
}

function isInterruption(thrown: unknown): boolean {
  try {
    return thrown instanceof InterruptedError;
  } catch {
    // A Proxy, whose traps are the user's.
    return false;
  }
}

/**
 * Ends the run, if it is on, and those of other subshells with it, since any of them may be what computes: their queries,
 * their timers and what waits. Variables stay.
 */
export function interruptRun(id: number): void {
  const terminated = takeTerminated();
  const asked = activeRuns().find((run) => run.request.run === id);
  if (asked === undefined) return;
  // The one that was asked for is the last: what ends this function midway has it called again.
  for (const run of [...activeRuns().filter((run) => run !== asked), asked]) {
    stop(run);
    run.abort.abort();
    endRun(run, { status: "error", interrupted: true, ...interruptedError(terminated, run.awaiting) });
  }
}

function stop(run: Run): void {
  run.life.stopped = true;
  run.life = { stopped: false };
  dropTimers(run);
  endProcesses(endWorkers(run));
  renewCompiler();
  forgetHalfLoaded(run);
}

function endRun(run: Run, outcome: RunOutcome): void {
  // Not `run.ended`: an interrupt that came late may have ended this very function, and it is called again.
  if (!isActive(run)) return;
  run.ended = true;
  run.timers.clear();
  run.background.clear();
  if (outcome.status === "error") run.takeBackNames?.();
  const payload = run.payload.size > 0 ? { payload: [...run.payload.values()] } : {};
  const describes = changesTypes(run) ? ({ describes: true } as const) : {};
  tellNameChanges((names) =>
    emit({ type: "done", run: run.request.run, outcome: { ...outcome, ...payload }, names, ...describes }),
  );
  run.onEnded();
  setActive(run, false);
  findTypes();
}
