import { QuernError } from "../../errors.ts";
import type { Run } from "../run.ts";
import { runProgram } from "./program.ts";

/** `!command`: by sh, or by cmd on Windows. What it fails with is the cell's error. */
export async function runShell(run: Run, command: string): Promise<void> {
  if (command === "") throw new QuernError("COMMAND", "There is no command behind the !");
  const { code, signal } = await runProgram(run, command, [], { shell: true });
  if (code !== 0) {
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    throw new QuernError("COMMAND", `The command ${how}: ${command}`);
  }
  const folder = /^cd(?:\s+([^\s;&|]+))?\s*$/.exec(command);
  if (folder) console.warn(`The folder of this shell ended with it. For the cells': %cd ${folder[1] ?? ""}`.trimEnd());
}
