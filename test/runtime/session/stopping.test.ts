import assert from "node:assert/strict";
import { once } from "node:events";
import { after, beforeEach, test } from "node:test";
import { Worker } from "node:worker_threads";
import { answered, createShared, hold, lastTry } from "../../../runtime/session/shared.ts";
import { allowTerminationOn, takeTerminated, undisturbed } from "../../../runtime/session/stopping.ts";

const state = createShared();
allowTerminationOn(state);
const isHeard = new Int32Array(new SharedArrayBuffer(4));

/** Does as sentinel.ts, but posts no termination. */
const asker = new Worker(
  `const { Session } = require("node:inspector");
  const { parentPort, workerData: { state, isHeard, hold } } = require("node:worker_threads");
  const session = new Session();
  session.connectToMainThread();
  parentPort.on("message", async ({ call, accepts, afterMs, waitMs }) => {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    const expression = 'globalThis[Symbol.for("quern.stopping")](' + call + ')\\n//# sourceURL=node:quern';
    session.post("Runtime.evaluate", { expression, returnByValue: true }, (error, answer) => {
      parentPort.postMessage(error?.message ?? answer.result.value);
      Atomics.store(isHeard, 0, 1);
    });
    if (!accepts) return;
    Atomics.wait(state, hold.index, hold.none, waitMs);
    if (Atomics.compareExchange(state, hold.index, hold.offered, hold.accepted) === hold.offered)
      Atomics.store(state, hold.index, hold.posted);
  });`,
  { eval: true, workerData: { state, isHeard, hold } },
);
after(() => asker.terminate());
beforeEach(() => {
  Atomics.store(state, answered, 6);
  Atomics.store(state, lastTry, 3);
  takeTerminated();
});

type Asked = {
  readonly which?: number;
  readonly attempt?: number;
  readonly accepts?: boolean;
  readonly afterMs?: number;
  /** How long the asker waits for the thread to be held. */
  readonly waitMs?: number;
};

function ask({ which = 7, attempt = 3, accepts = true, afterMs = 0, waitMs = 300 }: Asked): Promise<boolean> {
  Atomics.store(isHeard, 0, 0);
  const answer = once(asker, "message").then(([value]) => value);
  asker.postMessage({ call: `${which}, ${attempt}`, accepts, afterMs, waitMs });
  return answer;
}

/** Whether this thread is held for its termination while it computes. */
function isHeld(asked: Asked = {}): Promise<boolean> {
  const answer = ask(asked);
  compute();
  return answer;
}

function compute(): void {
  while (Atomics.load(isHeard, 0) === 0);
}

test("what computes is held until its termination has been posted, and its place is known", async () => {
  assert.equal(await isHeld({ waitMs: 60_000 }), true);
  assert.match(takeTerminated()?.stack ?? "", /at compute/);
  assert.equal(Atomics.load(state, hold.index), hold.none);
});

test("what computes goes on when nobody posts a termination in time", async () => {
  assert.equal(await isHeld({ accepts: false }), false);
  assert.equal(takeTerminated(), undefined);
  assert.equal(Atomics.load(state, hold.index), hold.none);
});

const unharmed: { readonly [what: string]: () => Promise<boolean> } = {
  "an idle thread, which will answer": () => ask({ afterMs: 50 }),
  "what computes after the interrupt was answered": () => isHeld({ which: 6 }),
  "what computes when an earlier try comes late": () => isHeld({ attempt: 2 }),
  "what the session does undisturbed": () => undisturbed(isHeld),
};

for (const [what, isHit] of Object.entries(unharmed)) {
  test(`${what} is not terminated`, async () => {
    assert.equal(await isHit(), false);
    assert.equal(takeTerminated(), undefined);
  });
}

test("after work that was undisturbed, also when it failed, what computes can be terminated", async () => {
  assert.throws(() =>
    undisturbed(() => {
      throw new Error("failed");
    }),
  );
  assert.equal(await isHeld({ waitMs: 60_000 }), true);
});
