import { F } from "../../../../runtime/index.ts";
import { ordered, type Section } from "../example.ts";

const { col } = F;

export const others: readonly Section[] = [
  {
    title: "Other names of aggregates",
    how: "groupBy",
    input: "small",
    examples: [
      (c) => F.approx_percentile(c.n, 0.5),
      (c) => F.array_agg(c.n),
      (c) => F.count_distinct(c.n, c.b),
      (c) => F.every(c.n.gt(-100)),
      (c) => F.some(c.n.gt(1)),
      (c) => F.std(c.n),
    ],
  },
  {
    title: "What is another value each time",
    how: "select",
    input: "small",
    examples: [
      () => F.rand().between(0, 1),
      () => F.randn().isNotNull(),
      () => F.random().lt(1),
      () => F.current_date().gt(F.lit(Temporal.PlainDate.from("2020-01-01"))),
      () => F.current_timestamp().gt(F.lit(new Date(0))),
      () => F.datediff(F.current_date(), F.current_timestamp()),
    ],
  },
  {
    title: "Names, text and reduced arrays",
    how: "select",
    input: "lists",
    examples: [
      () => F.col("p"),
      () => F.col("P").plus(1),
      () => F.column("w"),
      () => F.expr("p"),
      (c) => F.reduce(c.a, F.lit(0), (sum, x) => sum.plus(x)),
    ],
  },
  {
    title: "Other methods of frames",
    how: "frames",
    examples: [
      (f) => f.left.fillna(0),
      (f) => f.left.fillna({ s: "-" }),
      (f) => f.left.dropna(),
      (f) => f.left.dropna({ thresh: 4 }),
      (f) => f.left.unionAll(f.left),
      (f) => f.left.sort("i").limit(2),
      (f) => f.left.sort(col("v").desc()).limit(1),
      (f) => f.left.hint("broadcast"),
      (f) => f.left.join(F.broadcast(f.right.select("k", "j")), "k"),
      (f) => f.left.repartition(2),
      (f) => f.left.repartition("k"),
      (f) => f.left.repartitionByRange("i"),
      (f) => f.left.coalesce(1),
      (f) => f.left.to("k BIGINT, i INT, s STRING"),
      (f) => f.left.to("v DECIMAL(20,2), d DOUBLE"),
      (f) => f.left.select(f.left.colRegex("`[kv]`")),
      (f) => f.left.sample(0),
      (f) => f.left.sample(1),
      (f) => f.left.limit(0).union(f.empty),
      ordered((f) => f.left.orderBy(F.asc("k"), F.desc("i"))),
      ordered((f) => f.left.orderBy(F.asc_nulls_first("k"), F.asc_nulls_last("s"), "i")),
      ordered((f) => f.left.orderBy(F.desc_nulls_first("v"), F.desc_nulls_last("k"), "i")),
    ],
  },
];
