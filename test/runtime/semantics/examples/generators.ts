import { F, Window } from "../../../../runtime/index.ts";
import { differs, fails, type Section } from "../example.ts";

const { col } = F;
const elements = "types of arrays do not say whether elements may be null, so the fields of these may be";

export const generators: readonly Section[] = [
  {
    title: "Columns and rows of one expression",
    how: "frames",
    examples: [
      (f) => f.lists.select("i", F.posexplode("a")),
      (f) => f.lists.select("i", F.posexplode_outer("a")),
      (f) => f.lists.select("i", F.posexplode("s").alias("n", "Ä ö")),
      (f) => f.lists.select(F.posexplode_outer("n").alias("at", "list"), "i"),
      (f) => f.lists.select("i", F.posexplode(F.array_distinct("d"))),
      (f) => f.lists.select("*", F.posexplode("a")),
      (f) => f.empty.select("i", F.posexplode(F.array("k", "k"))),
      (f) => f.maps.select("i", F.explode("m")),
      (f) => f.maps.select("i", F.explode_outer("m")),
      (f) => f.maps.select("i", F.explode("k").alias("a", "b")),
      (f) => f.maps.select("i", F.posexplode("m")),
      (f) => f.maps.select(F.posexplode_outer("k"), "i"),
      (f) => f.maps.select("i", F.inline(F.array("r", F.lit(null)))),
      (f) => f.maps.select("i", F.inline(F.when(col("i").gt(1), F.array("r")))),
      (f) => f.maps.select("i", F.inline_outer(F.when(col("i").gt(1), F.array("r")))),
      (f) => f.maps.select(F.inline(F.array("q")).alias("x", "y"), "i"),
      differs(elements, (f) => f.maps.select("i", F.inline(F.map_entries("m")))),
      (f) => f.lists.select("i", F.stack(1, "p", "w")),
      (f) => f.lists.select("i", F.stack(2, "p", "w", "v")),
      (f) => f.lists.select("i", F.stack(3, "p", F.lit(null))),
      (f) => f.lists.select(F.stack(2, "a", F.lit(1), F.lit(null), "v").alias("list", "number")),
      (f) => f.lists.withColumn("w", F.stack(2, "p", "v") as any).select("i", "w"),
      (f) =>
        f.lists.select(F.row_number().over(Window.orderBy("i")).alias("r"), F.posexplode("a"), F.upper("w").alias("u")),
      (f) =>
        f.lists
          .withColumns((c) => ({ a: F.count().over(Window.partitionBy(c.i)), p: F.explode(c.a) }))
          .select("i", "a", "p"),
      (f) =>
        f.lists.select((c) => [c.i, F.explode(c.a).alias("x"), F.sum(c.p).over(Window.partitionBy(c.i)).alias("s")]),
      (f) => f.lists.select("i", F.json_tuple(F.lit('{"a":1,"b":"x"}'), "a", "b").alias("x", "y")),
      fails("MISPLACED_GENERATOR", (f) => f.lists.select(F.posexplode(F.collect_list("i")))),
      fails("TYPE_MISMATCH", (f) => f.lists.select(F.stack(2, "p", "w"))),
      fails("TYPE_MISMATCH", (f) => f.lists.select(F.stack(0, "p"))),
      fails("COLUMN_COUNT", (f) => f.lists.select(F.posexplode("a").alias("x"))),
      fails("COLUMN_COUNT", (f) => f.lists.select(F.explode("a").alias("x", "y"))),
      fails("COLUMN_COUNT", (f) => f.maps.withColumn("x", F.explode("m"))),
      fails("MISPLACED_GENERATOR", (f) => f.lists.select(F.posexplode("a"), F.explode("s"))),
    ],
  },
  {
    title: "Which columns a row is grouped by",
    how: "frames",
    examples: [
      (f) => f.left.rollup("k", "s").agg(F.grouping("k"), F.grouping("s"), F.grouping_id()),
      (f) =>
        f.left.cube("k", "d", "s").agg(F.grouping_id("k", "d", "s"), F.grouping("d").plus(1).alias("n"), F.count()),
      (f) =>
        f.left
          .cube(F.upper("s"), col("k").mod(2).alias("odd"))
          .agg(F.grouping_id(), F.grouping(F.upper("s")).alias("g")),
      (f) =>
        f.left
          .groupingSets(["s"], ["k", "s"], [])
          .agg((c) => ({ id: F.grouping_id(), v: F.sum(c.v).plus(F.grouping_id()) })),
      (f) => f.empty.rollup("k").agg(F.grouping_id()),
      fails("GROUPING", (f) => f.left.groupBy("k").agg(F.grouping("k"))),
      fails("GROUPING", (f) => f.left.rollup("k").agg(F.grouping("s"))),
      fails("GROUPING", (f) => f.left.rollup("k", "s").agg(F.grouping_id("s", "k"))),
      fails("GROUPING", (f) => f.left.select(F.grouping_id())),
    ],
  },
  {
    title: "Rows as columns, and their numbers",
    how: "frames",
    examples: [
      (f) => f.left.select("i", "k", "v", "d").transpose(),
      (f) => f.left.select("i", "k", "v").limit(0).transpose("k"),
      (f) => f.left.filter("k in (1, 5)").select("k", "s").limit(0).transpose("s"),
      (f) => f.left.filter("k = 2").select("s").transpose(),
      (f) => f.integers.select("n", "b", "s", "l").transpose(),
      (f) => f.decimals.select("w", "a", "b", "i").transpose(),
      (f) => f.doubles.select("d", "i", "e").filter("i > 1").transpose(),
      (f) => f.dates.select("d", "u").transpose(),
      (f) => f.lists.select("i", "a", "b").transpose(),
      (f) => f.truths.filter("i in (0, 1, 2)").select("a", "b").transpose("b"),
      fails("TRANSPOSE", (f) => f.left.transpose()),
      fails("TRANSPOSE", (f) => f.left.select("k", "v").transpose()),
      fails("TRANSPOSE", (f) => f.left.filter("k = 3").select("s", "v").transpose()),
      fails("TRANSPOSE", (f) => f.lists.select("a", "i").transpose()),
      fails("TRANSPOSE", (f) => f.range(501).withColumn("v", F.lit(1)).transpose()),
      (f) => f.left.orderBy(F.desc("i")).zipWithIndex(),
      (f) => f.empty.zipWithIndex("Ü"),
      (f) => f.left.orderBy("v", "i").zipWithIndex("n").filter("n % 2 = 1"),
      fails("DUPLICATE_COLUMN", (f) => f.left.zipWithIndex("K")),
      (f) => f.range(3).select(F.monotonically_increasing_id().ge(0).alias("b")),
      fails("MISPLACED_WINDOW", (f) => f.range(3).filter(F.monotonically_increasing_id().ge(0))),
    ],
  },
];
