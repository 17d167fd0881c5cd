import type { DuckDBConnection } from "@duckdb/node-api";
import { InterruptedError } from "../../errors.ts";

/**
 * Waits for work on a connection; when the signal is aborted the connection is interrupted and the result is an
 * InterruptedError, once the work has really ended.
 */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  if (signal === undefined) return work();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    // A query clears the flag when it begins: an interrupt that comes just before is lost, so it is repeated.
    timer = setInterval(() => connection.interrupt(), REPEAT_MS);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await work();
  } catch (error) {
    throwIfAborted(signal, error);
    throw error;
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

export function throwIfAborted(signal: AbortSignal | undefined, cause?: unknown): void {
  if (signal?.aborted) throw new InterruptedError("Interrupted", { cause });
}

const REPEAT_MS = 20;
