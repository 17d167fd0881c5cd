import assert from "node:assert/strict";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import nodeTest, { after } from "node:test";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import {
  count,
  type DataFrame,
  range,
  SparkSession,
  StorageLevel,
  spark,
  sql,
  sum,
  table,
} from "../../../runtime/index.ts";
import type { PlanOperator } from "../../../runtime/plan/explain.ts";
import { onEngines } from "../../helpers/on-engines.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

after(() => spark.stop());

/** The engine's tables that a frame's plan scans instead of computing. */
async function cachesIn(frame: DataFrame<any>): Promise<string[]> {
  const found: string[] = [];
  const visit = (operator: PlanOperator): void => {
    if (JSON.stringify(operator.details).includes("cache_") || operator.cached) found.push(operator.name);
    else operator.children.forEach(visit);
  };
  visit((await frame.explain()).tree.physical);
  return found;
}

onEngines(({ engine, spark, range, sql, table, test }) => {
  /** A Spark server does not tell how much it keeps. */
  const told = (rows: number) => (engine === "DuckDB" ? rows : undefined);

  const numbers = () => range(1000).withColumn("square", (f) => f.id.times(f.id));

  test("cache stores with the first action, and any later equal sub-plan uses it", async () => {
    const frame = numbers().cache();
    assert.deepEqual(
      spark.storage.map(({ state }) => state),
      ["marked"],
    );
    assert.equal(await frame.count(), 1000);
    const [entry] = spark.storage;
    assert.equal(entry?.state, "stored");
    assert.equal(entry?.rows, told(1000));
    assert.equal((entry?.bytes ?? 0) > 0, engine === "DuckDB");
    assert.equal((await cachesIn(frame.filter((f) => f.id.gt(5)))).length, 1);
    // Built again from nothing, and inside another plan.
    assert.equal(
      (
        await cachesIn(
          numbers()
            .groupBy("id")
            .agg((f) => ({ s: sum(f.square) })),
        )
      ).length,
      1,
    );
    assert.deepEqual(
      await numbers()
        .agg((f) => ({ s: sum(f.square), n: count() }))
        .collect(),
      [{ s: 332833500, n: 1000 }],
    );
    assert.equal((await cachesIn(range(1000))).length, 0);
    frame.unpersist();
    assert.equal((await cachesIn(frame)).length, 0);
    assert.deepEqual(spark.storage, []);
  });

  test("an outer cache is computed from an inner one", async () => {
    const inner = numbers().cache();
    const outer = inner.filter((f) => f.id.lt(10)).persist();
    assert.equal(await outer.count(), 10);
    assert.deepEqual(
      spark.storage.map(({ state, rows }) => [state, rows]),
      [
        ["stored", told(1000)],
        ["stored", told(10)],
      ],
    );
    inner.unpersist();
    assert.equal(await outer.count(), 10);
    assert.equal((await cachesIn(outer)).length, 1);
    await spark.catalog.clearCache();
    assert.deepEqual(spark.storage, []);
    assert.equal(await outer.count(), 10);
  });

  test("a view of a cached frame is served by the cache, in SQL text and by name", async () => {
    const frame = numbers().cache();
    await frame.createOrReplaceTempView("numbers");
    assert.equal(await frame.count(), 1000);
    assert.equal((await cachesIn(sql("select sum(square) s from numbers"))).length, 1);
    assert.equal((await cachesIn(table("numbers"))).length, 1);
    frame.unpersist();
    assert.deepEqual(await sql("select count(*) n from numbers").collect(), [{ n: 1000 }]);
    // Another definition of the view is not the cached one.
    sql("create or replace temp view numbers as select 1 as square");
    assert.deepEqual(await sql("select count(*) n from numbers").collect(), [{ n: 1 }]);
    assert.equal(await spark.catalog.dropTempView("numbers"), true);
    await assert.rejects(table("numbers").count(), /numbers/);
  });

  test("a frame of SQL text is cached like any other", async () => {
    const frame = sql("select 42 as x").cache();
    assert.equal(await frame.count(), 1);
    assert.equal((await cachesIn(frame.filter("x > 1"))).length, 1);
    frame.unpersist();
    assert.equal((await cachesIn(frame)).length, 0);
  });

  test("a cached plan that fails stays marked, and fails again with its own error", async () => {
    const bad = table("not there").cache();
    await assert.rejects(bad.count(), /not there/);
    assert.deepEqual(
      spark.storage.map(({ state }) => state),
      ["marked"],
    );
    await assert.rejects(bad.count(), /not there/);
    bad.unpersist();
    assert.equal(await range(1).count(), 1);
  });

  test("unpersist forgets at once, also what an earlier action is still storing", async () => {
    const frame = range(77).cache();
    frame.unpersist();
    assert.deepEqual(spark.storage, []);
    const counting = frame.cache().count();
    // Into the turn of the action, which has found the mark.
    await new Promise(setImmediate);
    frame.unpersist();
    assert.deepEqual(spark.storage, []);
    assert.equal(await counting, 77);
    frame.cache();
    frame.unpersist();
  });

  test("persist takes Spark's levels, and tells the level of a frame", async () => {
    const frame = range(12);
    assert.equal(frame.storageLevel, StorageLevel.NONE);
    assert.equal(frame.persist().storageLevel, StorageLevel.MEMORY_AND_DISK);
    await frame.count();
    // Another level takes the place of the first.
    assert.equal(frame.persist(StorageLevel.DISK_ONLY).storageLevel, StorageLevel.DISK_ONLY);
    assert.deepEqual(await frame.agg((f) => ({ s: sum(f.id) })).collect(), [{ s: 66 }]);
    assert.deepEqual(
      spark.storage.map(({ level, state, rows }) => [level, state, rows]),
      [["DISK_ONLY", "stored", told(12)]],
    );
    assert.equal(frame.unpersist().storageLevel, StorageLevel.NONE);
    assert.throws(
      () => frame.persist("DISK_ONLY" as never),
      /persist takes StorageLevel\..*DISK_ONLY, not 'DISK_ONLY'/,
    );
    assert.throws(() => frame.persist(StorageLevel.NONE), /not StorageLevel.NONE/);
  });
});

nodeTest("what an action stores for a frame that was unpersisted meanwhile is freed", async () => {
  const frame = range(77).cache();
  const counting = frame.count();
  // Into the turn of the action, which has found the mark.
  await new Promise(setImmediate);
  frame.unpersist();
  assert.equal(await counting, 77);
  const tables = await sql(
    "select table_name from duckdb_tables() where table_name like 'cache_%' and estimated_size = 77",
  );
  assert.deepEqual(await tables.collect(), []);
});

nodeTest("rows on disk have the types and values that they had", async () => {
  const text = `select * from (values
  (1::tinyint, 2::smallint, 3::integer, 4::bigint, 1.5::float, 'nan'::double, 12345678901234567890.123::decimal(38, 3),
   'é', '\\x00\\xff'::blob, date '2026-03-17', timestamptz '2026-03-17 10:00:00.123456+00', timestamp '1600-01-01 00:00:00',
   [1, null], {a: 1, b: [{c: 'x'}]}, map {'k': 1.5::decimal(4, 2)}, true),
  (null, null, null, null, '-inf', -0.0, null, '', null, null, null, null, [], null, map {}, null)
) t(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)`;
  const options = { long: "bigint", time: "Temporal" } as const;
  const expected = sql(text);
  const frame = sql(text).filter("true").persist(StorageLevel.DISK_ONLY);
  const checkpoint = await sql(text).checkpoint();
  for (const stored of [frame, checkpoint]) {
    assert.deepEqual(await stored.collect(options), await expected.collect(options));
    assert.deepEqual(await stored.schema(), await expected.schema());
  }
  frame.unpersist();
  checkpoint.unpersist();
  // What names tables is forgotten in its turn.
  await range(1).count();
  assert.deepEqual(spark.storage, []);
});

nodeTest("a checkpoint is its rows and a table; a new one of the name leaves frames of the old", async () => {
  let frame = await range(2).checkpoint("step");
  const first = frame;
  for (let i = 0; i < 3; i++) frame = await frame.union(frame).checkpoint("step");
  assert.deepEqual([await first.count(), await frame.count(), await table("step").count()], [2, 16, 16]);
  assert.deepEqual(await sql("select count(*) n from step").collect(), [{ n: 16 }]);
  frame.unpersist();
  await assert.rejects(table("step").count(), /no table or view "step"/);
  await assert.rejects(range(1).checkpoint("a name"), /checkpoint takes a name of letters, digits and _, not a name/);
});

nodeTest("a later session finds rows on disk by the steps, the files and the data that they came from", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "x.csv");
  const write = (text: string, seconds: number) => {
    writeFileSync(path, text);
    utimesSync(path, seconds, seconds);
  };
  // Random numbers are other ones when they are computed again.
  const computed = async (local: number) => {
    const session = new SparkSession("DuckDB", () => openDuckDB({ keptFolder: join(folder.path, "kept") }));
    const frame = session.read
      .csv(path)
      .crossJoin(session.createDataFrame([{ local }]))
      .selectExpr("random() as r")
      .persist(StorageLevel.DISK_ONLY);
    const [row] = await frame.collect();
    await session.stop();
    return row?.r;
  };
  write("a\n1\n", 1);
  const first = await computed(1);
  assert.equal(await computed(1), first);
  assert.notEqual(await computed(2), first);
  write("a\n2\n", 2);
  assert.notEqual(await computed(1), first);
});
