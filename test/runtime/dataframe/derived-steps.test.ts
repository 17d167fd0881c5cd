import assert from "node:assert/strict";
import { test } from "node:test";
import { type Action, host, setHost } from "../../../runtime/dataframe/host.ts";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { SparkSession } from "../../../runtime/index.ts";

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
