import type { CellError, RunOutcome } from "../../../runtime/session/protocol.ts";
import { withoutSecrets } from "../../session/hidden.ts";
import type { SupervisorOptions } from "../../session/supervisor.ts";
import type { Screen } from "../../terminal/screen.ts";
import { openSession } from "../../types/checked-session.ts";
import { type CodeCell, hasTag, isCode, type Notebook } from "../nbformat.ts";
import { createOutputs, type ShownEvent } from "./outputs.ts";
import type { Progress } from "./progress.ts";
import { createSaver } from "./save.ts";
import { createStopper, patienceMs, type Stopper, type StopReason } from "./stop.ts";

export type RunOptions = {
  /** With the parameters put in. */
  readonly notebook: Notebook;
  readonly session: SupervisorOptions;
  readonly screen: Screen;
  readonly progress: Progress;
  /** Keeps the notebook as it is so far; called after cells, and while long ones run. Throws where it cannot. */
  readonly write?: (notebook: Notebook) => void;
  /** It is called at the end alone. */
  readonly writesOnce?: boolean;
  /** Ask the last cell for its value as JSON. */
  readonly wantsValue: boolean;
};

export type CellStatus = "ok" | "error" | "skipped" | "not run" | StopReason;

export type CellReport = {
  /** Among all cells of the notebook, from 0. */
  readonly index: number;
  readonly id: string;
  readonly status: CellStatus;
  readonly durationMs: number;
  readonly executionCount: number | null;
};

export type Finished = {
  readonly status: "ok" | "error" | StopReason;
  readonly notebook: Notebook;
  /** Of the code cells. */
  readonly cells: readonly CellReport[];
  /** Of the cell that ended the run. */
  readonly error?: { readonly index: number; readonly executionCount: number; readonly error: CellError } | undefined;
  /** The value of the last cell's last expression, as JSON. */
  readonly valueJson?: string | undefined;
  /** Why the executed notebook could not be written. */
  readonly writeError?: Error | undefined;
};

export type RunningNotebook = {
  readonly finished: Promise<Finished>;
  /** Interrupts the running cell; no further cell is run. The second call ends the session at once. */
  stop(reason: StopReason): void;
  /** Ends the session process at once, and no more: for the exit of our own. */
  kill(): void;
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Timing = { readonly started: string; readonly ended?: string };

/**
 * Runs a notebook's cells in a session of their own, as nbclient runs them; the first that fails is the last. Throws what
 * `write` throws the first time, before anything runs.
 */
export function startRun(options: RunOptions): RunningNotebook {
  const { screen, progress, wantsValue } = options;
  const writesOften = options.write !== undefined && !options.writesOnce;
  const notebook = withoutOutputs(options.notebook);
  const reports = notebook.cells.map(reportBefore);
  const timings = new Map<number, Timing>();
  const outputs = createOutputs();
  let valueJson: string | undefined;
  let failure: Finished["error"];
  let isOver = false;

  const reportOf = (index: number) => reports[index] as Mutable<CellReport>;
  const cellOf = (index: number) => notebook.cells[index] as CodeCell;
  const snapshot = (): Notebook => ({
    ...notebook,
    cells: notebook.cells.map((cell, index) => {
      const timing = timings.get(index);
      if (!isCode(cell) || timing === undefined) return cell;
      const metadata = { ...cell.metadata, execution: timingAsNbclient(timing) };
      return { ...cell, metadata, execution_count: reportOf(index).executionCount, outputs: outputs.of(index) };
    }),
  });

  let saidSo: string | undefined;
  const saver = createSaver(
    () => options.write?.(snapshot()),
    ({ message }) => {
      if (message !== saidSo) progress.say(`quern run: ${message} The run goes on; it is tried again.`);
      saidSo = message;
    },
  );

  if (writesOften) saver.now();
  const session = openSession(options.session, (event) => {
    // None is asked for; and what comes while the session ends belongs to no cell's time.
    if (event.type === "input_request") return session.replyToInput("");
    if (!isOver) show(withoutSecrets(event));
  });
  const stopper = createStopper(session);

  const show = (event: ShownEvent) => {
    outputs.show(event);
    screen.show(event);
    if (writesOften) saver.changed();
    if (event.type === "result") valueJson = event.json;
    if (event.type === "late_error") failLate(event.run, event);
  };

  /** Nobody caught it: what comes after would build on what did not happen. */
  const failLate = (run: number, { ename, evalue, traceback }: CellError) => {
    const index = reports.findIndex(({ executionCount }) => executionCount === run);
    if (hasTag(cellOf(index), "raises-exception")) return;
    reportOf(index).status = "error";
    failure ??= { index, executionCount: run, error: { ename, evalue, traceback } };
  };

  const runCell = async (index: number, executionCount: number, isLast: boolean) => {
    const cell = cellOf(index);
    const report = reportOf(index);
    const startedAtMs = performance.now();
    const started = new Date().toISOString();
    timings.set(index, { started });
    report.executionCount = executionCount;
    valueJson = undefined;
    outputs.begin(index, executionCount);
    progress.begin(executionCount, cell);

    const outcome = await session.run({
      run: executionCount,
      executionCount,
      cellId: cell.id,
      code: cell.source,
      silent: false,
      allowStdin: false,
      userExpressions: {},
      ...(isLast && wantsValue ? { wantsJson: true } : {}),
    });

    timings.set(index, { started, ended: new Date().toISOString() });
    report.durationMs = performance.now() - startedAtMs;
    report.status = statusOf(outcome, stopper.reason);
    if (outcome.status === "error") {
      const error = stopper.reason === undefined ? outcome : stoppedError(stopper, outcome);
      outputs.fail(executionCount, error);
      screen.fail(error);
      const isAllowed = stopper.reason === undefined && hasTag(cell, "raises-exception");
      if (!isAllowed) failure ??= { index, executionCount, error: { ...error } };
    }
    screen.endCell();
    progress.end(report.status === "ok" ? "" : `${report.status} `);
  };

  const runAll = async (): Promise<Finished> => {
    session.start();
    const indexes = reports.flatMap(({ status }, index) => (status === "not run" ? [index] : []));
    for (const [position, index] of indexes.entries()) {
      await runCell(index, position + 1, position === indexes.length - 1);
      if (writesOften) saver.soon();
      // Signals and timers are heard between two cells, too.
      await new Promise(setImmediate);
      if (failure || stopper.reason) break;
    }
    isOver = true;
    stopper.disarm();
    // Begun first: the session ends while the notebook is written.
    const stopped = session.stop();
    const writeError = errorOf(saver.now);
    await stopped;
    return {
      status: stopper.reason ?? (failure ? "error" : "ok"),
      notebook: snapshot(),
      cells: reports.filter((_, index) => isCode(notebook.cells[index] as CodeCell)),
      error: failure,
      valueJson,
      writeError,
    };
  };

  return { finished: runAll(), stop: stopper.stop, kill: session.kill };
}

/** Whether a code cell is run at all. */
export const isRun = (cell: CodeCell): boolean => cell.source.trim() !== "" && !hasTag(cell, "skip-execution");

/** As papermill: results of an earlier run must not stand below cells that this one did not reach. */
function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    // What is skipped by its tag keeps what it shows, as nbclient has it.
    if (!isCode(cell) || hasTag(cell, "skip-execution")) return cell;
    const { execution: _, ...metadata } = cell.metadata;
    return { ...cell, metadata, execution_count: null, outputs: [] };
  });
  return { ...notebook, cells };
}

function reportBefore(cell: Notebook["cells"][number], index: number): CellReport {
  const status = isCode(cell) && isRun(cell) ? "not run" : "skipped";
  return { index, id: cell.id, status, durationMs: 0, executionCount: null };
}

function errorOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function statusOf(outcome: RunOutcome, reason: StopReason | undefined): CellStatus {
  if (outcome.status === "ok") return "ok";
  return reason ?? (outcome.interrupted ? "interrupted" : "error");
}

/** What stands below a cell that was ended from outside; `outcome` where the session itself said it. */
function stoppedError({ reason, killed }: Stopper, outcome: CellError): CellError {
  if (reason === "interrupted" && killed === "not") return outcome;
  const [ename, cause] =
    reason === "timeout"
      ? ["Timeout", "The time of the run was over"]
      : ["KeyboardInterrupt", "The run was interrupted"];
  const end = {
    not: "the cell was interrupted",
    "in vain": `the cell did not heed that for ${patienceMs / 1000} s, so its session was ended`,
    "at once": "the session was ended at once",
  }[killed];
  const evalue = `${cause}; ${end}`;
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}

/** nbclient's names, which JupyterLab's extension for execution times reads. */
function timingAsNbclient({ started, ended }: Timing) {
  const begun = { "iopub.status.busy": started, "iopub.execute_input": started };
  return ended === undefined ? begun : { ...begun, "iopub.status.idle": ended, "shell.execute_reply": ended };
}
