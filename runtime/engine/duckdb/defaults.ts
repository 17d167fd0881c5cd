import type { DatabaseOptions } from "./connection.ts";

let given: DatabaseOptions = {};

/** Options for engines that are opened without any. */
export const defaultOptions = (): DatabaseOptions => given;

export function setDefaultOptions(options: DatabaseOptions): void {
  given = options;
}

/**
 * What the engine may hold in memory unless it is told otherwise, as DuckDB writes it; beyond it, it spills. A kernel
 * says what it has left beside JavaScript's heap. Without one it is 70 % of what the machine, or container, has now.
 */
export function defaultMemoryLimit(): string {
  own ??= ownShare();
  return given.memoryLimit ?? own;
}

let own: string | undefined;

/** An explicit limit: without one DuckDB's guess ignores a container's, and crashes under pressure were seen. */
function ownShare(): string {
  const available = process.availableMemory() + process.memoryUsage.rss();
  return `${Math.max(512, Math.floor((available * 0.7) / 2 ** 20))}MiB`;
}
