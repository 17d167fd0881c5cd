import type { Context, Handler } from "./handlers/context.ts";
import { handleKernelInfo } from "./handlers/kernel-info.ts";
import type { Entry, Table } from "./handlers/table.ts";
import { MalformedRequest } from "./protocol/fields.ts";
import { abortedReply, errorReply, type Json, type Reply, type Request } from "./protocol/request.ts";

/**
 * The first answer of a kernel needs no more than this, and someone waits for it. Loading the whole table, with all
 * that it imports, would take longer than all else that the kernel does until then.
 */
const first: Table = { kernel_info_request: { how: "immediate", handle: handleKernelInfo } };

export type Dispatch = {
  receive(channel: "shell" | "control", request: Request): void;
  /** Resolves when every cell that was received is answered. */
  answered(): Promise<void>;
};

export type Send = (
  channel: "shell" | "control",
  identities: readonly Buffer[],
  reply: { readonly type: string; readonly parent: Json; readonly content: Json; readonly metadata?: Json },
) => void;

/** Within so long, requests are said to be sent together. */
const togetherMs = 10;

/** Gives every request to its handler; busy before and idle after it, replies and errors are made here, once. */
export function createDispatch(context: Context, send: Send, log: (line: string) => void): Dispatch {
  let tables: { readonly shell: Table; readonly control: Table } | undefined;
  let loading: Promise<void> | undefined;
  const queue: { channel: "shell" | "control"; request: Request; entry: Entry }[] = [];
  let running: Request | undefined;
  let serving: Promise<void> | undefined;

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
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { channel, request, entry } = next;
      let aborted: typeof queue = [];
      running = request;
      await serve(channel, request, async (...args) => {
        const reply = await entry.handle(...args);
        if (reply?.abortQueue) {
          // What the front end sent together with it ("run all") may still be on its way; what it sends once it has seen
          // the reply is a new beginning.
          await new Promise((resolve) => setTimeout(resolve, togetherMs));
          aborted = queue.splice(0);
        }
        return reply;
      });
      running = undefined;
      for (const { channel, request } of aborted) await serve(channel, request, abortedReply);
    }
    serving = undefined;
  };

  const loadTables = () => {
    loading ??= import("./handlers/table.ts").then((table) => {
      tables = table;
    });
    return loading;
  };

  const receive: Dispatch["receive"] = (channel, request) => {
    const type = request.header.msg_type;
    const table = tables?.[channel] ?? first;
    const entry = Object.hasOwn(table, type) ? table[type] : undefined;
    // What comes before the tables waits for them, and keeps its order.
    if (!entry && !tables) return void loadTables().then(() => receive(channel, request));
    if (!entry) log(`${type} on ${channel} is not known and not answered`);
    if (entry?.how !== "queued") {
      serve(channel, request, entry?.handle ?? (() => undefined)).then(loadTables);
      return;
    }
    queue.push({ channel, request, entry });
    serving ??= serveQueue();
  };
  return { receive, answered: async () => serving };
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
