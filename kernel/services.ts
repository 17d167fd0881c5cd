import { createComms } from "./handlers/comms.ts";
import type { Context } from "./handlers/context.ts";
import { cursorsOf } from "./handlers/cursors.ts";
import { createPrompts } from "./handlers/input.ts";
import { control, shell, type Table } from "./handlers/table.ts";
import type { History } from "./history/history.ts";
import type { KernelOptions } from "./kernel.ts";
import { createOutbox } from "./outbox.ts";
import { outputLimitOf } from "./output-limit.ts";
import { createPace, outputRateOf } from "./output-rate.ts";
import type { Request } from "./protocol/request.ts";
import { withoutSecrets } from "./session/hidden.ts";
import type { OutputEvent } from "./session/supervisor.ts";
import { openSession } from "./types/checked-session.ts";
import type { Wire } from "./wire/wire.ts";

/** What a kernel is made of, but for its wire and its first answer. */
export type Services = {
  readonly context: Context;
  readonly tables: { readonly shell: Table; readonly control: Table };
  answerPrompt(reply: Request): void;
  interrupt(): void;
  /** Ends the session in good order. */
  stop(): Promise<void>;
  /** Sends what is collected, and closes the history. */
  close(): Promise<void>;
  /** Ends the session process at once. */
  kill(): void;
};

/** `shutDown` begins the end of the kernel; `refused` is the log for what front ends send. */
export type ServiceEvents = { shutDown(): void; refused(line: string): void };

/** Composes them, and starts the session. */
export function startServices(
  wire: Wire,
  { version, session: options, openHistory, log }: KernelOptions,
  { shutDown, refused }: ServiceEvents,
): Services {
  const limit = outputLimitOf(options.env.QUERN_OUTPUT_LIMIT, log);
  const rate = outputRateOf(options.env, log);
  const pace = rate === undefined ? undefined : createPace(rate, (ms) => session.hold(ms));
  const outbox = createOutbox((publication) => wire.publish(publication), { limit, pace });
  const comms = createComms(outbox, refused);
  const show = (event: OutputEvent) => {
    if (event.type === "input_request") prompts.ask(event);
    else outbox.show(withoutSecrets(event));
  };
  const session = openSession({ ...options, log }, show, comms);
  const prompts = createPrompts({
    send: (identities, parent, content) => wire.send("stdin", identities, { type: "input_request", parent, content }),
    replyToInput: session.replyToInput,
    interrupt: session.interrupt,
    log: refused,
  });
  let history: Promise<History> | undefined;

  session.start();
  return {
    context: {
      version,
      session,
      outbox,
      prompts,
      comms,
      subshells: new Set(),
      counters: { executions: 0, runs: 0 },
      cursors: cursorsOf(options.env),
      history() {
        history ??= openHistory();
        return history;
      },
      shutDown,
    },
    tables: { shell, control },
    answerPrompt(reply) {
      try {
        prompts.answer(reply);
      } catch (error) {
        refused(`refused: ${(error as Error).message}`);
      }
    },
    interrupt: session.interrupt,
    stop: session.stop,
    async close() {
      outbox.flushAll();
      if (history) (await history).close();
    },
    kill: session.kill,
  };
}
