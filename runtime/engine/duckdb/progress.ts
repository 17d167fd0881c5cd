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
    onProgress(readProgress(connection));
  }, PERIOD_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * The share of the work that is done, where DuckDB tells it: not before a query has started, and not for sources that
 * never report. Its rows are those of all steps, by estimates: not rows that a user could count.
 */
export function readProgress(connection: DuckDBConnection): Progress {
  const { percentage } = connection.progress;
  return percentage > 0 ? { fraction: Math.min(1, percentage / 100) } : {};
}

export const PERIOD_MS = 100;
