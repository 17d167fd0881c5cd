import type { Reply, Request } from "../protocol/request.ts";
import { parseShutdownRequest } from "../protocol/shutdown.ts";
import type { Context } from "./context.ts";

/** Restarting is ending: the front end starts another kernel. */
export function handleShutdown(request: Request, { outbox, shutDown }: Context): Reply {
  const { restart } = parseShutdownRequest(request.content);
  const content = { status: "ok", restart } as const;
  // Other front ends of this kernel (qtconsole) listen for it here.
  outbox.publish("shutdown_reply", request.header, content);
  return { content, afterwards: shutDown };
}
