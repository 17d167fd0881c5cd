import { createRequire } from "node:module";

/** The columns that a text of one line takes on a terminal; tabs and escapes take none. */
export function widthOf(text: string): number {
  if (printable.test(text)) return text.length;
  // Its tables take 50 ms to load, which a prompt should not wait for.
  library ??= (createRequire(import.meta.url)("string-width") as typeof import("string-width")).default;
  return library(text);
}

let library: typeof import("string-width").default | undefined;

/** ASCII: a column each. */
const printable = /^[ -~]*$/;
