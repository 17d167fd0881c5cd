import type { Engine } from "../engine.ts";
import type { DatabaseOptions } from "./connection.ts";
import { defaultOptions } from "./defaults.ts";

export type { DatabaseOptions } from "./connection.ts";

/**
 * Opens DuckDB in this process. The native library and Arrow (0.2 s) are loaded by the first call and not by importing
 * this module.
 * @throws EngineError when the library cannot be loaded or the memory cannot be had.
 */
export async function openDuckDB(options: DatabaseOptions = defaultOptions()): Promise<Engine> {
  const { DuckDBEngine } = await import("./engine.ts");
  return DuckDBEngine.open(options);
}
