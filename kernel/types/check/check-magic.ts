import type { RunOutcome } from "../../../runtime/session/protocol.ts";
import { mayHaveMagics, readMagics } from "../../../runtime/syntax/magics.ts";
import { type CheckMode, checkModes } from "./policy.ts";

/** What `%check` lines of a cell ask for: the last of them counts. */
export type CheckMagic = { readonly mode?: CheckMode; readonly isQuestion: boolean; readonly mistake?: RunOutcome };

export function checkMagicIn(code: string, isName: (name: string) => boolean): CheckMagic {
  if (!mayHaveMagics(code)) return { isQuestion: false };
  const found = readMagics(code, isName).magics.filter(({ kind, name }) => kind === "line" && name === "check");
  const asked = found.map(({ argument }) => argument).filter((argument) => argument !== "?");
  const wrong = asked.find((argument) => argument !== "" && !checkModes.some((mode) => mode === argument));
  if (wrong !== undefined) return { isQuestion: false, mistake: mistake(wrong) };
  const mode = checkModes.find((one) => one === asked.findLast((argument) => argument !== ""));
  return { isQuestion: asked.includes(""), ...(mode && { mode }) };
}

function mistake(argument: string): RunOutcome {
  const evalue = `%check ${argument}: it takes ${checkModes.join(", ")}; alone it says which of them is set`;
  return { status: "error", interrupted: false, ename: "SyntaxError", evalue, traceback: [`SyntaxError: ${evalue}`] };
}
