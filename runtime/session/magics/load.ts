import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { QuernError } from "../../errors.ts";
import type { MagicCall } from "./magic.ts";
import { pathIn } from "./words.ts";

/** A front end would not edit more. */
const mostCharacters = 1_000_000;

/** `%load file`: its text takes the place of the cell's; of a notebook, that of its code cells. */
export function loadFile({ run, argument }: MagicCall): void {
  if (argument === "") throw new QuernError("MAGIC", "%load takes a file: %load job.ts");
  const path = pathIn(argument);
  const text = extname(path).toLowerCase() === ".ipynb" ? codeOfNotebook(path) : read(path);
  if (text.length > mostCharacters) {
    const size = text.length.toLocaleString("en-US");
    throw new QuernError("MAGIC", `%load ${argument}: the file has ${size} characters; a cell takes up to a million`);
  }
  // Commented out, so that running the cell does not load it again.
  const loaded = `// %load ${argument}\n${text.replace(/\r?\n$/, "")}`;
  run.payload.set("set_next_input", { source: "set_next_input", text: loaded, replace: true });
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? `there is no such file in ${process.cwd()}` : message;
    throw new QuernError("MAGIC", `%load ${path}: ${why}`);
  }
}

function codeOfNotebook(path: string): string {
  try {
    const { cells } = JSON.parse(read(path)) as { cells: { cell_type: string; source: string | string[] }[] };
    const codes = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => [source].flat().join(""));
    return codes.join("\n\n");
  } catch (error) {
    if (error instanceof QuernError) throw error;
    throw new QuernError("MAGIC", `%load ${path}: the file is no notebook (${(error as Error).message})`);
  }
}
