import { type Stats, statSync } from "node:fs";

/** What lies at a path, through links; undefined where nothing does, or nothing that can be seen. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A circle of links, a folder that may not be entered: reading or writing says what it is.
    return undefined;
  }
}
