import { extname } from "node:path";
import { parseIpynb } from "./ipynb/parse.ts";
import { languageOf } from "./language-of.ts";
import { isCode, type Notebook } from "./nbformat.ts";
import { NotebookError } from "./notebook-error.ts";
import { readText } from "./read-text.ts";
import { parseScript } from "./script.ts";

/** The files that hold notebooks, by how their names end. */
export const scriptExtensions: readonly string[] = [".ts", ".mts", ".js", ".mjs"];
const extensions = [".ipynb", ...scriptExtensions];

/**
 * The notebook in a file: an .ipynb of nbformat 4 (upgraded to 4.5: every cell has an id), or a script in the percent format.
 * Throws NotebookError for a file that cannot be read, is no notebook, or is one of another language.
 */
export function readNotebook(path: string): Notebook {
  const parse = isScript(path) ? parseScript : parseIpynb;
  const notebook = parse(readText(path), path);
  const language = languageOf(notebook.metadata);
  if (language !== undefined && !/^(typescript|javascript)$/i.test(language)) {
    throw new NotebookError(
      `${path} is a notebook in ${language}, and Quern runs TypeScript and JavaScript: open it with a kernel for ${language}.`,
    );
  }
  return notebook;
}

/** Throws NotebookError for a notebook that has nothing to run. */
export function requireCode(notebook: Notebook, path: string): void {
  if (!notebook.cells.some(isCode)) throw new NotebookError(`${path} has no code cells: there is nothing to run.`);
}

/** Whether a file is a script in the percent format, else an .ipynb. Throws NotebookError for a name that is neither. */
export function isScript(path: string): boolean {
  const extension = extname(path).toLowerCase();
  if (extensions.includes(extension)) return extension !== ".ipynb";
  throw new NotebookError(`${path} is no notebook by its name: notebooks end in ${extensions.join(", ")}.`);
}
