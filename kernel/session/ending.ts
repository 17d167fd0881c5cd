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
  if (signal) return `a native crash or a signal (${signal})${telling(stderrTail)}`;
  const error = telling(stderrTail);
  return error === "" ? `process.exit(${code}) was called` : `exit code ${code}${error}`;
}

/** The line in which Node or a library says what went wrong. */
function telling(stderrTail: string): string {
  const line = stderrTail.split("\n").findLast((text) => /error|fatal|assert/i.test(text));
  return line === undefined ? "" : `: ${line.trim()}`;
}
