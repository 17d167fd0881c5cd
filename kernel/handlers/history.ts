import type { History, HistoryEntry } from "../history/history.ts";
import { type HistoryRequest, parseHistoryRequest } from "../protocol/history.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export async function handleHistory(request: Request, context: Context): Promise<Reply> {
  const wanted = parseHistoryRequest(request.content);
  const entries = find(await context.history(), wanted);
  const asTuple = ({ session, line, code, output }: HistoryEntry) =>
    wanted.output ? [session, line, [code, output ?? null]] : [session, line, code];
  return { content: { status: "ok", history: entries.map(asTuple) } };
}

function find(history: History, wanted: HistoryRequest): HistoryEntry[] {
  switch (wanted.access) {
    case "tail":
      return history.tail(wanted.count);
    case "range":
      return history.range(wanted.session, wanted.start, wanted.stop);
    case "search":
      return history.search(wanted.pattern, wanted.count, wanted.unique);
  }
}
