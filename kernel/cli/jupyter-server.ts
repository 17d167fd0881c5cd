import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CommandError } from "../../install.ts";

/** How long Jupyter may take to end its kernels. */
const endWithinMs = 15_000;
const keptLines = 40;

/**
 * Runs a Jupyter server until it ends or we are told to end. Of its log it prints the address and errors; the last
 * lines of all of it, if it fails.
 */
export async function runServer([program, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const server = spawn(program as string, args, { env, stdio: ["ignore", "inherit", "pipe"] });
  const ended = new Promise<number | NodeJS.Signals | Error>((resolve) => {
    server.once("error", resolve);
    server.once("exit", (code, signal) => resolve(signal ?? (code as number)));
  });
  const log = readLog(server);
  const asked = endWithUs(server);

  const how = await ended;
  await log.closed;
  asked.forget();
  if (asked.was() || how === 0) return;
  throw new CommandError(
    `JupyterLab ended (${how instanceof Error ? how.message : how}). It said:\n${log.last().join("\n")}`,
  );
}

function readLog(server: ChildProcess) {
  const last: string[] = [];
  let shown = false;
  let announced = false;
  const lines = createInterface({ input: server.stderr as NodeJS.ReadableStream });
  lines.on("line", (line) => {
    last.push(line);
    if (last.length > keptLines) last.shift();
    const address = /\bhttps?:\/\/\S*\/(?:lab|tree|\?token)\S*/.exec(line)?.[0];
    if (address && !announced) {
      announced = true;
      console.log(`JupyterLab is at ${address}\nCtrl-C ends it.`);
    }
    // A record starts with its level and time; what follows without one belongs to it.
    const level = /^\[([DIWEC]) /.exec(line)?.[1];
    if (level) shown = level === "E";
    if (shown) console.error(line);
  });
  const closed = new Promise<void>((resolve) => lines.once("close", resolve));
  return { closed, last: () => last };
}

/** Ends the server when we are told to end. Ctrl-C reaches it from the terminal as well, which does no harm. */
function endWithUs(server: ChildProcess) {
  let asked = false;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    asked = true;
    server.kill("SIGTERM");
    timer ??= setTimeout(() => server.kill("SIGKILL"), endWithinMs);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, end);
  const watch = watchNpm(end);
  return {
    was: () => asked,
    forget: () => {
      clearTimeout(timer);
      clearInterval(watch);
      for (const signal of signals) process.off(signal, end);
    },
  };
}

/** `npm start` that is told to end tells its shell, which ends without a word to us: we lose our parent. */
function watchNpm(end: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && end(), 500);
}
