import { F } from "../../../../runtime/index.ts";
import type { Section } from "../example.ts";

const { col, count, window, session_window } = F;

export const timeWindows: readonly Section[] = [
  {
    title: "Windows over time",
    how: "frames",
    examples: [
      (f) => f.times.select("i", window("t", "1 hour")),
      (f) => f.times.select("i", window("z", "1 day").alias("w")),
      (f) => f.dates.select("i", window("d", "1 week")),
      (f) => f.times.select("i", window("t", "7 days", null, "-3 hours")),
      (f) => f.times.select("i", window("t", "90 minutes", "1 hour").getField("start").alias("s")),
      (f) => f.times.select("i", window("t", "1 day", "7 hours", "30 minutes")),
      (f) => f.times.select("i", window("z", "10 minutes", "5 minutes")),
      (f) => f.times.withColumn("w", window("u", "2 hours").getField("end")),
      (f) => f.times.select("*", window("t", "1 hour")),
      (f) => f.times.withColumn("window", window("t", "1 hour")).withColumn("at", F.window_time(col("window"))),
      (f) => f.times.groupBy(window("t", "1 day")).count(),
      (f) => f.times.groupBy(window("t", "2 days", "1 day").alias("days")).agg(count().alias("n"), F.min("i")),
      (f) => f.series.groupBy(window("day", "31 days"), "g").agg(F.sum("x").alias("s")),
      (f) =>
        f.series
          .groupBy((c: any) => ({ from: F.date_format(F.window(c.day, "1 day").getField("start"), "MM-dd") }))
          .count(),
      (f) => f.series.rollup(window("day", "366 days"), "g").count(),
      (f) => f.series.limit(0).groupBy(window("day", "1 day")).count(),
      (f) => f.series.groupBy(session_window("day", "2 days"), "g").agg(F.count().alias("n"), F.max("y").alias("y")),
      (f) => f.series.groupBy(F.session_window("day", "24 hours")).count(),
      (f) => f.series.groupBy("g", session_window("day", "60 days").alias("visit")).agg(F.sum("x")),
      (f) => f.times.groupBy(session_window("z", "73000 days")).count(),
      (f) => f.empty.groupBy(session_window(F.to_date("s"), "1 day")).count(),
    ],
  },
];
