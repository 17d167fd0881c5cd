import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { RunId, SessionEvent, SessionRequest, StreamName, UrgentRequest } from "../../runtime/session/protocol.ts";
import type { Ending } from "./ending.ts";
import { splitLines } from "./lines.ts";

/** One session process: typed requests to it, and its events as one ordered stream. */
export type SessionClient = {
  send(request: SessionRequest): void;
  /** Reaches it even while a cell computes. */
  urgent(request: UrgentRequest): void;
  /** Ends it, and what it has started, without asking. */
  kill(): void;
};

export type SessionOptions = {
  /** The session's entry file. */
  readonly entry: string;
  readonly execPath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly log: (line: string) => void;
};

export type SessionListener = {
  event(event: SessionEvent): void;
  /** After the last event. */
  ended(ending: Ending): void;
};

/** How long output may still arrive from pipes that a child of the session holds open after the session's end. */
const drainAfterExitMs = 200;
const rememberedStderr = 8192;

// A termination may unwind timer callbacks; V8 must not end the process because of it (see runtime-facts, interrupting).
const nodeFlags = ["--no-force-async-hooks-checks"];

export function startSessionProcess(options: SessionOptions, listener: SessionListener): SessionClient {
  // Here, since the kernel answers before it starts a session.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const child = spawn(options.execPath, [...nodeFlags, options.entry], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "ipc"],
    // A process group of its own: Ctrl-C in a terminal is the kernel's to handle, and kill() reaches its children too.
    detached: process.platform !== "win32",
    windowsHide: true,
  });

  const gate = createDoneGate(listener.event);
  // What comes before the first run, or late from something that an ended one started, is told apart by nothing.
  let lastSent: RunId | undefined;
  let stderrTail = "";
  const readNative = (name: StreamName, pipe: Readable | null) => {
    pipe?.setEncoding("utf8").on("data", (text: string) => {
      if (name === "stderr") stderrTail = (stderrTail + text).slice(-rememberedStderr);
      if (lastSent === undefined) options.log(`session ${name}: ${text.trimEnd()}`);
      else listener.event({ type: "stream", run: lastSent, name, text });
    });
  };
  readNative("stdout", child.stdout);
  readNative("stderr", child.stderr);

  const events = child.stdio[3] as Readable | null;
  events?.setEncoding("utf8").on(
    "data",
    splitLines((line) => {
      const event = parseEvent(line, options.log);
      if (event) gate.pass(event);
    }),
  );
  for (const pipe of child.stdio) pipe?.on("error", (error) => options.log(`session pipe: ${error.message}`));

  onceEnded(child, (code, signal, spawnError) => {
    gate.open();
    killGroup(child);
    listener.ended({ code, signal, stderrTail, ...(spawnError ? { spawnError } : {}) });
  });

  const urgent = child.stdio[4] as Writable | null;
  return {
    send(request) {
      if (request.type === "run") {
        lastSent = request.run;
        // What an earlier cell wrote says nothing about the end of this one.
        stderrTail = "";
      }
      // A session that has just died is reported by ended(), not here.
      if (child.connected) child.send(request, () => {});
    },
    urgent: (request) => urgent?.write(`${JSON.stringify(request)}\n`),
    kill: () => killGroup(child) || child.kill("SIGKILL"),
  };
}

/**
 * Holds each `done` back until what native code and child processes wrote before it has been read: it lies in the pipes
 * when `done` comes, and the event loop's next poll reads all that they hold.
 */
function createDoneGate(pass: (event: SessionEvent) => void) {
  let held: SessionEvent | undefined;
  const release = () => {
    const event = held;
    held = undefined;
    if (event) pass(event);
  };
  return {
    pass(event: SessionEvent) {
      if (event.type !== "done") return pass(event);
      release();
      held = event;
      // The first comes before the next poll, the second after it.
      setImmediate(() => setImmediate(release));
    },
    open: release,
  };
}

function onceEnded(
  child: ChildProcess,
  ended: (code: number | null, signal: NodeJS.Signals | null, spawnError?: Error) => void,
): void {
  let isOver = false;
  const finish = (code: number | null, signal: NodeJS.Signals | null, error?: Error) => {
    if (isOver) return;
    isOver = true;
    for (const pipe of child.stdio) pipe?.destroy();
    ended(code, signal, error);
  };
  child.on("error", (error) => {
    if (child.pid === undefined) finish(null, null, error);
  });
  child.on("close", (code, signal) => finish(code, signal));
  child.on("exit", (code, signal) => setTimeout(() => finish(code, signal), drainAfterExitMs).unref());
}

/** True if there was a process left in the session's group. */
function killGroup(child: ChildProcess): boolean {
  if (child.pid === undefined || process.platform === "win32") return false;
  try {
    return process.kill(-child.pid, "SIGKILL");
  } catch {
    return false;
  }
}

function parseEvent(line: string, log: (line: string) => void): SessionEvent | undefined {
  try {
    return JSON.parse(line) as SessionEvent;
  } catch {
    log(`the session wrote to fd 3 what is no event: ${line.slice(0, 200)}`);
    return undefined;
  }
}
