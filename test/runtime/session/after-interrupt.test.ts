import assert from "node:assert/strict";
import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";

const isLinux = process.platform === "linux";

let session: SessionProcess;
before(async () => {
  session = new SessionProcess();
  await session.run(
    "var release: any, refuse: any; const later = () => new Promise((r, j) => { release = r; refuse = j })",
  );
});
after(() => session[Symbol.asyncDispose]());

/** Interrupts a cell once it has printed "go". */
async function interrupted(code: string): Promise<CellRun> {
  const run = session.begin(code);
  await session.until((event) => event.type === "stream" && event.run === run && event.text.includes("go"));
  session.urgent({ type: "interrupt", run });
  return session.finished(run);
}

/** What each has to say would come out after "on". */
const waiting: { [what: string]: readonly [code: string, then: string] } = {
  "what it waited for comes": ["console.log('go'); await later(); console.log('on')", "release()"],
  "what it waited for in a function comes": [
    "const f = async () => { await later(); console.log('on') }; console.log('go'); await f()",
    "release()",
  ],
  "what it waited for fails, and it catches": [
    "console.log('go'); try { await later() } catch { console.log('on') } finally { console.log('on') }",
    "refuse(new Error('refused'))",
  ],
  "a module that it was importing is there": [
    "globalThis.later = later; import { answer } from './test/fixtures/slow-module-awaits.ts'; console.log('on')",
    "release()",
  ],
  "its worker has been ended": [
    `const { Worker } = await import("node:worker_threads"); var worker = new Worker("setInterval(() => {}, 9)", { eval: true })
    console.log("go"); await new Promise(r => worker.on("exit", r)); console.log("on")`,
    "if (worker.threadId !== -1) await new Promise(r => worker.once('exit', r))",
  ],
  "its query has been ended": [
    "console.log('go'); for (;;) try { await range(1e12 as number).filter(col('id').mod(lit(7)).eq(lit(9))).count() } catch { console.log('on') }",
    "await range(3).count()",
  ],
};

for (const [what, [code, then]] of Object.entries(waiting)) {
  test(`an interrupted cell does not go on when ${what}`, async () => {
    assert.equal((await interrupted(code)).error?.interrupted, true);
    const before = session.events.length;
    await session.run(`${then}; await new Promise(r => setTimeout(r, 20))`);
    const shown = session.events.slice(before).filter(({ type }) => type !== "done");
    assert.deepEqual(shown, []);
  });
}

test("a cell that is interrupted in a native call tells its line, and shows no result of it", async () => {
  const cell = await interrupted(
    // It takes seconds: long after the interrupt has come.
    "const { pbkdf2Sync } = await import('node:crypto'); console.log('go')\npbkdf2Sync('a', 'b', 2e6, 64, 'sha512').length",
  );
  assert.equal(cell.error?.ename, "KeyboardInterrupt");
  assert.equal(cell.result, undefined);
  assert.match(cell.traceback, /at cell \[\d+\]:2:/);
});

test("what compiles imported TypeScript is there again after an interrupt", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "quern-imports-"));
  // No other run has compiled this text, and kept the outcome.
  const answer = (name: string) => {
    const path = join(folder.path, name);
    writeFileSync(path, `export const answer: number = 42; // ${path}`);
    return `(await import(${JSON.stringify(path)})).answer`;
  };
  await interrupted(`${answer("one.ts")}; console.log("go"); for (;;);`);
  assert.equal((await session.run(answer("two.ts"))).result, "42");
  await interrupted("console.log('go'); for (;;);");
  assert.equal((await session.run(answer("three.ts"))).result, "42");
  assert.equal((await session.run("enum Compiled { here = 7 }; Compiled.here")).result, "7");
});

// Who started a process Linux alone tells.
test("what a worker of another cell has started outlives the interrupt of a loop", { skip: !isLinux }, async () => {
  await session.run(`const threads = await import("node:worker_threads"); var starter = new threads.Worker(
    "const { spawn } = require('node:child_process'); const { parentPort } = require('node:worker_threads');" +
    "const child = spawn('sleep', ['60']); child.once('exit', () => process.exit()); parentPort.postMessage(child.pid)", { eval: true })
    var started: number = await new Promise(r => starter.once("message", r))`);
  await interrupted("console.log('go'); for (;;);");
  await interrupted("const run = await import('node:child_process'); console.log('go'); run.execSync('exec sleep 60')");
  assert.equal((await session.run("process.kill(started, 0)")).result, "true");
  await session.run("const over = new Promise(r => starter.once('exit', r)); process.kill(started); await over");
});
