import assert from "node:assert/strict";
import { resolve } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { Table } from "apache-arrow";
import { preview } from "../../../runtime/dataframe/actions.ts";
import { type Host, host, setHost } from "../../../runtime/dataframe/host.ts";
import { lit, spark, sql } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

/** A host that writes down what happens to actions. */
type Recorded = { events: string[]; shown: unknown[]; printed: string[]; abort: AbortController };
let recorded: Recorded;
const plain: Host = host();
beforeEach(() => {
  recorded = { events: [], shown: [], printed: [], abort: new AbortController() };
  setHost({
    begin(title) {
      recorded.events.push(`begin ${title}`);
      return {
        title,
        signal: recorded.abort.signal,
        onProgress: () => {},
        end: (failure) => recorded.events.push(failure === undefined ? `end ${title}` : `failed ${title}`),
      };
    },
    show: async (value) => void recorded.shown.push(await value),
    print: async (text) => void recorded.printed.push(await text),
    variable: () => undefined,
  });
});
afterEach(() => setHost(plain));

onEngines(({ createDataFrame, engine, range, read, spark, test }) => {
  // These texts mean the same in both dialects; translating has tests of its own.
  if (engine === "Spark") spark.conf.restore([["spark.quern.sql.dialect", "spark"]]);

  const flights = read.parquet(resolve("node_modules/vega-datasets/data/flights-3m.parquet"));

  test("each action tells its host when it is called and when it has ended", async () => {
    const frame = range(3);
    const counting = frame.count();
    assert.deepEqual(recorded.events, ["begin count"]);
    assert.equal(await counting, 3);
    assert.deepEqual(recorded.events, ["begin count", "end count"]);
    recorded.events = [];
    await assert.rejects(spark.table("nowhere").collect());
    assert.deepEqual(recorded.events, ["begin collect", "failed collect"]);
  });

  test("actions that nobody awaits are executed in call order", async () => {
    // Each finds what the one before it has made.
    const [, first, , second, , third] = await Promise.all([
      spark.sql("create table ordered as select 1 as x"),
      spark.table("ordered").count(),
      range(1).withColumn("x", lit(2)).drop("id").createOrReplaceTempView("later"),
      spark.table("later").collect(),
      range(1).withColumn("x", lit(3)).drop("id").createOrReplaceTempView("later"),
      spark.table("later").collect(),
    ]);
    assert.deepEqual([first, second, third], [1, [{ x: 2 }], [{ x: 3 }]]);
  });

  test("show gives as much of each value as it is asked for, and rows as lines", async () => {
    const texts = createDataFrame([{ "naïve name": "x".repeat(70), n: 1.5 as number | null }]).union(
      createDataFrame([{ "naïve name": "short", n: null }]),
    );
    const lengths = async (...given: readonly any[]) => {
      recorded.shown.length = 0;
      await (texts.show as any)(...given);
      return (recorded.shown as [{ characters?: number; limit: number }]).map(({ characters, limit }) => [
        characters,
        limit,
      ]);
    };
    assert.deepEqual(await lengths(), [[undefined, 20]]);
    assert.deepEqual(await lengths(1, true), [[undefined, 1]]);
    assert.deepEqual(await lengths(1, false), [[Number.POSITIVE_INFINITY, 1]]);
    assert.deepEqual(await lengths(3, 7), [[7, 3]]);
    assert.deepEqual(await lengths({ truncate: 0 }), [[Number.POSITIVE_INFINITY, 20]]);
    recorded.printed.length = 0;
    await texts.orderBy("n").show(1, 10, true);
    await texts.limit(0).show({ vertical: true });
    assert.deepEqual(
      recorded.printed.map((text) => text.replace(/ of \d+$/, "")),
      ["-RECORD 0-----------\n naïve name | short \n n          | NULL  \nonly showing top 1 row", "(0 rows)"],
    );
    for (const wrong of [["x"], [3, "no"], [3, false, 1], [{ rows: 3 }], [3, false, false, 1]])
      assert.throws(() => (texts.show as any)(...wrong), { name: "AnalysisError" });
  });

  test("show gives the host the first rows, and the total where it costs nothing", async () => {
    await flights.show(3);
    const [shown] = recorded.shown as [{ table: Table; more: boolean; total?: number }];
    assert.equal(shown.table.numRows, 4);
    assert.equal(shown.more, true);
    assert.equal(shown.total, 3_000_000);
    assert.equal(
      (
        await preview(
          flights.filter((f) => f.delay.gt(0)),
          3,
        )
      ).total,
      undefined,
    );
    assert.equal((await preview(range(2), 3)).total, 2);
  });

  test("a small frame is shown as a whole, of others the first rows, and no more is read than tells them apart", async () => {
    const shownOf = async (rows: number) => {
      const { limit, more, total, table } = await preview(
        range(rows).filter((r) => r.id.ge(0)),
        20,
        50,
      );
      return { limit, more, total, read: table.numRows };
    };
    assert.deepEqual(await shownOf(24), { limit: 50, more: false, total: 24, read: 24 });
    assert.deepEqual(await shownOf(50), { limit: 50, more: false, total: 50, read: 50 });
    assert.deepEqual(await shownOf(51), { limit: 20, more: true, total: undefined, read: 51 });
    assert.deepEqual(await shownOf(1000), { limit: 20, more: true, total: undefined, read: 51 });
  });

  test("a preview prints as Spark's show does", async () => {
    const frame = createDataFrame([
      { id: 1, name: "a".repeat(70), at: new Date("2026-03-17T10:00:00Z") },
      { id: 22, name: null, at: null },
    ]);
    await spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin");
    const text = inspect(await preview(frame, 20));
    await spark.conf.unset("spark.sql.session.timeZone");
    assert.equal(
      text,
      [
        "+---+------------------------------------------------------------+-------------------+",
        "| id|                                                        name|                 at|",
        "+---+------------------------------------------------------------+-------------------+",
        `|  1|${"a".repeat(59)}…|2026-03-17 11:00:00|`,
        "| 22|                                                        NULL|               NULL|",
        "+---+------------------------------------------------------------+-------------------+",
      ].join("\n"),
    );
    assert.match(inspect(await preview(range(5), 2)), /only showing top 2 rows of 5$/);
    assert.equal(inspect(await preview(createDataFrame([], "id LONG"), 2)).split("\n").length, 4);
  });

  test("first, head, take, isEmpty and toArrow", async () => {
    assert.deepEqual(await range(3).first(), { id: 0 });
    assert.equal(await range(0).first(), null);
    assert.deepEqual(await range(3).head(), { id: 0 });
    assert.deepEqual(await range(3).head(2), [{ id: 0 }, { id: 1 }]);
    assert.deepEqual(await range(3).take(1, { long: "bigint" }), [{ id: 0n }]);
    assert.equal(await range(0).isEmpty(), true);
    assert.equal(await range(1).isEmpty(), false);
    const table = await range(3).toArrow();
    assert.ok(table instanceof Table);
    assert.equal(table.numRows, 3);
    const none = await range(0).toArrow();
    assert.deepEqual([none.numRows, none.schema.names], [0, ["id"]]);
  });

  test("a stream starts when it is read, and ends with its loop", async () => {
    const stream = flights.select("delay").stream();
    assert.deepEqual(recorded.events, []);
    let rows = 0;
    for await (const row of stream) {
      assert.equal(typeof row.delay, "number");
      assert.deepEqual(recorded.events, ["begin stream"]);
      if (++rows === 5000) break;
    }
    assert.deepEqual(recorded.events, ["begin stream", "end stream"]);
    assert.equal(await range(1).count(), 1);
  });

  test("two streams and an action inside a loop do not wait for one another", async () => {
    let seen = 0;
    for await (const { id } of range(3).stream()) {
      for await (const inner of range(2).stream()) seen += inner.id;
      seen += id + (await range(2).count());
    }
    assert.equal(seen, 3 * 1 + 3 + 3 * 2);
  });

  test("an interrupt ends a running action and those that wait, and the session goes on", async () => {
    const slow = range(3_000_000_000)
      .filter((f) => f.id.mod(7).eq(8))
      .count();
    const waiting = range(1).count();
    setTimeout(() => recorded.abort.abort(), 50);
    const [first, second] = await Promise.allSettled([slow, waiting]);
    assert.equal(first.status, "rejected");
    if (first.status === "rejected") assert.equal(first.reason.code, "INTERRUPTED");
    assert.equal(second.status, "rejected");
    recorded.abort = new AbortController();
    assert.equal(await range(2).count(), 2);
  });

  test("foreach is called with each row in order, waits for it, and its error is the caller's", async () => {
    const seen: unknown[] = [];
    await range(3).foreach(
      async (row) => {
        await Promise.resolve();
        seen.push(row.id);
      },
      { long: "bigint" },
    );
    assert.deepEqual(seen, [0n, 1n, 2n]);
    await range(0).foreach(() => assert.fail());
    const own = new Error("mine");
    await assert.rejects(
      range(3).foreach(({ id }) => {
        if (id === 1) throw own;
      }),
      own,
    );
    assert.deepEqual(recorded.events.slice(-2), ["begin stream", "end stream"]);
    await assert.rejects((range(1) as any).foreach("print"), { code: "FOREACH" });
  });

  test("PySpark's other arguments mean what they mean there, or are refused", async () => {
    const frame = createDataFrame([], "id LONG, s STRUCT<a: ARRAY<INT>>");
    await frame.printSchema(1);
    await frame.printSchema(2);
    assert.deepEqual(recorded.printed, [
      "root\n |-- id: long (nullable = true)\n |-- s: struct (nullable = true)",
      "root\n |-- id: long (nullable = true)\n |-- s: struct (nullable = true)\n |    |-- a: array (nullable = true)",
    ]);
    const named = (given: typeof frame, by: string, times: number) => given.withColumn(by, lit(times));
    assert.deepEqual(await frame.transform(named, "x", 2).columns(), ["id", "s", "x"]);
    assert.equal(await range(2).union(range(2)).drop_duplicates(["id"]).unpersist(true).count(), 2);
    assert.match(inspect(await (range(2) as any).explain(undefined, "extended")), /Range|range/i);
    assert.throws(() => (range(2) as any).explain(true, "cost"), { code: "EXPLAIN" });
    await assert.rejects((range(2) as any).checkpoint(false), { code: "CHECKPOINT" });
    if (engine === "DuckDB") assert.equal(await (await range(2).localCheckpoint(true)).count(), 2);
  });

  test("schema and columns ask without running, printSchema prints Spark's tree", async () => {
    const frame = createDataFrame(
      [],
      "id LONG NOT NULL, tags ARRAY<STRING>, s STRUCT<a: INT, b: MAP<STRING, DECIMAL(5,2)>>, at TIMESTAMP",
    );
    assert.deepEqual(await frame.columns(), ["id", "tags", "s", "at"]);
    assert.equal(
      inspect(frame.filter("id > 1")),
      `DataFrame[id: bigint, tags: array<string>, s: struct<a:int,b:map<string,decimal(5,2)>>, at: timestamp]${engine === "Spark" ? " on Spark" : ""}`,
    );
    await frame.printSchema();
    assert.equal(
      recorded.printed.at(-1),
      [
        "root",
        " |-- id: long (nullable = false)",
        " |-- tags: array (nullable = true)",
        " |    |-- element: string (containsNull = true)",
        " |-- s: struct (nullable = true)",
        " |    |-- a: integer (nullable = true)",
        " |    |-- b: map (nullable = true)",
        " |    |    |-- key: string",
        " |    |    |-- value: decimal(5,2) (valueContainsNull = true)",
        " |-- at: timestamp (nullable = true)",
      ].join("\n"),
    );
  });

  test("explain gives a plan that prints itself; analyze has run it", async () => {
    const frame = flights
      .filter((f) => f.delay.gt(100))
      .groupBy("origin")
      .count();
    const simple = await frame.explain();
    assert.equal(simple.tree.mode, "simple");
    const grouping = engine === "Spark" ? "[^]*HashAggregate" : "Hash group by";
    assert.match(inspect(simple), new RegExp(`^== ${engine}[^\\n]*, simple ==\\n${grouping}`, "i"));
    const analyzed = await frame.explain("analyze");
    assert.ok((analyzed.tree.seconds ?? 0) > 0);
    assert.equal((await frame.explain(true)).tree.mode, "extended");
    assert.throws(() => frame.explain("fancy" as any), /There is no explain\("fancy"\)/);
  });

  test("the session's time zone decides what the hour of a TIMESTAMP is", async () => {
    const frame = createDataFrame([{ t: new Date("2026-03-17T23:30:00Z") }]).selectExpr("hour(t) as h");
    await spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin");
    assert.equal(spark.conf.get("spark.sql.session.timeZone"), "Europe/Berlin");
    assert.deepEqual(await frame.collect(), [{ h: 0 }]);
    await spark.conf.set("spark.sql.session.timeZone", "UTC");
    assert.deepEqual(await frame.collect(), [{ h: 23 }]);
    await spark.conf.unset("spark.sql.session.timeZone");
    assert.equal(spark.conf.get("spark.sql.session.timeZone"), Temporal.Now.timeZoneId());
    assert.throws(() => spark.conf.set("spark.sql.session.timeZone", "Mars/Base"), /"Mars\/Base" is no time zone/);
    assert.throws(() => spark.conf.get("no.such"), /was not set/);
    assert.equal(spark.conf.get("no.such", "x"), "x");
  });

  test("a stopped session opens its engine again", async () => {
    await range(1).createOrReplaceTempView("gone");
    await spark.stop();
    assert.equal(await range(2).count(), 2);
    await assert.rejects(spark.table("gone").count(), /gone/);
    await spark.stop();
    await spark.warmUp();
    assert.equal(await range(2).count(), 2);
  });
});

test("DuckDB's memory is a setting, and that of the heap is fixed", async () => {
  assert.match(spark.conf.get("spark.driver.memory"), /^\d+m$/);
  assert.throws(() => spark.conf.set("spark.driver.memory", "8g"), /fixed when the process starts: set QUERN_HEAP=8g/);
  const limit = spark.conf.get("memory_limit");
  const inEngine = async () => (await sql("select current_setting('memory_limit') v").collect())[0]?.v;
  const before = await inEngine();
  await spark.conf.set("memory_limit", "1GiB");
  assert.deepEqual([spark.conf.get("memory_limit"), await inEngine()], ["1GiB", "1.0 GiB"]);
  await spark.conf.unset("memory_limit");
  assert.deepEqual([spark.conf.get("memory_limit"), await inEngine()], [limit, before]);
  await spark.stop();
});
