import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import "./patience.ts";

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
};
export type Program = AsyncDisposable & {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The first match in what it printed, once it did; rejects with all of its output if it ends without. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
};

/** Starts a program; `await using` ends it. */
export function start(
  [command, ...args]: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Program {
  const child = spawn(command as string, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text.err += chunk;
  });
  const ended = once(child, "close").then(([code, signal]): Ended => ({ code, signal, ...text }));
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text.out + text.err);
        if (match) resolve(match);
        return match !== null;
      };
      child.stdout.on("data", look);
      child.stderr.on("data", look);
      const lost = () =>
        look() || reject(new Error(`${command} ended without printing ${pattern}:\n${text.out}${text.err}`));
      ended.then(lost, reject);
      look();
    });
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  };
  return { child, ended, printed, [Symbol.asyncDispose]: end };
}

/** Runs a program to its end. */
export const run = (
  command: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ended> => start(command, options).ended;
