import assert from "node:assert/strict";
import { col, F, lit, Window } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const ordered = Window.partitionBy("s").orderBy("a");

/** A column without a name, and Spark's SQL for it, as PySpark's functions send it. */
const columns: readonly (readonly [column: any, sql: string])[] = [
  [F.countDistinct("a", "b"), "count(DISTINCT a, b)"],
  [F.sum_distinct("a"), "sum(DISTINCT a)"],
  [F.mean(col("a").cast("decimal(10,2)")), "avg(CAST(a AS DECIMAL(10,2)))"],
  [F.percentile_approx("a", 0.5), "percentile_approx(a, 0.5D)"],
  [F.percentile("a", 0.5), "percentile(a, 0.5D)"],
  [F.first("a", true), "first(a, true)"],
  [F.array_agg("a"), "array_agg(a)"],
  [F.listagg("s"), "listagg(s)"],
  [F.approx_count_distinct("a", 0.01), "approx_count_distinct(a, 0.01D)"],
];
const rows: typeof columns = [
  [F.sqrt(F.abs("a")), "sqrt(abs(a))"],
  [F.pow("a", 2), "power(a, 2)"],
  [F.round(F.exp("a")), "round(exp(a))"],
  [F.ceil("a"), "ceil(a)"],
  [F.floor("a"), "floor(a)"],
  [F.log("a"), "ln(a)"],
  [F.signum("a"), "signum(a)"],
  [F.split("s", ","), "split(s, ',')"],
  [F.regexp_replace("s", "a", "b"), "regexp_replace(s, 'a', 'b')"],
  [F.substr("s", 2), "substr(s, 2)"],
  [F.trim("s", "x"), "trim(BOTH 'x' FROM s)"],
  [F.locate("a", "s"), "locate('a', s)"],
  [F.sort_array("l"), "sort_array(l)"],
  [F.create_map("s", "a"), "map(s, a)"],
  [F.struct("a", col("b").plus(1), col("s").alias("t")), "struct(a, b + 1, s AS t)"],
  [F.isnull("a"), "isnull(a)"],
  [col("a").isNotNull(), "a IS NOT NULL"],
  [col("a").ne(1), "a != 1"],
  [col("a").between(1, 2), "a >= 1 AND a <= 2"],
  [F.current_time(), "current_time()"],
  [F.try_to_time("s", "HH"), "try_to_time(s, 'HH')"],
  [F.time_from_seconds("a"), "time_from_seconds(a)"],
  [col("s").like("a%"), "s LIKE 'a%'"],
  [col("s").rlike("a"), "s RLIKE 'a'"],
  [col("s").startsWith("a"), "startswith(s, 'a')"],
  [col("a").bitwiseAND(6), "a & 6"],
  [F.bitwise_not("a"), "~a"],
  [col("l").getItem(0), "l[0]"],
  [F.upper("st.x"), "upper(st.x)"],
  [col("st.x"), "st.x"],
  [col("s").cast("double").plus(1), "CAST(s AS DOUBLE) + 1"],
  [F.when(col("a").gt(1), "x").otherwise("y"), "CASE WHEN a > 1 THEN 'x' ELSE 'y' END"],
  [F.months_between("d", "ts"), "months_between(d, ts)"],
  [F.unix_timestamp("ts"), "unix_timestamp(ts)"],
  [F.extract("YEAR", "d"), "extract(YEAR FROM d)"],
  [F.row_number().over(ordered), "row_number() OVER (PARTITION BY s ORDER BY a)"],
  [F.dense_rank().over(ordered), "dense_rank() OVER (PARTITION BY s ORDER BY a)"],
  [F.sum("a").over(ordered), "sum(a) OVER (PARTITION BY s ORDER BY a)"],
  [F.max("a").over(Window.partitionBy("b")), "max(a) OVER (PARTITION BY b)"],
  [
    F.sum("b").over(ordered.rowsBetween(-1, 0)),
    "sum(b) OVER (PARTITION BY s ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
  ],
  [F.explode("l"), "explode(l)"],
];

onEngines(({ spark, engine, test }) => {
  const text =
    "SELECT * FROM VALUES (1, 2, 'a', array(1), named_struct('x', 'y'), DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:00') AS t(a, b, s, l, st, d, ts)";
  if (engine === "Spark") {
    test("columns without a name are called as Spark calls them", async () => {
      spark.conf.set("spark.quern.sql.dialect", "spark");
      const frame = spark.sql(text);
      const select = async (list: typeof columns) =>
        spark.sql(`SELECT ${list.map(([, sql]) => sql).join(", ")} FROM (${text})`).columns();
      assert.deepEqual(await frame.agg(...columns.map(([column]) => column)).columns(), await select(columns));
      assert.deepEqual(await frame.select(...rows.map(([column]) => column)).columns(), await select(rows));
    });
  } else {
    test("a list that becomes rows is called col", async () => {
      const frame = spark.createDataFrame([{ l: [1, 2] }]);
      assert.deepEqual(await frame.select(F.explode("l"), F.round(lit(2.5))).collect(), [
        { col: 1, "round(2.5, 0)": 3 },
        { col: 2, "round(2.5, 0)": 3 },
      ]);
      await assert.rejects(
        frame.select(F.explode("l"), F.explode_outer("l")).collect(),
        /explode_outer\(l\) is the second column that makes rows/,
      );
    });
  }
});
