import { idsOf } from "../cell-ids.ts";
import { jsonMistake } from "../json-mistake.ts";
import type { Cell, Notebook } from "../nbformat.ts";
import { NotebookError } from "../notebook-error.ts";
import { parseCell } from "./cell.ts";
import { isObject, type JsonObject } from "./json-object.ts";

// Python's json module, which Jupyter reads notebooks with, gives up near 1,000.
const deepestNesting = 900;

/**
 * The notebook in the text of an .ipynb of nbformat 4. What this version does not know is kept where it is. `path` is
 * for the errors: NotebookError.
 */
export function parseIpynb(text: string, path: string): Notebook {
  const file = parseJson(text, path);
  if (!isObject(file) || !("nbformat" in file || "cells" in file || "worksheets" in file)) {
    throw new NotebookError(`${path} is JSON, but not a notebook: it has no "nbformat".`);
  }
  const minor = minorVersion(file, path);
  if (!Array.isArray(file.cells)) throw new NotebookError(`${path} is a broken notebook: it has no list of "cells".`);
  if (!isObject(file.metadata ?? {}))
    throw new NotebookError(`${path} is a broken notebook: its "metadata" are not an object.`);
  if (depthOf(file) > deepestNesting)
    throw new NotebookError(
      `${path} is nested more than ${deepestNesting} levels deep, which Jupyter cannot read either.`,
    );

  const cells = file.cells.map((cell: unknown, index) => parseCell(cell, `cell ${index + 1} of ${path}`, minor > 5));
  const ids = idsOf(cells);
  return {
    ...file,
    metadata: (file.metadata ?? {}) as JsonObject,
    nbformat: 4,
    nbformat_minor: Math.max(minor, 5),
    cells: cells.map((cell, index) => ({ ...cell, id: ids[index] }) as Cell),
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new NotebookError(`${path} is empty: it holds no notebook.`);
    const conflict = /^<<<<<<< /m.test(text) ? ' It has Git\'s conflict marks ("<<<<<<<"): resolve them.' : "";
    // V8 says it of some mistakes only; of a text that is cut off, where it ends.
    const said = /\(line (\d+) column (\d+)\)/.exec((error as Error).message);
    const { line, column } = said ? { line: said[1], column: said[2] } : jsonMistake(text);
    throw new NotebookError(`${path}:${line}:${column} is not JSON: ${reasonOf(error as Error)}.${conflict}`);
  }
}

/** V8's reason without the position, which is said already, and without the excerpt, which may hold line ends. */
function reasonOf({ message }: Error): string {
  const reason = message.replace(/ (in JSON )?at position [\s\S]*| is not valid JSON$|, (\.\.\.)?"[\s\S]*/g, "");
  return reason.replace(/ JSON input/, " file").replace(/^./, (first) => first.toLowerCase());
}

/** The minor version of nbformat 4. */
function minorVersion({ nbformat, nbformat_minor: minor, worksheets }: JsonObject, path: string): number {
  if (nbformat === undefined && worksheets === undefined)
    throw new NotebookError(`${path} is JSON, but not a notebook: it has no "nbformat".`);
  if (worksheets !== undefined || (typeof nbformat === "number" && nbformat < 4)) {
    throw new NotebookError(
      `${path} is a notebook of format ${nbformat ?? 3}, and Quern reads 4: open it in JupyterLab and save it, or run \`jupyter nbconvert --to notebook --inplace\` on it.`,
    );
  }
  if (nbformat !== 4)
    throw new NotebookError(
      `${path} is a notebook of format ${JSON.stringify(nbformat)}, and Quern reads 4: a newer Quern may know it.`,
    );
  if (minor === undefined) return 0;
  if (typeof minor === "number" && Number.isInteger(minor) && minor >= 0) return minor;
  throw new NotebookError(`${path} is a broken notebook: its "nbformat_minor" is ${JSON.stringify(minor)}.`);
}

/** How deep objects and lists lie in each other; without recursion, which is what would fail. */
function depthOf(value: unknown): number {
  let level = [value];
  for (let depth = 0; ; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const child of Array.isArray(item) ? item : Object.values(item)) {
        if (typeof child === "object" && child !== null) next.push(child);
      }
    }
    if (next.length === 0 || depth > deepestNesting) return depth;
    level = next;
  }
}
