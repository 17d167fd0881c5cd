import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export function handleInterrupt(_request: Request, { session }: Context): Reply {
  session.interrupt();
  return { content: { status: "ok" } };
}
