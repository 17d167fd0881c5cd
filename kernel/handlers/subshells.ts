import { UnknownSubshell } from "../protocol/fields.ts";
import type { Reply, Request } from "../protocol/request.ts";
import { parseDeleteSubshell } from "../protocol/subshell.ts";
import type { Context } from "./context.ts";

// Not imported: see wire/signature.ts.
const { randomUUID } = process.getBuiltinModule("node:crypto");

/** The subshells beside the main shell (JEP 91); each runs its requests in order, and waits for no other. */
export type Subshells = Set<string>;

export function handleCreateSubshell(_request: Request, { subshells }: Context): Reply {
  const id = randomUUID();
  subshells.add(id);
  return { content: { status: "ok", subshell_id: id } };
}

/** What it is running goes on to its end; what waits is not run. */
export function handleDeleteSubshell(request: Request, { subshells }: Context): Reply {
  const id = parseDeleteSubshell(request.content);
  if (!subshells.delete(id)) throw new UnknownSubshell(id);
  return { content: { status: "ok" } };
}

export function handleListSubshells(_request: Request, { subshells }: Context): Reply {
  return { content: { status: "ok", subshell_id: [...subshells] } };
}
