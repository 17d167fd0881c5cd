import type { Action, Host } from "../dataframe/host.ts";
import { renderProgress, renderProgressEnd } from "../display/progress.ts";
import type { Progress } from "../engine/engine.ts";
import { InterruptedError } from "../errors.ts";
import { displayComputed, printComputed } from "./display-api.ts";
import { actionBegan, actionEnded, countRows } from "./engine-work.ts";
import { frameNames, noteCheckpoints, noteStorage, placeOf } from "./held-rows.ts";
import { storedName } from "./names.ts";
import { emit } from "./port.ts";
import { type Run, runOfCaller } from "./run.ts";
import { saveSettings } from "./survival.ts";

/** A bar is shown for actions longer than this, and drawn again no more often than the second. */
const shownAfterMs = 500;
const redrawnEveryMs = 100;

/** Ties the actions of DataFrames to the cell that runs them. */
export const sessionHost: Host = {
  begin(title) {
    const run = runOfCaller();
    return run === undefined ? quietAction(title) : runAction(run, title);
  },
  show: displayComputed,
  print: printComputed,
  variable(name) {
    const found = Object.getOwnPropertyDescriptor(globalThis, storedName(name));
    return found && "value" in found ? found.value : undefined;
  },
  frameNames,
  rows(count) {
    const run = runOfCaller();
    if (run) countRows(run, count);
  },
  settingsChanged: saveSettings,
  storageChanged: noteStorage,
  checkpointsChanged: noteCheckpoints,
  place: placeOf,
};

const quietAction = (title: string): Action => ({
  title,
  onProgress: () => {},
  signal: new AbortController().signal,
  end: () => {},
});

function runAction(run: Run, title: string): Action {
  const bar = progressBar(run, title);
  run.actions += 1;
  actionBegan(run);
  let hasEnded = false;
  return {
    title,
    onProgress: bar.progress,
    signal: run.abort.signal,
    end(failure) {
      if (hasEnded) return;
      hasEnded = true;
      bar.end(failure);
      run.actions -= 1;
      actionEnded(run);
      if (run.actions === 0) run.onIdle?.();
    },
  };
}

let bars = 0;

function progressBar(run: Run, title: string) {
  const begun = performance.now();
  const displayId = `quern-progress-${process.pid}-${++bars}`;
  let drawnMs: number | undefined;
  let last: Progress | undefined;

  const draw = (data: { [mime: string]: string }): void => {
    const update = drawnMs !== undefined;
    drawnMs = performance.now();
    // Not behind the result, which may be what the action computes.
    if (!run.request.silent) {
      emit({ type: "display", run: run.request.run, data, metadata: {}, displayId, update });
    }
  };
  return {
    progress(progress: Progress): void {
      last = progress;
      if (progress.isFinal) countRows(run, progress.rowsProcessed ?? 0);
      const now = performance.now();
      if (run.ended || now - begun < shownAfterMs || (drawnMs !== undefined && now - drawnMs < redrawnEveryMs)) return;
      const { fraction, rowsProcessed: rows, rowsTotal } = progress;
      draw(renderProgress({ title, fraction, rows, rowsTotal, elapsedSeconds: (now - begun) / 1000 }));
    },
    end(failure: unknown): void {
      if (drawnMs === undefined) return;
      const outcome = failure === undefined ? "done" : failure instanceof InterruptedError ? "interrupted" : "failed";
      const elapsedSeconds = (performance.now() - begun) / 1000;
      // What was counted on the way is not what there was in the end.
      const rows = last?.isFinal ? last.rowsProcessed : undefined;
      draw(renderProgressEnd({ title, rows, elapsedSeconds, outcome }));
    },
  };
}
