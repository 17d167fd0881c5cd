import { createDispatch } from "./dispatch.ts";
import type { History } from "./history/history.ts";
import type { LimitedLog } from "./limited-log.ts";
import type { Services } from "./services.ts";
import type { SessionOptions } from "./session/client.ts";
import type { Sockets } from "./wire/sockets.ts";
import { openWire } from "./wire/wire.ts";

export type KernelOptions = {
  readonly sockets: Sockets;
  /** Signs messages; empty: they are not signed. */
  readonly key: string;
  readonly version: string;
  readonly session: Omit<SessionOptions, "log">;
  readonly openHistory: () => Promise<History>;
  /** One line for the log of the server or the terminal. */
  readonly log: (line: string) => void;
};

export type Kernel = {
  interrupt(): void;
  /** Ends the session and closes the sockets. */
  shutDown(): Promise<void>;
  /** Settles when the kernel has come to its end, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the session process at once. */
  kill(): void;
};

/** Without a front end that asks for kernel_info, the session is started after so long. */
const startSessionAfterMs = 100;

/**
 * Serves on bound sockets. Someone waits for the first answer, to kernel_info, which needs little: what else a kernel
 * is made of (services.ts) is loaded behind it.
 */
export function startKernel(options: KernelOptions): Kernel {
  const { sockets, key, version } = options;
  // Loaded when there is something to say: at first someone waits for an answer.
  let limited: Promise<LimitedLog> | undefined;
  const log = (line: string) => {
    limited ??= import("./limited-log.ts").then(({ limitLog }) => limitLog(options.log));
    limited.then(({ write }) => write(line));
  };
  let hasStarted = false;
  const wire = openWire(sockets, key, {
    received(channel, message) {
      if (channel === "stdin") services?.answerPrompt(message);
      else dispatch.receive(channel, message);
    },
    subscribed(topic) {
      wire.publish({ type: "iopub_welcome", parent: {}, content: { subscription: topic } });
      // Said before anyone listens it would be lost, and it is said once.
      if (!hasStarted) wire.publish({ type: "status", parent: {}, content: { execution_state: "starting" } });
      hasStarted = true;
    },
    log,
  });

  let services: Services | undefined;
  let loading: Promise<Services> | undefined;
  const load = () => {
    clearTimeout(loadTimer);
    loading ??= import("./services.ts").then(({ startServices }) => {
      services = startServices(wire, options, { shutDown: shutDownOnce, refused: log });
      return services;
    });
    return loading;
  };
  // Starting a process takes longer than answering: the first kernel_info is answered before.
  const loadTimer = setTimeout(load, startSessionAfterMs);

  const dispatch = createDispatch({
    version,
    services: load,
    publish: wire.publish,
    send(channel, identities, reply) {
      wire.send(channel, identities, reply).sent.catch((error) => log(`${channel}: ${error.message}`));
    },
    log,
  });

  const ended = Promise.withResolvers<void>();
  let shuttingDown: Promise<void> | undefined;
  const shutDown = async () => {
    clearTimeout(loadTimer);
    const running = await loading;
    await running?.stop();
    await dispatch.answered();
    await running?.close();
    wire.close();
    (await limited)?.end();
    ended.resolve();
  };
  const shutDownOnce = () => {
    shuttingDown ??= shutDown();
    return shuttingDown;
  };

  return {
    interrupt: () => services?.interrupt(),
    shutDown: shutDownOnce,
    ended: ended.promise,
    kill: () => services?.kill(),
  };
}
