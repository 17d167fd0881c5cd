import { F } from "../../../../runtime/index.ts";
import { type Frames, fails, type Section } from "../example.ts";

const { col } = F;

/** Structs in structs, in arrays and in maps; some of them null. */
const nested = ({ left }: Frames) =>
  left.select(
    "i",
    "k",
    F.when(col("i").ne(3), F.struct("k", F.struct("v", "s").alias("in"))).alias("st"),
    F.array(F.struct("s"), F.struct(F.lit(null).cast("string").alias("s"))).alias("list"),
    F.create_map(F.lit("key"), F.struct("v")).alias("m"),
    col("v").alias("a.b"),
  ) as any;

export const paths: readonly Section[] = [
  {
    title: "Paths into structs",
    how: "frames",
    // Of CASE Spark looks closer at what is never null.
    isUnpromised: true,
    examples: [
      (f) => nested(f).select("i", "st.k", "st.in.v", col("st.in.S")),
      (f) => nested(f).select("i", "list.s", "m.key", "m.key.v"),
      (f) => nested(f).select("i", col("list").getField("S"), col("m").getField("key").getField("v").alias("v")),
      (f) => nested(f).select(col("m").getField("none"), F.array("list").getItem(0).getField("s").alias("s")),
      (f) =>
        nested(f).select(
          F.filter("list", (x) => x.getField("s").isNotNull())
            .getField("s")
            .alias("s"),
        ),
      (f) => nested(f).select(F.array(F.lit(null), col("st")).getField("in").getField("v").alias("v")),
      (f) => nested(f).select("i", "st.*"),
      (f) => nested(f).select("i", "st.in.*"),
      (f) => nested(f).select(F.struct("*").alias("all"), F.struct("st.in.*").alias("few")),
      (f) => nested(f).select("`a.b`", "i"),
      (f) => nested(f).filter(col("st.in.v").gt(15)).select("i"),
      (f) => nested(f).groupBy("st.k").agg(F.sum("st.in.v"), F.count("i")),
      (f) => nested(f).rollup("st.k").agg(F.max("st.in.s")),
      (f) =>
        nested(f).withColumn("st.k", F.lit(1)).drop("st.in").select("i", "st.k", col("st").getField("k").alias("f")),
      (f) =>
        nested(f)
          .alias("l")
          .join(nested(f).select("i").alias("r"), col("l.st.k").eq(col("r.i")))
          .select("l.st.in.*", "r.*"),
      (f) => nested(f).alias("l").select("l.i", F.upper("l.st.in.s").alias("s")),
      (f) => nested(f).selectExpr("i", "st.*", "st.in.v AS w"),
      fails("FIELD_NOT_FOUND", (f) => nested(f).select("st.none")),
      fails("NO_STRUCT", (f) => nested(f).select("k.none")),
      fails("NO_STRUCT", (f) => nested(f).select((F.create_map(F.lit(1), F.lit(2)) as any).getField("x"))),
      fails("COLUMN_NOT_FOUND", (f) => nested(f).select("none.*")),
    ],
  },
];
