import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { inspect } from "node:util";
import { type DataFrame, range, read, StorageLevel, spark, sql, table } from "../../../runtime/index.ts";

const folder = mkdtempSync(join(tmpdir(), "quern-"));

after(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

const ids = async (frame: DataFrame<any>) => (await frame.orderBy("id").collect()).map(({ id }) => id);

test("saveAsTable makes a table that table() and SQL text read, by the mode", async () => {
  const frame = range(3).select((f) => ({ id: f.id, text: f.id.cast("string") }));
  assert.equal(inspect(await frame.write.saveAsTable("saved")), "Wrote table saved: 3 rows");
  assert.deepEqual(await ids(table("saved")), [0, 1, 2]);
  assert.deepEqual(await sql("SELECT max(text) AS t FROM saved").collect(), [{ t: "2" }]);
  await assert.rejects(frame.write.saveAsTable("Saved"), { code: "EXISTS", message: /mode\("overwrite"\)/ });
  await frame.limit(1).write.mode("ignore").saveAsTable("saved");
  assert.equal(await table("saved").count(), 3);
  // By name, in whatever order.
  await frame.select("text", "id").write.mode("append").saveAsTable("saved");
  assert.deepEqual(await ids(table("saved")), [0, 0, 1, 1, 2, 2]);
  await assert.rejects(frame.select("id").write.mode("append").saveAsTable("saved"), /lacks text/);
  await table("saved").filter("id > 0").write.mode("overwrite").saveAsTable("saved");
  assert.deepEqual(await ids(table("saved")), [1, 1, 2, 2]);
  assert.deepEqual(await ids(spark.read.table("saved")), [1, 1, 2, 2]);
});

test("insertInto adds rows by position, or replaces them, also those that it reads", async () => {
  const frame = range(2).select((f) => ({ id: f.id, other: f.id.plus(10) }));
  await assert.rejects(frame.write.insertInto("target"), { code: "NO_TABLE", message: /saveAsTable\("target"\)/ });
  await frame.write.saveAsTable("target");
  await frame.selectExpr("other AS a", "id AS b").write.insertInto("target");
  assert.deepEqual(await ids(table("target")), [0, 1, 10, 11]);
  await assert.rejects(frame.select("id").write.insertInto("target"), /has 2 columns and the frame 1/);
  await table("target").filter("id > 1").write.mode("overwrite").insertInto("target");
  assert.deepEqual(await ids(table("target")), [10, 11]);
  await frame.limit(1).write.insertInto("target", true);
  assert.deepEqual(await ids(table("target")), [0]);
  await frame.write.mode("overwrite").insertInto("target", false);
  assert.deepEqual(await ids(table("target")), [0, 0, 1]);
  await frame.write.saveAsTable("target", "parquet", "overwrite");
  assert.deepEqual(await ids(table("target")), [0, 1]);
  await assert.rejects(async () => (frame.write as any).insertInto("target", "overwrite"), { code: "WRITE" });
});

test("a write into a table that fails leaves it as it was", async () => {
  await range(3).write.saveAsTable("whole");
  const failing = sql("SELECT CASE WHEN id = 2 THEN error('broken') ELSE id END AS id FROM range(3) t(id)");
  for (const mode of ["overwrite", "append"] as const) {
    await assert.rejects(failing.write.mode(mode).saveAsTable("whole"), /broken/);
    await assert.rejects(failing.write.mode(mode).insertInto("whole"), /broken/);
  }
  assert.deepEqual(await ids(table("whole")), [0, 1, 2]);
  await range(1).createOrReplaceTempView("seen");
  await assert.rejects(range(1).write.mode("overwrite").saveAsTable("seen"), /"seen" is a view/);
});

test("formats and layouts that only a cluster has are refused with the way there", async () => {
  await assert.rejects(range(1).write.format("delta").save(join(folder, "d")), /not "delta".*use\("sc:\/\/host/);
  await assert.rejects(read.format("orc").load(folder).count(), { code: "FORMAT", message: /use\("sc:/ });
  await assert.rejects(range(1).write.bucketBy(4, "id").saveAsTable("b"), /bucketBy lays out the files of a cluster/);
  assert.throws(() => read.format("prquet"), /Did you mean "parquet"/);
  assert.throws(() => range(1).write.bucketBy(0, "id"), /number of buckets/);
  await assert.rejects(range(1).write.save(), { code: "PATH" });
});

test("text files are read line by line", async () => {
  const path = join(folder, "lines.txt");
  writeFileSync(path, 'a,"b\n\nlast \\ one\r\nend');
  const lines = async (frame: DataFrame<any>) => (await frame.collect()).map(({ value }) => value);
  assert.deepEqual(await lines(read.text(path)), ['a,"b', "", "last \\ one", "end"]);
  assert.equal((await lines(read.option("wholeText", true).format("text").load(path))).length, 1);
  assert.deepEqual(await read.schema("line STRING").text(path).columns(), ["line"]);
  await assert.rejects(read.option("header", true).text(path).count(), /no option of read\.text/);
});

test("a local checkpoint is its rows, held in memory until it is released", async () => {
  const frame = sql("SELECT id, random() AS r FROM range(4) t(id)");
  const local = await frame.localCheckpoint("nearby");
  assert.deepEqual(await local.orderBy("id").collect(), await table("nearby").orderBy("id").collect());
  assert.equal(local.storageLevel, StorageLevel.MEMORY_AND_DISK);
  assert.equal(spark.storage.find(({ name }) => name === "nearby")?.rows, 4);
  local.unpersist();
  await assert.rejects(table("nearby").count());
  const { catalog } = spark;
  assert.equal(await catalog.isCached("nearby").catch(() => false), false);
  await range(2).write.saveAsTable("held");
  catalog.cacheTable("held");
  assert.equal(await catalog.isCached("held"), true);
  await catalog.clearCache();
  assert.equal(await catalog.isCached("held"), false);
});

test("what a write has done is a line of text, and numbers for programs", async () => {
  const path = join(folder, "told");
  const written = await range(4)
    .select((f) => ({ id: f.id, part: f.id.mod(2) }))
    .write.partitionBy("part")
    .parquet(path);
  assert.equal(
    inspect(written),
    `Wrote ${path}: 4 rows, 2 files, 2 partitions, ${written.bytes?.toLocaleString("en-US")} bytes`,
  );
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(written))), ["path", "rows", "files", "bytes", "partitions"]);
  assert.equal(inspect(await range(4).write.mode("ignore").parquet(path)), `Left ${path} as it was`);
});

test("settings say whether they can be changed", async () => {
  assert.equal(await spark.conf.isModifiable("spark.sql.shuffle.partitions"), true);
  assert.equal(await spark.conf.isModifiable("spark.driver.memory"), false);
  assert.equal(await spark.conf.isModifiable("threads"), true);
  assert.equal(await spark.conf.isModifiable("thraeds"), false);
});
