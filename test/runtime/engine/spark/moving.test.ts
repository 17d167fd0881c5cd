import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { type Action, host, setHost } from "../../../../runtime/dataframe/host.ts";
import type { Progress } from "../../../../runtime/engine/engine.ts";
import {
  col,
  createDataFrame,
  type DataFrame,
  range,
  read,
  spark,
  sql,
  transfer,
  use,
} from "../../../../runtime/index.ts";
import { type SparkServer, sparkParts, startSpark } from "../../../helpers/spark-server.ts";

const parts = sparkParts();
const skip = parts.skip;
const folder = mkdtempSync(join(tmpdir(), "quern-"));
const usual = host();
let server: SparkServer;

before(async () => {
  // What it does to the server's memory is to be nothing to others.
  if (!skip) server = await startSpark(parts.path, { "spark.driver.memory": "3g" });
});

after(async () => {
  setHost(usual);
  await spark.stop();
  if (!skip) await server.stop();
  rmSync(folder, { recursive: true });
});

/** One column of each type, with nulls, from the numbers on DuckDB. */
const everyType = (rows: number): DataFrame<any> =>
  range(rows).selectExpr(
    "id",
    "CASE WHEN id % 7 = 0 THEN NULL ELSE id / 3 END AS part",
    "CASE WHEN id % 5 = 0 THEN NULL ELSE 'name ' || (id % 1000) END AS name",
    "CASE WHEN id % 3 = 0 THEN NULL ELSE id % 2 = 0 END AS even",
    "TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_seconds(id) AS moment",
    "CAST(id AS DECIMAL(20, 2)) AS price",
    "[id, NULL, id + 1] AS list",
    "{'a': id, 'b': 'x' || id} AS pair",
    "map {'k': id} AS named",
  );

const sums = (frame: DataFrame<any>): DataFrame<any> =>
  frame.selectExpr(
    "count(*) AS n",
    "sum(id) AS ids",
    "count(part) AS parts",
    "sum(length(name)) AS letters",
    "count(even) AS evens",
    "max(moment) AS last",
    "sum(price) AS price",
    "sum(pair.a) AS pairs",
    "sum(named['k']) AS named",
  );

test("data of many megabytes goes to the server in chunks, once", { skip }, async () => {
  await use(server.address);
  const count = 60_000;
  const ids = Float64Array.from({ length: count }, (_, i) => i);
  const frame = createDataFrame({
    columns: {
      id: ids,
      text: Array.from(ids, (i) => (i % 11 === 0 ? null : `row number ${i}`)),
      even: Array.from(ids, (i) => (i % 3 === 0 ? null : i % 2 === 0)),
    },
  });
  const [found] = await frame.selectExpr("sum(id) AS ids", "count(text) AS texts", "count(even) AS evens").collect();
  const multiplesOf = (n: number) => Math.ceil(count / n);
  assert.deepEqual(found, {
    ids: (count * (count - 1)) / 2,
    texts: count - multiplesOf(11),
    evens: count - multiplesOf(3),
  });
  const [row] = await frame.filter(col("id").eq(23_458)).collect();
  assert.deepEqual(row, { id: 23_458, text: "row number 23458", even: true });
});

test("a frame goes to Spark and back with every type and null as it was", { skip }, async () => {
  await use("duckdb");
  const here = everyType(5000);
  await use(server.address);
  const there = await transfer(here);
  assert.match(String(await there.explain()), /LocalTableScan|LocalRelation/);
  assert.deepEqual(await sums(there).collect(), await sums(here).collect());
  await use("duckdb");
  const back = await transfer(there);
  assert.deepEqual(await back.orderBy("id").collect(), await here.orderBy("id").collect());
  assert.equal(await transfer(back), back, "it is there already");
  assert.equal(spark.engine, "DuckDB");
  const named = await transfer(back, { to: server.address });
  assert.equal(spark.engine, "DuckDB");
  assert.equal(await named.count(), 5000);
  assert.equal(await (await transfer(here.filter("id < 0"), { to: server.address })).count(), 0);
});

test("moving tells how far it is, and is ended by an interrupt", { skip }, async () => {
  await use(server.address);
  const numbers = range(400_000).withColumn("text", col("id").cast("string"));
  await use("duckdb");
  const abort = new AbortController();
  const seen: Progress[] = [];
  const begin = (title: string): Action => {
    const onProgress = (progress: Progress) => {
      seen.push(progress);
      if ((progress.rowsProcessed ?? 0) > 0) abort.abort();
    };
    return { title, signal: abort.signal, onProgress, end: () => {} };
  };
  setHost({ ...usual, begin });
  try {
    await assert.rejects(transfer(numbers), { name: "InterruptedError" });
  } finally {
    setHost(usual);
  }
  const most = Math.max(...seen.map(({ rowsProcessed = 0 }) => rowsProcessed));
  assert.ok(most > 0 && most < 400_000, `${most} rows`);
});

test("what goes through a loop or to the other engine is never in memory as a whole", { skip }, async () => {
  await use(server.address);
  const rows = 600_000;
  const numbers = range(rows).selectExpr("id", "repeat('x', 700) AS text");
  let seen = 0;
  const start = process.memoryUsage().rss;
  let most = start;
  for await (const row of numbers.stream()) {
    if (++seen % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
    if (seen === rows) assert.equal((row as { text: string }).text.length, 700);
  }
  assert.equal(seen, rows);
  // Their text alone is 400 MB.
  assert.ok(most - start < 250 * 2 ** 20, `${Math.round((most - start) / 2 ** 20)} MB more`);
});

test("frames of two engines do not mix, and the error says how they would", { skip }, async () => {
  await use("duckdb");
  const here = range(3);
  await use(server.address);
  const there = range(3);
  const mixed = { code: "TWO_ENGINES", message: /one frame is on .*Spark at 127\.0\.0\.1.*transfer\(frame\)/s };
  assert.throws(() => here.join(there, "id"), mixed);
  assert.throws(() => sql`SELECT * FROM ${here}`, mixed);
  setHost({ ...usual, variable: (name) => (name === "elsewhere" ? here : undefined) });
  try {
    await assert.rejects(sql("SELECT * FROM elsewhere").collect(), {
      name: "AnalysisError",
      message: /no table "elsewhere" on Spark at .*on DuckDB: .*await transfer\(elsewhere\)/,
    });
    // The text may mean anything else by the word.
    assert.deepEqual(await sql("SELECT 1 AS elsewhere").collect(), [{ elsewhere: 1 }]);
  } finally {
    setHost(usual);
  }
});

test("a file of this machine that the server does not have is told to be here", { skip }, async () => {
  const folderBefore = process.cwd();
  process.chdir(folder);
  try {
    await use("duckdb");
    await range(3).write.parquet("here.parquet");
    await use(server.address);
    await assert.rejects(read.parquet("here.parquet").collect(), {
      code: "PATH_NOT_FOUND",
      message: /is on this machine .* not on that of Spark at 127.*use\("duckdb"\).*read\.parquet.*transfer\(frame\)/s,
    });
    await assert.rejects(read.parquet("nowhere/at/all.parquet").collect(), { message: /PATH_NOT_FOUND/ });
  } finally {
    process.chdir(folderBefore);
  }
});

test("a chain of a thousand steps runs, and gives what DuckDB gives", { skip }, async () => {
  const make = () => {
    let frame: DataFrame<any> = range(10);
    for (let i = 0; i < 1000; i++)
      frame =
        i % 4 === 0
          ? frame.withColumn(`c${i % 7}`, col("id").plus(i))
          : i % 4 === 1
            ? frame.filter(col("id").lt(100_000 - i))
            : frame.withColumn("c0", col("c0").plus(col("id")));
    return frame.orderBy("id");
  };
  await use("duckdb");
  const here = await make().collect();
  await use(server.address);
  assert.deepEqual(await make().collect(), here);
});
