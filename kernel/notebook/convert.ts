import { keepOutputs } from "./keep-outputs.ts";
import { isCode, type Notebook } from "./nbformat.ts";
import { NotebookError } from "./notebook-error.ts";
import { isScript, readNotebook } from "./read.ts";
import { statOf } from "./stat-of.ts";
import { writeNotebook } from "./write.ts";

export type ConvertOptions = {
  /** Replace a target that is there. */
  readonly force?: boolean;
  /** Replace an .ipynb that is there, and keep the outputs of the cells whose text is the same. */
  readonly update?: boolean;
};

export type Converted = {
  readonly cells: number;
  /** How many cells had outputs that a script cannot hold. */
  readonly withoutOutputs: number;
  /** How many cells kept the outputs that the target had. */
  readonly keptOutputs: number;
};

/**
 * Writes the notebook in one file into another; what kinds they are is in their names. Throws NotebookError, and leaves
 * the target as it is, where that is there and nobody said to replace it.
 */
export function convert(from: string, to: string, { force, update }: ConvertOptions = {}): Converted {
  const notebook = readNotebook(from);
  const toScript = isScript(to);
  const old = statOf(to);
  const source = statOf(from);
  if (old && source && old.dev === source.dev && old.ino === source.ino)
    throw new NotebookError(`${from} and ${to} are the same file: name another to write to.`);
  if (update && toScript)
    throw new NotebookError(`${to} is a script, which has no outputs to update: replace it with --force.`);
  if (old?.isFile() && !force && !update) {
    throw new NotebookError(
      `${to} is there already: replace it with --force${toScript ? "" : ", or with --update, which keeps the outputs of unchanged cells"}, or name another.`,
    );
  }
  const written = update && old ? keepOutputs(notebook, readNotebook(to)) : notebook;
  writeNotebook(to, written);
  return {
    cells: written.cells.length,
    withoutOutputs: toScript ? outputCells(notebook) : 0,
    keptOutputs: update ? outputCells(written) - outputCells(notebook) : 0,
  };
}

const outputCells = ({ cells }: Notebook): number =>
  cells.filter((cell) => isCode(cell) && cell.outputs.length > 0).length;
