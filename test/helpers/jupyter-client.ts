import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { patienceMs } from "./patience.ts";
import { tempFolder } from "./temp-folder.ts";

export type Content = { readonly [key: string]: any };
export type Received = {
  readonly type: string;
  readonly header: Content;
  readonly parent: Content;
  readonly content: Content;
  readonly metadata: Content;
  readonly buffers: readonly Buffer[];
};
/** What a message has beside its content. */
export type Extras = {
  readonly header?: Content;
  readonly parent?: Content;
  readonly metadata?: Content;
  readonly buffers?: readonly Buffer[];
};
export type Exchange = {
  readonly reply: Content;
  readonly replyMetadata: Content;
  readonly iopub: readonly Received[];
};
type Channel = "shell" | "control";

const root = resolve(import.meta.dirname, "../..");
export const kernelWithFakeSession = join(root, "test/fixtures/kernel-with-fake-session.ts");
export const realKernel = join(root, "kernel/main.ts");

export type KernelUnderTest = {
  readonly program?: string;
  readonly transport?: "tcp" | "ipc";
  readonly key?: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** Starts a kernel process and speaks to it as a front end does; `await using` ends it. */
export async function startKernel(options: KernelUnderTest = {}): Promise<JupyterClient> {
  const { program = kernelWithFakeSession, transport = "tcp", key = randomUUID(), env } = options;
  const folder = tempFolder();
  const names = ["shell", "iopub", "stdin", "control", "hb"];
  const ports = transport === "tcp" ? await freePorts(names.length) : names.map((_, index) => index + 1);
  const ip = transport === "tcp" ? "127.0.0.1" : join(folder.path, "socket");
  const file = join(folder.path, "connection.json");
  const connection = {
    transport,
    ip,
    key,
    signature_scheme: "hmac-sha256",
    ...Object.fromEntries(names.map((name, index) => [`${name}_port`, ports[index]])),
  };
  writeFileSync(file, JSON.stringify(connection));
  const child = spawn(process.execPath, [program, file], {
    cwd: folder.path,
    env: {
      ...process.env,
      XDG_DATA_HOME: folder.path,
      // Its cells are no TypeScript.
      ...(program === kernelWithFakeSession && { QUERN_CHECK: "off" }),
      ...env,
    },
    stdio: ["ignore", "inherit", "pipe"],
  });
  const addressOf = (name: string) =>
    transport === "tcp" ? `tcp://${ip}:${ports[names.indexOf(name)]}` : `ipc://${ip}-${ports[names.indexOf(name)]}`;
  const client = new JupyterClient(child, folder, key, addressOf);
  await client.eventually(() => client.iopub.length > 0, "no welcome");
  await client.request("kernel_info_request", {});
  return client;
}

/** Four frames are signed; see "The wire protocol" in Jupyter's messaging documentation. */
export class JupyterClient implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly session = randomUUID();
  /** All that came on iopub, oldest first. */
  readonly iopub: Received[] = [];
  /** All that came on stdin. */
  readonly prompts: Received[] = [];
  /** What the kernel wrote to its stderr. */
  log = "";
  readonly #key: string;
  readonly #folder: Disposable;
  readonly #sockets;
  readonly #addressOf: (name: string) => string;
  readonly #replies = new Map<string, Received>();
  readonly #listeners = new Set<() => void>();

  constructor(
    child: ChildProcess,
    folder: ReturnType<typeof tempFolder>,
    key: string,
    addressOf: (name: string) => string,
  ) {
    this.child = child;
    this.folder = folder.path;
    this.#folder = folder;
    this.#key = key;
    this.#addressOf = addressOf;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.log += text;
      this.#changed();
    });
    child.on("exit", () => this.#changed());
    const routingId = randomUUID();
    const dealer = () => new Dealer({ routingId, linger: 0, reconnectInterval: 10 });
    this.#sockets = {
      shell: dealer(),
      control: dealer(),
      stdin: dealer(),
      iopub: new Subscriber({ linger: 0, reconnectInterval: 10 }),
    };
    this.#sockets.iopub.subscribe();
    for (const [name, socket] of Object.entries(this.#sockets)) {
      socket.connect(addressOf(name));
      this.#receive(name, socket);
    }
  }

  /** Sends a request and waits for its reply and its idle. */
  async request(type: string, content: Content, channel: Channel = "shell", header: Content = {}): Promise<Exchange> {
    return this.finished(await this.sendWith(type, content, { header }, channel));
  }

  /** Sends a request; gives its message id. */
  async send(
    type: string,
    content: Content,
    channel: Channel | "stdin" = "shell",
    parent: Content = {},
  ): Promise<string> {
    const { id, frames } = this.sign(type, content, parent);
    await this.sendFrames(channel, frames);
    return id;
  }

  async sendWith(type: string, content: Content, extras: Extras, channel: Channel | "stdin" = "shell") {
    const { id, frames } = this.sign(type, content, extras.parent, extras);
    await this.sendFrames(channel, [...frames, ...(extras.buffers ?? [])]);
    return id;
  }

  async sendFrames(channel: Channel | "stdin", frames: readonly (string | Buffer)[]): Promise<void> {
    await this.#sockets[channel].send([...frames]);
  }

  sign(
    type: string,
    content: Content,
    parent: Content = {},
    { header: more = {}, metadata = {} }: Extras = {},
  ): { id: string; frames: string[] } {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.5",
      ...more,
    };
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return { id, frames: ["<IDS|MSG>", this.#key === "" ? "" : hmac.digest("hex"), ...parts] };
  }

  /** Waits for the reply to a message and for its idle. */
  async finished(id: string): Promise<Exchange> {
    const reply = await this.eventually(() => this.#replies.get(id), `no reply to ${id}`);
    const iopub = await this.idle(id);
    return { reply: reply.content, replyMetadata: reply.metadata, iopub };
  }

  /** Waits for the idle of a message; gives all that was published for it. */
  async idle(id: string): Promise<readonly Received[]> {
    const isIdle = (message: Received) => message.content.execution_state === "idle";
    await this.eventually(() => this.of(id).find(isIdle), `no idle of ${id}`);
    return this.of(id);
  }

  execute(code: string, options: Content = {}): Promise<Exchange> {
    return this.request("execute_request", executeContent(code, options));
  }

  /** Sends a cell without waiting for it. */
  begin(code: string, options: Content = {}): Promise<string> {
    return this.send("execute_request", executeContent(code, options));
  }

  /** What was published for a message up to now. */
  of = (id: string): readonly Received[] => this.iopub.filter(({ parent }) => parent.msg_id === id);

  hasReply = (id: string): boolean => this.#replies.has(id);

  /** Waits until `find` finds something; it is asked again after everything that comes. */
  eventually<T>(find: () => T | undefined | false, otherwise: string): Promise<T> {
    return new Promise((settle, reject) => {
      const stop = () => {
        clearTimeout(limit);
        this.#listeners.delete(look);
      };
      const look = () => {
        const found = find();
        if (found === undefined || found === false) return;
        stop();
        settle(found);
      };
      const limit = setTimeout(() => {
        stop();
        reject(
          new Error(`${otherwise}; iopub: ${JSON.stringify(this.iopub.slice(-8))}; log: ${this.log.slice(-2000)}`),
        );
      }, patienceMs);
      this.#listeners.add(look);
      look();
    });
  }

  /** Waits until the kernel has logged it: that comes by another way than its answers. */
  async logged(line: RegExp): Promise<void> {
    await this.eventually(() => line.test(this.log), `${line} was not logged`);
  }

  /** Whether the kernel's heart beats. */
  async heartbeat(): Promise<string> {
    const socket = new Request({ linger: 0, receiveTimeout: patienceMs });
    socket.connect(this.#addressOf("hb"));
    await socket.send("beat");
    const [echo] = await socket.receive();
    socket.close();
    return String(echo);
  }

  /** The exit code, or the signal, of the kernel. */
  async exited(): Promise<number | NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    return this.child.exitCode ?? this.child.signalCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const isRunning = this.child.exitCode === null && this.child.signalCode === null;
    // Its own end ends its session too; kill would only leave that to the session.
    if (isRunning) this.child.kill("SIGTERM");
    const limit = setTimeout(() => this.child.kill("SIGKILL"), 5000);
    await this.exited();
    clearTimeout(limit);
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.#folder[Symbol.dispose]();
  }

  async #receive(name: string, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.equals(Buffer.from("<IDS|MSG>")));
      const [signature, ...parts] = frames.slice(at + 1);
      const hmac = createHmac("sha256", this.#key);
      for (const part of parts.slice(0, 4)) hmac.update(part);
      if (this.#key !== "" && String(signature) !== hmac.digest("hex")) throw new Error("the kernel signs wrongly");
      const [header, parent, metadata, content] = parts.slice(0, 4).map((part) => JSON.parse(String(part)));
      const message = { type: header.msg_type, header, parent, metadata, content, buffers: parts.slice(4) };
      if (name === "iopub") this.iopub.push(message);
      else if (name === "stdin") this.prompts.push({ ...message, parent: { ...parent, promptHeader: header } });
      else this.#replies.set(parent.msg_id, message);
      this.#changed();
    }
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const executeContent = (code: string, options: Content): Content => ({
  code,
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
  ...options,
});

/** Types and what they say, in one line each: `stream:text`. */
export const shown = (messages: readonly Received[]): string[] =>
  messages.map(({ type, content }) => {
    const what =
      content.execution_state ?? content.text ?? content.data?.["text/plain"] ?? content.ename ?? content.code;
    return what === undefined ? type : `${type}:${what}`;
  });

export const textOf = (messages: readonly Received[], name = "stdout"): string =>
  messages.map(({ type, content }) => (type === "stream" && content.name === name ? content.text : "")).join("");

/** Each test process has some of its own, below those that the system gives out: nobody takes one before the kernel does. */
const ownPorts = 20;
const firstPort = 10_000 + (process.pid % 1000) * ownPorts;
let nextPort = 0;

/** Ports that nobody listens at. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries++) {
    if (tries === 2 * ownPorts) throw new Error(`the ports from ${firstPort} on are in use`);
    const port = firstPort + (nextPort++ % ownPorts);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = new Promise<boolean>((resolve) => {
    server.once("listening", () => resolve(true)).once("error", () => resolve(false));
  });
  server.listen(port, "127.0.0.1");
  if (!(await listens)) return false;
  await new Promise((done) => server.close(done));
  return true;
}
