import type { Handler } from "./handlers/context.ts";
import { handleKernelInfo } from "./handlers/kernel-info.ts";
import type { Entry } from "./handlers/table.ts";
import { MalformedRequest } from "./protocol/fields.ts";
import { abortedReply, errorReply, type Json, type Reply, type Request } from "./protocol/request.ts";
import type { Services } from "./services.ts";

export type Dispatch = {
  receive(channel: "shell" | "control", request: Request): void;
  /** Resolves when every cell that was received is answered. */
  answered(): Promise<void>;
};

export type DispatchOptions = {
  readonly version: string;
  /** The handlers of all messages, and what they work with; loads them the first time. */
  services(): Promise<Services>;
  publish(publication: { readonly type: string; readonly parent: Json; readonly content: Json }): void;
  send(channel: Channel, identities: readonly Buffer[], reply: Outgoing): void;
  log(line: string): void;
};

type Channel = "shell" | "control";
type Outgoing = { readonly type: string; readonly parent: Json; readonly content: Json; readonly metadata?: Json };
const isCell = ({ request }: { readonly request: Request }) => request.header.msg_type === "execute_request";

type Answer = (request: Request) => ReturnType<Handler>;

/** Within so long, requests are said to be sent together. */
const togetherMs = 10;

/** Gives every request to its handler; busy before and idle after it, replies and errors are made here, once. */
export function createDispatch({ version, services, publish, send, log }: DispatchOptions): Dispatch {
  let loaded: Services | undefined;
  const queue: { channel: Channel; request: Request; answer: Answer }[] = [];
  let running: Request | undefined;
  let serving: Promise<void> | undefined;

  const publishStatus = ({ header }: Request, status: "busy" | "idle") =>
    publish({ type: "status", parent: header, content: { execution_state: status } });

  const serve = async (channel: Channel, request: Request, answer: Answer): Promise<void> => {
    const { header, identities } = request;
    publishStatus(request, "busy");
    const reply = await settled(request, answer, log);
    if (reply) {
      const { content, metadata } = reply;
      const type = header.msg_type.replace(/_request$/, "_reply");
      send(channel, identities, { type, parent: header, content, ...(metadata ? { metadata } : {}) });
    }
    publishStatus(request, "idle");
    // Front ends show, and servers cull by, the last status they saw, whatever its parent: a cell still runs.
    if (running && running !== request) publishStatus(running, "busy");
    reply?.afterwards?.();
  };

  const serveQueue = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { channel, request, answer } = next;
      let aborted: typeof queue = [];
      running = request;
      await serve(channel, request, async () => {
        const reply = await answer(request);
        if (reply?.abortQueue) {
          // What the front end sent together with it ("run all") may still be on its way; what it sends once it has seen
          // the reply is a new beginning.
          await new Promise((resolve) => setTimeout(resolve, togetherMs));
          const waiting = queue.splice(0);
          aborted = waiting.filter(isCell);
          queue.push(...waiting.filter((one) => !isCell(one)));
        }
        return reply;
      });
      running = undefined;
      for (const { channel, request } of aborted) await serve(channel, request, abortedReply);
    }
    serving = undefined;
  };

  const load = async () => {
    loaded = await services();
  };

  const receive: Dispatch["receive"] = (channel, request) => {
    const type = request.header.msg_type;
    if (loaded === undefined) {
      // The first answer needs no more than this; what else comes before the rest waits for it, in its order.
      if (type === "kernel_info_request")
        serve(channel, request, () => handleKernelInfo(request, { version })).then(load);
      else load().then(() => receive(channel, request));
      return;
    }
    const { context, tables } = loaded;
    const entry: Entry | undefined = Object.hasOwn(tables[channel], type) ? tables[channel][type] : undefined;
    if (!entry) log(`${type} on ${channel} is not known and not answered`);
    const answer: Answer = () => entry?.handle(request, context);
    if (entry?.how !== "queued") {
      serve(channel, request, answer);
      return;
    }
    queue.push({ channel, request, answer });
    serving ??= serveQueue();
  };
  return { receive, answered: async () => serving };
}

async function settled(request: Request, answer: Answer, log: (line: string) => void): Promise<Reply | undefined> {
  try {
    return await answer(request);
  } catch (error) {
    const type = request.header.msg_type;
    const { name, message } = error as Error;
    log(error instanceof MalformedRequest ? `refused: ${message}` : `${type} failed: ${(error as Error).stack}`);
    if (!type.endsWith("_request")) return undefined;
    const extra = type === "execute_request" ? { execution_count: 0, user_expressions: {}, payload: [] } : {};
    return errorReply(name, message, extra);
  }
}
