import type { Completion } from "../../runtime/session/protocol.ts";
import { completeFromNames } from "../language/known-names.ts";
import { codePointToUtf16, utf16ToCodePoint } from "../language/positions.ts";
import { parseCursorRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

/** From the session's live values; from the last known names where it does not answer in time. */
export async function handleComplete(request: Request, { session }: Context): Promise<Reply> {
  const { code, cursorCodePoint } = parseCursorRequest("complete_request", request.content);
  const cursorUtf16 = codePointToUtf16(code, cursorCodePoint);
  const answer = await session.complete(code, cursorUtf16);
  if (answer) return completeReply(code, answer.matches, answer.startUtf16, answer.endUtf16);
  const { matches, startUtf16 } = completeFromNames(code, cursorUtf16, session.names());
  return completeReply(code, matches, startUtf16, cursorUtf16);
}

function completeReply(code: string, matches: readonly Completion[], startUtf16: number, endUtf16: number): Reply {
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
