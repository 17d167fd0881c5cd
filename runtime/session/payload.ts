import { QuernError } from "../errors.ts";
import { runOfCaller } from "./run.ts";

/**
 * Asks the front end for a cell with this text below the running one, ready to be edited and run; with `replace` the
 * text of the running cell itself is replaced. It appears when the cell ends; the last call counts.
 */
export function setNextInput(text: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const run = runOfCaller();
  if (run === undefined || run.ended) {
    const why = run ? "its cell has ended, and the request goes with the cell's reply" : "it works in a notebook only";
    throw new QuernError("NO_CELL", `setNextInput(…) has no effect here: ${why}`);
  }
  run.payload.set("set_next_input", { source: "set_next_input", text: String(text), replace });
}
