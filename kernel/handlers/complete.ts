import { type Completions, completionsOf } from "../language/complete.ts";
import { parseCursorRequest } from "../protocol/complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";
import type { Cursors } from "./cursors.ts";

export async function handleComplete(request: Request, { session, cursors }: Context): Promise<Reply> {
  const { code, cursor } = parseCursorRequest("complete_request", request.content);
  return completeReply(code, cursors, await completionsOf(session, code, cursors.toUtf16(code, cursor)));
}

function completeReply(code: string, cursors: Cursors, { matches, startUtf16, endUtf16 }: Completions): Reply {
  const start = cursors.fromUtf16(code, startUtf16);
  const end = cursors.fromUtf16(code, endUtf16);
  return {
    content: {
      status: "ok",
      matches: matches.map(({ text }) => text),
      cursor_start: start,
      cursor_end: end,
      // JupyterLab draws an icon by the type, and reads this key without looking whether there is metadata.
      metadata: {
        _jupyter_types_experimental: matches.map(({ text, kind, signature = "" }) => {
          return { text, type: kind, start, end, signature };
        }),
      },
    },
  };
}
