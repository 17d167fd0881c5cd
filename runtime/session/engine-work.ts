import type { Run } from "./run.ts";

/** What the engine has done for a run so far. */
export type EngineWork = {
  readonly actions: number;
  /** How long at least one action was on. */
  readonly ms: number;
  /** Rows that it gave, counted or wrote. */
  readonly rows: number;
};

type Counted = { -readonly [K in keyof EngineWork]: EngineWork[K] } & { on: number; sinceMs: number };

const works = new WeakMap<Run, Counted>();

export function engineWork(run: Run): EngineWork {
  const { actions, ms, rows, on, sinceMs } = workOf(run);
  return { actions, rows, ms: on > 0 ? ms + performance.now() - sinceMs : ms };
}

export function actionBegan(run: Run): void {
  const work = workOf(run);
  work.actions += 1;
  if (work.on++ === 0) work.sinceMs = performance.now();
}

export function actionEnded(run: Run): void {
  const work = workOf(run);
  if (--work.on === 0) work.ms += performance.now() - work.sinceMs;
}

export function countRows(run: Run, rows: number): void {
  workOf(run).rows += rows;
}

function workOf(run: Run): Counted {
  const found = works.get(run);
  if (found) return found;
  const work = { actions: 0, ms: 0, rows: 0, on: 0, sinceMs: 0 };
  works.set(run, work);
  return work;
}
