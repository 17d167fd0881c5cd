import type { CommEvent, RunId } from "../../runtime/session/protocol.ts";
import type { Outbox } from "../outbox.ts";
import type { Json } from "../protocol/request.ts";

/** The comms that are open, whichever side opened them; known here so that comm_info is answered while a cell computes. */
export type Comms = {
  /** A message of the front end's; false if it is of a comm that is not open. */
  receives(comm: CommEvent): boolean;
  /** A message of the session's, to the front end. */
  send(run: RunId, comm: CommEvent): void;
  /** By id, as comm_info_reply has them; those of one target, or all. */
  info(target: string | undefined): { readonly [commId: string]: { readonly target_name: string } };
  /** The session has ended, and its side of all comms with it. */
  lost(): void;
};

export function createComms(
  outbox: Pick<Outbox, "flush" | "parentOf" | "publish">,
  log: (line: string) => void,
): Comms {
  const open = new Map<string, string>();

  const note = ({ kind, commId, targetName = "" }: CommEvent) => {
    if (kind === "open") open.set(commId, targetName);
    else if (kind === "close") open.delete(commId);
  };
  const publish = (parent: Json, { kind, commId, targetName, data, metadata, buffers }: CommEvent) => {
    const content = { comm_id: commId, data, ...(kind === "open" ? { target_name: targetName } : {}) };
    const bytes = buffers.map((text) => Buffer.from(text, "base64"));
    outbox.publish(`comm_${kind}`, parent, content, { metadata, buffers: bytes });
  };

  return {
    receives(comm) {
      const isKnown = comm.kind === "open" || open.has(comm.commId);
      if (!isKnown) log(`comm_${comm.kind}: there is no comm "${comm.commId}"`);
      note(comm);
      return isKnown;
    },
    send(run, comm) {
      note(comm);
      // What was printed before was meant to be seen before.
      outbox.flush(run);
      publish(outbox.parentOf(run), comm);
    },
    info(target) {
      const wanted = [...open].filter(([, name]) => target === undefined || name === target);
      return Object.fromEntries(wanted.map(([commId, target_name]) => [commId, { target_name }]));
    },
    lost() {
      for (const commId of open.keys()) publish({}, { kind: "close", commId, data: {}, metadata: {}, buffers: [] });
      open.clear();
    },
  };
}
