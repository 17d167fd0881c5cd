import { isTooNarrow } from "../../sql/duckdb-functions/narrow-decimals.ts";
import type { CompileOptions } from "./planner.ts";

/** Work on SQL whose decimals are narrow; where one of them turns out to be too large, on SQL that takes all. */
export async function narrowFirst<T>(work: (how: CompileOptions) => Promise<T>): Promise<T> {
  try {
    return await work({ narrow: true });
  } catch (error) {
    if (!isTooNarrow(error)) throw error;
    return work({ narrow: false });
  }
}
