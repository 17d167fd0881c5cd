import { type SpawnOptions, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { send } from "../output.ts";
import type { StreamName } from "../protocol.ts";
import type { Run } from "../run.ts";

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type ProgramOptions = SpawnOptions & {
  /** Takes what the program writes; by default the cell shows it. */
  readonly hear?: (name: StreamName, text: string) => void;
};

/** How long output may still come from what a program has left running in the background. */
const drainMs = 200;

/**
 * Runs a program and shows its output as it comes. An interrupt of the cell ends it, as every child process of a cell.
 * Rejects where it cannot be started.
 */
export function runProgram(run: Run, file: string, args: readonly string[], options: ProgramOptions): Promise<Ended> {
  const hear = options.hear ?? showIn(run);
  const child = spawn(file, args, { windowsHide: true, ...options, stdio: ["ignore", "pipe", "pipe"] });
  for (const name of ["stdout", "stderr"] as const) {
    (child[name] as Readable).setEncoding("utf8").on("data", (text: string) => hear(name, text));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      // `!server &` has ended, and its pipes stay open.
      const drained = setTimeout(resolve, drainMs, { code, signal });
      child.on("close", () => {
        clearTimeout(drained);
        resolve({ code, signal });
      });
    });
  });
}

export const showIn =
  (run: Run) =>
  (name: StreamName, text: string): void =>
    send(run, { type: "stream", run: run.request.run, name, text });
