import type { Json, Reply, Request } from "../protocol/request.ts";
import { errorReply } from "../protocol/request.ts";

/** There is no debugger, as kernel_info says. The reply is one of the Debug Adapter Protocol, and of Jupyter. */
export function handleDebug(request: Request): Reply {
  const { command, seq } = request.content as Json;
  const name = typeof command === "string" ? command : "unknown";
  const message = `Quern has no debugger: the request "${name}" was not handled`;
  const response = { type: "response", request_seq: seq ?? 0, success: false, command: name, message };
  return errorReply("DebuggerNotSupported", message, response);
}
