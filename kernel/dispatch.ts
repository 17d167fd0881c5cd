import type { Handler } from "./handlers/context.ts";
import { handleKernelInfo } from "./handlers/kernel-info.ts";
import type { Entry } from "./handlers/table.ts";
import { MalformedRequest, UnknownSubshell } from "./protocol/fields.ts";
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
type Waiting = { readonly channel: Channel; readonly request: Request; readonly answer: Answer };

/** The id of a subshell, as the header has it. */
type Shell = unknown;
const mainShell = null;

/** What is queued in one shell. */
type Lane = {
  readonly queue: Waiting[];
  running: Request | undefined;
  serving: Promise<void> | undefined;
};

/** Within so long, requests are said to be sent together. */
const togetherMs = 10;

/** Gives every request to its handler; busy before and idle after it, replies and errors are made here, once. */
export function createDispatch({ version, services, publish, send, log }: DispatchOptions): Dispatch {
  let loaded: Services | undefined;
  const lanes = new Map<Shell, Lane>();

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
    const other = [...lanes.values()].find(({ running }) => running !== undefined && running !== request);
    if (other?.running) publishStatus(other.running, "busy");
    reply?.afterwards?.();
  };

  const serveLane = async (shell: Shell, lane: Lane) => {
    const { queue } = lane;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { channel, request, answer } = next;
      let aborted: Waiting[] = [];
      lane.running = request;
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
      lane.running = undefined;
      for (const { channel, request } of aborted) await serve(channel, request, abortedReply);
    }
    lanes.delete(shell);
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
    if (!entry) log(`${type.slice(0, 60)} on ${channel} is not known and not answered`);
    const shell = channel === "shell" ? (request.header.subshell_id ?? mainShell) : mainShell;
    const answer: Answer = () => {
      // Asked when its turn comes, too: it may have been deleted meanwhile.
      if (shell !== mainShell && !context.subshells.has(shell as string)) throw new UnknownSubshell(shell);
      return entry?.handle(request, context);
    };
    if (entry?.how !== "queued") {
      serve(channel, request, answer);
      return;
    }
    const lane = lanes.get(shell) ?? { queue: [], running: undefined, serving: undefined };
    lanes.set(shell, lane);
    lane.queue.push({ channel, request, answer });
    lane.serving ??= serveLane(shell, lane);
  };
  return {
    receive,
    async answered() {
      await Promise.all([...lanes.values()].map(({ serving }) => serving));
    },
  };
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
