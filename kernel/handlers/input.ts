import type { RunId, SessionEvent } from "../../runtime/session/protocol.ts";
import { parseInputReply } from "../protocol/input.ts";
import type { Json, Request } from "../protocol/request.ts";

/** Questions of a cell to the person in front of it. */
export type Prompts = {
  /** Prompts of this run go to the front end that sent the request. */
  open(run: RunId, request: Request): void;
  /** The run has ended: what is answered now comes too late. */
  close(run: RunId): void;
  ask(event: SessionEvent & { readonly type: "input_request" }): Promise<void>;
  answer(reply: Request): void;
};

export type PromptDoors = {
  /** Sends on stdin; rejects while the front end is not connected there. */
  send(
    identities: readonly Buffer[],
    parent: Json,
    content: Json,
  ): { readonly id: string; readonly sent: Promise<void> };
  replyToInput(value: string): void;
  interrupt(): void;
  log(line: string): void;
};

/** A front end may connect its stdin channel a little later than the others. */
const connectPatienceMs = 3000;
const betweenTriesMs = 50;

export function createPrompts(doors: PromptDoors): Prompts {
  const requests = new Map<RunId, Request>();
  let asked: { readonly id: string; readonly run: RunId } | undefined;

  const send = async (run: RunId, request: Request, content: Json): Promise<void> => {
    const deadlineMs = performance.now() + connectPatienceMs;
    for (;;) {
      try {
        const { id, sent } = doors.send(request.identities, request.header, content);
        // Before waiting: the answer may come first.
        asked = { id, run };
        return await sent;
      } catch (error) {
        if (performance.now() > deadlineMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
        if (!requests.has(run)) return;
      }
    }
  };

  return {
    open: (run, request) => void requests.set(run, request),
    close(run) {
      requests.delete(run);
      if (asked?.run === run) asked = undefined;
    },
    async ask({ run, prompt, password }) {
      const request = requests.get(run);
      if (request === undefined) {
        doors.log(`run ${run} asked for input after its end; nobody is there to answer`);
        return doors.replyToInput("");
      }
      try {
        await send(run, request, { prompt, password });
      } catch (error) {
        doors.log(`input_request: the front end has no stdin channel (${(error as Error).message})`);
        doors.interrupt();
      }
    },
    answer(reply) {
      const { value } = parseInputReply(reply.content);
      // A late answer to the prompt of an earlier cell must not answer this one's; some clients send no parent.
      const { msg_id: answered } = reply.parent;
      if (asked === undefined || (answered !== undefined && answered !== asked.id)) {
        return doors.log(
          `an input_reply was dropped: it answers ${answered ?? "nothing"}, and open is ${asked?.id ?? "none"}`,
        );
      }
      asked = undefined;
      doors.replyToInput(value);
    },
  };
}
