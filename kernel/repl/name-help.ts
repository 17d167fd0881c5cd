import type { Cells } from "./cells.ts";

/** The name that `name?` asks about. */
export function nameAsked(line: string): string | undefined {
  const match =
    /^\s*(?:([\p{ID_Start}$_][\p{ID_Continue}$.]*)\?{1,2}|\?([\p{ID_Start}$_][\p{ID_Continue}$.]*))\s*$/u.exec(line);
  return match?.[1] ?? match?.[2];
}

/** What is known of a name, as text; it is asked of the session without running code of the user's. */
export async function helpOn(name: string, wantsSource: boolean, { session, next }: Cells): Promise<string> {
  // The session answers questions once it is up, and the end of a run says that it is.
  if (next === 1) await session.run({ ...nothing, run: --emptyRuns });
  const text = (await session.inspect(name, name.length, wantsSource))?.["text/plain"];
  return typeof text === "string" ? text : `Nothing is known of "${name}".`;
}

let emptyRuns = 0;
const nothing = { executionCount: 0, code: "", silent: true, allowStdin: false, userExpressions: {} };
