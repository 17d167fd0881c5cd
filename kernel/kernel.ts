import { createDispatch } from "./dispatch.ts";
import type { Context } from "./handlers/context.ts";
import { createPrompts } from "./handlers/input.ts";
import type { History } from "./history/history.ts";
import { createOutbox } from "./outbox.ts";
import type { SessionOptions } from "./session/client.ts";
import { superviseSession } from "./session/supervisor.ts";
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

/** Serves on bound sockets. */
export function startKernel({ sockets, key, version, session: options, openHistory, log }: KernelOptions): Kernel {
  let hasStarted = false;
  const wire = openWire(sockets, key, {
    received(channel, message) {
      if (channel === "stdin") answerPrompt(message);
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

  const outbox = createOutbox((publication) => wire.publish(publication));
  const session = superviseSession({ ...options, log }, (event) => {
    if (event.type === "input_request") prompts.ask(event);
    else outbox.show(event);
  });
  const prompts = createPrompts({
    send: (identities, parent, content) => wire.send("stdin", identities, { type: "input_request", parent, content }),
    replyToInput: session.replyToInput,
    interrupt: session.interrupt,
    log,
  });
  const answerPrompt = (message: Parameters<typeof prompts.answer>[0]) => {
    try {
      prompts.answer(message);
    } catch (error) {
      log(`refused: ${(error as Error).message}`);
    }
  };

  let history: Promise<History> | undefined;
  const openHistoryOnce = () => {
    history ??= openHistory();
    return history;
  };

  const ended = Promise.withResolvers<void>();
  let shuttingDown: Promise<void> | undefined;
  const shutDown = async () => {
    await session.stop();
    await dispatch.answered();
    outbox.flushAll();
    if (history) (await history).close();
    wire.close();
    ended.resolve();
  };
  const shutDownOnce = () => {
    shuttingDown ??= shutDown();
    return shuttingDown;
  };

  const context: Context = {
    version,
    session,
    outbox,
    prompts,
    counters: { executions: 0, runs: 0 },
    history: openHistoryOnce,
    shutDown: shutDownOnce,
    startSession: () => {
      clearTimeout(startTimer);
      if (!shuttingDown) session.start();
    },
  };
  // Starting a process takes longer than answering: the first kernel_info is answered before.
  const startTimer = setTimeout(context.startSession, startSessionAfterMs);
  const dispatch = createDispatch(
    context,
    (channel, identities, reply) => {
      wire.send(channel, identities, reply).sent.catch((error) => log(`${channel}: ${error.message}`));
    },
    log,
  );

  return { interrupt: session.interrupt, shutDown: shutDownOnce, ended: ended.promise, kill: session.kill };
}
