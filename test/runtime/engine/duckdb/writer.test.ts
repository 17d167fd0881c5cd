import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Progress } from "../../../../runtime/engine/engine.ts";
import type { FileFormat, Plan } from "../../../../runtime/plan/nodes.ts";
import { byOrigin, read, rowsOf, sql, tableOf, target, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const folder = testFolder();
let count = 0;
/** A path that does not exist yet, alone in its folder. */
const fresh = () => join(folder, `place ${++count}`, "täble");
const beside = (path: string) => readdirSync(join(path, ".."));
const dataFiles = (path: string) => readdirSync(path).filter((name) => name.startsWith("part-"));
const three = sql("SELECT i, 'text ' || i AS s, CASE WHEN i = 1 THEN NULL ELSE i / 2 END AS d FROM range(3) t(i)");

for (const format of ["parquet", "csv", "json"] as const satisfies readonly FileFormat[]) {
  test(`${format} is written as a folder of part files and reads back the same`, async () => {
    const path = fresh();
    const summary = await engine.write(three, target(format, path));
    assert.deepEqual(
      { ...summary, bytes: (summary.bytes ?? 0) > 0 },
      { path, rows: 3, files: 1, bytes: true, partitions: 0 },
    );
    assert.match(readdirSync(path).join(" "), new RegExp(`_SUCCESS part-00000-.*\\.${format}$`));
    assert.deepEqual(beside(path), ["täble"]);
    assert.deepEqual(await rowsOf(engine, read(format, path)), await rowsOf(engine, three));
  });

  test(`${format} partitions keep special characters and nulls, and a file without rows its columns`, async () => {
    const path = fresh();
    const plan = sql(
      "SELECT * FROM (VALUES (1, 'a/b=ü %', 1), (2, NULL, 2), (3, '', 2), (4, 'plain', 1)) t(i, \"a key\", n)",
    );
    const options = { partitionBy: ["A KEY", "n"] };
    const summary = await engine.write(plan, target(format, path, options));
    assert.equal(summary.rows, 4);
    assert.equal(summary.partitions, 3);
    await engine.createView("back", read(format, path), { replace: true });
    assert.deepEqual(await rowsOf(engine, sql('SELECT i, "a key", n FROM back ORDER BY i')), [
      [1, "a/b=ü %", 1],
      [2, null, 2],
      [3, null, 2],
      [4, "plain", 1],
    ]);
    const none = sql("SELECT 1 AS a, 'x' AS b WHERE false");
    await engine.write(none, target(format, path, { mode: "overwrite" }));
    if (format !== "json") {
      assert.deepEqual(
        (await engine.schema(read(format, path))).map((field) => field.name),
        ["a", "b"],
      );
    }
    await engine.write(none, target(format, path, { mode: "overwrite", partitionBy: ["b"] }));
    if (format !== "json") assert.equal((await engine.schema(read(format, path))).length, 2);
  });
}

test("modes: refuse, ignore, append, overwrite", async () => {
  const path = fresh();
  const rows = async () => (await tableOf(engine, read("parquet", path))).numRows;
  await engine.write(three, target("parquet", path, { mode: "append" }));
  await assert.rejects(engine.write(three, target("parquet", path)), /already exists\. Use \.mode\("overwrite"\)/);
  const ignored = await engine.write(three, target("parquet", path, { mode: "ignore" }));
  assert.equal(ignored.rows, 0);
  assert.equal(await rows(), 3);
  await engine.write(three, target("parquet", path, { mode: "append" }));
  assert.equal(await rows(), 6);
  assert.equal(dataFiles(path).length, 2);
  await engine.write(three, target("parquet", path, { mode: "overwrite" }));
  assert.equal(await rows(), 3);
  assert.deepEqual(beside(path), ["täble"]);
});

test("appended partitions join those that are there", async () => {
  const path = fresh();
  const part = (n: number) => sql(`SELECT ${n} AS a, i AS k FROM range(2) t(i)`);
  for (const n of [1, 2]) await engine.write(part(n), target("parquet", path, { mode: "append", partitionBy: ["k"] }));
  assert.equal((await tableOf(engine, read("parquet", path))).numRows, 4);
  assert.deepEqual(readdirSync(path), ["_SUCCESS", "k=0", "k=1"]);
});

test("a path may be overwritten by a plan that reads it, even while its rows are being read", async () => {
  const path = fresh();
  const many = sql("SELECT i, i % 50 AS k FROM range(500000) t(i)");
  await engine.write(many, target("parquet", path, { partitionBy: ["k"] }));
  const { batches } = await engine.execute(read("parquet", path));
  const iterator = batches[Symbol.asyncIterator]();
  let rows = (await iterator.next()).value.numRows;
  const few: Plan = { kind: "limit", input: read("parquet", path), count: 10, offset: 0 };
  await engine.write(few, target("parquet", path, { mode: "overwrite" }));
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) rows += next.value.numRows;
  assert.equal(rows, 500_000);
  assert.equal((await tableOf(engine, read("parquet", path))).numRows, 10);
});

test("a write that fails or is interrupted leaves the target as it was and nothing beside it", async () => {
  const path = fresh();
  await engine.write(three, target("parquet", path));
  const before = readdirSync(path);
  const overwrite = target("parquet", path, { mode: "overwrite" });
  const failing = sql("SELECT CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INT AS a FROM range(1000000) t(i)");
  await assert.rejects(engine.write(failing, overwrite), /The value 'x' is no/);
  const controller = new AbortController();
  const slow = sql("SELECT a.range AS i FROM range(100000000) a, range(100) b");
  const running = engine.write(slow, overwrite, { signal: controller.signal });
  const started = () => beside(path).some((name) => name.includes(".quern-staging-"));
  while (!started()) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  await assert.rejects(running, { name: "InterruptedError" });
  assert.deepEqual(readdirSync(path), before);
  assert.deepEqual(beside(path), ["täble"]);
  const deep = join(folder, "made for it", "and this", "table");
  await assert.rejects(engine.write(failing, target("parquet", deep)));
  assert.ok(!existsSync(join(folder, "made for it")));
});

test("a process killed in the middle of an overwrite leaves the old data, and its leftovers go at the next read", async () => {
  const path = fresh();
  await engine.write(three, target("parquet", path));
  const child = fork(join(import.meta.dirname, "overwrite-child.ts"), [path], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!beside(path).some((name) => name.includes(`-${child.pid}-`)))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGKILL");
  await ended;
  assert.ok(beside(path).length > 1);
  assert.equal((await tableOf(engine, read("parquet", path))).numRows, 3);
  assert.deepEqual(beside(path), ["täble"]);
});

test("a crash between the renames of a swap is completed by the next read", async () => {
  const path = fresh();
  const next = fresh();
  await engine.write(three, target("parquet", path));
  await engine.write(byOrigin(), target("parquet", next));
  const dead = await deadProcess();
  const host = (await import("node:os")).hostname().replaceAll(/[^\w.]/g, "_");
  const side = (step: string) => join(path, "..", `.täble.quern-${step}-${host}-${dead}-0123abcd`);
  renameSync(path, side("old"));
  renameSync(next, side("ready"));
  assert.equal((await tableOf(engine, read("parquet", path))).numRows, 229);
  assert.deepEqual(beside(path), ["täble"]);
  // An append that was cut off in between gets the rest of its files.
  await engine.write(byOrigin(), target("parquet", next));
  renameSync(next, side("append"));
  assert.equal(dataFiles(path).length, 1);
  await tableOf(engine, read("parquet", path));
  assert.equal(dataFiles(path).length, 2);
  // Without the new data, the old one comes back.
  renameSync(path, side("old"));
  assert.ok((await tableOf(engine, read("parquet", path))).numRows >= 229);
  assert.equal(dataFiles(path).length, 2);
});

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = fork(join(import.meta.dirname, "overwrite-child.ts"), [], { stdio: "ignore" });
  child.kill("SIGKILL");
  await once(child, "exit");
  return child.pid as number;
}

test("targets that cannot be are refused with the reason", async () => {
  mkdirSync(join(folder, "files"));
  const path = join(folder, "files", "a file");
  writeFileSync(path, "text");
  const cases: [Promise<unknown>, RegExp][] = [
    [engine.write(three, target("parquet", path)), /"a file"|a file" already exists/],
    [engine.write(three, target("parquet", path, { mode: "append" })), /is a file: only folders can be appended to/],
    [engine.write(three, target("parquet", join(path, "below"))), /a part of the path is a file/],
    [engine.write(three, target("parquet", ".", { mode: "overwrite" })), /is the working folder or above it/],
    [engine.write(three, target("parquet", "/", { mode: "overwrite" })), /is the working folder or above it/],
    [engine.write(three, target("parquet", fresh(), { partitionBy: ["S", "nope"] })), /there is no column "nope"/],
    [engine.write(three, target("parquet", fresh(), { partitionBy: ["i", "s", "d"] })), /names all columns/],
    [engine.write(sql("SELECT [1] AS l"), target("csv", fresh())), /CSV cannot hold the array column "l"/],
    [engine.write(three, target("csv", fresh(), { options: { delimeter: ";" } })), /Did you mean "delimiter"/],
    [engine.write(three, target("parquet", "s3://bucket/x")), /is no local path/],
  ];
  for (const [written, message] of cases) await assert.rejects(written, message);
  assert.equal(readFileSync(path, "utf8"), "text");
  await engine.write(three, target("parquet", path, { mode: "overwrite" }));
  assert.ok(statSync(path).isDirectory());
});

test("a folder without permission is named", {
  skip: process.platform === "win32" && "no such permissions",
}, async () => {
  const place = join(folder, "closed");
  mkdirSync(place, { mode: 0o555 });
  chmodSync(folder, 0o755);
  // Root may write anywhere: the child is somebody else then.
  const asUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const child = fork(join(import.meta.dirname, "overwrite-child.ts"), [join(place, "out")], {
    silent: true,
    ...asUser,
  });
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  await once(child, "close");
  assert.match(output, /"[^"]*closed\/out" cannot be written: no permission for the folder "[^"]*closed"\./);
});

test("the last report of progress holds the rows that were written, and says so", async () => {
  const seen: Progress[] = [];
  await engine.write(three, target("parquet", fresh()), { onProgress: (progress) => seen.push(progress) });
  assert.deepEqual(seen.at(-1), { fraction: 1, rowsProcessed: 3, isFinal: true });
  assert.deepEqual(
    seen.slice(0, -1).filter(({ isFinal }) => isFinal),
    [],
  );
});

test("a place where no folder can be made is an error, and ends", {
  skip: process.platform !== "linux" && "there is no /proc",
  timeout: 180_000,
}, async () => {
  await assert.rejects(engine.write(three, target("parquet", "/proc/quern/a/out")), {
    name: "EngineError",
    message: /^"\/proc\/quern\/a\/out" cannot be written: no folder can be made there \(.*'\/proc\/quern'\)\.$/,
  });
});

test("options of the text formats are Spark's", async () => {
  const path = fresh();
  const plan = sql("SELECT 1 AS a, NULL::VARCHAR AS b, DATE '2024-01-31' AS d");
  const options = { header: "false", sep: ";", nullvalue: "NA", dateformat: "dd.MM.yyyy", compression: "none" };
  await engine.write(plan, target("csv", path, { options }));
  assert.equal(readFileSync(join(path, dataFiles(path)[0] as string), "utf8"), "1;NA;31.01.2024\n");
  const zipped = fresh();
  await engine.write(plan, target("json", zipped, { options: { compression: "gzip" } }));
  assert.match(dataFiles(zipped)[0] as string, /\.json\.gz$/);
  assert.equal((await tableOf(engine, read("json", zipped))).numRows, 1);
});
