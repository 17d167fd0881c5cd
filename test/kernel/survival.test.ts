import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { type JupyterClient, realKernel, startKernel } from "../helpers/jupyter-client.ts";
import { groupEnded, groupMembers } from "../helpers/processes.ts";

// A temp folder of its own, so that what is left in it is this kernel's.
const temp = mkdtempSync(join(tmpdir(), "quern-survival-"));
const kernel = await startKernel({ program: realKernel, env: { TMPDIR: temp, QUERN_HEAP: "150MB" } });
after(async () => {
  await kernel[Symbol.asyncDispose]();
  rmSync(temp, { recursive: true, force: true });
});

async function result(code: string, on: JupyterClient = kernel): Promise<string> {
  const { reply, iopub } = await on.execute(code);
  assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
  const shown = iopub.find(({ type }) => type === "execute_result")?.content.data["text/plain"];
  return stripVTControlCharacters(String(shown));
}

async function crash(code = "process.exit(1)"): Promise<string> {
  const { reply } = await kernel.execute(code);
  assert.equal(reply.ename, "SessionEnded");
  return stripVTControlCharacters(reply.traceback.join("\n"));
}

const keptRows = () => folders().flatMap((folder) => readdirSync(join(temp, folder, "kept")));

const folders = () => readdirSync(temp).filter((name) => name.startsWith("quern-"));

test("settings and the working folder outlive a crash; what the engine refuses is not remembered", async () => {
  await result(`await spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo"); process.chdir("/usr"); 1`);
  await result(`spark.conf.set("threads", "none").catch(() => 1)`);
  await crash();
  const settings = `[process.cwd(), spark.conf.get("threads", "?"), spark.conf.timeZone].join()`;
  assert.equal(await result(settings), "'/usr,?,Asia/Tokyo'");
  assert.equal(await result(`(await sql("select current_setting('TimeZone') z").collect())[0].z`), "'Asia/Tokyo'");
});

test("frames on disk and checkpoints are there again under their names, and nothing is computed twice", async () => {
  const define = `const late = range(1000).withColumn("r", () => expr("random()")).persist(StorageLevel.DISK_ONLY);`;
  await result(
    `${define} const firsts = await range(5).checkpoint("five"); const warm = range(9).cache(); await warm.count()`,
  );
  const before = await result("(await late.agg((f) => sum(f.r)).collect())[0]");
  const told = await crash();
  assert.match(told, /What was on disk is there again; what was cached in memory is computed again at its first use\./);
  assert.match(told, /late \(1,000 rows, .*\): cell \[\d+\], line 1: const late = range/);
  assert.match(told, /firsts \(5 rows, .*\): table\("five"\)/);
  assert.match(told, /To be computed again.*:\n {2}warm: cell \[\d+\], line 1/);
  assert.equal(await result("(await late.agg((f) => sum(f.r)).collect())[0]"), before);
  assert.equal(await result("(await sql('select count(*) n from five').collect())[0].n + await firsts.count()"), "10");
  // The same line again finds the rows.
  await result(`${define} 1`);
  assert.equal(await result("(await late.agg((f) => sum(f.r)).collect())[0]"), before);
  await crash("process.kill(process.pid, 'SIGKILL')");
  assert.equal(await result("(await late.agg((f) => sum(f.r)).collect())[0]"), before);
  await result("late.unpersist(); firsts.unpersist(); await range(1).count()");
  assert.equal(await result("spark.storage.length"), "0");
  assert.deepEqual(keptRows(), []);
});

test("a variable that stands for something else when the crash comes is not brought back", async () => {
  await result(`let rows = range(4).persist(StorageLevel.DISK_ONLY); await rows.count()`);
  await result("rows = range(7); 1");
  assert.match(await crash(), /range\[.*\] \(4 rows/);
  assert.equal(await result("typeof rows"), "'undefined'");
  await result("await spark.catalog.clearCache(); 1");
  assert.deepEqual(keptRows(), []);
});

test("a crash while rows are written leaves nothing half", async () => {
  const slow = `range(2e8).withColumn("r", () => expr("random()")).persist(StorageLevel.DISK_ONLY)`;
  const { reply } = await kernel.execute(
    `const watch = setInterval(() => {
       const { readdirSync } = process.getBuiltinModule("node:fs");
       const kept = readdirSync(${JSON.stringify(temp)}).find((name) => name.includes("-${kernel.child.pid}-")) + "/kept";
       if (readdirSync(${JSON.stringify(temp)} + "/" + kept).length > 0) process.kill(process.pid, "SIGKILL");
     }, 2);
     await ${slow}.count()`,
  );
  assert.match(reply.evalue, /it was killed \(SIGKILL\)/);
  assert.equal(await result("spark.storage.length"), "0");
  assert.deepEqual(keptRows(), []);
});

test("the programs of cells do not see what the kernel gives to its session", async () => {
  const ofTests = Object.keys(process.env).filter((name) => name.startsWith("QUERN_"));
  assert.equal(
    await result("Object.keys(process.env).filter((name) => name.startsWith('QUERN_')).sort().join()"),
    `'${[...ofTests, "QUERN_HEAP"].sort().join()}'`,
  );
});

test("a heap that is exhausted is told with its limit, and without V8's dump", async () => {
  const { reply, iopub } = await kernel.execute(
    "const all = []; while (true) all.push(new Array(100).fill(0).map(() => ({})))",
  );
  assert.match(reply.evalue, /ran out of JavaScript heap \(limit 150 MB\)/);
  assert.deepEqual(
    iopub.filter(({ type }) => type === "stream"),
    [],
  );
  await kernel.logged(/Last few GCs/);
});

test("errors that code of the user's makes unreadable do not end the session", async () => {
  const unreadable = "new Proxy({}, { getPrototypeOf() { throw 1 } })";
  await result(`var mark = 0, go = false; setInterval(function () {
    if (!go) return;
    clearInterval(this);
    setTimeout(() => { mark = 1 });
    throw ${unreadable};
  }, 1); 1`);
  assert.equal(await result("go = true; while (mark === 0) await new Promise(setImmediate); mark"), "1");
});

test("a cell that closes the channel of its session ends the session, not the kernel", async () => {
  const { reply } = await kernel.execute(`process.getBuiltinModule("node:fs").closeSync(3)`);
  assert.match(reply.evalue, /it closed file descriptor 3/);
  assert.equal(await result("typeof process.disconnect"), "'undefined'");
  assert.equal(folders().length, 1);
});

test("cells that wait when the session crashes are aborted, as after any error", async () => {
  const ids = [
    await kernel.begin('input("Go on?"); process.abort()', { allow_stdin: true }),
    await kernel.begin("1"),
    await kernel.begin("2"),
  ];
  const question = await kernel.eventually(() => kernel.prompts.at(-1), "nothing was asked");
  // When this is answered the kernel has received all.
  await kernel.request("is_complete_request", { code: "1" });
  await kernel.send("input_reply", { value: "yes" }, "stdin", question.header);
  const [crashed, ...others] = await Promise.all(ids.map((id) => kernel.finished(id)));
  assert.match(crashed?.reply.evalue, /native code aborted \(SIGABRT\)/);
  for (const { reply } of others) assert.equal(reply.ename, "ExecutionAborted");
  assert.equal(await result("3"), "3");
});

test("what dead kernels have left is removed at the next start, what is in use is not", async () => {
  const name = (rest: string) => join(temp, `quern-${hostname().replaceAll(/[^\w.]/g, "_")}-${rest}`);
  // The ids of processes are given out again: who began at another time is another.
  const left = [name("4194303-1-aaaaaa"), name("4194303-bbbbbb"), name(`${process.pid}-1-cccccc`)];
  for (const path of left) mkdirSync(path);
  const inUse = folders().filter((folder) => folder.includes(`-${kernel.child.pid}-`));
  await using next = await startKernel({ program: realKernel, env: { TMPDIR: temp } });
  await result("1", next);
  assert.deepEqual(
    left.filter((path) => existsSync(path)),
    [],
  );
  assert.ok(inUse.every((folder) => folders().includes(folder)));
});

test("a dead kernel that nobody asked for its end is dead all the same", {
  skip: process.platform !== "linux",
}, async () => {
  // The child ends when its parent is a program that does not ask for children.
  const child = '(while [ "$(cat /proc/$$/comm)" != sleep ]; do :; done) & echo $!; exec sleep 1000';
  using parent = spawn("sh", ["-c", child], { stdio: ["ignore", "pipe", "ignore"] });
  const [pid] = await once(parent.stdout, "data");
  const stat = () =>
    readFileSync(`/proc/${Number(pid)}/stat`, "utf8")
      .split(") ")[1]
      ?.split(" ") ?? [];
  while (stat()[0] !== "Z") await new Promise(setImmediate);
  const left = join(temp, `quern-${hostname().replaceAll(/[^\w.]/g, "_")}-${Number(pid)}-${stat()[19]}-dddddd`);
  mkdirSync(left);
  await using next = await startKernel({ program: realKernel, env: { TMPDIR: temp } });
  await result("1", next);
  assert.equal(existsSync(left), false);
});

test("when the kernel is killed, all that its session has started ends, and its folder goes", async () => {
  await using killed = await startKernel({ program: realKernel, env: { TMPDIR: temp } });
  const own = () => folders().filter((folder) => folder.includes(`-${killed.child.pid}-`));
  const pid = Number(
    await result(
      `enum Level { Low }
       const { spawn } = await import("node:child_process");
       spawn("sh", ["-c", "sleep 1000 & sleep 1000"], { stdio: "ignore" });
       (await range(5).persist(StorageLevel.DISK_ONLY).count(), process.pid)`,
      killed,
    ),
  );
  // The session, the compiler's service, the shell and two of its own.
  while (groupMembers(pid).length < 5) await new Promise(setImmediate);
  assert.equal(own().length, 1);
  killed.child.kill("SIGKILL");
  await killed.exited();
  await groupEnded(pid);
  while (own().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("nothing stays in the temp folder after a normal end", async () => {
  await result("await range(10).cache().count()");
  assert.equal(folders().length, 1, folders().join());
  await kernel.request("shutdown_request", { restart: false }, "control");
  await kernel.exited();
  assert.deepEqual(folders(), []);
});
