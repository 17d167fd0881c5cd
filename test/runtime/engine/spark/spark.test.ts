import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { preview } from "../../../../runtime/dataframe/actions.ts";
import { previewBundle } from "../../../../runtime/display/table-bundle.ts";
import type { Engine, Progress } from "../../../../runtime/engine/engine.ts";
import { openSpark } from "../../../../runtime/engine/spark/spark.ts";
import {
  avg,
  col,
  count,
  createDataFrame,
  type DataFrame,
  range,
  read,
  spark,
  sql,
  sum,
  use,
} from "../../../../runtime/index.ts";
import { sharedSpark } from "../../../helpers/shared-spark.ts";
import { type SparkServer, sparkParts } from "../../../helpers/spark-server.ts";
import { quernRun, writeCells } from "../../../kernel/notebook/run/quern-run.ts";

const parts = sparkParts();
const skip = parts.skip;
const folder = mkdtempSync(join(tmpdir(), "quern-"));
let server: SparkServer;

before(async () => {
  // Its texts are in Spark's SQL.
  await spark.conf.set("spark.quern.sql.dialect", "spark");
  if (!skip) server = await sharedSpark();
});

after(async () => {
  await spark.stop();
  if (!skip) await server.stop();
  rmSync(folder, { recursive: true });
});

/** The rows of a frame on both engines, made by the same lines. */
async function onBoth(make: () => DataFrame<any>): Promise<[any[], any[]]> {
  await use("duckdb");
  const here = await make().collect();
  await use(server.address);
  return [here, await make().collect()];
}

test("the same lines give the same rows on Spark as on DuckDB", { skip }, async () => {
  await use("duckdb");
  const parquet = join(folder, "flights.parquet");
  const flights = range(5000).select((f) => ({
    origin: f.id.mod(13).cast("string"),
    delay: f.id.mod(97),
    miles: f.id,
  }));
  await flights.write.parquet(parquet);
  const [here, there] = await onBoth(() =>
    read
      .parquet(parquet)
      .filter(col("delay").gt(60))
      .groupBy("origin")
      .agg(() => ({ flights: count(), mean: avg("delay"), far: sum("miles") }))
      .orderBy("origin"),
  );
  assert.ok(there.length > 10);
  assert.deepEqual(there, here);
});

test("a join of data from JavaScript with a range gives the same rows", { skip }, async () => {
  const [here, there] = await onBoth(() => {
    const names = createDataFrame([
      { id: 1, name: "Ann's \\ ä", at: new Date(1.7e12), tags: ["a", "b"] },
      { id: 3, name: null, at: new Date(0), tags: [] },
    ]);
    return range(5).join(names, "id", "left").orderBy("id");
  });
  assert.equal(there.length, 5);
  assert.deepEqual(there, here);
});

test("SQL names frames and what SHOW lists is a frame", { skip }, async () => {
  await use(server.address);
  const numbers = range(10);
  assert.deepEqual(await sql`SELECT max(id) AS most FROM ${numbers} WHERE id < ${7}`.collect(), [{ most: 6 }]);
  const at = new Date(1.7e12);
  const text = "it's \\' a \\";
  assert.deepEqual(await sql`SELECT ${text} AS text, ${at} AS at`.collect(), [{ text, at }]);
  await numbers.createOrReplaceTempView("ten");
  assert.equal(await sql("SELECT * FROM ten").count(), 10);
  const shown = await sql("SHOW TABLES").filter(col("tableName").eq("ten")).collect();
  assert.equal(shown.length, 1);
  await sql("DROP VIEW ten").collect();
  await assert.rejects(sql("SELECT * FROM ten").collect(), /TABLE_OR_VIEW_NOT_FOUND/);
  await assert.rejects(sql("SELECT * FRM ten").collect(), /Syntax error at or near 'ten'.*SQLSTATE: 42601/);
  assert.deepEqual(await range(3).offset(1).collect(), [{ id: 1 }, { id: 2 }]);
});

test("a chain of forty steps is no more than the server's analyzer takes", { skip }, async () => {
  await use(server.address);
  let frame: DataFrame<any> = range(10);
  for (let i = 0; i < 40; i++) frame = frame.withColumn(`c${i}`, col("id").plus(i)).filter(col("id").ge(0));
  assert.equal(await frame.count(), 10);
});

test("an unknown column of a text is Spark's own error, at the line of the step", { skip }, async () => {
  await use(server.address);
  const wrong = range(3).selectExpr("idd + 1 AS next");
  const after = wrong.limit(1);
  const error = await failureOf(after.collect());
  assert.equal(error.name, "AnalysisError");
  assert.match(error.code, /^UNRESOLVED_COLUMN/);
  assert.match(error.message, /`idd`.*SQLSTATE: 42703/);
  assert.match(error.origin.stack, /spark\.test\.ts/);
});

test("a failure while running tells Spark's class and the part of the text at fault", { skip }, async () => {
  await use(server.address);
  const error = await failureOf(sql("SELECT 1 / (id - 2) AS x FROM range(4)").collect());
  assert.equal(error.name, "EngineError");
  assert.equal(error.code, "DIVIDE_BY_ZERO");
  assert.match(error.message, /SQLSTATE: 22012/);
  assert.match(error.message, /1 \/ \(id - 2\)/);
});

test("a path that the server does not have is said to be the server's", { skip }, async () => {
  await use(server.address);
  await assert.rejects(read.parquet("/no/such/file.parquet").collect(), /127\.0\.0\.1:\d+\), not of this machine/);
});

test("explain shows Spark's operators, and analyze what they did", { skip }, async () => {
  await use(server.address);
  const frame = range(1000)
    .filter(col("id").gt(10))
    .groupBy(() => ({ k: col("id").mod(3) }))
    .agg(() => ({ n: count() }));
  const plan = String(await frame.explain("formatted"));
  assert.match(plan, /== Spark \d.* at 127\.0\.0\.1/);
  assert.match(plan, /HashAggregate.*keys/i);
  assert.match(plan, /Range/);
  const { tree } = await frame.explain("analyze");
  assert.ok((tree.seconds ?? 0) > 0);
  assert.match(inspect(tree, { depth: null }), /rows: 989/);
});

test("explain has Spark's own words: its logical plans, statistics, and the code that it generates", {
  skip,
}, async () => {
  await use(server.address);
  const frame = range(1000).filter(col("id").gt(10));
  assert.match(String(await frame.explain("extended")), /== Optimized Logical Plan ==/);
  assert.match(String(await frame.explain("cost")), /Statistics\(sizeInBytes=/);
  assert.match(String(await frame.explain("codegen")), /WholeStageCodegen/);
});

/** As many rows as asked for, computed so slowly that their stream lasts. */
const slow = (seconds: number): string =>
  `SELECT id, reflect('java.lang.Thread', 'sleep', CAST(20 AS BIGINT)) IS NULL AS slept FROM range(0, ${seconds * 100}, 1, 2)`;

test("a query that outlives the server's streams is reattached to, and loses no row", { skip }, async () => {
  const engine = await openSpark(server.address);
  try {
    const progress: Progress[] = [];
    const { batches } = await engine.execute(textPlan(slow(3)), { onProgress: (one) => progress.push(one) });
    const ids: number[] = [];
    for await (const batch of batches) for (const row of batch) ids.push(Number(row?.id));
    assert.deepEqual(
      ids,
      Array.from({ length: 300 }, (_, i) => i),
    );
    assert.ok(progress.some(({ fraction }) => fraction !== undefined));
  } finally {
    await engine.close();
  }
});

test("an interrupt ends the jobs on the server, and the session goes on", { skip }, async () => {
  const engine = await openSpark(server.address);
  try {
    const stop = new AbortController();
    const { batches } = await engine.execute(textPlan(slow(120)), { signal: stop.signal });
    const rows = all(batches);
    await Promise.all([assert.rejects(rows, { code: "INTERRUPTED" }), delay(300).then(() => stop.abort())]);
    // With both threads still at work this would wait for two minutes.
    const next = await engine.execute(textPlan("SELECT count(*) AS n FROM range(0, 100, 1, 4)"));
    assert.equal((await all(next.batches))[0]?.getChildAt(0)?.get(0), 100n);
  } finally {
    await engine.close();
  }
});

test("frames stay on their engine, say so, and do not mix", { skip }, async () => {
  await use("duckdb");
  const here = range(3);
  await use(server.address);
  const there = range(3);
  assert.match(previewBundle(await preview(there, 2))["text/plain"], /2 of 3 rows · 1 column · Spark at 127/);
  assert.match(inspect(there), /^DataFrame\[.*\] on Spark at 127\.0\.0\.1:\d+$/);
  assert.equal(await here.count(), 3);
  assert.throws(() => there.join(here, "id"), /one frame is on Spark at .* and the other on DuckDB/);
  assert.throws(() => sql`SELECT * FROM ${here}`, /one frame is on/);
  const moved = createDataFrame(await here.toArrow());
  assert.equal(await there.join(moved, "id").count(), 3);
});

test("settings and the time zone reach the server", { skip }, async () => {
  await use(server.address);
  const before = spark.conf.timeZone;
  await spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
  assert.deepEqual(await sql("SELECT hour(timestamp_seconds(0)) AS h").collect(), [{ h: 9 }]);
  await spark.conf.set("spark.sql.session.timeZone", before);
  await assert.rejects(spark.conf.set("spark.sql.execution.arrow.compression.codec", "lz4"), { code: "COMPRESSION" });
  await spark.conf.set("spark.sql.execution.arrow.compression.codec", "zstd");
  assert.equal((await range(1000).toArrow()).numRows, 1000);
  await spark.conf.unset("spark.sql.execution.arrow.compression.codec");
});

test("quern run --engine computes a notebook's frames on the server", { skip }, async () => {
  const notebook = writeCells(folder, ["const rows = range(3)", "[spark.engine, await rows.count(), String(use)]"]);
  const { code, out, err } = await quernRun(notebook, "--engine", server.address, "--json");
  assert.equal(code, 0, err);
  const summary = JSON.parse(out);
  assert.equal(summary.engine, "spark");
  assert.match(summary.value[0], /^Spark at 127/);
  assert.equal(summary.value[1], 3);
  const wrong = await quernRun(notebook, "--engine", "spark://x;token=s3cret999");
  assert.equal(wrong.code, 2);
  assert.doesNotMatch(wrong.err, /s3cret999/);
});

test("a server that is not there is told at once, with its address", async () => {
  await assert.rejects(use("sc://127.0.0.1:1"), /server at 127\.0\.0\.1:1 cannot be reached/);
  await assert.rejects(use("postgres://x"), /use takes "duckdb" or/);
});

const failureOf = (promise: Promise<unknown>): Promise<any> =>
  promise.then(
    () => assert.fail("it did not fail"),
    (error) => error,
  );

const textPlan = (text: string) => ({ kind: "sql", text, inputs: {} }) as const;

async function all(batches: Awaited<ReturnType<Engine["execute"]>>["batches"]) {
  const found = [];
  for await (const batch of batches) found.push(batch);
  return found;
}
