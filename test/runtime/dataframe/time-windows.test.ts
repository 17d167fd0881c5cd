import assert from "node:assert/strict";
import { col, count, F } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, range, spark, test }) => {
  const at = (text: string) => Temporal.Instant.from(`2024-01-01T${text}Z`);
  const visits = createDataFrame(
    [
      { who: "a", "window.time": at("00:00:00"), window: 1 },
      { who: "a", "window.time": at("00:05:00"), window: 2 },
      { who: "a", "window.time": at("00:10:00.000001"), window: 3 },
      { who: "a", "window.time": null, window: 4 },
      { who: null, "window.time": at("00:04:59"), window: 5 },
      { who: null, "window.time": at("00:05:00"), window: 6 },
    ],
    "who STRING, `window.time` TIMESTAMP, window INT",
  );
  const time = col("`window.time`");
  const clocks = ({ start, end }: any) => [start, end].map((one: Date) => one.toISOString().slice(11, 19)).join("-");

  test("a window is a column of the frame, which may have one of its name", async () => {
    const rows = await visits
      .groupBy(F.window(time, "5 minutes").alias("w"), "who")
      .agg((f) => ({ n: count(), last: F.max(f.window) }))
      .orderBy("w", "who")
      .collect();
    assert.deepEqual(
      rows.map(({ w, who, n, last }: any) => [clocks(w), who, n, last]),
      [
        ["00:00:00-00:05:00", null, 1, 5],
        ["00:00:00-00:05:00", "a", 1, 1],
        ["00:05:00-00:10:00", null, 1, 6],
        ["00:05:00-00:10:00", "a", 1, 2],
        ["00:10:00-00:15:00", "a", 1, 3],
      ],
    );
    const named = visits.withColumn("window", F.window(time, "1 hour")).select("window.start", F.window_time("window"));
    assert.equal((await named.distinct().collect()).length, 1);
    assert.deepEqual(await visits.select("*", F.window(time, "1 hour").alias("w")).columns(), [
      "who",
      "window.time",
      "window",
      "w",
    ]);
    assert.equal(await visits.withColumn("w", F.window(time, "1 hour", "20 minutes")).count(), 15);
    const twice = visits.select(F.window(time, "1 day").start.alias("from"), F.window(time, "1 day").end.alias("to"));
    assert.deepEqual(await twice.distinct().columns(), ["from", "to"]);
  });

  test("sessions go on up to their gap, by the other keys, as Spark's own do", async () => {
    const sessions = visits
      .groupBy("who", F.session_window(time, "5 minutes"))
      .count()
      .orderBy("who", "session_window");
    const found = (await sessions.collect()) as any[];
    assert.deepEqual(
      found.map(({ who, session_window, count }) => [who, clocks(session_window), count]),
      [
        [null, "00:04:59-00:10:00", 2],
        ["a", "00:00:00-00:10:00", 2],
        ["a", "00:10:00-00:15:00", 1],
      ],
    );
    if (engine === "DuckDB") return;
    await visits.createOrReplaceTempView("visits");
    spark.conf.set("spark.quern.sql.dialect", "spark");
    const native = spark.sql(
      "SELECT who, session_window(`window.time`, '5 minutes') AS session_window, count(*) AS count FROM visits GROUP BY 1, 2 ORDER BY 1, 2",
    );
    assert.deepEqual(await native.collect(), found);
    spark.conf.unset("spark.quern.sql.dialect");
  });

  test("windows that cannot be are refused when they are described, where they stand", async () => {
    const code = "TIME_WINDOW";
    assert.throws(() => F.window(time, "1 month"), { code, message: /duration is a length of time.*without months/ });
    assert.throws(() => F.window(time, "soon"), { code });
    assert.throws(() => F.window(time, "1 hour", "2 hours"), { code, message: /slides no farther than it is long/ });
    assert.throws(() => F.window(time, "1 hour", null, "1 hour"), { code, message: /starts by less than it slides/ });
    assert.throws(() => F.window(time, "0 seconds"), { code });
    assert.throws(() => F.session_window(time, "-1 minutes"), { code, message: /gap lasts some time/ });
    assert.throws(() => visits.select(F.session_window(time, "1 minute")), {
      code,
      message: /groupBy alone, not in select/,
    });
    assert.throws(() => visits.groupBy(F.window(time, "1 hour"), F.window(time, "2 hours")), {
      code,
      message: /there can be one/,
    });
    await assert.rejects(visits.filter(F.window(time, "1 hour").start.isNotNull()).collect(), {
      code: "MISPLACED_GENERATOR",
    });
    await assert.rejects(range(1).groupBy(F.window("id", "1 hour")).count().collect(), { code: "TYPE_MISMATCH" });
    await assert.rejects(range(1).groupBy(F.window("tme", "1 hour")).count().collect(), /"tme" is not in the frame/);
  });
});
