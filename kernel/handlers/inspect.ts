import { parseInspectRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export async function handleInspect(request: Request, { session, cursors }: Context): Promise<Reply> {
  const { code, cursor, wantsSource } = parseInspectRequest(request.content);
  const data = await session.inspect(code, cursors.toUtf16(code, cursor), wantsSource);
  return { content: { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} } };
}
