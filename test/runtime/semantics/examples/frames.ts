import { Decimal } from "decimal.js";
import { F } from "../../../../runtime/index.ts";
import {
  differs,
  type Example,
  type Frames,
  fails,
  named,
  nearly,
  type OfFrames,
  ordered,
  type Section,
} from "../example.ts";

const { col } = F;
const joins = ["inner", "left", "right", "full", "semi", "anti"] as const;

/** One join with each of these keys, of each type. */
const joined = (key: string, prepare: (frame: any) => any = (frame) => frame): Example<OfFrames>[] =>
  joins.map((how) =>
    named<OfFrames>(`f.left.join(f.right, "${key}", "${how}")`, ({ left, right }: Frames) =>
      prepare(left)
        .select("i", key, "v")
        .join(prepare(right).select("j", key, "w"), key, how),
    ),
  );

const texts = [
  "SELECT v FROM (VALUES (1), (NULL), (3)) t(v) WHERE v > 1",
  "SELECT count(*) AS n, sum(v) AS s FROM (VALUES (1), (NULL), (3)) t(v)",
  "SELECT g, max(v) AS m FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) t(g, v) GROUP BY g",
  "SELECT coalesce(NULL, 2) AS a, nullif(1, 1) AS b",
  "SELECT CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END AS c",
  "SELECT a.v FROM (VALUES (1), (2)) a(v) JOIN (VALUES (2), (3)) b(v) ON a.v = b.v",
  "WITH t AS (SELECT 1 AS v UNION ALL SELECT 2) SELECT sum(v) AS s FROM t",
  "SELECT DISTINCT v FROM (VALUES (1), (1), (NULL), (NULL)) t(v)",
];
const untranslated = [
  "SELECT CAST('2024-02-29' AS DATE) AS d",
  "SELECT upper('straße') AS u, length('日本') AS n, substring('hello', 2, 3) AS s",
  "SELECT 7 % 3 AS m, -7 % 3 AS n, 7 / 2 AS q",
  "SELECT abs(-5) AS a, round(2.5) AS r, floor(1.7) AS f",
];
const otherNumbers = [
  "SELECT 1 AS a, 'x' AS b, NULL AS c, TRUE AS d, 1.5 AS e",
  "SELECT v, row_number() OVER (ORDER BY v) AS n FROM (VALUES (3), (1)) t(v)",
];
const kinds = "of SQL text the kind of number may be another, and NULL alone is an INT in DuckDB: docs/sql-text.md";
const signOfZero = "DuckDB gives 0 for -0 in the column that it sorts by, Spark -0";
const partsOfKeys = "DuckDB keeps the sign of a zero inside of a key, Spark does not";
const elements = "types of arrays do not say whether elements may be null, so an exploded column may be";

export const frames: readonly Section[] = [
  {
    title: "Joins",
    how: "frames",
    examples: [
      ...joined("k"),
      ...joined("d"),
      ...joined("s"),
      ...joins.map((how) =>
        named<OfFrames>(`f.left.join(f.right, ["k", "s"], "${how}")`, (f) =>
          f.left.select("i", "k", "s").join(f.right.select("j", "k", "s"), ["k", "s"], how),
        ),
      ),
      ...joins.map((how) =>
        named<OfFrames>(`f.left.join(f.right, (a, b) => a.i.gt(b.j), "${how}")`, (f) =>
          f.left.select("i", "v").join(f.right.select("j", "w"), (a: any, b: any) => a.i.gt(b.j), how),
        ),
      ),
      ...joins.map((how) =>
        named<OfFrames>(`f.left.join(f.right, (a, b) => a.k.eqNullSafe(b.k), "${how}", { suffix: "_right" })`, (f) =>
          f.left.join(f.right, (a: any, b: any) => a.k.eqNullSafe(b.k), how, { suffix: "_right" }),
        ),
      ),
      ...joins.map((how) =>
        named<OfFrames>(`f.left.join(f.empty, "k", "${how}")`, (f) =>
          f.left.select("i", "k").join(f.empty.select("k", "v"), "k", how),
        ),
      ),
      ...joins.map((how) =>
        named<OfFrames>(`f.empty.join(f.left, "k", "${how}")`, (f) =>
          f.empty.select("k", "v").join(f.left.select("i", "k"), "k", how),
        ),
      ),
      (f) => f.left.select("i").crossJoin(f.right.select("j", "w")),
      (f) => f.left.crossJoin(f.empty, { suffix: "_r" }),
      (f) => f.left.join(f.left, "k", "inner", { suffix: "_2" }),
      (f) => f.left.join(f.right.select(col("k").cast("long"), "j"), "k"),
      (f) => f.left.join(f.right.select(col("k").cast("string").alias("k"), "j"), "k"),
      (f) => f.left.join(f.right, (a: any, b: any) => a.s.eq(b.s).and(a.v.gt(15)), "left", { suffix: "_r" }),
      (f) => f.left.join(f.right, (a: any, b: any) => a.d.eq(b.d), "inner", { suffix: "_r" }),
      (f) => f.left.join(f.right, () => F.lit(false), "full", { suffix: "_r" }),
      fails("JOIN_CLASH", (f) => f.left.join(f.right, (a: any, b: any) => a.k.eq(b.k))),
      fails("COLUMN_NOT_FOUND", (f) => f.left.join(f.right, "none")),
    ],
  },
  {
    title: "Unions and sets of rows",
    how: "frames",
    examples: [
      (f) => f.left.union(f.left),
      (f) => f.left.select("i", "k").union(f.right.select("j", "k")),
      (f) => f.left.select("i").union(f.right.select("w")),
      (f) => f.left.select("k").union(f.left.select("d")),
      (f) => f.left.select("k").union(f.left.select("v")),
      (f) => f.left.select("d").union(f.right.select("w")),
      (f) => f.left.select("s").union(f.empty.select("s")),
      (f) => f.dates.select("d").union(f.times.select("t")),
      (f) => f.lists.select("a").union(f.lists.select("b")),
      (f) => f.lists.select("a").union(f.lists.select("d")),
      (f) => f.left.unionByName(f.empty.select("v", "s", "d", "k", "i")),
      (f) => f.left.unionByName(f.right, { allowMissing: true }),
      (f) => f.empty.unionByName(f.right, { allowMissing: true }),
      ...(["intersect", "intersectAll", "subtract", "exceptAll"] as const).flatMap((method) =>
        (["k", "d", "s"] as const).map((column) =>
          named<OfFrames>(`f.left.select("${column}").${method}(f.right.select("${column}"))`, (f) =>
            f.left.select(column)[method](f.right.select(column)),
          ),
        ),
      ),
      (f) => f.left.select("k", "s").subtract(f.right.select("k", "s")),
      (f) => f.left.select("k").intersect(f.left.select("v")),
      (f) => f.left.subtract(f.empty),
      (f) => f.empty.exceptAll(f.left),
      (f) => f.left.select("k").distinct(),
      (f) => f.left.select("d").distinct(),
      (f) => f.left.select("s").distinct(),
      (f) => f.lists.select("a").distinct(),
      differs(partsOfKeys, (f) => f.lists.select("d").distinct()),
      (f) => f.left.select("k", "d").distinct(),
      (f) => f.left.select("k").dropDuplicates(),
      (f) => f.left.dropDuplicates("k").select("k"),
      (f) => f.left.dropDuplicates("d").select("d"),
      (f) => f.left.union(f.left).dropDuplicates("i", "k", "s", "v").drop("d"),
      fails("UNION_TYPES", (f) => f.left.select("k").union(f.lists.select("a"))),
      fails("UNION_COLUMNS", (f) => f.left.union(f.right.select("k"))),
    ],
  },
  {
    title: "Order",
    how: "frames",
    examples: [
      ...["k", "s", "v"].flatMap((key) => [
        ordered(named<OfFrames>(`f.left.orderBy("${key}", "i")`, (f) => f.left.orderBy(key, "i"))),
        ordered(
          named<OfFrames>(`f.left.orderBy(col("${key}").desc(), "i")`, (f) => f.left.orderBy(col(key).desc(), "i")),
        ),
        ordered(
          named<OfFrames>(`f.left.orderBy(col("${key}").asc({ nulls: "last" }), "i")`, (f) =>
            f.left.orderBy(col(key).asc({ nulls: "last" }), "i"),
          ),
        ),
        ordered(
          named<OfFrames>(`f.left.orderBy(col("${key}").desc({ nulls: "first" }), "i")`, (f) =>
            f.left.orderBy(col(key).desc({ nulls: "first" }), "i"),
          ),
        ),
      ]),
      ...["s", "t"].map((key) =>
        ordered(named<OfFrames>(`f.texts.orderBy("${key}", "i")`, (f) => f.texts.orderBy(key, "i"))),
      ),
      ...["d", "f"].flatMap((key) => [
        differs(
          signOfZero,
          ordered(named<OfFrames>(`f.doubles.orderBy("${key}", "i")`, (f) => f.doubles.orderBy(key, "i"))),
        ),
        ordered(
          named<OfFrames>(`f.doubles.orderBy("${key}", "i").select("i")`, (f) =>
            f.doubles.orderBy(key, "i").select("i"),
          ),
        ),
        ordered(
          named<OfFrames>(`f.doubles.orderBy(col("${key}").desc(), "i").select("i")`, (f) =>
            f.doubles.orderBy(col(key).desc(), "i").select("i"),
          ),
        ),
      ]),
      ...["a", "s", "d", "n"].map((key) =>
        ordered(named<OfFrames>(`f.lists.orderBy("${key}", "i")`, (f) => f.lists.orderBy(key, "i"))),
      ),
      ...["r", "q"].map((key) =>
        ordered(named<OfFrames>(`f.maps.orderBy("${key}", "i")`, (f) => f.maps.orderBy(key, "i").select("i", key))),
      ),
      ...["t", "z"].map((key) =>
        ordered(named<OfFrames>(`f.times.orderBy("${key}", "i")`, (f) => f.times.orderBy(key, "i"))),
      ),
      ...["a", "x"].map((key) =>
        ordered(named<OfFrames>(`f.truths.orderBy("${key}", "i")`, (f) => f.truths.orderBy(key, "i"))),
      ),
      ordered((f) => f.decimals.orderBy("m", "i")),
      ordered((f) => f.left.orderBy((c) => [c.v.mod(20), c.i.desc()])),
      ordered((f) => f.left.orderBy(F.lower("s"), "i")),
      ordered((f) => f.left.orderBy("i").limit(3)),
      ordered((f) => f.left.orderBy("i").limit(0)),
      ordered((f) => f.left.orderBy("i").limit(100)),
      ordered((f) => f.left.orderBy("i").offset(6)),
      ordered((f) => f.left.orderBy("i").offset(100)),
      ordered((f) => f.left.orderBy("i").offset(2).limit(3)),
      ordered((f) => f.left.orderBy("i").limit(5).offset(2)),
      ordered((f) => f.left.orderBy("i").limit(5).limit(2)),
      ordered((f) => f.left.orderBy("v").select("i")),
      ordered((f) =>
        f.left
          .orderBy("i")
          .filter((c) => c.v.gt(15))
          .select("v"),
      ),
      ordered((f) => f.empty.orderBy("k")),
      ordered((f) => f.range(5).orderBy(col("id").desc())),
      fails("COLUMN_NOT_FOUND", (f) => f.left.orderBy("none")),
    ],
  },
  {
    title: "Missing values",
    how: "frames",
    examples: [
      (f) => f.left.na.fill(0),
      (f) => f.left.na.fill("none"),
      (f) => f.left.na.fill(1.5),
      (f) => f.left.na.fill(0, ["k"]),
      (f) => f.left.na.fill({ k: -1, s: "?" }),
      (f) => f.truths.na.fill(true),
      (f) => f.doubles.na.fill(0),
      (f) => f.integers.na.fill(7),
      (f) => f.integers.na.fill(2.7),
      (f) => f.money.na.fill(0),
      (f) => f.left.na.drop(),
      (f) => f.left.na.drop("all"),
      (f) => f.left.na.drop(["k"]),
      (f) => f.left.na.drop({ thresh: 4 }),
      (f) => f.left.na.drop({ how: "all", subset: ["k", "v"] }),
      (f) => f.doubles.na.drop(),
      (f) => f.doubles.na.drop({ thresh: 3 }),
      (f) => f.left.na.replace("a", "z"),
      (f) => f.left.na.replace(1, 100),
      (f) => f.left.na.replace([1, 2], [10, 20], ["k"]),
      (f) => f.left.na.replace("a", null),
      (f) => f.left.na.replace({ a: "x", b: "y" }),
      (f) => f.left.na.replace(1.5, 2.5),
      (f) => f.left.na.replace(Number.NaN, 0),
      (f) => f.truths.na.replace(true, false),
      (f) => f.empty.na.fill(0),
      (f) => f.empty.na.drop(),
    ],
  },
  {
    title: "Columns of frames",
    how: "frames",
    examples: [
      (f) => f.left.select("k", col("v").plus(1)),
      (f) => f.left.select((c) => ({ a: c.k, b: F.upper(c.s) })),
      (f) => f.left.select((c) => [c.k.alias("Ä"), F.lit(1).alias("a b"), F.lit("x").alias("日本")]),
      (f) => f.left.select(col("K"), col("V")),
      (f) => f.left.selectExpr("k + 1 as n", "s"),
      (f) => f.left.withColumn("k", col("k").plus(1)),
      (f) => f.left.withColumn("K", col("k").plus(1)),
      (f) => f.left.withColumn("new", F.lit(null)),
      (f) => f.left.withColumns((c) => ({ k: c.v, v: c.k })),
      (f) => f.left.withColumnRenamed("k", "key"),
      (f) => f.left.withColumnRenamed("none", "key"),
      (f) => f.left.withColumnsRenamed({ k: "v2", v: "k2" }),
      (f) => f.left.drop("k", "d"),
      (f) => f.left.drop("none"),
      (f) => f.left.toDF("a", "b", "c", "d", "e"),
      (f) => f.left.filter((c) => c.k.gt(1)),
      (f) => f.left.filter((c) => c.d.isNaN()),
      (f) => f.left.filter((c) => c.d.gt(1)),
      (f) => f.left.filter((c) => c.k.gt(1).not()),
      (f) => f.left.filter("v > 15 and s is not null"),
      (f) => f.left.where((c) => c.s.like("%a%").or(c.k.isNull())),
      (f) => f.left.filter(F.lit(null).cast("boolean")),
      (f) => f.left.filter((c) => c.k.isin(1, 3)).filter((c) => c.v.isNotNull()),
      (f) => f.lists.select("i", F.explode("a")),
      (f) => f.lists.select("i", F.explode_outer("a")),
      (f) => f.lists.select("i", F.explode("n").alias("x")),
      (f) => f.lists.withColumn("e", F.explode("s")).select("i", "e"),
      (f) => f.lists.select("i", F.explode(F.array("p", "v")).alias("x")),
      differs(elements, (f) => f.maps.select("i", F.explode(F.map_entries("m")).alias("e"))),
      differs(elements, (f) =>
        f.maps.select("i", F.explode(F.map_entries("m")).alias("e")).select("i", col("e").getField("key")),
      ),
      (f) => f.left.unpivot("i", ["k", "v"]),
      (f) => f.left.unpivot(["i", "s"], ["k", "d"], "name", "val"),
      (f) => f.left.select("i", "k", "v").unpivot("i"),
      nearly((f) => f.left.describe()),
      (f) => f.left.select("k", "s").describe(),
      nearly((f) => f.integers.select("b", "s", "n").describe()),
      (f) => f.money.select("a", "w").describe(),
      (f) => f.empty.describe(),
      (f) => f.left.summary("count", "min", "max"),
      nearly((f) => f.left.select("k", "v").summary()),
      (f) => f.left.summary("count_distinct", "mean"),
      fails("DUPLICATE_COLUMN", (f) => f.left.stat.crosstab("k", "s")),
      (f) => f.series.stat.crosstab("g", "o"),
      (f) => f.range(3),
      (f) => f.range(0),
      (f) => f.left.transform((frame) => frame.select("k")),
      (f) => f.empty.select(F.lit(1)),
      (f) => f.left.select(F.lit(new Decimal("1.50")), F.lit(true), F.lit(null)),
      (f) => f.left.select(col("i").alias("a.b")).select(col("a.b")),
      (f) =>
        f.left
          .withColumn("count", F.lit(1))
          .filter((c) => c.count.eq(1))
          .select("i", "count"),
      fails("COLUMN_NOT_FOUND", (f) => f.left.select("none")),
      fails("DUPLICATE_COLUMN", (f) => f.left.select("k", col("v").alias("K"))),
    ],
  },
  {
    title: "SQL text",
    how: "frames",
    isUnpromised: true,
    examples: [
      ...(["spark", "duckdb"] as const).flatMap((dialect) =>
        texts.map((text) => named<OfFrames>(`${dialect}: ${text}`, (f) => f.sql(text, dialect))),
      ),
      ...[...otherNumbers, ...untranslated].map((text) =>
        named<OfFrames>(`spark: ${text}`, (f) => f.sql(text, "spark")),
      ),
      ...otherNumbers.map((text) =>
        differs(
          kinds,
          named<OfFrames>(`duckdb: ${text}`, (f) => f.sql(text, "duckdb")),
        ),
      ),
      ...untranslated.map((text) =>
        text.includes("length(")
          ? differs(
              kinds,
              named<OfFrames>(`duckdb: ${text}`, (f) => f.sql(text, "duckdb")),
            )
          : named<OfFrames>(`duckdb: ${text}`, (f) => f.sql(text, "duckdb")),
      ),
      fails("COLUMN_NOT_FOUND", (f) => f.sql("SELECT 1 AS a", "spark").select("b")),
    ],
  },
];
