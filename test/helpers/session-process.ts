import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { RunRequest, SessionEvent, SessionRequest, UrgentRequest } from "../../runtime/session/protocol.ts";
import { patienceMs } from "./patience.ts";

type Done = Extract<SessionEvent, { type: "done" }>;

/** What one cell gave: its events in order, and the last of them. */
export type CellRun = {
  readonly events: readonly SessionEvent[];
  readonly done: Done;
  /** text/plain of the result, without colours. */
  readonly result: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly error: Extract<Done["outcome"], { status: "error" }> | undefined;
  /** The traceback as text without colours. */
  readonly traceback: string;
};

const entry = fileURLToPath(new URL("../../runtime/session/main.ts", import.meta.url));

/** A session process of its own, driven through its channels as the kernel drives it. Ended by `await using`. */
export class SessionProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly events: SessionEvent[] = [];
  /** What came through the process's own stdout and stderr. */
  native = "";
  readonly #listeners = new Set<() => void>();
  #runs = 0;

  constructor(options: { cwd?: string; env?: NodeJS.ProcessEnv; detached?: boolean } = {}) {
    this.child = spawn(process.execPath, ["--no-force-async-hooks-checks", entry], {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "ipc"],
      cwd: options.cwd,
      detached: options.detached ?? false,
      env: { ...process.env, ...options.env },
    });
    for (const fd of [1, 2]) {
      const pipe = this.child.stdio[fd] as Readable;
      pipe.setEncoding("utf8").on("data", (text: string) => {
        this.native += text;
        this.#changed();
      });
    }
    let partial = "";
    (this.child.stdio[3] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const lines = (partial + text).split("\n");
      partial = lines.pop() ?? "";
      for (const line of lines) this.events.push(JSON.parse(line));
      this.#changed();
    });
    this.child.on("exit", () => this.#changed());
    (this.child.stdio[4] as Writable).on("error", () => {});
  }

  /** Runs a cell to its end. */
  async run(code: string, options: Partial<RunRequest> = {}): Promise<CellRun> {
    return this.finished(this.begin(code, options));
  }

  /** Sends a cell and returns its run number. */
  begin(code: string, options: Partial<RunRequest> = {}): number {
    const run = ++this.#runs;
    this.send({
      type: "run",
      run,
      executionCount: run,
      code,
      silent: false,
      allowStdin: false,
      userExpressions: {},
      ...options,
    });
    return run;
  }

  async finished(run: number): Promise<CellRun> {
    const done = await this.until((event): event is Done => event.type === "done" && event.run === run);
    const events = this.events.filter((event) => "run" in event && event.run === run);
    const text = (name: string) =>
      events.map((event) => (event.type === "stream" && event.name === name ? event.text : "")).join("");
    const result = events.find((event) => event.type === "result");
    const error = done.outcome.status === "error" ? done.outcome : undefined;
    return {
      events,
      done,
      result: result?.type === "result" ? plain(String(result.data["text/plain"])) : undefined,
      stdout: text("stdout"),
      stderr: text("stderr"),
      error,
      traceback: plain(error?.traceback.join("\n") ?? ""),
    };
  }

  send(request: SessionRequest): void {
    this.child.send(request);
  }

  urgent(request: UrgentRequest): void {
    (this.child.stdio[4] as Writable).write(`${JSON.stringify(request)}\n`);
  }

  /** The first event, of those that came or will come, that fits. */
  until<E extends SessionEvent>(fits: (event: SessionEvent) => event is E): Promise<E>;
  until(fits: (event: SessionEvent) => boolean): Promise<SessionEvent>;
  async until(fits: (event: SessionEvent) => boolean): Promise<SessionEvent> {
    let seen = 0;
    const findNew = () => {
      while (seen < this.events.length) {
        const event = this.events[seen++] as SessionEvent;
        if (fits(event)) return event;
      }
      return undefined;
    };
    return this.eventually(findNew, "the event did not come");
  }

  /** Waits until `find` finds something; it is asked again after every event and output. */
  eventually<T>(find: () => T | undefined, otherwise: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(limit);
        this.#listeners.delete(look);
      };
      const fail = (why: string) => {
        stop();
        reject(
          new Error(`${why}; events: ${JSON.stringify(this.events.slice(-10))}; native: ${this.native.slice(-2000)}`),
        );
      };
      const look = () => {
        const found = find();
        if (found !== undefined) {
          stop();
          resolve(found);
        } else if (this.child.exitCode !== null || this.child.signalCode !== null)
          fail(`${otherwise}: the session ended`);
      };
      const limit = setTimeout(() => fail(otherwise), patienceMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** Resolves to the exit code, or the signal, when the process has ended. */
  async exited(): Promise<number | NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    return this.child.exitCode ?? this.child.signalCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const plain = stripVTControlCharacters;
