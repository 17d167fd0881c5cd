import { F } from "../../../../runtime/index.ts";
import { fails, ordered, type Section } from "../example.ts";

export const places: readonly Section[] = [
  {
    title: "Columns by their places",
    how: "frames",
    examples: [
      ordered((f) => f.series.select("x", "i").orderBy(2)),
      ordered((f) => f.series.select("x", "i").orderBy(-2)),
      ordered((f) => f.series.select("x", "i").sort(1, -2)),
      ordered((f) => f.series.select("x", "i").orderBy([1, 2], { ascending: [false, true] })),
      ordered((f) => f.series.select("x", "i").orderBy(F.lit(2).desc())),
      ordered((f) => f.series.select("x", "i").orderBy(F.lit(1), "i")),
      (f) => f.series.select("g", "x").groupBy(1).count(),
      (f) => f.series.select("g", "x").groupBy(2, "g").agg(F.max("x")),
      (f) => f.series.select("g", "x").groupBy(F.lit(1)).count(),
      (f) => f.series.select("g", "o").rollup(1, 2).count(),
      (f) => f.series.select("g", "o").cube(2).agg(F.count("*").alias("n")),
      fails("POSITION", (f) => f.series.groupBy(99).count()),
      fails("POSITION", (f) => f.series.orderBy(0)),
      fails("POSITION", (f) => f.series.groupBy(-1).count()),
    ],
  },
];
