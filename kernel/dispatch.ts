import { handleCommInfo, handleCommOpen, ignoreComm } from "./handlers/comm.ts";
import { handleComplete } from "./handlers/complete.ts";
import type { Context, Handler } from "./handlers/context.ts";
import { abortedReply, handleExecute } from "./handlers/execute.ts";
import { handleHistory } from "./handlers/history.ts";
import { handleInspect } from "./handlers/inspect.ts";
import { handleInterrupt } from "./handlers/interrupt.ts";
import { handleIsComplete } from "./handlers/is-complete.ts";
import { handleKernelInfo } from "./handlers/kernel-info.ts";
import { handleShutdown } from "./handlers/shutdown.ts";
import { MalformedRequest } from "./protocol/fields.ts";
import { errorReply, type Json, type Reply, type Request } from "./protocol/request.ts";

type Entry = { readonly how: "queued" | "immediate"; readonly handle: Handler };
const queued = (handle: Handler): Entry => ({ how: "queued", handle });
const immediate = (handle: Handler): Entry => ({ how: "immediate", handle });

type Table = { readonly [messageType: string]: Entry };

/** Queued: one at a time, in order, abortable. Immediate: answered while a cell runs. */
const shell: Table = {
  execute_request: queued(handleExecute),
  kernel_info_request: immediate(handleKernelInfo),
  complete_request: immediate(handleComplete),
  inspect_request: immediate(handleInspect),
  is_complete_request: immediate(handleIsComplete),
  history_request: immediate(handleHistory),
  comm_info_request: immediate(handleCommInfo),
  comm_open: immediate(handleCommOpen),
  comm_msg: immediate(ignoreComm),
  comm_close: immediate(ignoreComm),
  // Clients before protocol 5.4 send these two here.
  interrupt_request: immediate(handleInterrupt),
  shutdown_request: immediate(handleShutdown),
};

const control: Table = {
  kernel_info_request: immediate(handleKernelInfo),
  interrupt_request: immediate(handleInterrupt),
  shutdown_request: immediate(handleShutdown),
};

const tables = { shell, control };

export type Dispatch = (channel: "shell" | "control", request: Request) => void;

export type Send = (
  channel: "shell" | "control",
  identities: readonly Buffer[],
  reply: { readonly type: string; readonly parent: Json; readonly content: Json; readonly metadata?: Json },
) => void;

/** Gives every request to its handler; busy before and idle after it, replies and errors are made here, once. */
export function createDispatch(context: Context, send: Send, log: (line: string) => void): Dispatch {
  const queue: { channel: "shell" | "control"; request: Request; entry: Entry }[] = [];
  let running: Request | undefined;
  let isServing = false;

  const serve = async (channel: "shell" | "control", request: Request, handle: Handler): Promise<void> => {
    const { header, identities } = request;
    const { outbox } = context;
    outbox.publish("status", header, { execution_state: "busy" });
    const reply = await answer(request, handle, context, log);
    if (reply) {
      const { content, metadata } = reply;
      const type = header.msg_type.replace(/_request$/, "_reply");
      send(channel, identities, { type, parent: header, content, ...(metadata ? { metadata } : {}) });
    }
    outbox.publish("status", header, { execution_state: "idle" });
    // Front ends show, and servers cull by, the last status they saw, whatever its parent: a cell still runs.
    if (running && running !== request) outbox.publish("status", running.header, { execution_state: "busy" });
    reply?.afterwards?.();
  };

  const serveQueue = async () => {
    if (isServing) return;
    isServing = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { channel, request, entry } = next;
      let aborted: typeof queue = [];
      running = request;
      await serve(channel, request, async (...args) => {
        const reply = await entry.handle(...args);
        if (reply?.abortQueue) {
          // What the front end sent together with it ("run all") may not have been read from the socket yet; what it
          // sends once it has seen the reply is a new beginning.
          await new Promise(setImmediate);
          aborted = queue.splice(0);
        }
        return reply;
      });
      running = undefined;
      for (const { channel, request } of aborted) await serve(channel, request, abortedReply);
    }
    isServing = false;
  };

  return (channel, request) => {
    const type = request.header.msg_type;
    const entry = Object.hasOwn(tables[channel], type) ? tables[channel][type] : undefined;
    if (!entry) log(`${type} on ${channel} is not known and not answered`);
    if (entry?.how !== "queued") {
      serve(channel, request, entry?.handle ?? (() => undefined));
      return;
    }
    queue.push({ channel, request, entry });
    serveQueue();
  };
}

async function answer(
  request: Request,
  handle: Handler,
  context: Context,
  log: (line: string) => void,
): Promise<Reply | undefined> {
  try {
    return await handle(request, context);
  } catch (error) {
    const type = request.header.msg_type;
    const { name, message } = error as Error;
    log(error instanceof MalformedRequest ? `refused: ${message}` : `${type} failed: ${(error as Error).stack}`);
    if (!type.endsWith("_request")) return undefined;
    const extra = type === "execute_request" ? { execution_count: 0, user_expressions: {}, payload: [] } : {};
    return errorReply(name, message, extra);
  }
}
