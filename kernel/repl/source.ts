import { realpathSync } from "node:fs";
import { dirname, extname } from "node:path";
import { isCode, type Notebook } from "../notebook/nbformat.ts";
import { NotebookError } from "../notebook/notebook-error.ts";
import { readNotebook } from "../notebook/read.ts";
import { readText } from "../notebook/read-text.ts";
import { parseScript } from "../notebook/script.ts";

/** Where cells come from that nobody types; nothing given is the standard input. */
export type Source = { readonly code?: string | undefined; readonly file?: string | undefined };

/** What cannot be read, in a sentence for the user. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

/** The cells, without those that are empty. Throws SourceError. */
export async function cellsOf({ code, file }: Source): Promise<string[]> {
  if (code !== undefined) return withoutEmpty([code]);
  try {
    return file === undefined || file === "-"
      ? cellsIn(await standardInput(), "the standard input")
      : cellsOfFile(file);
  } catch (error) {
    throw error instanceof NotebookError ? new SourceError(error.message, { cause: error }) : error;
  }
}

/** The folder of the file itself, as Node takes it for imports; undefined where there is none (a pipe has no folder). */
export function folderOf({ file }: Source): string | undefined {
  if (file === undefined || file === "-") return undefined;
  try {
    return dirname(realpathSync(file));
  } catch {
    return undefined;
  }
}

/** The cells of a script or a notebook. Throws NotebookError. */
export function cellsOfFile(path: string): string[] {
  return extname(path).toLowerCase() === ".ipynb" ? codeOf(readNotebook(path)) : cellsIn(readText(path), path);
}

/** Text without markers is one cell as it stands, so that its errors have the lines of the file. */
function cellsIn(text: string, path: string): string[] {
  if (/^\s*\/\/\s*%%/m.test(text)) return codeOf(parseScript(text, path));
  return withoutEmpty([text.replace(/^#!/, "//")]);
}

const codeOf = ({ cells }: Notebook): string[] => withoutEmpty(cells.filter(isCode).map(({ source }) => source));

const withoutEmpty = (codes: readonly string[]): string[] => codes.filter((code) => code.trim() !== "");

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("quern: cells are read until Ctrl-D, and run then.\n");
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}
