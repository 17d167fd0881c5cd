import { completenessOf } from "../language/completeness.ts";
import { parseIsCompleteRequest } from "../protocol/is-complete.ts";
import type { Reply, Request } from "../protocol/request.ts";

export function handleIsComplete(request: Request): Reply {
  const { code } = parseIsCompleteRequest(request.content);
  const completeness = completenessOf(code);
  // The status of this reply is not ok or error: it is the answer.
  return { content: completeness as unknown as Reply["content"] };
}
