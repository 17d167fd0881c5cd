import { join } from "node:path";
import { run } from "./program.ts";

type Output = {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string;
  readonly data?: { readonly [mime: string]: unknown };
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
};
export type Cell = {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string;
  readonly metadata?: { readonly tags?: readonly string[] };
  readonly outputs?: readonly Output[];
};

const script = join(import.meta.dirname, "run-notebook.py");

/** Runs a notebook through nbclient in `folder`; errors of cells are in their outputs. */
export async function runNotebook(
  python: string,
  path: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Cell[]> {
  const { code, out, err } = await run([python, script, path, folder, "300"], { env });
  if (code !== 0) throw new Error(`${path} could not be run:\n${err}`);
  return JSON.parse(out, joinLines).cells;
}

/** nbformat keeps long texts as lists of lines. */
function joinLines(key: string, value: unknown): unknown {
  const isText = Array.isArray(value) && value.every((line) => typeof line === "string");
  return isText && (key === "source" || key === "text" || key.includes("/")) ? value.join("") : value;
}
