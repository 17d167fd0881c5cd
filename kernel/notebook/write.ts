import { printIpynb } from "./ipynb/print.ts";
import type { Notebook } from "./nbformat.ts";
import { NotebookError } from "./notebook-error.ts";
import { isScript } from "./read.ts";
import { printScript } from "./script.ts";
import { statOf } from "./stat-of.ts";
import { writeFileAtomically } from "./write-file.ts";

/**
 * Writes a notebook whole or not at all: nbformat 4.5 into an .ipynb, the percent format, which has no outputs, into a
 * script. Replaces what is there. Throws NotebookError with the reason; the old file is then untouched.
 */
export function writeNotebook(path: string, notebook: Notebook): void {
  const toScript = !isDevice(path) && isScript(path);
  writeFileAtomically(path, toScript ? printScript(notebook) : printText(notebook, path));
}

/** `/dev/stdout` and pipes, whose names say nothing. */
const isDevice = (path: string): boolean => {
  const stats = statOf(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
};

function printText(notebook: Notebook, path: string): string {
  try {
    return printIpynb(notebook);
  } catch (error) {
    // V8 has no texts beyond 512 MB, and no stack for endless nesting.
    if (!(error instanceof RangeError)) throw error;
    throw new NotebookError(
      `${path} cannot be written: its outputs are too large (${error.message}). Show less of them.`,
    );
  }
}
