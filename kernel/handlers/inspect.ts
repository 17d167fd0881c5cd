import { codePointToUtf16 } from "../language/positions.ts";
import { parseInspectRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export async function handleInspect(request: Request, { session }: Context): Promise<Reply> {
  const { code, cursorCodePoint, wantsSource } = parseInspectRequest(request.content);
  const data = await session.inspect(code, codePointToUtf16(code, cursorCodePoint), wantsSource);
  return { content: { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} } };
}
