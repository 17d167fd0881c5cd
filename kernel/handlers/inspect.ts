import { codePointToUtf16 } from "../language/positions.ts";
import { parseCursorRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export async function handleInspect(request: Request, { session }: Context): Promise<Reply> {
  const { code, cursorCodePoint } = parseCursorRequest("inspect_request", request.content);
  const data = await session.inspect(code, codePointToUtf16(code, cursorCodePoint));
  return { content: { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} } };
}
