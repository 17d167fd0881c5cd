import "./compile-cache.js";
import { fileURLToPath } from "node:url";
import type { History } from "./history/history.ts";
import { ConnectionFileError, readConnectionFile } from "./wire/connection-file.ts";
import { bindSockets } from "./wire/sockets.ts";

// Not imported: see wire/signature.ts.
const { readFileSync, unlinkSync } = process.getBuiltinModule("node:fs");

export type RunOptions = {
  /** Another program in the place of the session; for tests. */
  readonly sessionEntry?: string;
};

/** Runs a kernel for the front end that wrote this connection file, until it is told to shut down. Sets the exit code. */
export async function runKernel(connectionFile: string, { sessionEntry }: RunOptions = {}): Promise<void> {
  try {
    closeInspector();
    const parentPid = parentToWatch();
    const connection = readConnectionFile(connectionFile);
    const sockets = bindSockets(connection);
    // While the front end connects.
    const { startKernel } = await import("./kernel.ts");
    const kernel = startKernel({
      sockets,
      key: connection.key,
      version: packageVersion(),
      session: {
        entry: sessionEntry ?? fileURLToPath(new URL(`../runtime/session/main${extension}`, import.meta.url)),
        execPath: process.execPath,
        env: process.env,
        cwd: process.cwd(),
      },
      openHistory: openUsersHistory,
      log,
    });
    // Ctrl-C in the terminal of the server comes to every process of it: it stops a cell, not the kernel.
    process.on("SIGINT", kernel.interrupt);
    // Node would open its inspector, through which anyone on this machine could run code as the user.
    process.on("SIGUSR1", () => {});
    process.on("SIGTERM", kernel.shutDown);
    process.on("SIGHUP", kernel.shutDown);
    process.on("exit", kernel.kill);
    const parent = endWithParent(parentPid, kernel.shutDown);
    await kernel.ended;
    if (parent.isGone()) removeInItsPlace(connectionFile);
    // What ZeroMQ has still to send leaves while the process ends; nothing else keeps it.
    process.exitCode = 0;
    setTimeout(() => process.exit(), exitPatienceMs).unref();
  } catch (error) {
    if (!(error instanceof ConnectionFileError)) throw error;
    log(error.message);
    process.exitCode = 1;
  }
}

/** The connection file holds the key, and who wrote it is gone. */
function removeInItsPlace(connectionFile: string): void {
  try {
    unlinkSync(connectionFile);
  } catch {
    // Removed before, or not ours to remove.
  }
}

/** When the process that started the kernel is gone, in whatever way, nobody will ask for its end. */
function endWithParent(pid: number, shutDown: () => void): { isGone(): boolean } {
  const isGone = () => pid > 0 && !isAlive(pid);
  if (pid > 0) setInterval(() => isGone() && shutDown(), parentWatchedMs).unref();
  return { isGone };
}

/**
 * To be asked at the start: later the parent may be another. Jupyter says which process it is; on Windows by a handle,
 * which is no process id. VS Code, whose hosts of extensions have the other variable, says nothing and is our parent.
 * Whoever does neither may want the kernel to outlive him.
 */
function parentToWatch(): number {
  const { JPY_PARENT_PID, VSCODE_HANDLES_UNCAUGHT_ERRORS } = process.env;
  if (JPY_PARENT_PID && process.platform !== "win32") return Number(JPY_PARENT_PID);
  return JPY_PARENT_PID || VSCODE_HANDLES_UNCAUGHT_ERRORS ? process.ppid : 0;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It may belong to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * NODE_OPTIONS of the server is inherited by every kernel, whose inspector would then listen without any key. One that
 * is asked for on the kernel's own command line stays.
 */
function closeInspector(): void {
  const isOwn = process.execArgv.some((flag) => flag.startsWith("--inspect"));
  if (process.env.NODE_OPTIONS?.includes("inspect") && !isOwn) process.getBuiltinModule("node:inspector").close();
}

/** Loaded when first used. */
async function openUsersHistory(): Promise<History> {
  const { openHistory } = await import("./history/history.ts");
  const { historyFile } = await import("./history/history-file.ts");
  return openHistory(historyFile(process.env, process.platform), log);
}

let hasLogged = false;

function log(line: string): void {
  // The server that reads stderr may end before us. Not at the start: making the stream takes milliseconds.
  if (!hasLogged) process.stderr.on("error", () => {});
  hasLogged = true;
  process.stderr.write(`quern: ${line}\n`);
}

const exitPatienceMs = 300;
const parentWatchedMs = 1000;
// Sources are run as they are; the published package is JavaScript.
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

function packageVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
    } catch {
      // Built files lie one folder deeper.
    }
  }
  return "0.0.0";
}

if (import.meta.main) {
  const [connectionFile] = process.argv.slice(2);
  if (connectionFile === undefined) {
    process.stderr.write("quern: which connection file? Jupyter starts kernels with: quern kernel <connection file>\n");
    process.exitCode = 1;
  } else {
    await runKernel(connectionFile);
  }
}
