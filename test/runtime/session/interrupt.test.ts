import assert from "node:assert/strict";
import { mkdtempDisposableSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { allEnded } from "../../helpers/processes.ts";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(async () => {
  session = new SessionProcess();
  await session.run("const kept = 42; let ticks = 0");
});
after(() => session[Symbol.asyncDispose]());

/** Interrupts a cell once it has printed "go". */
async function interrupted(code: string, options: { allowStdin?: boolean } = {}): Promise<CellRun> {
  const run = session.begin(code, options);
  await session.until((event) => event.type === "stream" && event.run === run && event.text.includes("go"));
  session.urgent({ type: "interrupt", run });
  return session.finished(run);
}

const endless: { [what: string]: string } = {
  "a synchronous loop": "console.log('go'); while (true) {}",
  "a loop in a function that catches everything":
    "const f = () => { try { for (;;); } catch { f() } finally { for (;;); } }; console.log('go'); f()",
  "an awaited promise": "console.log('go'); await new Promise(() => {})",
  "a loop after an await": "await null; console.log('go'); while (true) {}",
  "a loop after a timer": "await new Promise(r => setTimeout(r, 5)); console.log('go'); while (true) {}",
  "a loop in the callback of a timer":
    "setTimeout(() => { console.log('go'); while (true) {} }, 5); await new Promise(() => {})",
  "a loop in an immediate behind another":
    "setImmediate(() => {}); setImmediate(() => { console.log('go'); for (;;); }); await new Promise(() => {})",
  "an endless chain of microtasks": "console.log('go'); for (;;) await null",
  "an endless chain of ticks":
    "console.log('go'); process.nextTick(function again() { process.nextTick(again) }); await new Promise(() => {})",
  "a blocking wait": "console.log('go'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "a try in a loop": "console.log('go'); while (true) { try { for (;;); } catch {} }",
  "an asynchronous loop with timers": "console.log('go'); for (;;) await new Promise(r => setTimeout(r, 1))",
  "a regular expression": "console.log('go'); /^(a+)+$/.test('a'.repeat(60) + 'b')",
  "a flood of output": "for (;;) console.log('go')",
  "a loop in a class that is being defined": "console.log('go'); class Loop { static { for (;;); } }",
};

for (const [what, code] of Object.entries(endless)) {
  test(`${what} can be interrupted, and the next cell has all variables`, async () => {
    const { error } = await interrupted(code);
    assert.equal(error?.interrupted, true);
    assert.equal(error?.ename, "KeyboardInterrupt");
    const next = await session.run("await null; console.log('heard'); kept");
    assert.equal(next.result, "42");
    assert.equal(next.stdout, "heard\n");
  });
}

const places: { [where: string]: readonly [code: string, traceback: RegExp] } = {
  "in a loop": [
    "function spin() {\n  while (true) {}\n}\nconsole.log('go')\nspin()",
    /at spin \(cell \[\d+\]:2:3\)\n +at cell \[\d+\]:5:1\n\n.*\n> 2 \| +while/,
  ],
  "in a regular expression": [
    "console.log('go');\n/^(a+)+$/.test('a'.repeat(60) + 'b')",
    /at cell \[\d+\]:2:11\n[\s\S]*> 2 \|/,
  ],
  "at an await": [
    "console.log('go')\nenum Far { away }\n  await new Promise(() => {})",
    /Interrupt: The cell was interrupted\n +at cell \[\d+\]:3:3\n[\s\S]*> 3 \|/,
  ],
  "at the await of a query": [
    "console.log('go')\nawait range(1e13 as number).withColumn('x', col('id').times(lit(7))).distinct().count()",
    /at cell \[\d+\]:2:1\n/,
  ],
  "at the next item of a stream": [
    "const { setInterval: beats } = await import('node:timers/promises')\nconsole.log('go')\nfor await (const beat of beats(1e6)) ticks++",
    /at cell \[\d+\]:3:1\n/,
  ],
};

for (const [where, [code, traceback]] of Object.entries(places)) {
  test(`a cell that is interrupted ${where} tells the line`, async () => {
    const cell = await interrupted(code);
    assert.match(cell.traceback, traceback);
    assert.doesNotMatch(cell.traceback, /at node:|runtime\//);
  });
}

const queries: { [what: string]: string } = {
  "a scan": "range(1e12 as number).filter(col('id').mod(lit(7)).eq(lit(9))).count()",
  "an exploding join":
    "range(3_000_000).join(range(3_000_000), (a, b) => a.id.plus(b.id).eq(lit(-1)), 'inner', { suffix: '_b' }).count()",
  "a sort that spills": "range(1e9 as number).orderBy(col('id').mod(lit(1000)).desc(), 'id').count()",
};

for (const [what, code] of Object.entries(queries)) {
  test(`${what} is interrupted, and the next query runs`, async () => {
    const { error } = await interrupted(`console.log("go"); await ${code}`);
    assert.equal(error?.ename, "KeyboardInterrupt");
    assert.equal((await session.run("await range(7).count()")).result, "7");
  });
}

test("an interrupted write leaves the target as it was, and nothing beside it", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "quern-interrupt-"));
  const target = JSON.stringify(join(folder.path, "rows"));
  const write = (rows: string) => `await range(${rows}).write.mode("overwrite").parquet(${target})`;
  await session.run(write("1000"));
  const before = readdirSync(folder.path, { recursive: true }).sort();
  assert.equal((await interrupted(`console.log("go"); ${write("1e11 as number")}`)).error?.interrupted, true);
  assert.equal((await session.run(`await spark.read.parquet(${target}).count()`)).result, "1000");
  assert.deepEqual(readdirSync(folder.path, { recursive: true }).sort(), before);
});

test("a stream that is being consumed is interrupted, and its query with it", async () => {
  const { error } = await interrupted(
    "for await (const row of range(1e12 as number).stream()) if (row.id === 0) console.log('go')",
  );
  assert.equal(error?.ename, "KeyboardInterrupt");
  assert.equal((await session.run("await range(7).count()")).result, "7");
  await interrupted("await null; range(9).stream()[Symbol.asyncIterator]().next(); console.log('go'); while (true) {}");
  assert.equal((await session.run("await range(7).count()")).result, "7");
});

test("our own work that is terminated does not hold up later actions", async () => {
  await session.run("const many = Array.from({ length: 1_000_000 }, (_, id) => ({ id, text: 'row ' + id }))");
  await interrupted("console.log('go'); await createDataFrame(many).count()");
  assert.equal((await session.run("await range(7).count()")).result, "7");
});

/** It takes seconds: long after the interrupt has come. */
const nativeCall = "pbkdf2Sync('a', 'b', 2e6, 64, 'sha512')";

test("a native call that nothing can stop ends the cell as soon as it returns", async () => {
  const { error, events } = await interrupted(
    `const { pbkdf2Sync } = await import("node:crypto"); console.log('go'); ${nativeCall}; console.log('on')`,
  );
  assert.equal(error?.ename, "KeyboardInterrupt");
  assert.ok(!events.some((event) => event.type === "stream" && event.text.includes("on")));
});

test("an action that nobody awaits ends with the loop behind it, and later actions work", async () => {
  const before = session.events.length;
  assert.equal((await interrupted("console.log('go'); range(3).count(); while (true) {}")).error?.interrupted, true);
  assert.equal((await session.run("await range(7).count()")).result, "7");
  assert.equal(
    session.events.slice(before).some(({ type }) => type === "late_error"),
    false,
  );
});

test("an action called just before a loop behind an await does not hold up later ones", async () => {
  await interrupted("await null; range(3).count(); console.log('go'); while (true) {}");
  assert.equal((await session.run("await range(7).count()")).result, "7");
});

test("an asynchronous loop does not go on after the interrupt", async () => {
  await interrupted(`
    const { setTimeout: sleep } = await import("node:timers/promises")
    async function work() { for (;;) { await sleep(5); ticks++ } }
    console.log("go"); await work()`);
  const before = Number((await session.run("ticks")).result);
  const later = Number((await session.run("await new Promise(r => setTimeout(r, 100)); ticks")).result);
  assert.ok(later <= before + 1, `${before} then ${later}`);
});

test("a chain of promises does not go on after the interrupt", async () => {
  await interrupted(`
    const { setTimeout: pause } = await import("node:timers/promises")
    const again = (): Promise<void> => pause(2).then(() => { ticks++; return again() })
    console.log("go"); await again()`);
  const before = (await session.run("ticks")).result;
  assert.equal((await session.run("await pause(50); ticks")).result, before);
});

test("a loop over what comes bit by bit does not go on after the interrupt, and its source is told", async () => {
  await interrupted(`
    var closed = false
    const { setImmediate: next } = await import("node:timers/promises")
    var source = { [Symbol.asyncIterator]: () => ({
      next: () => next({ done: false, value: 1 }), return: async () => { closed = true; return { done: true } },
    }) }
    console.log("go"); for await (const beat of source) ticks++`);
  const before = Number((await session.run("ticks")).result);
  const later = await session.run("await new Promise(r => setTimeout(r, 50)); JSON.stringify([ticks, closed])");
  assert.equal(later.result, `'[${before},true]'`);
});

test("timers of the interrupted cell are dropped, those of other cells stay", async () => {
  await session.run("let stays = 0, goes = 0; const beat = setInterval(() => stays++, 5)");
  await interrupted("setInterval(() => goes++, 5); console.log('go'); await new Promise(() => {})");
  const [first = 0, firstGone] = JSON.parse(
    (await session.run("JSON.stringify([stays, goes])")).result?.slice(1, -1) ?? "[]",
  );
  const cell = await session.run(
    `await new Promise(r => { const wait = setInterval(() => stays > ${first} && (clearInterval(wait), r(0)), 5) }); JSON.stringify([stays, goes])`,
  );
  const [, laterGone] = JSON.parse(cell.result?.slice(1, -1) ?? "[]");
  assert.equal(laterGone, firstGone);
  await session.run("clearInterval(beat)");
});

test("a display or an import just before a loop does not hold up later ones", async () => {
  await interrupted(
    "console.log('go'); await null; display(range(3)); import('./test/fixtures/slow-module.ts?first'); while (true) {}",
  );
  assert.match((await session.run("range(3)")).result ?? "", /3 rows/);
  assert.equal(
    (await session.run("globalThis.loadsAtOnce = true; (await import('./test/fixtures/slow-module.ts?first')).answer"))
      .result,
    "42",
  );
});

for (const [how, code] of [
  ["imported", "(await import('./test/fixtures/slow-module-of.ts')).answer"],
  ["required", "require('./test/fixtures/slow-module.cjs').answer"],
] as const) {
  test(`a module that is interrupted while it is ${how} is loaded anew`, async () => {
    const cell = await interrupted(`globalThis.loadsAtOnce = false; ${code}`);
    assert.match(cell.traceback, /slow-module\.c?[jt]s:4.*\n +at (async )?cell /);
    const again = await session.run(`globalThis.loadsAtOnce = true; ${code}`);
    assert.equal(again.result ?? again.traceback, "42");
  });
}

const children = "const { execSync, spawn, spawnSync } = await import('node:child_process');";

/** Behind the point of what they sleep: nobody else's processes have that. */
const mark = `700${process.pid}`;
const stubborn: { [what: string]: string } = {
  "a child process": `execSync('exec sleep 71.${mark}')`,
  "a child process with a background job of its own": `execSync('sleep 72.${mark} & sleep 73.${mark}; echo ended')`,
  "a child process whose end is caught": `for (;;) try { execSync('exec sleep 74.${mark}') } catch {}`,
  "a child process that ignores what asks": `spawnSync('sh', ['-c', 'trap : INT TERM; while :; do sleep 0.${mark}; done'])`,
};

for (const [what, code] of Object.entries(stubborn)) {
  test(`${what} that is waited for is ended by the interrupt`, { skip: process.platform === "win32" }, async () => {
    const { error } = await interrupted(`${children} console.log("go"); ${code}`);
    assert.equal(error?.ename, "KeyboardInterrupt");
    await allEnded(mark);
  });
}

test("child processes and workers of the interrupted cell are ended, others are not", async () => {
  await session.run(`${children} var stays = [spawn("sleep", ["60"]), spawn("sleep", ["60"], { detached: true })]`);
  await interrupted(`${children} const { Worker } = await import("node:worker_threads")
    stays.push(spawn("sleep", ["60"], { detached: true }))
    var goes = [spawn("sleep", ["60"]), new Worker("setInterval(() => {}, 9)", { eval: true })]
    console.log("go"); await new Promise(() => {})`);
  await session.run(`await Promise.all(goes.map((one: any) =>
    one.exitCode ?? one.signalCode ?? one.threadId === -1 || new Promise(r => one.once("exit", r))))`);
  const { result } = await session.run(
    "JSON.stringify(stays.map(one => { const lives = one.signalCode === null; one.kill('SIGKILL'); return lives }))",
  );
  assert.equal(result, "'[true,true,true]'");
});

test("a function that begins after the interrupt can wait again", async () => {
  await session.run("let handler: any");
  await interrupted(
    "handler = async () => { await null; return 'handled' }; console.log('go'); await new Promise(() => {})",
  );
  assert.equal((await session.run("await handler()")).result, "'handled'");
});

test("a prompt can be interrupted", async () => {
  const run = session.begin("prompt('name?')", { allowStdin: true });
  await session.until((event) => event.type === "input_request" && event.run === run);
  session.urgent({ type: "interrupt", run });
  const { error, traceback } = await session.finished(run);
  assert.equal(error?.interrupted, true);
  assert.match(traceback, /at cell \[\d+\]:1:1\n/);
  assert.equal((await session.run("kept")).result, "42");
});

test("cells sent while another computes run after it, in order, also when it is interrupted", async () => {
  const run = session.begin("console.log('go'); while (true) {}");
  const next = [session.begin("const order = [1]"), session.begin("order.push(2)"), session.begin("order.join()")];
  await session.until((event) => event.type === "stream" && event.run === run);
  session.urgent({ type: "interrupt", run });
  assert.equal((await session.finished(run)).error?.interrupted, true);
  assert.equal((await session.finished(next[2] as number)).result, "'1,2'");
});

test("a cell that has not begun can be interrupted", async () => {
  // Nothing tells when the interrupt has been heard: the cell gives it far more time than it needs.
  const busy = session.begin("console.log('go'); await new Promise(r => setTimeout(r, 1000)); let skipped = 0");
  const waiting = session.begin("skipped = 1");
  await session.until((event) => event.type === "stream" && event.run === busy);
  session.urgent({ type: "interrupt", run: waiting });
  assert.equal((await session.finished(waiting)).error?.interrupted, true);
  assert.equal((await session.finished(busy)).error, undefined);
  assert.equal((await session.run("skipped")).result, "0");
});

test("an interrupt of a run that has ended, or is not known, does nothing", async () => {
  const { done } = await session.run("1");
  session.urgent({ type: "interrupt", run: done.run });
  session.urgent({ type: "interrupt", run: 999_999 });
  const { result } = await session.run("await new Promise(r => setTimeout(r, 150)); kept");
  assert.equal(result, "42");
});

test("thirty interrupts one after the other leave the session sound", async () => {
  const kinds = Object.values(endless).slice(0, 6);
  for (let i = 0; i < 30; i++) {
    const { error } = await interrupted(kinds[i % kinds.length] as string);
    assert.equal(error?.interrupted, true);
  }
  assert.equal((await session.run("kept + (await Promise.resolve(0))")).result, "42");
});
