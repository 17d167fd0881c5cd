import { F } from "../../../../runtime/index.ts";
import { differs, fails, missing, named, type OfFrames, ordered, type Section } from "../example.ts";

const partsOfKeys = "DuckDB keeps the sign of a zero inside of a key, Spark does not";

export const groups: readonly Section[] = [
  {
    title: "Groups",
    how: "frames",
    examples: [
      ...["k", "d", "s"].map((key) =>
        named<OfFrames>(`f.left.groupBy("${key}").count()`, (f) => f.left.groupBy(key).count()),
      ),
      (f) => f.left.groupBy("k", "s").agg(F.sum("v")),
      (f) => f.left.groupBy("k").sum("v", "d"),
      (f) => f.left.groupBy("k").avg("v"),
      (f) => f.left.groupBy("k").mean("d"),
      (f) => f.left.groupBy("k").min("s", "v"),
      (f) => f.left.groupBy("k").max("d"),
      (f) => f.left.groupBy("s").sum(),
      (f) => f.left.groupBy("k").min(),
      (f) => f.decimals.groupBy().avg(),
      (f) => f.integers.groupBy().max(),
      (f) => f.empty.groupBy("k").sum(),
      (f) => f.left.rollup("k").sum(),
      (f) => f.left.cube("k", "s").max(),
      (f) => f.left.groupingSets(["k"], ["s"]).avg(),
      (f) => f.left.groupBy("k").pivot("s", ["a", "b"]).sum(),
      (f) => f.left.groupBy("s").pivot("k").sum("v", "i"),
      (f) => f.left.groupBy((c) => ({ even: c.i.mod(2) })).agg((c) => ({ n: F.count(), s: F.sum(c.v) })),
      (f) => f.left.groupBy(F.lit(1).alias("one")).count(),
      (f) => f.left.groupBy().count(),
      (f) => f.left.agg(F.sum("v"), F.count()),
      (f) => f.empty.groupBy("k").count(),
      (f) => f.empty.agg(F.count(), F.sum("v")),
      (f) => f.lists.groupBy("a").count(),
      differs(partsOfKeys, (f) => f.lists.groupBy("d").count()),
      differs(partsOfKeys, (f) => f.maps.groupBy("r").count()),
      (f) => f.truths.groupBy("a", "b").count(),
      (f) => f.truths.groupBy("x").count(),
      (f) => f.times.groupBy(F.to_date("t").alias("day")).count(),
      (f) => f.decimals.groupBy("a").agg(F.max("b")),
      (f) => f.left.rollup("k", "s").count(),
      (f) => f.left.rollup("k").agg(F.sum("v"), F.avg("d")),
      (f) => f.left.rollup("k", "s").count().filter(F.grouping_id().gt(0)),
      ordered((f) => f.left.rollup("k", "s").count().orderBy(F.grouping_id().desc(), "k", "s")),
      (f) => f.left.cube("k", "s").agg(F.max("v")).filter(F.grouping("k").eq(1)),
      ordered((f) => f.left.orderBy(f.right.select(F.max("j")).scalar(), "i").select("i")),
      (f) =>
        f.left.join(f.right, (a: any, b: any) => a.i.eq(b.j).and(b.w.gt(f.left.select(F.min("v")).scalar())), "left", {
          suffix: "_r",
        }),
      (f) => f.left.join(f.right.select("j"), (a: any, b: any) => a.i.eq(b.j).and(f.empty.exists())),
      (f) =>
        f.left.groupBy("k").agg(
          F.sum("v")
            .minus(f.right.select(F.max("j")).scalar())
            .alias("less"),
        ),
      fails("SUBQUERY", (f) => f.left.orderBy(f.right.exists())),
      (f) => f.left.cube("k", "s").count(),
      (f) => f.left.rollup((c) => ({ even: c.i.mod(2), s: c.s })).agg((c) => ({ m: F.max(c.v) })),
      (f) => f.left.cube((c) => [c.k, c.v.gt(15).alias("much")]).count(),
      (f) => f.left.groupingSets((c) => [[c.k, c.i.mod(2).alias("even")], [c.i.mod(2).alias("even")]]).avg("v"),
      (f) => f.left.cube("d").agg(F.count()),
      (f) => f.empty.rollup("k").count(),
      (f) => f.empty.cube("k").agg(F.sum("v")),
      (f) => f.left.groupingSets(["k"], ["s"], []).count(),
      (f) => f.left.groupingSets(["k", "s"], ["s"]).agg(F.max("v")),
      (f) => f.left.groupBy("k").pivot("s", ["a", "b"]).sum("v"),
      (f) => f.left.groupBy("k").pivot("s", ["a", "é"]).count(),
      missing("DuckDB has no columns without a name", (f) => f.left.groupBy("k").pivot("s", ["a", ""]).count()),
      fails("DUPLICATE_COLUMN", (f) => f.left.groupBy("k").pivot("s").count()),
      (f) => f.series.groupBy("o").pivot("g").count(),
      (f) => f.left.groupBy("s").pivot("k", [1, 2]).agg(F.sum("v").alias("total"), F.count().alias("rows")),
      (f) => f.left.groupBy("s").pivot("k").max("v"),
      (f) => f.left.groupBy().pivot("k", [1, 2, 9]).sum("v"),
      (f) => f.series.groupBy("g").pivot("o", [1, 2]).avg("x"),
      (f) => f.left.groupBy("k").agg((c) => ({ x: F.sum(c.v).plus(1), y: F.max(c.s) })),
      (f) => f.left.groupBy("k").agg((c) => ({ share: F.sum(c.v).div(F.count()) })),
      fails("COLUMN_NOT_FOUND", (f) => f.left.groupBy("none").count()),
    ],
  },
];
