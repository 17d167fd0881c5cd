import type { CellError } from "../../runtime/session/protocol.ts";

/** How a session process came to its end. */
export type Ending = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it wrote to stderr itself. */
  readonly stderrTail: string;
  /** It could not even be started. */
  readonly spawnError?: Error;
};

/** What a cell shows whose session is gone. `loss` says what that means for the user. */
export function sessionEndedError(cause: string, loss: string): CellError {
  const evalue = `The session ended: ${cause}. ${loss}`;
  return { ename: "SessionEnded", evalue, traceback: [`\u001b[31mSessionEnded\u001b[39m: ${evalue}`] };
}

/** Why a session ended, as the end of a sentence: "process.exit(3) was called". */
export function causeOf({ code, signal, stderrTail, spawnError }: Ending): string {
  if (spawnError) return `its process cannot be started (${spawnError.message})`;
  const heap = /FATAL ERROR: (.*heap.*)/i.exec(stderrTail);
  if (heap) {
    return `its JavaScript heap is exhausted (V8: ${heap[1]?.trim()}); keep large data in DataFrames, or stream it`;
  }
  if (signal === "SIGKILL") return "it was killed (SIGKILL), by someone or by the system for want of memory";
  if (signal) return `a native crash or a signal (${signal})${lastLine(stderrTail)}`;
  if (code === 0 || stderrTail.trim() === "") return `process.exit(${code}) was called`;
  return `exit code ${code}${lastLine(stderrTail)}`;
}

function lastLine(stderrTail: string): string {
  const lines = stderrTail.trim().split("\n");
  const telling = lines.findLast((line) => /error|fatal|assert/i.test(line)) ?? lines.at(-1);
  return telling ? `: ${telling.trim()}` : "";
}
