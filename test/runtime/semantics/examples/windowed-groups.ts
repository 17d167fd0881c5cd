import { F, Window } from "../../../../runtime/index.ts";
import { fails, type Section } from "../example.ts";

const byGroup = Window.orderBy("g");

export const windowedGroups: readonly Section[] = [
  {
    title: "Windows over groups",
    how: "frames",
    examples: [
      (f) => f.series.groupBy("g").agg(F.sum(F.sum("x")).over(byGroup)),
      (f) => f.series.groupBy("g").agg(F.sum("x").alias("s"), F.sum(F.sum("x")).over(Window.partitionBy()).alias("t")),
      (f) => f.series.groupBy("g").agg((c) => ({ r: F.rank().over(Window.orderBy(F.sum(c.x).desc())) })),
      (f) => f.series.groupBy("g").agg((c) => ({ d: F.sum(c.x).minus(F.lag(F.sum(c.x)).over(byGroup)) })),
      (f) => f.series.groupBy("g").agg((c) => ({ p: F.sum(c.x).div(F.sum(F.sum(c.x)).over(Window.partitionBy())) })),
      (f) => f.series.groupBy("g").agg((c) => ({ n: F.count("*").over(Window.partitionBy()), m: F.max(c.x) })),
      (f) => f.series.groupBy("g").agg(() => ({ r: F.row_number().over(byGroup) })),
      (f) =>
        f.series
          .groupBy((c: any) => ({ y: F.year(c.day), g: c.g }))
          .agg((c) => ({
            r: F.row_number().over(Window.partitionBy(F.year(c.day)).orderBy(F.min(c.i))),
            s: F.sum(c.x),
          })),
      (f) => f.series.rollup("g").agg((c) => ({ s: F.sum(c.x), t: F.max(F.sum(c.x)).over(Window.partitionBy()) })),
      (f) => f.series.agg((c) => ({ t: F.sum(F.sum(c.x)).over(Window.partitionBy()), n: F.count(c.x) })),
      fails("NOT_GROUPED", (f) => f.series.groupBy("g").agg((c) => ({ r: F.sum(c.x).over(byGroup) }))),
    ],
  },
];
