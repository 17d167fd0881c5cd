import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { inspect } from "node:util";
import { openSpark } from "../../../../runtime/engine/spark/spark.ts";
import { count, type DataFrame, range, read, StorageLevel, spark, sql, table, use } from "../../../../runtime/index.ts";
import { complete, fakeSpark, usualAnswer } from "../../../helpers/fake-spark.ts";
import { sharedSpark } from "../../../helpers/shared-spark.ts";
import { type SparkServer, sparkParts } from "../../../helpers/spark-server.ts";

const { skip } = sparkParts();
// The server of the tests is on this machine, so its paths are ours.
const folder = mkdtempSync(join(tmpdir(), "quern-"));
const database = `quern_writing_${process.pid}`;
let server: SparkServer;

before(async () => {
  if (skip) return;
  server = await sharedSpark();
  await use(server.address);
  await spark.conf.set("spark.quern.sql.dialect", "spark");
  await sql(`CREATE DATABASE ${database}`).collect();
  await sql(`USE ${database}`).collect();
});

after(async () => {
  if (!skip) {
    await sql(`DROP DATABASE IF EXISTS ${database} CASCADE`).collect();
    await spark.stop();
    await server.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

let paths = 0;
const fresh = () => join(folder, `out ${++paths}`);
const rows = (): DataFrame<any> => range(6).select((f) => ({ id: f.id, part: f.id.mod(2) }));
const plan = async (frame: DataFrame<any>) => inspect(await frame.explain());
const ids = async (frame: DataFrame<any>) => (await frame.orderBy("id").collect()).map(({ id }) => Number(id));

test("every format of files is written and read by the server", { skip }, async () => {
  for (const format of ["parquet", "csv", "json", "orc"] as const) {
    const path = fresh();
    await rows().write[format](path);
    const reader = read.schema("id LONG, part LONG");
    const again = format === "orc" ? reader.format("orc").load(path) : reader[format](path);
    assert.deepEqual(await ids(again), [0, 1, 2, 3, 4, 5], format);
  }
  const path = fresh();
  await sql("SELECT 'a,b' AS line UNION ALL SELECT ''").write.text(path);
  assert.deepEqual((await read.text(path).collect()).map(({ value }) => value).toSorted(), ["", "a,b"]);
});

test("modes, partitions and options are Spark's, and a write says what it knows", { skip }, async () => {
  const path = fresh();
  const written = await rows().write.parquet(path);
  assert.deepEqual(Object.keys(written), ["path", "engine"]);
  assert.equal(written.rows, undefined);
  assert.match(
    inspect(written),
    /^Wrote .*out \d+ on Spark at 127\.0\.0\.1:\d+ \(the server does not tell how many rows\)$/,
  );
  await assert.rejects(rows().write.parquet(path), (error: any) => {
    assert.equal(error.code, "PATH_ALREADY_EXISTS");
    return error.stack.includes("writing.test.ts");
  });
  assert.match(inspect(await rows().write.mode("ignore").parquet(path)), /unless it was there/);
  await rows().write.mode("append").parquet(path);
  assert.equal(await read.parquet(path).count(), 12);
  await rows().write.mode("overwrite").partitionBy("part").option("compression", "gzip").parquet(path);
  assert.equal(await read.parquet(`${path}/part=1/*.gz.parquet`).count(), 3);
  await assert.rejects(rows().write.mode("overwrite").partitionBy("other").parquet(path), /`other` not found/);
});

test("a format that the server does not have is its own clear error, for writing and for reading", {
  skip,
}, async () => {
  const code = "DATA_SOURCE_NOT_FOUND";
  await assert.rejects(rows().write.format("delta").save(fresh()), { code, message: /data source: delta/ });
  await assert.rejects(read.format("delta").load(folder).count(), { code });
  // The names of a database's own properties go as they were written, and without a path.
  await assert.rejects(
    rows().write.format("jdbc").option("url", "jdbc:none:x").option("dbtable", "t").save(),
    /No suitable driver/,
  );
  await assert.rejects(read.format("jdbc").option("url", "jdbc:none:x").option("dbtable", "t").load().count());
});

test("tables are made, added to, replaced and inserted into", { skip }, async () => {
  const write = (frame: DataFrame<any>) => frame.write;
  assert.match(inspect(await write(rows()).saveAsTable("t")), /^Wrote table t on Spark/);
  await assert.rejects(write(rows()).saveAsTable("t"), { code: "TABLE_OR_VIEW_ALREADY_EXISTS" });
  await write(rows()).mode("ignore").saveAsTable("t");
  // By name, and then by position.
  await write(range(6, 7).selectExpr("0L AS part", "id")).mode("append").saveAsTable("t");
  await write(range(7, 8).selectExpr("id AS other", "1L AS part")).insertInto("t");
  assert.deepEqual(await ids(table("t")), [0, 1, 2, 3, 4, 5, 6, 7]);
  await write(rows().limit(2)).mode("overwrite").insertInto("t");
  assert.deepEqual(await ids(spark.read.table("t")), [0, 1]);
  await write(rows()).mode("overwrite").format("orc").bucketBy(2, "id").sortBy("id").saveAsTable("t");
  const told = inspect(await sql("DESCRIBE EXTENDED t").collect());
  assert.match(told, /orc/);
  assert.match(told, /Num Buckets[^}]*2/);
  await assert.rejects(write(rows()).insertInto("no_such"), { code: "TABLE_OR_VIEW_NOT_FOUND" });
  await assert.rejects(write(rows()).bucketBy(2, "id").parquet(fresh()), /does not support bucketBy/);
});

test("a cached frame is computed once, and any plan over it reads Spark's cache", { skip }, async () => {
  const path = fresh();
  await rows().write.parquet(path);
  const cached = read.parquet(path).filter("id > 0").cache();
  assert.equal(spark.storage[0]?.state, "marked");
  assert.equal(await cached.count(), 5);
  assert.deepEqual({ ...spark.storage[0], schema: undefined, name: "" }, {
    name: "",
    state: "stored",
    level: "MEMORY_AND_DISK",
    schema: undefined,
  } as object);
  const over = () =>
    cached
      .join(read.parquet(path).select("id"), "id")
      .groupBy("id")
      .agg(() => ({ n: count() }));
  assert.match(await plan(over()), /InMemoryTableScan/);
  assert.equal(await over().count(), 5);
  // Queries that bring other relations along have not pushed it out.
  assert.match(await plan(read.parquet(path).filter("id > 0").filter("id < 3")), /InMemoryTableScan/);
  // Spark computes anew what it has cached of a path that it writes to.
  await rows().write.mode("append").parquet(path);
  assert.equal(await cached.count(), 10);
  assert.match(await plan(over()), /InMemoryTableScan/);
  const names = (await spark.catalog.listTables()).map(({ name }) => name);
  assert.ok(!names.some((name) => name.startsWith("quern")), names.join());
  cached.unpersist();
  assert.doesNotMatch(await plan(over()), /InMemoryTableScan/);
  assert.equal(await cached.count(), 10);
  assert.deepEqual(spark.storage, []);
});

test("rows that come out anew each time stay what they were when they are cached, and one cache feeds another", {
  skip,
}, async () => {
  const random = sql("SELECT id, rand() AS r FROM range(5)").persist(StorageLevel.MEMORY_ONLY);
  const first = await random.orderBy("id").collect();
  assert.deepEqual(await random.orderBy("id").collect(), first);
  const half = random.filter("id < 3").persist(StorageLevel.DISK_ONLY);
  assert.deepEqual(await half.orderBy("id").collect(), first.slice(0, 3));
  await spark.catalog.clearCache();
  assert.equal(half.storageLevel, StorageLevel.NONE);
  assert.notDeepEqual(await random.orderBy("id").collect(), first);
});

test("the catalog says what is cached, whoever has cached it", { skip }, async () => {
  await rows().write.mode("overwrite").saveAsTable("cached_table");
  const { catalog } = spark;
  assert.equal(await catalog.isCached("cached_table"), false);
  catalog.cacheTable("cached_table");
  assert.equal(await catalog.isCached("cached_table"), true);
  assert.equal(await table("cached_table").count(), 6);
  catalog.uncacheTable("cached_table");
  assert.equal(await catalog.isCached("cached_table"), false);
  await sql("CACHE TABLE cached_table").collect();
  assert.equal(await catalog.isCached("cached_table"), true);
  await sql("UNCACHE TABLE cached_table").collect();
  await assert.rejects(catalog.isCached("no_such"), { code: "TABLE_OR_VIEW_NOT_FOUND" });
});

test("a checkpoint is its rows and a table, until it is released; without a folder the server refuses a reliable one", {
  skip,
}, async () => {
  const random = sql("SELECT id, rand() AS r FROM range(5)");
  const local = await random.localCheckpoint("points");
  assert.match(await plan(local), /ExistingRDD/);
  assert.equal(local.storageLevel, StorageLevel.MEMORY_AND_DISK);
  assert.deepEqual(await table("points").orderBy("id").collect(), await local.orderBy("id").collect());
  assert.deepEqual(
    spark.storage.map(({ name, state, rows: known }) => [name, state, known]),
    [["points", "stored", undefined]],
  );
  local.unpersist();
  await assert.rejects(local.count(), { code: "ROWS_LOST" });
  assert.deepEqual(spark.storage, []);
  await assert.rejects(random.checkpoint(), { code: "NO_CHECKPOINT_FOLDER", message: /localCheckpoint\(\)/ });
});

test("settings have the server's defaults and its errors", { skip }, async () => {
  const { conf } = spark;
  assert.equal(conf.get("spark.sql.shuffle.partitions"), "2");
  assert.equal(conf.get("spark.sql.ansi.enabled"), "true");
  assert.match(conf.get("spark.master"), /^local/);
  assert.equal(conf.get("no.such", "otherwise"), "otherwise");
  assert.throws(() => conf.get("spark.sql.shuffel.partitions"), /Did you mean "spark\.sql\.shuffle\.partitions"/);
  const size = "spark.sql.files.maxPartitionBytes";
  const before = conf.get(size);
  await conf.set(size, "1000000");
  assert.equal(conf.get(size), "1000000");
  await sql(`SET ${size} = 2000000`).collect();
  assert.equal(conf.get(size), "2000000");
  await conf.unset(size);
  assert.equal(conf.get(size), before);
  assert.equal(await conf.isModifiable(size), true);
  assert.equal(await conf.isModifiable("spark.sql.warehouse.dir"), false);
  await assert.rejects(conf.set("spark.sql.warehouse.dir", "x"), { code: "CANNOT_MODIFY_STATIC_CONFIG" });
  await assert.rejects(conf.unset("spark.sql.warehouse.dir"), { code: "CANNOT_MODIFY_STATIC_CONFIG" });
  await assert.rejects(conf.set(size, "many"), { code: /^INVALID_CONF_VALUE/ });
  assert.equal(conf.get(size), before);
});

test("in another session a cached frame is computed again, and a checkpoint says that it is lost", {
  skip,
}, async () => {
  const address = `${server.address}/;session_id=${crypto.randomUUID()}`;
  const before = server.address;
  await use(address);
  const cached = range(40).filter("id > 30").cache();
  assert.equal(await cached.count(), 9);
  const local = await range(3).localCheckpoint();
  // Another client of the same session ends it.
  await (await openSpark(address)).close();
  await range(1)
    .count()
    .catch((error) => assert.match(error.code, /SESSION/));
  assert.equal(await cached.count(), 9);
  assert.match(await plan(cached), /InMemoryTableScan/);
  await assert.rejects(local.count(), { code: "ROWS_LOST", message: /make it again/ });
  cached.unpersist();
  await use(before);
});

test("stop() takes what was cached out of the server's memory, and ends the session there", async () => {
  const asked: string[] = [];
  const fake = await fakeSpark({
    analyzePlan: (request) => {
      asked.push(request.analyze.case ?? "");
      return usualAnswer(request);
    },
    async *executePlan() {
      yield complete;
    },
    releaseSession: () => {
      asked.push("releaseSession");
      return {};
    },
  });
  try {
    const engine = await openSpark(fake.address);
    await engine.store({ kind: "sql", text: "SELECT 1 AS id", inputs: {} }, { level: StorageLevel.MEMORY_AND_DISK });
    await engine.close();
  } finally {
    await fake.close();
  }
  assert.deepEqual(asked.slice(-3), ["persist", "unpersist", "releaseSession"]);
});

test("a session that was stopped is no longer the server's", { skip }, async () => {
  const address = `${server.address}/;session_id=${crypto.randomUUID()}`;
  const engine = await openSpark(address);
  await engine.close();
  await assert.rejects(openSpark(address), /SESSION_CLOSED|session/);
});
