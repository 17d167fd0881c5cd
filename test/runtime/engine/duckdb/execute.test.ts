import assert from "node:assert/strict";
import test from "node:test";
import type { RecordBatch } from "apache-arrow";
import { StorageLevel } from "../../../../runtime/dataframe/storage-level.ts";
import type { Progress } from "../../../../runtime/engine/engine.ts";
import { AnalysisError, EngineError, InterruptedError, type QuernError } from "../../../../runtime/errors.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { byOrigin, column, FLIGHTS, read, rowsOf, sql, tableOf, testEngine } from "./helper.ts";

const engine = await testEngine();
const ENDLESS = sql("SELECT count(*) FROM range(100000000) a, range(1000) b");

test("a plan is analysed, compiled and run", async () => {
  const plan = byOrigin();
  assert.deepEqual(
    (await engine.schema(plan)).map((field) => `${field.name} ${field.type.kind}`),
    ["origin string", "flights long", "delay long"],
  );
  assert.equal((await tableOf(engine, plan)).numRows, 229);
});

test("three million rows come in batches of 64 Ki rows at most, the first one early", async () => {
  const { batches } = await engine.execute(read("parquet", FLIGHTS));
  const sizes: number[] = [];
  for await (const batch of batches) sizes.push(batch.numRows);
  assert.equal(
    sizes.reduce((sum, rows) => sum + rows),
    3_000_000,
  );
  assert.ok((sizes[0] as number) <= 4096);
  assert.ok(Math.max(...sizes) <= 65536 + 2048);
});

test("leaving the loop ends the query, and others run while a stream is open", async () => {
  const { batches } = await engine.execute(read("parquet", FLIGHTS));
  for await (const batch of batches) {
    assert.ok(batch.numRows > 0);
    assert.deepEqual(await rowsOf(engine, sql("SELECT 1")), [[1]]);
    break;
  }
  assert.deepEqual(await (batches as AsyncIterableIterator<RecordBatch>).next(), { done: true, value: undefined });
});

test("an abort ends a running query with an InterruptedError, and the engine goes on", async () => {
  const controller = new AbortController();
  const running = engine.execute(ENDLESS, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await assert.rejects(running, InterruptedError);
  assert.deepEqual(await rowsOf(engine, sql("SELECT 1")), [[1]]);
});

test("an abort before a query has begun is not lost", async () => {
  const controller = new AbortController();
  const running = engine.execute(ENDLESS, { signal: controller.signal });
  controller.abort();
  await assert.rejects(running, InterruptedError);
});

test("an abort between two batches ends the stream with an InterruptedError", async () => {
  const controller = new AbortController();
  const { batches } = await engine.execute(read("parquet", FLIGHTS), { signal: controller.signal });
  await assert.rejects(async () => {
    for await (const _ of batches) controller.abort();
  }, InterruptedError);
});

test("a query that fails after its first batches is an error and not a short result", async () => {
  const plan = sql("SELECT CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INT AS a FROM range(1000000) t(i)");
  await assert.rejects(tableOf(engine, plan), (error: QuernError) => {
    assert.ok(error instanceof EngineError);
    assert.equal(error.code, "CAST_INVALID_INPUT");
    assert.match(error.message, /The value 'x' is no int/);
    assert.equal(error.origin, plan.origin);
    return true;
  });
});

test("progress is reported while a query runs, and while its rows are read", async () => {
  const slow = sql(`SELECT max(md5(date || origin || destination || delay)) FROM '${FLIGHTS}'`);
  const seen: Progress[] = [];
  await tableOf(engine, slow, { onProgress: (progress) => seen.push(progress) });
  assert.ok(seen.length > 0);
  assert.ok(seen.every(({ fraction = 0 }) => fraction >= 0 && fraction <= 1));
  const reading: Progress[] = [];
  await tableOf(engine, read("parquet", FLIGHTS), { onProgress: (progress) => reading.push(progress) });
  assert.ok(reading.length > 0);
  // A source that never reports how far it is: no share and no rows are made up.
  const counted = sql("SELECT max(md5(x::VARCHAR)) FROM range(5_000_000) t(x)");
  const unknown: Progress[] = [];
  await tableOf(engine, counted, { onProgress: (progress) => unknown.push(progress) });
  assert.ok(unknown.length > 0);
  for (const progress of [...seen, ...unknown]) {
    assert.equal(progress.rowsProcessed, undefined);
    assert.equal(progress.rowsTotal, undefined);
  }
  assert.ok(unknown.every(({ fraction }) => fraction === undefined || fraction === 1));
});

test("calls are executed in call order", async () => {
  const all = [
    engine.command("CREATE TABLE ordered (a INT)"),
    engine.command("INSERT INTO ordered VALUES (1)"),
    rowsOf(engine, { kind: "table", name: "ordered" }),
    engine.command("INSERT INTO ordered VALUES (2)"),
    rowsOf(engine, { kind: "table", name: "ordered" }),
  ] as const;
  const results = await Promise.all(all);
  assert.deepEqual(results[2], [[1]]);
  assert.deepEqual(results[4], [[1], [2]]);
});

test("temporary tables, open transactions and session settings are seen by later queries", async () => {
  await engine.command("CREATE TEMP TABLE mine AS SELECT 42 AS a");
  assert.deepEqual(await rowsOf(engine, sql("FROM mine")), [[42]]);
  await engine.command("DROP TABLE mine");
  await engine.command("CREATE TABLE kept (a INT)");
  await engine.command("BEGIN");
  await engine.command("INSERT INTO kept VALUES (1)");
  assert.deepEqual(await rowsOf(engine, sql("FROM kept")), [[1]]);
  await engine.command("ROLLBACK");
  assert.deepEqual(await rowsOf(engine, sql("FROM kept")), []);
  await engine.command("SET VARIABLE answer = 7");
  assert.deepEqual(await rowsOf(engine, sql("SELECT getvariable('answer')")), [[7]]);
});

test("a table that changes its columns is seen with the new ones", async () => {
  await engine.command("CREATE TABLE changing AS SELECT 1 AS a");
  const plan: Plan = { kind: "table", name: "changing" };
  assert.deepEqual(
    (await engine.schema(plan)).map((field) => field.name),
    ["a"],
  );
  await engine.command("ALTER TABLE changing ADD COLUMN b VARCHAR");
  assert.deepEqual(
    (await engine.schema(plan)).map((field) => field.name),
    ["a", "b"],
  );
});

test("stored rows serve later plans until they are released", async () => {
  const plan = byOrigin();
  const stored = await engine.store(plan, { level: StorageLevel.MEMORY_AND_DISK });
  assert.equal(stored.rows, 229);
  assert.ok((stored.bytes ?? 0) > 0);
  const from: Plan = { kind: "stored", table: stored.table, schema: stored.schema, input: plan };
  assert.equal((await tableOf(engine, from)).numRows, 229);
  await engine.release(stored.table);
  await assert.rejects(tableOf(engine, from), AnalysisError);
});

test("views are listed, replaced only when asked, and read by name", async () => {
  await engine.createView("my view", sql("SELECT 1 AS a"), { replace: true });
  assert.deepEqual(await rowsOf(engine, sql('FROM "my view"')), [[1]]);
  await assert.rejects(
    engine.createView("my view", sql("SELECT 2 AS a"), { replace: false }),
    /a view "my view" already/,
  );
  // DuckDB's names do not differ by their case.
  await assert.rejects(
    engine.createView("MY View", sql("SELECT 2 AS a"), { replace: false }),
    /a view "my view" already/,
  );
  assert.deepEqual(await rowsOf(engine, sql('FROM "my view"')), [[1]]);
  await engine.createView("my view", sql("SELECT 2 AS a"), { replace: true });
  assert.deepEqual(await rowsOf(engine, { kind: "table", name: "my view" }), [[2]]);
  assert.ok((await engine.tables()).some(({ name, kind }) => name === "my view" && kind === "view"));
});

test("a refusal by the engine names the first step at fault", async () => {
  const wrong: Plan = {
    kind: "filter",
    input: read("parquet", FLIGHTS),
    condition: { kind: "sql", text: "no_such_function(delay) > 1" },
    origin: { stack: "the filter" },
  };
  const plan: Plan = { kind: "limit", input: wrong, count: 3, offset: 0, origin: { stack: "the limit" } };
  await assert.rejects(tableOf(engine, plan), (error: QuernError) => {
    assert.ok(error instanceof AnalysisError);
    assert.match(error.message, /no_such_function/);
    assert.equal(error.origin?.stack, "the filter");
    return true;
  });
});

test("errors are one sentence, without the generated SQL", async () => {
  const failing: [Plan, RegExp][] = [
    [{ kind: "table", name: "flihgts" }, /^There is no table or view "flihgts"\.$/],
    [{ kind: "table", name: "orderd" }, /^There is no table or view "orderd"\. Did you mean "ordered"\?$/],
    [sql("FROM orderd"), /^There is no table or view "orderd"\. Did you mean "ordered"\?$/],
    [sql("SELECT percentile_cont(0.9)"), /^There is no function "percentile_cont" in SQL\.$/],
    [
      sql("SELECT size([1])"),
      /^There is no function "size" in SQL\. This text is DuckDB's SQL\. In Spark's there is one: F\.size, or spark\.conf\.set\("spark\.quern\.sql\.dialect", "spark"\)/,
    ],
    [sql("SELECT uper('a')"), /^There is no function "uper" in SQL\. Did you mean "upper"\?$/],
    [sql("PIVOT (SELECT 1 AS x, 2 AS y) ON y USING count(*)"), /^PIVOT has to name the values .*PIVOT … ON day IN/],
    [sql("SELECT nope FROM (SELECT 1 AS note)"), /^There is no column "nope" here\. Did you mean "note"\?$/],
    [sql("SELECT zzz FROM (SELECT 1 AS note)"), /^There is no column "zzz" here\.$/],
    [
      sql("SELECT note = \"a\" FROM (SELECT 'a' AS note)"),
      /^There is no column "a" here\. Text stands in single quotes: 'a'\.$/,
    ],
    [
      sql("SELECT s.ctiy FROM (SELECT {'city': 1} AS s)"),
      /^There is no field "ctiy" in the struct\. Did you mean "city"\?$/,
    ],
    [sql("SELECT u.a FROM (SELECT 1 AS a) t"), /^There is no table or struct "u" here\.$/],
    [sql("SELECT t.b FROM (VALUES (1)) t(a)"), /^There is no column "b" in "t"\.$/],
    [sql("SELECT CAST(1 AS itn)"), /^There is no type "itn" in SQL\. Did you mean "int"\?$/],
    [
      sql("SELECT true && 1 > 0"),
      /^No function takes these types: &&\(BOOLEAN, \w+\)\. Conditions are joined by AND\.$/,
    ],
    [sql("SELECT sum('a')"), /^No function takes these types: sum\(VARCHAR\)\. Cast the arguments to others\.$/],
    [sql("SELECT 1 + 'x'"), /^More than one function takes these types: \+\(.*\)\. Cast the arguments to others\.$/],
    [sql("SELECT `note` FROM (SELECT 1 AS note)"), /In DuckDB's SQL names stand in double quotes, as "my column"\.$/],
    [sql("FROM 's3://bucket/x.parquet'"), /^This needs DuckDB's extension "httpfs"/],
    [
      sql("SELECT 'a'::INT"),
      /^\[CAST_INVALID_INPUT\] The value 'a' is no int; use tryCast, in SQL TRY_CAST, to get NULL\.$/,
    ],
  ];
  for (const [plan, message] of failing) {
    await assert.rejects(tableOf(engine, plan), (error: Error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /LINE 1|\n/);
      // What would say the same again.
      if (!/extension/.test(error.message)) assert.equal(error.cause, undefined);
      return true;
    });
  }
});

test("text says whether it is a query, and which tables it names", async () => {
  const parsed = async (text: string) => {
    const { kind, tables } = await engine.parse(text);
    return [kind, ...tables];
  };
  assert.deepEqual(await parsed("WITH a AS (FROM b) SELECT * FROM a JOIN c.d USING (x)"), ["query", "b", "c.d"]);
  assert.deepEqual(await parsed('SELECT (SELECT max(x) FROM inner_one) FROM "Outer One"'), [
    "query",
    "inner_one",
    "Outer One",
  ]);
  assert.deepEqual(await parsed("SHOW TABLES"), ["query"]);
  assert.deepEqual(await parsed("CREATE TABLE x (a INT)"), ["command"]);
  assert.deepEqual(await parsed("SET threads = 2"), ["command"]);
  await assert.rejects(engine.parse("SELECT 1\nFORM x WHERE"), /SQL: Syntax error .* in line 2/);
  await assert.rejects(engine.parse(""), /empty/);
  await assert.rejects(engine.parse("SELECT 1; SELECT 2"), /one query at a time/);
});

test("settings go by Spark's names or DuckDB's own", async () => {
  await engine.setConf("spark.sql.session.timeZone", "Asia/Tokyo");
  const plan = sql("SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00' AS t, hour(TIMESTAMPTZ '2024-01-01 00:00:00+00') AS h");
  const table = await tableOf(engine, plan);
  assert.match(String(table.schema.fields[0]?.type), /Asia\/Tokyo/);
  assert.equal(Number(table.toArray()[0].h), 9);
  await engine.setConf("spark.sql.shuffle.partitions", "10");
  await engine.setConf("memory_limit", "1GB");
  await assert.rejects(engine.setConf("spark.sql.session.timeZone", "Asia/Tokio"), /Did you mean "Asia\/Tokyo"/);
  await assert.rejects(engine.setConf("threadz", "2"), /Did you mean "threads"/);
  await assert.rejects(engine.setConf("memory_limit", "lots"), AnalysisError);
});

test("a chain of a thousand steps is no deeper than the engine can go", async () => {
  let plan: Plan = { kind: "range", start: 0n, end: 3n, step: 1n };
  for (let i = 0; i < 1000; i++) {
    const next = {
      kind: "call",
      name: "add",
      args: [column("id"), { kind: "literal", value: 1n, type: { kind: "long" } }],
    } as const;
    plan = { kind: "withColumns", input: plan, columns: [{ name: "id", expression: next }] };
  }
  assert.deepEqual(await rowsOf(engine, plan), [[1000], [1001], [1002]]);
});
