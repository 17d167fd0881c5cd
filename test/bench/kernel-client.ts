import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";

export type RunningKernel = {
  /** From the spawn to the first kernel_info_reply. */
  readonly startMs: number;
  /** From sending the code to having both the reply and idle; `heard` is given what is published meanwhile. */
  readonly execute: (code: string, heard?: Heard) => Promise<number>;
  /** From asking for kernel_info on the control channel to the reply, in milliseconds. */
  readonly ping: () => Promise<number>;
  /** What could stand at the end of the code, and how long the answer took. */
  readonly complete: (code: string) => Promise<{ readonly tookMs: number; readonly matches: readonly string[] }>;
  /** Does something while a cell runs, and then waits for the cell. */
  readonly whileRuns: <T>(code: string, work: () => Promise<T>) => Promise<T>;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

export type Heard = (type: string, content: { readonly text?: string }) => void;

const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;
const patienceMs = 30_000;

/** Starts a kernel as Jupyter does; `argv` holds `{connection_file}`. */
export async function startKernel(argv: readonly string[], cwd: string): Promise<RunningKernel> {
  const key = randomUUID();
  const ports = await freePorts(channels.length);
  const file = join(tmpdir(), `quern-bench-${key}.json`);
  const named = Object.fromEntries(channels.map((channel, index) => [`${channel}_port`, ports[index]]));
  writeFileSync(
    file,
    JSON.stringify({
      ip: "127.0.0.1",
      transport: "tcp",
      key,
      signature_scheme: "hmac-sha256",
      kernel_name: "x",
      ...named,
    }),
  );

  const start = performance.now();
  const [program, ...args] = argv.map((part) => part.replace("{connection_file}", file));
  const child = spawn(program as string, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  // The usual 100 ms between attempts to connect would hide what is measured.
  const options = { reconnectInterval: 2, linger: 0, receiveTimeout: patienceMs };
  const shell = new Dealer(options);
  const control = new Dealer(options);
  const iopub = new Subscriber(options);
  shell.connect(`tcp://127.0.0.1:${named.shell_port}`);
  control.connect(`tcp://127.0.0.1:${named.control_port}`);
  iopub.connect(`tcp://127.0.0.1:${named.iopub_port}`);
  iopub.subscribe();

  const send = async (socket: Dealer, type: string, content: object): Promise<string> => {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: key,
      username: "",
      date: new Date().toISOString(),
      version: "5.3",
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    await socket.send(["<IDS|MSG>", signature, ...parts]);
    return id;
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      await send(control, "shutdown_request", { restart: false });
      await ended(child);
    }
    for (const socket of [shell, control, iopub]) socket.close();
    rmSync(file, { force: true });
  };

  try {
    const first = await send(shell, "kernel_info_request", {});
    await replyTo(shell, first);
    const startMs = performance.now() - start;
    await heardOn(iopub, () => send(shell, "kernel_info_request", {}));
    const begin = (code: string) =>
      send(shell, "execute_request", {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
      });
    const execute = async (code: string, heard?: Heard) => {
      const startedMs = performance.now();
      const id = await begin(code);
      await Promise.all([replyTo(shell, id), idleOf(iopub, id, heard)]);
      return performance.now() - startedMs;
    };
    const complete = async (code: string) => {
      const startedMs = performance.now();
      const content = { code, cursor_pos: [...code].length };
      const { matches } = await replyTo(shell, await send(shell, "complete_request", content));
      return { tookMs: performance.now() - startedMs, matches: matches as readonly string[] };
    };
    const whileRuns = async <T>(code: string, work: () => Promise<T>) => {
      const id = await begin(code);
      const done = await work();
      await Promise.all([replyTo(shell, id), idleOf(iopub, id)]);
      return done;
    };
    const ping = async () => {
      const begin = performance.now();
      await replyTo(control, await send(control, "kernel_info_request", {}));
      return performance.now() - begin;
    };
    return { startMs, execute, ping, complete, whileRuns, pid: child.pid as number, stop };
  } catch (error) {
    await stop();
    throw new Error(`${argv.join(" ")}: ${(error as Error).message}\n${log.slice(-2000)}`);
  }
}

type Reader = Dealer | Subscriber;

async function next(socket: Reader) {
  const frames = await socket.receive();
  const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
  const [header, parent, , content] = frames.slice(at + 2).map((frame) => JSON.parse(frame.toString()));
  return { type: header.msg_type as string, parent: parent.msg_id as string | undefined, content };
}

type Reply = { readonly [key: string]: unknown };

/** Replies that came while another was waited for. */
const early = new WeakMap<Dealer, Map<string | undefined, Reply>>();

async function replyTo(shell: Dealer, id: string): Promise<Reply> {
  const others = early.get(shell) ?? new Map();
  early.set(shell, others);
  for (;;) {
    const content = others.get(id);
    if (content !== undefined) {
      others.delete(id);
      if (content.status !== "ok") throw new Error(`the kernel answered ${JSON.stringify(content)}`);
      return content;
    }
    const reply = await next(shell);
    others.set(reply.parent, reply.content);
  }
}

async function idleOf(iopub: Subscriber, id: string, heard?: Heard): Promise<void> {
  for (;;) {
    const { type, parent, content } = await next(iopub);
    if (parent === id && type === "status" && content.execution_state === "idle") return;
    if (parent === id) heard?.(type, content);
  }
}

/** What is published before the subscription has arrived is lost. */
async function heardOn(iopub: Subscriber, ask: () => Promise<unknown>): Promise<void> {
  const asking = setInterval(ask, 20);
  try {
    await next(iopub);
  } finally {
    clearInterval(asking);
  }
}

/** Some kernels never end by themselves. */
async function ended(child: ChildProcess): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  clearTimeout(timer);
}

/** Below those that the system gives to outgoing connections, which would take one before the kernel does. */
const lowestPort = 15_000;
const portCount = 15_000;

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = lowestPort + Math.floor(Math.random() * portCount);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
