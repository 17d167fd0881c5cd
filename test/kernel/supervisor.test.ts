import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type OutputEvent, superviseSession, type TypeDoors } from "../../kernel/session/supervisor.ts";

const entry = join(import.meta.dirname, "../fixtures/fake-session.ts");

function supervise(t: TestContext, env: NodeJS.ProcessEnv = {}, types?: TypeDoors) {
  const shown: OutputEvent[] = [];
  const heard: (() => void)[] = [];
  const options = {
    entry,
    execPath: process.execPath,
    // Longer than usual, so that it is late only where it never answers.
    env: { ...process.env, QUERN_PATIENCE: "10", ...env },
    cwd: process.cwd(),
    log: () => {},
    ...(types && { types }),
  };
  const session = superviseSession(options, (event) => {
    shown.push(event);
    for (const listener of heard.splice(0)) listener();
  });
  t.after(() => session.kill());
  let runs = 0;
  return {
    session,
    shown,
    /** Settles with the next event that is shown. */
    next: () => new Promise<void>((resolve) => heard.push(resolve)),
    text: () => shown.map((event) => (event.type === "stream" ? event.text : `<${event.type}>`)).join(""),
    run: (code: string) =>
      session.run({
        run: ++runs,
        executionCount: runs,
        code,
        silent: false,
        allowStdin: false,
        userExpressions: {},
      }),
  };
}

test("an interrupt without effect says so after five seconds, and the next ends the session", async (t) => {
  const { session, run, next, text } = supervise(t);
  await run("out up");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const began = next();
  const outcome = run("out began\ndeaf\nwait 600000");
  await began;
  session.interrupt();
  session.interrupt();
  t.mock.timers.tick(1999);
  assert.doesNotMatch(text(), /Waiting/);
  t.mock.timers.tick(1);
  assert.match(text(), /Waiting for a native call to return/);
  t.mock.timers.tick(2999);
  assert.doesNotMatch(text(), /no effect/);
  t.mock.timers.tick(1);
  assert.equal(text().split("had no effect").length, 2, "said once");
  assert.match(
    text(),
    /had no effect for 5 s.*\nA second interrupt ends the session. Lost would be: 1 name \(flights\)\.\n/,
  );
  assert.equal(text().split("Waiting for").length, 2, "said once");
  t.mock.timers.reset();
  session.interrupt();
  const ended = await outcome;
  assert.ok(ended.status === "error");
  assert.match(ended.evalue, /ended by the second interrupt.*a new session has started/);
  assert.equal((await run("out new")).status, "ok");
  await session.stop();
});

test("an interrupt that works says nothing later", async (t) => {
  const { session, run, next, text } = supervise(t);
  await run("out up");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const began = next();
  const outcome = run("out began\nwait 600000");
  await began;
  session.interrupt();
  assert.equal((await outcome).status, "error");
  t.mock.timers.tick(10_000);
  assert.doesNotMatch(text(), /no effect/);
  t.mock.timers.reset();
  await session.stop();
});

test("a session that does not stop in its time of grace is killed", async (t) => {
  const { session, run } = supervise(t);
  await run("deaf");
  await session.stop();
});

test("after the stop no cell is run and nothing is started", async (t) => {
  const { session, run } = supervise(t);
  await run("out up");
  const stopped = session.stop();
  const refused = await run("out never");
  assert.ok(refused.status === "error");
  assert.match(refused.evalue, /shutting down/);
  await stopped;
});

test("a stop that comes with the first cell answers it, and no process is started", async (t) => {
  const { session, run, shown } = supervise(t);
  const outcome = run("out never");
  await session.stop();
  const refused = await outcome;
  assert.ok(refused.status === "error");
  assert.match(refused.evalue, /The session ended: the kernel was shut down\. The cell was not run/);
  const again = await run("out never");
  assert.ok(again.status === "error");
  assert.match(again.evalue, /shutting down/);
  assert.deepEqual(shown, []);
});

test("an entry that is not there is a clear error", async (t) => {
  const options = { entry, execPath: "/nowhere/node", env: process.env, cwd: process.cwd(), log: () => {} };
  const session = superviseSession(options, () => {});
  t.after(() => session.kill());
  const outcome = await session.run({
    run: 1,
    executionCount: 1,
    code: "1",
    silent: false,
    allowStdin: false,
    userExpressions: {},
  });
  assert.ok(outcome.status === "error");
  assert.match(outcome.evalue, /its process cannot be started \(spawn \/nowhere\/node ENOENT\)/);
});

test("names are known until a cell or the end of the session removes them", async (t) => {
  const { session, run } = supervise(t);
  t.after(() => session.stop());
  const names = () => session.names().map(({ text }) => text);
  await run("declare a\ndeclare b");
  await run("declare c\nremove a");
  assert.deepEqual(names(), ["flights", "b", "c"]);
  await run("exit 3");
  assert.deepEqual(names(), []);
  await run("declare d");
  assert.deepEqual(names(), ["flights", "d"]);
});

test("the types that a cell leaves come behind it, and are waited for a while", async (t) => {
  const told: unknown[] = [];
  const { session, run } = supervise(
    t,
    {},
    { learn: (frames, extra) => told.push({ ...frames, extra }), lost: () => told.push("lost"), removed: () => {} },
  );
  t.after(() => session.stop());
  await session.settledTypes();
  const ended = run("types 0 DataFrame<{}>").then(() => told.push("ended"));
  await ended;
  await session.settledTypes();
  await run("types 20 DataFrame<A>");
  await session.settledTypes();
  assert.deepEqual(told, [
    "ended",
    { flights: "DataFrame<{}>", extra: ["added"] },
    { flights: "DataFrame<A>", extra: ["added"] },
  ]);
  await run("types never DataFrame<B>");
  await session.settledTypes();
  await run("types never DataFrame<B>");
  await run("exit 3");
  await session.settledTypes();
  assert.deepEqual(told.slice(3), ["lost"]);
});

test("sources are described by a session that is idle, and by no other", async (t) => {
  const { session, run } = supervise(t);
  t.after(() => session.stop());
  const sources = [{ kind: "sql", text: "a" } as const, { kind: "table", name: "b" } as const];
  assert.equal(await session.describe(sources), undefined, "it has not started");
  await run("out up");
  assert.deepEqual(await session.describe(sources), ["{ a }", null]);
  const busy = run("wait 50");
  assert.equal(await session.describe(sources), undefined);
  await busy;
  await run("deaf");
  assert.equal(await session.describe(sources), undefined, "it is slow");
});
