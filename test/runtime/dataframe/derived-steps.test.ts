import assert from "node:assert/strict";
import { test } from "node:test";
import { type Action, host, setHost } from "../../../runtime/dataframe/host.ts";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { SparkSession } from "../../../runtime/index.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { childrenFirst } from "../../../runtime/plan/walk.ts";

test("an interrupt ends the query for a pivot's values too, and the next action does not wait for it", async () => {
  const usual = host();
  const abort = new AbortController();
  const engine = await openDuckDB();
  const begun = Promise.withResolvers<AbortSignal | undefined>();
  const spark = new SparkSession("DuckDB", async () => {
    const { execute } = engine;
    engine.execute = (plan, options) => {
      begun.resolve(options?.signal);
      return execute.call(engine, plan, options);
    };
    return engine;
  });
  setHost({
    ...usual,
    begin: (title): Action => ({ title, signal: abort.signal, onProgress: () => {}, end: () => {} }),
  });
  try {
    // Far more than could be read within a test.
    const endless = spark.range(1e15).selectExpr("id % 7 AS k", "id % 5 AS v").groupBy("k").pivot("v").count();
    const collecting = assert.rejects(endless.collect(), { name: "InterruptedError" });
    assert.ok((await begun.promise) !== undefined);
    abort.abort();
    await collecting;
  } finally {
    setHost(usual);
  }
  assert.equal(await spark.range(5).count(), 5);
  await spark.stop();
});

/** A session that notes what its engine executes. */
async function watched() {
  const engine = await openDuckDB();
  const executed: Plan[] = [];
  const { execute } = engine;
  engine.execute = (plan, options) => {
    executed.push(plan);
    return execute.call(engine, plan, options);
  };
  return { spark: new SparkSession("DuckDB", async () => engine), executed };
}

test("a pivot's values are asked of what is cached, and that is stored first", async () => {
  const { spark, executed } = await watched();
  const source = spark.range(10).selectExpr("id % 2 AS k", "id % 3 AS v").cache();
  const rows = await source.groupBy("k").pivot("v").count().orderBy("k").collect();
  assert.deepEqual(rows, [
    { k: 0, "0": 2, "1": 1, "2": 2 },
    { k: 1, "0": 2, "1": 2, "2": 1 },
  ]);
  assert.equal(executed.length, 2);
  for (const plan of executed) assert.ok(childrenFirst(plan).every(({ kind }) => kind !== "range"));
  await spark.stop();
});

test("describing a pivot computes nothing; once an action has found its values, the columns are known", async () => {
  const { spark, executed } = await watched();
  const pivoted = spark.range(10).selectExpr("id % 2 AS k", "id % 3 AS v").groupBy("k").pivot("v").count();
  const { signal } = new AbortController();
  await spark.range(1).count();
  executed.length = 0;
  assert.equal(await pivoted.context.describe(pivoted.plan, signal), undefined);
  assert.equal(executed.length, 0);
  await pivoted.count();
  const found = await pivoted.context.describe(pivoted.plan, signal);
  assert.deepEqual(
    found?.map(({ name }) => name),
    ["k", "0", "1", "2"],
  );
  assert.equal(executed.length, 2);
  await spark.stop();
});
