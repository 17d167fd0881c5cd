import assert from "node:assert/strict";
import { after, test } from "node:test";
import { count, type DataFrame, range, spark, sql, sum, table } from "../../../runtime/index.ts";
import type { PlanOperator } from "../../../runtime/plan/explain.ts";

after(() => spark.stop());

/** The engine's tables that a frame's plan scans instead of computing. */
async function cachesIn(frame: DataFrame<any>): Promise<string[]> {
  const found: string[] = [];
  const visit = (operator: PlanOperator): void => {
    if (JSON.stringify(operator.details).includes("cache_") || operator.cached) found.push(operator.name);
    operator.children.forEach(visit);
  };
  visit((await frame.explain()).tree.physical);
  return found;
}

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
  assert.equal(entry?.rows, 1000);
  assert.ok((entry?.bytes ?? 0) > 0);
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
      ["stored", 1000],
      ["stored", 10],
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

test("unpersist forgets at once, and frees what an earlier action is still storing", async () => {
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
  const tables = await sql(
    "select table_name from duckdb_tables() where table_name like 'cache_%' and estimated_size = 77",
  );
  assert.deepEqual(await tables.collect(), []);
});
