import { type Completions, completionsOf } from "../language/complete.ts";
import { codePointToUtf16, utf16ToCodePoint } from "../language/positions.ts";
import { parseCursorRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export async function handleComplete(request: Request, { session }: Context): Promise<Reply> {
  const { code, cursorCodePoint } = parseCursorRequest("complete_request", request.content);
  return completeReply(code, await completionsOf(session, code, codePointToUtf16(code, cursorCodePoint)));
}

function completeReply(code: string, { matches, startUtf16, endUtf16 }: Completions): Reply {
  const start = utf16ToCodePoint(code, startUtf16);
  const end = utf16ToCodePoint(code, endUtf16);
  return {
    content: {
      status: "ok",
      matches: matches.map(({ text }) => text),
      cursor_start: start,
      cursor_end: end,
      // JupyterLab draws an icon by the type, and reads this key without looking whether there is metadata.
      metadata: {
        _jupyter_types_experimental: matches.map(({ text, kind }) => ({ text, type: kind, start, end, signature: "" })),
      },
    },
  };
}
