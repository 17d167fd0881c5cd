import { completenessOf } from "../language/completeness.ts";
import { isKnownName } from "../language/known-names.ts";
import { parseIsCompleteRequest } from "../protocol/is-complete.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export function handleIsComplete(request: Request, { session }: Context): Reply {
  const { code } = parseIsCompleteRequest(request.content);
  const completeness = completenessOf(code, isKnownName(session.names()));
  // The status of this reply is not ok or error: it is the answer.
  return { content: completeness as unknown as Reply["content"] };
}
