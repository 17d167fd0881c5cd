import type { DuckDBConnection } from "@duckdb/node-api";
import type { Progress, RunOptions } from "../engine.ts";

/** DuckDB measures progress only for connections that show a bar; printing it is switched off. */
export const PROGRESS_SETTINGS =
  "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0";

/** Reports while the work runs, about ten times a second; no timer is left afterwards. */
export async function withProgress<T>(
  connection: DuckDBConnection,
  onProgress: RunOptions["onProgress"],
  work: () => Promise<T>,
): Promise<T> {
  if (onProgress === undefined) return work();
  const timer = setInterval(() => {
    const progress = readProgress(connection);
    if (progress !== undefined) onProgress(progress);
  }, PERIOD_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Undefined while DuckDB has nothing to say: before a query has started, and for operators that never report. */
export function readProgress(connection: DuckDBConnection): Progress | undefined {
  const { percentage, rows_processed, total_rows_to_process } = connection.progress;
  if (percentage < 0) return undefined;
  const fraction = Math.min(1, percentage / 100);
  if (total_rows_to_process <= 0n) return { fraction };
  return { fraction, rowsProcessed: Number(rows_processed), rowsTotal: Number(total_rows_to_process) };
}

export const PERIOD_MS = 100;
