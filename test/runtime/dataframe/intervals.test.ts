import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { F, lit, schema, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const span = (text: string) => Temporal.Duration.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const texts = (rows: readonly any[], name: string) =>
  rows.map((row) => (row[name] === null ? null : String(row[name])));
const folder = mkdtempSync(join(tmpdir(), "quern-intervals-"));
after(() => rmSync(folder, { recursive: true, force: true }));

onEngines(({ createDataFrame, engine, read, spark, test }) => {
  const given = schema({ i: types.int.notNull(), d: types.dayTimeInterval, m: types.yearMonthInterval });
  const frame = createDataFrame(
    [
      { i: 0, d: span("P1DT2H3M4.000005S"), m: span("P1Y2M") },
      { i: 1, d: span("-PT36H"), m: span("-P14M") },
      { i: 2, d: null, m: null },
    ],
    given,
  );

  test("a Temporal.Duration is an interval of one of two kinds, and comes back as one", async () => {
    assert.deepEqual(await frame.dtypes(), [
      ["i", "int"],
      ["d", "interval day to second"],
      ["m", "interval year to month"],
    ]);
    const rows = await frame.orderBy("i").collect();
    assert.deepEqual(texts(rows, "d"), ["P1DT2H3M4.000005S", "-P1DT12H", null]);
    assert.deepEqual(texts(rows, "m"), ["P1Y2M", "-P1Y2M", null]);
    assert.ok(rows[0]?.d instanceof Temporal.Duration);
    assert.deepEqual(await createDataFrame([{ a: span("P1D"), b: span("P1M") }]).dtypes(), [
      ["a", "interval day to second"],
      ["b", "interval year to month"],
    ]);
    assert.throws(() => lit(span("P1M1D")), /P1M1D cannot be a literal: an interval has years and months, or days/);
    assert.throws(() => createDataFrame([{ a: span("P1D") }], "a INTERVAL YEAR"), /column "a": .* is no INTERVAL YEAR/);
    assert.throws(() => createDataFrame([], "a INTERVAL DAY TO MONTH"), /there is no interval day to month/);
  });

  test("an interval of fewer fields is cut to them", async () => {
    const hours = createDataFrame(
      [{ h: span("PT26H30M"), l: [span("PT90M")] }],
      "h INTERVAL HOUR, l ARRAY<INTERVAL HOUR>",
    );
    assert.deepEqual(await hours.dtypes(), [
      ["h", "interval hour"],
      ["l", "array<interval hour>"],
    ]);
    const [row] = (await hours.collect()) as any[];
    assert.deepEqual([String(row.h), row.l.map(String)], ["P1DT2H", ["PT1H"]]);
  });

  test("times and dates have an interval between them, and are moved by one", async () => {
    const [row] = await createDataFrame([{ a: day("2024-01-31"), b: day("2024-03-01") }])
      .select((f) => ({
        between: f.b.minus(f.a),
        month: f.a.plus(span("P1M")),
        day: f.a.minus(lit(1).cast("interval day")),
        later: f.a.cast("timestamp_ntz").plus(span("PT25H")),
      }))
      .collect({ time: "Temporal" });
    assert.deepEqual(Object.values(row ?? {}).map(String), ["P30D", "2024-02-29", "2024-01-30", "2024-02-01T01:00:00"]);
  });

  test("intervals are summed, averaged, grouped by, joined on and shown", async () => {
    const sums = await frame.agg((f) => ({ d: F.sum(f.d), m: F.avg(f.m), most: F.max(f.d) })).collect();
    assert.deepEqual(Object.values(sums[0] ?? {}).map(String), ["-PT9H56M55.999995S", "PT0S", "P1DT2H3M4.000005S"]);
    assert.equal(await frame.join(frame.select("d"), "d").count(), 2);
    assert.equal((await frame.groupBy("m").count().collect()).length, 3);
    assert.deepEqual(texts(await frame.orderBy("d").select("i").collect(), "i"), ["2", "1", "0"]);
    const text = await frame
      .orderBy("i")
      .select((f) => ({ d: f.d.cast("string"), m: f.m.cast("string") }))
      .collect();
    assert.deepEqual(texts(text, "d"), [
      "INTERVAL '1 02:03:04.000005' DAY TO SECOND",
      "INTERVAL '-1 12:00:00' DAY TO SECOND",
      null,
    ]);
    assert.deepEqual(texts(text, "m"), ["INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '-1-2' YEAR TO MONTH", null]);
  });

  test("Arrow has durations and months", async () => {
    const table = await frame.orderBy("i").toArrow();
    assert.deepEqual(
      table.schema.fields.map(({ type }) => String(type)),
      ["Int32", "Duration<MICROSECOND>", "Interval<YEAR_MONTH>"],
    );
    const back = createDataFrame(table);
    assert.deepEqual(texts(await back.orderBy("i").collect(), "d"), ["P1DT2H3M4.000005S", "-P1DT12H", null]);
  });

  test("a frame with intervals can be cached", async () => {
    const kept = frame.cache();
    assert.deepEqual(texts(await kept.orderBy("i").collect(), "m"), ["P1Y2M", "-P1Y2M", null]);
    assert.deepEqual((await kept.dtypes())[1], ["d", "interval day to second"]);
    await kept.unpersist();
  });

  test("expr reads literals of intervals, alike in both dialects", async () => {
    const [row] = await createDataFrame([{ a: day("2024-01-31") }])
      .select((f) => ({ x: f.a.plus(F.expr("INTERVAL 1 MONTH")), y: F.expr("INTERVAL -'1 02:03:04.5' DAY TO SECOND") }))
      .collect({ time: "Temporal" });
    assert.deepEqual(Object.values(row ?? {}).map(String), ["2024-02-29", "-P1DT2H3M4.5S"]);
  });

  test("files and SQL text on DuckDB get no intervals, and are told what to do", async () => {
    if (engine === "Spark") {
      // What DuckDB's SQL gives as a number.
      spark.conf.set("spark.quern.sql.dialect", "duckdb");
      const dates = createDataFrame([{ a: day("2024-01-31") }]);
      const foreign = [
        dates.select(F.expr("a - date '2024-01-01' as x")),
        spark.sql("select a - a as x from (select current_date as a)"),
      ];
      spark.conf.set("spark.quern.sql.dialect", "spark");
      for (const text of foreign)
        await assert.rejects(text.collect(), /is a span of time in Spark, and something else/);
      await frame.repartition(1).write.mode("overwrite").parquet(join(folder, "spark"));
      const found = await read.parquet(join(folder, "spark")).orderBy("i").collect();
      assert.deepEqual(texts(found, "d"), ["P1DT2H3M4.000005S", "-P1DT12H", null]);
      return;
    }
    const way = /"d" is an interval day to second, .* cast it first/;
    for (const format of ["parquet", "csv", "json"] as const)
      await assert.rejects(frame.write[format](join(folder, format)), way);
    await assert.rejects(frame.write.saveAsTable("spans"), way);
    await assert.rejects(frame.createOrReplaceTempView("spans"), way);
    await assert.rejects(frame.select(F.expr("d / 2")).collect(), way);
    await assert.rejects(frame.filter("d is not null").collect(), way);
    await assert.rejects(spark.sql`select * from ${frame}`.collect(), way);
    assert.deepEqual(await frame.select(F.expr("i + 1").alias("j")).orderBy("j").collect(), [
      { j: 1 },
      { j: 2 },
      { j: 3 },
    ]);
  });
});
