import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

const lateError = (run: number) => (event: { type: string; run?: number }) =>
  event.type === "late_error" && event.run === run;

/** Code of a timer, which does this in a later cell's time, when that says so. */
const whenTold = (act: string): string => `globalThis.isTold = false; setInterval(function () { if (isTold) {
  clearInterval(this); isTold = false
      ${act} } }, 1); 1`;
const tell = "isTold = true; while (isTold) await new Promise(setImmediate)";

test("an error in a timer after the end of its cell is told to that cell, and the session goes on", async () => {
  await using session = new SessionProcess();
  const { done } = await session.run(whenTold("throw new RangeError('late')"), { executionCount: 9 });
  assert.equal(done.outcome.status, "ok");
  assert.equal((await session.run(`${tell}; 'second'`)).result, "'second'");
  const late = await session.until(lateError(done.run));
  assert.ok(late.type === "late_error" && late.ename === "RangeError");
  assert.match(late.type === "late_error" ? late.traceback.join("\n") : "", /cell \[9\]:3:13/);
});

test("a rejection that nobody handles makes the run fail, or is told after its end", async () => {
  await using session = new SessionProcess();
  const { error } = await session.run("Promise.reject(new TypeError('forgotten')); 1");
  assert.equal(error?.ename, "TypeError");
  const { done, error: none } = await session.run(whenTold("Promise.reject(new Error('later'))"));
  assert.equal(none, undefined);
  await session.run(tell);
  await session.until(lateError(done.run));
  assert.equal((await session.run("const p = Promise.reject(1); p.catch(() => {}); 3")).error, undefined);
});

test("an error in a timer ends the cell that waits", async () => {
  await using session = new SessionProcess();
  const { error } = await session.run("setTimeout(() => { throw new Error('tick') }, 5); await new Promise(() => {})");
  assert.equal(error?.evalue, "tick");
  assert.equal(error?.interrupted, false);
  assert.equal((await session.run("1")).result, "1");
});

test("a cell ends when the actions that it started have ended, and fails with them", async () => {
  await using session = new SessionProcess();
  await session.run("const state = { count: -1 }; range(1000).count().then(n => { state.count = n }); undefined");
  assert.equal((await session.run("state.count")).result, "1000");
  const { error } = await session.run("range(3).select('nope').count()\n'not awaited';");
  assert.match(error?.evalue ?? "", /nope/);
});

test("process.exit ends the session, with its code and after its output", async () => {
  const session = new SessionProcess();
  await session.run("1");
  const run = session.begin("console.log('last words'); process.exit(7)");
  assert.equal(await session.exited(), 7);
  assert.ok(
    session.events.some((event) => event.type === "stream" && event.run === run && event.text === "last words\n"),
  );
  assert.equal(
    session.events.some((event) => event.type === "done" && event.run === run),
    false,
  );
});

test("stop ends it in good order", async () => {
  const session = new SessionProcess();
  await session.run("await range(3).count()");
  session.send({ type: "stop" });
  assert.equal(await session.exited(), 0);
});

for (const [what, code] of [
  ["is idle", ""],
  ["computes", "console.log('go'); while (true) {}"],
  ["waits", "console.log('go'); await new Promise(() => {})"],
  ["asks", "console.log('go'); prompt('?')"],
] as const) {
  test(`when the kernel is gone, a session that ${what} ends too`, async () => {
    const session = new SessionProcess();
    await session.run("1");
    if (code !== "") {
      const run = session.begin(code, { allowStdin: true });
      await session.until((event) => event.type === "stream" && event.run === run);
    }
    for (const pipe of session.child.stdio) pipe?.destroy();
    session.child.disconnect();
    await session.exited();
  });
}

test("when the kernel is gone, what a cell has started ends too", async () => {
  const session = new SessionProcess({ detached: true });
  const { result } = await session.run("process.getBuiltinModule('node:child_process').spawn('sleep', ['60']).pid");
  for (const pipe of session.child.stdio) pipe?.destroy();
  session.child.disconnect();
  await session.exited();
  const isAlive = () => existsSync(`/proc/${result}`) && !readFileSync(`/proc/${result}/stat`, "utf8").includes(") Z ");
  while (isAlive()) await new Promise(setImmediate);
});

test("a cell sent before the session has loaded is run", async () => {
  await using session = new SessionProcess();
  assert.equal((await session.run("1 + 1")).result, "2");
  assert.equal(session.events[0]?.type, "ready");
});
