import { stripVTControlCharacters } from "node:util";
import type { Finished } from "./run.ts";

export type SummaryOf = {
  readonly notebook: string;
  /** The one that it began with. */
  readonly engine: string;
  readonly version: string;
  readonly started: Date;
  readonly durationMs: number;
  readonly params: ReadonlyMap<string, unknown>;
  readonly out: string | undefined;
  readonly html: string | undefined;
  readonly finished: Finished;
  /** Why `out` or `html` was not written. */
  readonly writeErrors: readonly Error[];
};

/** What `quern run --json` prints; its fields are described in the command's help. */
export function summarise(run: SummaryOf): { readonly [field: string]: unknown } {
  const { finished, writeErrors } = run;
  const status = finished.status === "ok" && writeErrors.length > 0 ? "error" : finished.status;
  return {
    status,
    notebook: run.notebook,
    engine: run.engine,
    version: run.version,
    started: run.started.toISOString(),
    durationMs: Math.round(run.durationMs),
    params: Object.fromEntries(run.params),
    cells: finished.cells.map((cell) => ({ ...cell, durationMs: Math.round(cell.durationMs) })),
    ...(finished.valueJson === undefined ? {} : { value: JSON.parse(finished.valueJson) }),
    error: errorOf(run),
    out: run.out ?? null,
    html: run.html ?? null,
  };
}

function errorOf({ finished, writeErrors }: SummaryOf) {
  if (finished.error) {
    const { index, executionCount, error } = finished.error;
    return {
      cell: index,
      executionCount,
      id: finished.notebook.cells[index]?.id,
      line: lineInCell(error.traceback, executionCount),
      name: error.ename,
      message: error.evalue,
    };
  }
  const [writeError] = writeErrors;
  return writeError
    ? { cell: null, executionCount: null, id: null, line: null, name: "WriteError", message: writeError.message }
    : null;
}

/** The line of the failed cell that its traceback names first, as runtime/session/stack.ts writes it. */
export function lineInCell(traceback: readonly string[], executionCount: number): number | null {
  const text = stripVTControlCharacters(traceback.join("\n"));
  const [, line] = new RegExp(`cell \\[${executionCount}\\](?::|, line )(\\d+)`).exec(text) ?? [];
  return line === undefined ? null : Number(line);
}
