import { parseCommOpen } from "../protocol/comm.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export function handleCommInfo(): Reply {
  return { content: { status: "ok", comms: {} } };
}

/** Quern has no comm targets; the protocol wants such a comm closed at once. */
export function handleCommOpen(request: Request, { outbox }: Context): undefined {
  const { commId } = parseCommOpen(request.content);
  outbox.publish("comm_close", request.header, { comm_id: commId, data: {} });
}

/** Of comms that are closed there may still be messages on their way. */
export function ignoreComm(): undefined {}
