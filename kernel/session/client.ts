import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { RunId, SessionEvent, SessionRequest, StreamName, UrgentRequest } from "../../runtime/session/protocol.ts";
import type { Ending } from "./ending.ts";
import { holdable } from "./hold.ts";
import { ignoreInspectorSignal, withoutInspector } from "./inspector.ts";
import { withholdDump } from "./last-words.ts";
import { splitLines } from "./lines.ts";
import { memoryLimits, offerToOutOfMemoryKiller, outOfMemoryKills } from "./memory.ts";

/** One session process: typed requests to it, and its events as one ordered stream. */
export type SessionClient = {
  send(request: SessionRequest): void;
  /** Reaches it even while a cell computes. */
  urgent(request: UrgentRequest): void;
  /** Reads nothing of it for so long, unless its run ends or is interrupted. */
  hold(ms: number): void;
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

const mebibytes = (bytes: number): number => Math.max(1, Math.floor(bytes / 2 ** 20));

/** How long output may still arrive from pipes that a child of the session holds open after the session's end. */
const drainAfterExitMs = 200;
const rememberedStderr = 8192;

// A termination may unwind timer callbacks; V8 must not end the process because of it (see runtime-facts, interrupting).
const nodeFlags = ["--no-force-async-hooks-checks", ignoreInspectorSignal];

export function startSessionProcess(options: SessionOptions, listener: SessionListener): SessionClient {
  // Here, since the kernel answers before it starts a session.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { heapBytes, engineBytes } = memoryLimits(options.env, options.log);
  const heapFlag = `--max-old-space-size=${mebibytes(heapBytes)}`;
  const child = spawn(options.execPath, [...nodeFlags, heapFlag, options.entry], {
    cwd: options.cwd,
    env: { ...withoutInspector(options.env), QUERN_ENGINE_MEMORY: `${mebibytes(engineBytes)}MiB` },
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "ipc"],
    // A process group of its own: Ctrl-C in a terminal is the kernel's to handle, and kill() reaches its children too.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  offerToOutOfMemoryKiller(child.pid);
  const killsBefore = outOfMemoryKills();

  const hold = holdable(child.stdio.slice(1, 4) as Readable[]);
  child.on("exit", hold.free);
  const gate = createDoneGate((event) => {
    if (event.type === "done") {
      dump.release();
      hold.bind();
    }
    listener.event(event);
  });
  // What comes before the first run, or late from something that an ended one started, is told apart by nothing.
  let lastSent: RunId | undefined;
  let stderrTail = "";
  const showNative = (name: StreamName) => (text: string) => {
    if (lastSent === undefined) options.log(`session ${name}: ${text.trimEnd()}`);
    else listener.event({ type: "stream", run: lastSent, name, text });
  };
  const dump = withholdDump(showNative("stderr"));
  child.stdout?.setEncoding("utf8").on("data", showNative("stdout"));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderrTail = (stderrTail + text).slice(-rememberedStderr);
    dump.pass(text);
  });

  const events = child.stdio[3] as Readable | null;
  events?.setEncoding("utf8").on(
    "data",
    splitLines((line) => {
      const event = parseEvent(line, options.log);
      if (event?.type === "done") hold.free();
      if (event) gate.pass(event);
    }),
  );
  // A cell that closes the session's end of it would leave the kernel waiting for ever.
  let isUnheard = false;
  const endUnheard = () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    isUnheard = true;
    killGroup(child);
  };
  events?.on("end", () => setTimeout(endUnheard, drainAfterExitMs));
  for (const pipe of child.stdio) pipe?.on("error", (error) => options.log(`session pipe: ${error.message}`));

  onceEnded(child, (code, signal, spawnError) => {
    if (code === 0) dump.release();
    const written = dump.take();
    if (written !== "") options.log(`session stderr: ${written.trimEnd()}`);
    gate.open();
    killGroup(child);
    const wasShortOfMemory = outOfMemoryKills() !== killsBefore;
    const how = { code, signal, stderrTail, heapBytes, wasShortOfMemory, isUnheard };
    listener.ended({ ...how, ...(spawnError ? { spawnError } : {}) });
  });

  const urgent = child.stdio[4] as Writable | null;
  return {
    send(request) {
      if (request.type === "run") {
        dump.release();
        // A message of a comm may come while a cell of another shell waits for its child process.
        if (!request.comm || lastSent === undefined) lastSent = request.run;
        // What an earlier cell wrote says nothing about the end of this one.
        stderrTail = "";
      }
      // A session that has just died is reported by ended(), not here.
      if (child.connected) child.send(request, () => {});
    },
    urgent(request) {
      if (request.type === "interrupt") hold.free();
      urgent?.write(`${JSON.stringify(request)}\n`);
    },
    hold: hold.for,
    kill: () => killGroup(child) || child.kill("SIGKILL"),
  };
}

/**
 * Holds each `done` back until what native code and child processes wrote before it has been read: it lies in the pipes
 * when `done` comes, and the event loop's next poll reads all that they hold. The types that the run has left come behind
 * it, and behind what those do who wait for its end.
 */
function createDoneGate(pass: (event: SessionEvent) => void) {
  let held: SessionEvent | undefined;
  let behind: SessionEvent[] = [];
  const release = () => {
    const event = held;
    const following = behind;
    held = undefined;
    behind = [];
    if (event) pass(event);
    if (following.length > 0) setImmediate(() => following.forEach(pass));
  };
  return {
    pass(event: SessionEvent) {
      if (event.type === "types" && held) {
        behind.push(event);
        return;
      }
      if (event.type !== "done") return pass(event);
      release();
      held = event;
      // The first comes before the next poll, the second after it.
      setImmediate(() => setImmediate(release));
    },
    open() {
      behind = [];
      release();
    },
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
