import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as after } from "node:timers/promises";
import { SessionProcess } from "../../helpers/session-process.ts";

/** From before the session's first line to well within its first cell. */
const moments = Array.from({ length: 20 }, (_, index) => index * 50);

test("an interrupt at any moment of a session's start ends the run that was sent, and the next one works", async () => {
  const atOnce = 4;
  const waiting = [...moments];
  const take = async () => {
    for (let ms = waiting.shift(); ms !== undefined; ms = waiting.shift()) await interruptedAfter(ms);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
});

async function interruptedAfter(ms: number): Promise<void> {
  await using session = new SessionProcess();
  const run = session.begin("globalThis.begun = true; while (true) {}");
  await after(ms);
  session.urgent({ type: "interrupt", run });
  const { error } = await session.finished(run).catch((cause) => assert.fail(`${ms} ms: ${cause.message}`));
  assert.equal(error?.ename, "KeyboardInterrupt", `${ms} ms`);
  assert.equal(error?.interrupted, true);
  assert.equal((await session.run("await null; 6 * 7")).result, "42", `after ${ms} ms`);
}

test("an interrupt that comes before its run ends it, and that run alone", async () => {
  await using session = new SessionProcess();
  const first = session.begin("console.log('go'); await new Promise(() => {})");
  await session.until((event) => event.type === "stream");
  session.urgent({ type: "interrupt", run: first + 1 });
  // Heard behind the other: its end tells that both have been.
  session.urgent({ type: "interrupt", run: first });
  await session.finished(first);
  const { error } = await session.run("await new Promise(() => {})");
  assert.equal(error?.ename, "KeyboardInterrupt");
  assert.equal((await session.run("6 * 7")).result, "42");
});
