import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { F, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const folder = mkdtempSync(join(tmpdir(), "quern-calendar-intervals-"));
after(() => rmSync(folder, { recursive: true, force: true }));

onEngines(({ createDataFrame, engine, spark, test }) => {
  const at = Temporal.PlainDateTime.from("2024-01-31T00:00:00");
  const frame = createDataFrame([{ i: 1, at }]).select((f) => ({
    i: f.i,
    at: f.at,
    v: F.make_interval(0, 1, 0, -1, 12),
  }));

  test("a frame knows its intervals of months, days and microseconds", async () => {
    assert.deepEqual((await frame.dtypes())[2], ["v", "interval"]);
    assert.deepEqual(await frame.select(() => ({ s: F.lit("1 day").cast(types.calendarInterval) })).dtypes(), [
      ["s", "interval"],
    ]);
    assert.deepEqual(await frame.select(F.array("v").cast("array<interval>").alias("l")).dtypes(), [
      ["l", "array<interval>"],
    ]);
  });

  test("their values do not leave the engine, which the error says with the way out", async () => {
    const way = /"v" is an interval of months, days and microseconds, .*: cast it to string, or take its parts/;
    await assert.rejects(frame.collect(), way);
    await assert.rejects(frame.toArrow(), way);
    await assert.rejects(frame.select(F.array("v").alias("v")).collect(), way);
    const [row] = await frame
      .select((f) => ({ text: f.v.cast("string"), months: F.extract("month", f.v), moved: f.at.plus(f.v) }))
      .collect({ time: "Temporal" });
    assert.deepEqual(Object.values(row ?? {}).map(String), ["1 months -1 days 12 hours", "1", "2024-02-28T12:00:00"]);
    assert.throws(() => createDataFrame([{ v: Temporal.Duration.from("P1D") }], "v INTERVAL"), /cast it to string/);
  });

  test("a frame with them can be cached", async () => {
    const kept = frame.cache();
    assert.deepEqual(await kept.select((f) => f.v.times(2).cast("string").alias("v")).collect(), [
      { v: "2 months -2 days 24 hours" },
    ]);
    await kept.unpersist();
  });

  test("files, tables and texts of the user's", async () => {
    await assert.rejects(frame.write.parquet(join(folder, engine)), /interval/i);
    if (engine === "Spark") {
      spark.conf.set("spark.quern.sql.dialect", "spark");
      // A text's own columns are looked at as they are.
      assert.deepEqual(await spark.sql("SELECT make_interval(1) AS v").collect(), [{ v: "1 years" }]);
      const moved = frame.select(F.expr("at + make_interval(0, 1)").alias("v"));
      assert.deepEqual(String((await moved.collect({ time: "Temporal" }))[0]?.v), "2024-02-29T00:00:00");
      return;
    }
    const way = /"v" is an interval, .* cast it first/;
    await assert.rejects(frame.write.saveAsTable("spans"), way);
    await assert.rejects(frame.createOrReplaceTempView("spans"), way);
    await assert.rejects(frame.filter("v is not null").collect(), way);
    await assert.rejects(spark.sql`select * from ${frame}`.collect(), way);
    const read = frame.select(F.from_json(F.lit('{"a": "1 day"}'), "a INTERVAL").alias("j"));
    await assert.rejects(read.collect(), /STRING/);
  });
});
