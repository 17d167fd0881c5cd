import { rmSync } from "node:fs";
import { kernelFolder, kernelPid } from "./given.ts";
import { allowTermination, startSentinel } from "./interrupt.ts";
import { killOwnGroup } from "./own-group.ts";
import { emit } from "./port.ts";
import type { SessionRequest } from "./protocol.ts";
import { mapStacks } from "./stack.ts";
import { undisturbed } from "./stopping.ts";
import { captureStreams } from "./streams.ts";
import { trackTimers } from "./timers.ts";

// The channels of protocol.ts are open as soon as can be; what a cell needs is loaded behind that, by session.ts.
captureStreams();
trackTimers();
mapStacks();

/** No longer than this for an end in good order. */
const endWithinMs = 500;

const session = new Promise<typeof import("./session.ts")>((resolve, reject) => {
  setImmediate(() => import("./session.ts").then(resolve, reject));
});

process.on("message", async (request: SessionRequest) => {
  if (request.type === "stop") return request.whenIdle ? endWhenIdle() : end(() => process.exit(0));
  // At once where possible: an interrupt may end what waits.
  const { receive } = loaded ?? (await session);
  undisturbed(() => receive(request));
});
const kernelGone = () => void end(endAlone);
process.on("disconnect", kernelGone);
// Packages would take the kernel for a parent of theirs.
process.send = undefined;
Object.defineProperty(process, "disconnect", { value: undefined, configurable: true, writable: true });
// At once where possible: an interrupted cell may leave a queue of microtasks that has no end.
let loaded: typeof import("./session.ts") | undefined;
session.then((module) => {
  loaded = module;
  allowTermination();
});
startSentinel({
  interrupt(run) {
    if (loaded) loaded.interrupt(run);
    else session.then((module) => module.interrupt(run));
  },
  kernelGone,
});
emit({ type: "ready" });

/** As Node ends a program: timers, servers and child processes of the cells keep it alive, and nothing of ours does. */
function endWhenIdle(): void {
  process.channel?.unref();
  process.once("beforeExit", () => end(() => process.exit()));
}

async function end(exit: () => never): Promise<void> {
  setTimeout(exit, endWithinMs);
  await (await session).close();
  exit();
}

/** The kernel has died, and what it keeps for its sessions is of no use to anyone. */
function endAlone(): never {
  try {
    // A cell may have closed the channel of a kernel that lives.
    if (kernelFolder !== undefined && process.ppid !== kernelPid)
      rmSync(kernelFolder, { recursive: true, force: true });
  } catch {
    // The next kernel removes it.
  }
  return killOwnGroup();
}
