import type { Completion } from "../../runtime/session/protocol.ts";
import type { Session } from "../session/supervisor.ts";
import { completeFromNames } from "./known-names.ts";
import { completeMagic } from "./magics.ts";

/** What could stand in the place of `startUtf16` to `endUtf16`. */
export type Completions = {
  readonly matches: readonly (Completion & { readonly signature?: string })[];
  readonly startUtf16: number;
  readonly endUtf16: number;
};

/** From the types and the session's live values; from the last known names where it does not answer in time. */
export async function completionsOf(
  session: Pick<Session, "complete" | "names">,
  code: string,
  cursorUtf16: number,
): Promise<Completions> {
  const answer = completeMagic(code, cursorUtf16) ?? (await session.complete(code, cursorUtf16));
  if (answer) return answer;
  return { ...completeFromNames(code, cursorUtf16, session.names()), endUtf16: cursorUtf16 };
}
