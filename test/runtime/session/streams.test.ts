import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { SessionEvent } from "../../../runtime/session/protocol.ts";
import { SessionProcess } from "../../helpers/session-process.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

const streamOf = (run: number, text: string) => (event: SessionEvent) =>
  event.type === "stream" && event.run === run && event.text.includes(text);

test("every method of console reaches the cell", async () => {
  const { stdout, stderr } = await session.run(`
    console.log("log", { a: 1 }, "%s", 2); console.info("info"); console.debug("debug"); console.dir({ b: { c: {} } })
    console.table([{ x: 1, y: 2 }]); console.group("G"); console.log("inside"); console.groupEnd(); console.count()
    console.time("t"); console.timeEnd("t"); console.error("error"); console.warn("warn"); console.assert(false, "assert")
    console.trace("trace")`);
  for (const part of [
    "log { a: 1 } %s 2\n",
    "info\n",
    "debug\n",
    "{ b: { c: {} } }\n",
    "│ x │ y │",
    "G\n  inside\n",
    "default: 1\n",
    "t: ",
  ]) {
    assert.ok(stdout.includes(part), `${part} in ${stdout}`);
  }
  for (const part of ["error\n", "warn\n", "Assertion failed: assert\n", "Trace: trace\n    at cell ["]) {
    assert.ok(stderr.includes(part), `${part} in ${stderr}`);
  }
});

test("process.stdout and process.stderr take texts, encodings, bytes and callbacks", async () => {
  const { stdout, stderr, result } = await session.run(`
    process.stdout.write("a"); process.stdout.write("62", "hex"); process.stdout.write(Buffer.from("ü🙂"))
    for (const byte of Buffer.from("€")) process.stdout.write(new Uint8Array([byte]))
    process.stderr.write("err")
    process.stdout.cork(); process.stdout.write("x"); process.stdout.write("y"); process.stdout.uncork()
    const called = await new Promise(done => process.stdout.write("z", () => done("called")))
    const { Writable } = await import("node:stream")
    ;[called, process.stdout instanceof Writable, Boolean(process.stdout.isTTY), process.stdout.fd].join()`);
  assert.equal(stdout, "abü🙂€xyz");
  assert.equal(stderr, "err");
  assert.equal(result, "'called,true,false,1'");
});

test("stdout and stderr keep the order in which they were written", async () => {
  const { events } = await session.run("for (let i = 0; i < 5; i++) { console.log(i); console.error(i) }");
  const texts = events.map((event) => (event.type === "stream" ? event.name + event.text.trim() : event.type));
  assert.deepEqual(texts, [...[0, 1, 2, 3, 4].flatMap((i) => [`stdout${i}`, `stderr${i}`]), "done"]);
});

test("output comes while the cell still computes", async () => {
  using folder = tempFolder();
  const file = join(folder.path, "go on");
  const run = session.begin(
    `import { existsSync } from "node:fs"; console.log('early'); while (!existsSync(${JSON.stringify(file)})); 'late'`,
  );
  await session.until(streamOf(run, "early"));
  assert.equal(
    session.events.some((event) => event.type === "result" && event.run === run),
    false,
  );
  writeFileSync(file, "");
  assert.equal((await session.finished(run)).result, "'late'");
});

test("what a late timer or promise prints belongs to its own cell", async () => {
  const first = await session.run("setTimeout(() => console.log('from the first'), 50); 1");
  const second = await session.run("await new Promise(r => setTimeout(r, 100)); console.log('from the second')");
  const run = first.done.run;
  await session.until(streamOf(run, "from the first"));
  assert.equal(second.stdout, "from the second\n");
});

test("what native code and child processes write comes through the process's own stdout and stderr", async () => {
  const cell = `
    const { execSync, spawn } = await import("node:child_process")
    const { writeSync } = await import("node:fs")
    execSync("echo from a child", { stdio: "inherit" }); writeSync(1, "native write\\n"); writeSync(2, "native error\\n")
    await new Promise(done => spawn("sh", ["-c", "echo spawned >&2"], { stdio: "inherit" }).on("exit", done))`;
  await session.run(cell);
  for (const part of ["from a child\n", "native write\n", "native error\n", "spawned\n"]) {
    await session.eventually(() => session.native.includes(part) || undefined, `${part} did not come`);
  }
});

test("cells do not see the channel to the kernel", async () => {
  assert.equal((await session.run("process.send")).result, undefined);
});

test("a flood of lines arrives whole and in order", async () => {
  const { stdout, done } = await session.run("for (let i = 0; i < 50_000; i++) console.log(i)");
  assert.equal(done.outcome.status, "ok");
  assert.equal(stdout, Array.from({ length: 50_000 }, (_, i) => `${i}\n`).join(""));
});

test("one huge text arrives whole", async () => {
  const { stdout } = await session.run('process.stdout.write("é".repeat(5_000_000))');
  assert.equal(stdout.length, 5_000_000);
});

test("a lone surrogate and control characters pass", async () => {
  const { stdout } = await session.run("process.stdout.write('a\\ud800b\\u0000\\u2028\\n')");
  assert.equal(stdout, "a\ud800b\u0000\u2028\n");
});

test("a warning of Node's goes to the cell's stderr", async () => {
  const run = session.begin("process.emitWarning('careful')");
  await session.finished(run);
  await session.until(streamOf(run, "careful"));
});

test("whoever reads stdin is told that cells have none, at the user's line", async () => {
  const cells = [
    "for await (const line of process.stdin) console.log(line)",
    "process.stdin.on('data', () => {})",
    "process.stdin.read()",
    "process.stdin.once('readable', () => {})",
    "process.stdin.pipe(process.stdout)",
    'import readline from "node:readline"; readline.createInterface({ input: process.stdin })',
    'import { createInterface } from "node:readline/promises"; await createInterface({ input: process.stdin, output: process.stdout }).question("name? ")',
    'import { text } from "node:stream/consumers"; await text(process.stdin)',
  ];
  for (const cell of cells) {
    const { error, traceback } = await session.run(cell);
    assert.match(error?.evalue ?? "", /^Cells have no stdin: ask with input\("…"\)/, cell);
    assert.match(traceback, /cell \[\d+\]:1:/, cell);
  }
  const passive =
    'process.stdin.on("end", () => {}); process.stdin.unref?.(); process.stdin.isTTY ?? require("node:fs").readFileSync(0, "utf8")';
  assert.equal((await session.run(passive)).result, "''");
});

test("the last text of a flood comes while the cell goes on without writing", async () => {
  const cell = `
    for (let i = 0; i < 5_000; i++) console.log(i)
    console.error("now it computes")
    const shared = new Int32Array(new SharedArrayBuffer(4)); for (;;) Atomics.wait(shared, 0, 0, 20)`;
  const run = session.begin(cell);
  await session.until(streamOf(run, "now it computes"));
  session.urgent({ type: "interrupt", run });
  const { stdout, error } = await session.finished(run);
  assert.equal(stdout, Array.from({ length: 5_000 }, (_, i) => `${i}\n`).join(""));
  assert.match(error?.ename ?? "", /Interrupt/);
});

test("in a flood stdout, stderr and displays keep their order, and few events carry them", async () => {
  const { events } = await session.run(`
    for (let i = 0; i < 3_000; i++) console.log(i)
    console.error("e")
    for (let i = 0; i < 3_000; i++) console.log(i)
    clearOutput({ wait: true })
    for (let i = 0; i < 3_000; i++) console.log(i)`);
  const parts: string[] = [];
  for (const event of events) {
    const part = event.type === "stream" ? event.name : event.type;
    if (parts.at(-1) !== part) parts.push(part);
  }
  assert.deepEqual(parts, ["stdout", "stderr", "stdout", "clear_output", "stdout", "done"]);
  assert.ok(events.length < 2000, `${events.length} events`);
});

test("an interrupt of a flood loses and doubles nothing that was written before", async () => {
  for (let round = 0; round < 5; round++) {
    const run = session.begin("globalThis.last = -1; for (let i = 0; ; i++) { console.log(i); last = i }");
    await session.until(streamOf(run, "2000\n"));
    session.urgent({ type: "interrupt", run });
    const { stdout } = await session.finished(run);
    const last = Number((await session.run("last")).result);
    const lines = stdout.trimEnd().split("\n");
    assert.ok(stdout.endsWith("\n"));
    // The one that was interrupted may have been written or not.
    assert.ok(lines.length === last + 1 || lines.length === last + 2, `${lines.length} lines, the last was ${last}`);
    assert.equal(
      lines.findIndex((line, index) => line !== String(index)),
      -1,
    );
  }
});

test("a flood arrives whole where the cell ends the process", async () => {
  const ends = ["process.exit(3)", "process.kill(process.pid, 'SIGKILL')"];
  await Promise.all(
    ends.map(async (end) => {
      await using other = new SessionProcess();
      const run = other.begin(`for (let i = 0; i < 2_000; i++) console.log(i); ${end}`);
      // All that lies in the pipes has been read then.
      await once(other.child, "close");
      const whole = Array.from({ length: 2_000 }, (_, i) => `${i}\n`).join("");
      const text = () =>
        other.events.map((event) => (event.type === "stream" && event.run === run ? event.text : "")).join("");
      assert.equal(text(), whole, end);
    }),
  );
});

test("what a loop prints does not fill the memory while it runs", async () => {
  const { result, stdout } = await session.run(`
    const { setFlagsFromString } = await import("node:v8"); const { runInNewContext } = await import("node:vm")
    setFlagsFromString("--expose-gc"); const gc = runInNewContext("gc")
    gc(); const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 100_000; i++) console.log("x")
    gc(); const growth = process.memoryUsage().heapUsed - before; growth < 5e6 ? "bounded" : growth`);
  assert.equal(result, "'bounded'");
  assert.equal(stdout.length, 200_000);
});

test("a callback is called for every text that was written with it", async () => {
  const { result } = await session.run(`
    let calls = 0; const count = () => calls++
    for (let i = 0; i < 25_000; i++) process.stdout.write(".", count)
    await new Promise(done => process.stdout.write("", done))
    process.stdout.write("", count); await new Promise(done => process.stdout.write("", done)); calls`);
  assert.equal(result, "25001");
});

test("what a worker prints belongs to the cell that started it, also when a later cell asks for it", async () => {
  const { done } = await session.run(`
    import { Worker } from "node:worker_threads"
    var worker = new Worker(
      'const { parentPort } = require("node:worker_threads"); console.log("out"); console.error("err");' +
      'parentPort.on("message", (text) => console.log("heard " + text))', { eval: true })
    0`);
  const run = done.run;
  await session.until(streamOf(run, "err"));
  const later = await session.run('worker.postMessage("it"); console.log("own")');
  await session.until(streamOf(run, "heard it"));
  assert.equal(later.stdout, "own\n");
  await session.run("await worker.terminate()");
});

test("what a handler of an event from outside prints belongs to the cell that set it", async () => {
  const { done } = await session.run(`
    import { createServer } from "node:http"
    var server = createServer((request, response) => { console.log("asked for " + request.url); response.end("page") })
    await new Promise((done) => server.listen(0, "127.0.0.1", done)); 0`);
  const later = await session.run(`
    console.log(await (await fetch("http://127.0.0.1:" + server.address().port + "/a")).text()); server.close(); 0`);
  await session.until(streamOf(done.run, "asked for /a"));
  assert.equal(later.stdout, "page\n");
});
