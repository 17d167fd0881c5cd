import { spawn } from "node:child_process";

export type Captured = { readonly ok: boolean; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end; one that does not start is one that failed. */
export function capture([program, ...args]: readonly string[], options: { cwd?: string } = {}): Promise<Captured> {
  return new Promise((resolve) => {
    const child = spawn(program as string, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", (error) => resolve({ ok: false, stdout: "", stderr: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, ...output }));
  });
}
