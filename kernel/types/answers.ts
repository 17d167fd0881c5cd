import type { MimeBundle, RunOutcome } from "../../runtime/session/protocol.ts";
import { nameAsked } from "../language/name-asked.ts";
import type { Completed, Session } from "../session/supervisor.ts";
import { isLocalAt } from "./draft/locals.ts";
import { inTime } from "./in-time.ts";
import type { Types } from "./types.ts";

type Live = Pick<Session, "complete" | "inspect" | "names">;

/** JupyterLab waits a second, the types take up to 0.6 s of it. */
const liveWithinMs = 250;

/** Completion by the types, and by the live values where they know nothing. */
export async function completeBy(
  types: Types,
  session: Live,
  code: string,
  cursorUtf16: number,
): Promise<Completed | undefined> {
  const typed = await whenChecked(types, () => types.drafts.complete(code, cursorUtf16, session.names()));
  return typed ?? (isLocalAt(code, cursorUtf16) ? undefined : soon(types, session.complete(code, cursorUtf16)));
}

/** The type and documentation, and what the live value is. */
export async function inspectBy(
  types: Types,
  session: Live,
  code: string,
  cursorUtf16: number,
  wantsSource: boolean,
): Promise<MimeBundle | undefined> {
  const [typed, live] = await Promise.all([
    whenChecked(types, () => types.drafts.inspect(code, cursorUtf16)),
    isLocalAt(code, cursorUtf16) ? undefined : soon(types, session.inspect(code, cursorUtf16, wantsSource)),
  ]);
  return joined(typed, live, wantsSource);
}

/** What a cell pages of a name, with its type. */
export async function pagedBy(types: Types, code: string, outcome: RunOutcome): Promise<RunOutcome> {
  const asked = outcome.payload && nameAsked(code);
  if (!asked || !outcome.payload) return outcome;
  const { name, wantsSource } = asked;
  const typed = await whenChecked(types, () => types.drafts.inspect(name, name.length));
  const payload = outcome.payload.map((one) =>
    one.source === "page" ? { ...one, data: joined(typed, one.data, wantsSource) ?? one.data } : one,
  );
  return { ...outcome, payload };
}

/** The head of a function, a Proxy, as columns are, or an object with nothing to see: its type says more. */
const saysLess =
  /^[^:]+: (?!(?:Array|Map|Set)\(\d)(?:(?:async |get |set |static |\*)*(?:function\b|class\b|[\w$#]*\(|[\w$]+ =>)|Proxy$|.*\{ {2}\}$)/;

/** What the types say, then what the value is. */
export function joined(
  typed: MimeBundle | undefined,
  live: MimeBundle | undefined,
  wantsSource: boolean,
): MimeBundle | undefined {
  const text = live?.["text/plain"];
  if (typed === undefined || typeof text !== "string") return typed ?? live;
  if (!wantsSource && saysLess.test(text)) return typed;
  return {
    "text/plain": `${typed["text/plain"]}\n\n${text}`,
    "text/markdown": `${typed["text/markdown"]}\n\n---\n\n${live?.["text/markdown"]}`,
  };
}

const whenChecked = async <T>(types: Types, ask: () => Promise<T | undefined>): Promise<T | undefined> =>
  types.mode === "off" ? undefined : ask();

const soon = <T>({ patience }: Types, answer: Promise<T>): Promise<T | undefined> =>
  inTime(liveWithinMs * patience, answer);
