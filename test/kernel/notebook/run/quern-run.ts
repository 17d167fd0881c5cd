import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Notebook } from "../../../../kernel/notebook/nbformat.ts";
import { readNotebook } from "../../../../kernel/notebook/read.ts";
import { type Program, run, start } from "../../../helpers/program.ts";

export const entry = resolve(import.meta.dirname, "../../../../kernel/cli/quern.js");

type CellWanted = string | { readonly source: string; readonly tags?: readonly string[]; readonly outputs?: unknown[] };

/** Writes a notebook of these code cells, whose ids are cell-0, cell-1 …; answers its path. */
export function writeCells(folder: string, cells: readonly CellWanted[], name = "in.ipynb"): string {
  const path = join(folder, name);
  const notebook = {
    cells: cells.map((cell, index) => {
      const { source, tags, outputs = [] } = typeof cell === "string" ? { source: cell } : { ...cell };
      return {
        cell_type: "code",
        id: `cell-${index}`,
        metadata: tags ? { tags } : {},
        execution_count: null,
        source,
        outputs,
      };
    }),
    metadata: { kernelspec: { name: "quern", display_name: "TypeScript (Quern)", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

const unchecked = { env: { ...process.env, QUERN_CHECK: "off" } };
/** Types are not what the runner's tests are about. */
export const quernRun = (...args: string[]) => run([process.execPath, entry, "run", ...args], unchecked);
export const startQuernRun = (...args: string[]): Program =>
  start([process.execPath, entry, "run", ...args], unchecked);
export const checkedQuernRun = (...args: string[]) => run([process.execPath, entry, "run", ...args]);

/** The outputs of each code cell of an executed notebook, as "stdout: text", "result: text" and "error: name: message". */
export function shownIn(path: string): string[][] {
  return (readNotebook(path) as Notebook).cells.flatMap((cell) => {
    if (cell.cell_type !== "code") return [];
    const shown = cell.outputs.map((output) => {
      if (output.output_type === "stream") return `${output.name}: ${output.text}`;
      if (output.output_type === "error") return `error: ${output.ename}: ${output.evalue}`;
      const kind = output.output_type === "display_data" ? "display" : "result";
      return `${kind}: ${output.data["text/plain"]}`;
    });
    return [shown];
  });
}

export const text = (path: string): string => readFileSync(path, "utf8");
