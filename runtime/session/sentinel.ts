import { Session } from "node:inspector";
import { Socket } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { endAwaitedChildren, hearOfChildren, type Told } from "./children.ts";
import { killOwnGroup } from "./own-group.ts";
import type { UrgentRequest } from "./protocol.ts";
import { answered, canRun, hold, interruptedRun, lastTry, promptState, type Shared } from "./shared.ts";

/**
 * The thread beside the main thread. It hears the kernel while a cell computes: it ends the cell's JavaScript, hands
 * over what the user typed, and ends the process when the kernel is gone.
 */

const urgentFd = 4;
/** The main thread answers an interrupt in this time, or it computes. */
const answerWithinMs = 50;
/** Each time it is given longer, since the machine may be slow. */
const answerWithinAtMostMs = 400;
/** After the kernel's end, for the session to end in good order. */
const exitWithinMs = 500;

/** See stopping.ts. The name keeps it out of stacks. */
const asking = (which: number, attempt: number): string =>
  `globalThis[Symbol.for("quern.stopping")]?.(${which}, ${attempt})\n//# sourceURL=node:quern`;

const { state, replies } = workerData as { state: Shared; replies: MessagePort };
const main = parentPort as MessagePort;

// The socket stays referenced: without it this thread would end.
const socket = new Socket({ fd: urgentFd, readable: true, writable: false });
socket.setEncoding("utf8");
let partial = "";
socket.on("data", (text: string) => {
  const lines = (partial + text).split("\n");
  partial = lines.pop() ?? "";
  for (const line of lines) handle(JSON.parse(line) as UrgentRequest);
});
socket.on("error", kernelGone);
socket.on("close", kernelGone);

main.on("message", async (message: SharedArrayBuffer | Told) => {
  if ("type" in message) hearOfChildren(message);
  else (await import("./watch-batch.ts")).watchBatch(message);
});

function handle(request: UrgentRequest): void {
  if (request.type === "interrupt") interrupt(request.run);
  else endPrompt(promptState.answered, request.value);
}

let number = 0;

function interrupt(run: number): void {
  number += 1;
  Atomics.store(state, interruptedRun, run);
  if (Atomics.load(state, promptState.index) === promptState.waiting) endPrompt(promptState.interrupted, "");
  ask(run, number);
}

/**
 * The main thread may be idle, and a termination would then hit whatever runs next, the session's own code. So it is
 * asked first, and terminated only when it does not answer; then asked again, since the question itself may be hit.
 */
function ask(run: number, which: number, attempt = 0): void {
  main.postMessage({ type: "interrupt", run, number: which });
  setTimeout(
    () => {
      if (isAnswered(which)) return;
      // It still loads itself, and no cell has begun: a module whose loading is terminated stays half loaded.
      if (Atomics.load(state, canRun) === 0) return ask(run, which, attempt);
      endAwaitedChildren(() => !isAnswered(which));
      terminate(which, () => ask(run, which, attempt + 1));
    },
    Math.min(answerWithinMs * 2 ** attempt, answerWithinAtMostMs),
  );
}

const isAnswered = (which: number): boolean => Atomics.load(state, answered) >= which;

function terminate(which: number, then: () => void): void {
  const session = new Session();
  session.connectToMainThread();
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(limit);
    // The process would wait for it at its end.
    session.disconnect();
    then();
  };
  const limit = setTimeout(end, 1000);
  // Connecting took time: what answers meanwhile may have begun the next cell, which must not be hit.
  if (isAnswered(which)) {
    end();
    return;
  }
  const attempt = Atomics.add(state, lastTry, 1) + 1;
  whenHeld(
    () => !isOver,
    () => session.post("Runtime.terminateExecution", end),
  );
  const expression = asking(which, attempt);
  session.post("Runtime.evaluate", { expression, silent: true, returnByValue: true }, (error, answer) => {
    if (error || answer.result.value !== true) end();
  });
}

/** Has it posted while the main thread is held for it: both are handled in one go, on top of what runs. */
async function whenHeld(isWanted: () => boolean, post: () => void): Promise<void> {
  while (isWanted()) {
    await Atomics.waitAsync(state, hold.index, hold.none).value;
    if (!isWanted()) return;
    if (Atomics.compareExchange(state, hold.index, hold.offered, hold.accepted) === hold.offered) {
      post();
      Atomics.store(state, hold.index, hold.posted);
      return;
    }
    // It was for another try, or has been taken back.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function endPrompt(how: number, value: string): void {
  replies.postMessage(value);
  Atomics.store(state, promptState.index, how);
  Atomics.notify(state, promptState.index);
}

function kernelGone(): void {
  main.postMessage({ type: "gone" });
  setTimeout(killOwnGroup, exitWithinMs);
}
