import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import {
  col,
  count,
  createDataFrame,
  F,
  range,
  row_number,
  spark,
  sql,
  sum,
  use,
  Window,
} from "../../../../runtime/index.ts";
import { startSail } from "../../../helpers/sail-server.ts";
import { type SparkServer, sparkParts } from "../../../helpers/spark-server.ts";

/** Sail speaks Spark Connect as well, as far as this goes: no artifacts, no progress, no error classes. */
const { skip, path } = sparkParts();
let sail: SparkServer;

before(async () => {
  if (skip) return;
  sail = await startSail(path);
  await use(sail.address);
});

after(async () => {
  await spark.stop();
  if (!skip) await sail.stop();
});

const sales = () =>
  createDataFrame([
    { shop: "a", kind: "tea", price: 2.5, tags: ["hot"] },
    { shop: "a", kind: "coffee", price: 3.5, tags: [] },
    { shop: "b", kind: "tea", price: null as number | null, tags: ["cold", "green"] },
  ]);

test("rows from JavaScript, their groups, joins, windows and pivots", { skip }, async () => {
  const totals = sales()
    .groupBy("shop")
    .agg((f) => ({ total: sum(f.price), n: count() }))
    .orderBy("shop");
  assert.deepEqual(await totals.collect(), [
    { shop: "a", total: 6, n: 2 },
    { shop: "b", total: null, n: 1 },
  ]);
  const joined = range(3)
    .join(createDataFrame([{ id: 1, name: "one" }]), "id", "left")
    .orderBy("id");
  assert.deepEqual(
    (await joined.collect()).map(({ name }) => name),
    [null, "one", null],
  );
  const ranked = range(3)
    .withColumn("r", (f) => row_number().over(Window.orderBy(f.id.desc())))
    .orderBy("id");
  assert.deepEqual(
    (await ranked.collect()).map(({ r }) => r),
    [3, 2, 1],
  );
  assert.deepEqual(await sales().groupBy("shop").pivot("kind", ["tea"]).count().orderBy("shop").collect(), [
    { shop: "a", tea: 1 },
    { shop: "b", tea: 1 },
  ]);
  assert.equal(
    await sales()
      .withColumn("tag", (f) => F.explode(f.tags))
      .count(),
    3,
  );
});

test("frames in SQL text, views, caches and plans", { skip }, async () => {
  const late = range(10).filter((f) => f.id.gt(6));
  const doubled = sql`SELECT id * 2 AS twice FROM ${late}`;
  assert.deepEqual(await sql`SELECT max(twice) AS most FROM ${doubled}`.collect(), [{ most: 18 }]);
  await late.createOrReplaceTempView("late");
  assert.equal(await spark.table("late").count(), 3);
  const kept = late.cache();
  assert.equal(await kept.count(), 3);
  assert.match(String(await late.explain()), /Physical Plan/);
});

test("a million rows are streamed, and errors are the server's", { skip }, async () => {
  let rows = 0;
  for await (const _ of range(1_000_000).stream()) rows += 1;
  assert.equal(rows, 1_000_000);
  await assert.rejects(range(3).select(col("nope")).collect(), /Column "nope" is not in the frame/);
  await assert.rejects(
    range(3)
      .withColumn("x", (f) => F.lit(1).div(f.id))
      .collect(),
    /Division by zero/i,
  );
});
