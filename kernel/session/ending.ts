import type { CellError, RunOutcome } from "../../runtime/session/protocol.ts";
import { sizeText } from "./memory.ts";

/** How a session process came to its end. */
export type Ending = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it wrote to stderr itself. */
  readonly stderrTail: string;
  /** The limit of its JavaScript heap. */
  readonly heapBytes: number;
  /** Meanwhile, the system has ended a process for want of memory. */
  readonly wasShortOfMemory: boolean;
  /** It could not be heard any more, and was ended. */
  readonly isUnheard: boolean;
  /** It could not even be started. */
  readonly spawnError?: Error;
};

/** What a cell shows whose session is gone. `loss` says what that means for the user; `details` are lines below. */
export function sessionEndedError(cause: string, loss: string, details: readonly string[] = []): CellError {
  const evalue = `The session ended: ${cause}. ${loss}`.trimEnd();
  return { ename: "SessionEnded", evalue, traceback: [`\u001b[31mSessionEnded\u001b[39m: ${evalue}`, ...details] };
}

/** What the session's code has ended it with, by process.exit() or at its end; undefined if it did not end it so. */
export function exitCodeOf(ending: Ending): number | undefined {
  const { code, signal, stderrTail, isUnheard, spawnError } = ending;
  const isOrderly = signal === null && !isUnheard && !spawnError && telling(stderrTail) === "";
  return isOrderly ? (code ?? undefined) : undefined;
}

/** Why a session ended, as the end of a sentence: "process.exit(3) was called". */
export function causeOf({
  code,
  signal,
  stderrTail,
  heapBytes,
  wasShortOfMemory,
  isUnheard,
  spawnError,
}: Ending): string {
  if (spawnError) return `its process cannot be started (${spawnError.message})`;
  if (/FATAL ERROR: .*heap/i.test(stderrTail)) {
    const limit = sizeText(heapBytes);
    return `it ran out of JavaScript heap (limit ${limit}). Keep large data in DataFrames, or stream it; a kernel that is started with QUERN_HEAP=${sizeText(2 * heapBytes).replace(" ", "")} in its environment has twice as much`;
  }
  if (isUnheard) return "it closed file descriptor 3, over which it speaks to the kernel";
  if (signal === "SIGKILL" && wasShortOfMemory) {
    return "the system killed it, as the machine or its container ran out of memory (buffers and native code are in no limit of Quern's)";
  }
  if (signal === "SIGKILL") return "it was killed (SIGKILL), by someone or by the system for want of memory";
  if (signal === "SIGABRT") return `native code aborted (SIGABRT)${telling(stderrTail)}`;
  if (signal && crashes.has(signal)) return `native code crashed (${signal})${telling(stderrTail)}`;
  if (signal) return `it was ended by the signal ${signal}`;
  const error = telling(stderrTail);
  return error === "" ? `process.exit(${code}) was called` : `exit code ${code}${error}`;
}

const crashes: ReadonlySet<NodeJS.Signals> = new Set(["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"]);

/** The line in which Node or a library says what went wrong. */
function telling(stderrTail: string): string {
  const line = stderrTail.split("\n").findLast((text) => /error|fatal|assert/i.test(text));
  return line === undefined ? "" : `: ${line.trim()}`;
}

/** The end of a cell that was interrupted and never ran: before what. */
export function interruptedBefore(what: string): RunOutcome {
  const evalue = `Interrupted before ${what}; the cell was not run`;
  return {
    status: "error",
    interrupted: true,
    ename: "KeyboardInterrupt",
    evalue,
    traceback: [`KeyboardInterrupt: ${evalue}`],
  };
}
