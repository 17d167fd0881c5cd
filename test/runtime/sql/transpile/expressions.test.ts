import assert from "node:assert/strict";
import { expr } from "../../../../runtime/index.ts";
import { onEngines } from "../../../helpers/on-engines.ts";

/** Expressions in Spark's SQL over the row below, with their values: what a user of Spark writes into `expr`. */
const VALUES: readonly (readonly [text: string, type: string, value: unknown])[] = [
  ["size(xs) + id", "int", 4],
  ["t.st.b.c", "string", "z"],
  ["items.sku", "array<string>", ["p1"]],
  ["items[0].sku", "string", "p1"],
  ["m['k'] + m.k", "int", 10],
  ["transform(xs, (x, i) -> x * i + id)", "array<int>", [1, 3, 7]],
  ["transform(xs, x -> aggregate(xs, 0, (a, y) -> a + x * y, s -> s + id))", "array<int>", [7, 13, 19]],
  ["exists(items, i -> i.q > 1 AND i.sku LIKE 'p%')", "boolean", true],
  ["zip_with(xs, xs, (x, y) -> x + y)", "array<int>", [2, 4, 6]],
  ["map_filter(m, (k, v) -> v > 9)", "map<string,int>", new Map()],
  ["CASE s WHEN 'x' THEN 1 WHEN 'Hello World' THEN 2.5 END", "decimal(11,1)", "2.5"],
  ["if(s IS NULL OR NOT id = 1, 'x', s || '-' || id)", "string", "Hello World-1"],
  ["try_cast(s AS DECIMAL(10, 2))", "decimal(10,2)", null],
  ["0.1 + 0.2", "decimal(2,1)", "0.3"],
  ["id / 2 + 1e1 - -1", "double", 11.5],
  ["3000000000", "bigint", 3000000000],
  ["5L % 3 + int('4')", "bigint", 6],
  ["s RLIKE '^\\\\w+ \\\\w+$'", "boolean", true],
  ["regexp_replace(s, r'\\w(\\w)', '$1')", "string", "elo old"],
  ["'it\\'s ''x'' \\u00e9\\t'", "string", "it's 'x' é\t"],
  ['"a" || `s`', "string", "aHello World"],
  ["id NOT IN (2, 3) AND id NOT BETWEEN 2 AND 3", "boolean", true],
  ["(s LIKE 'h%') IS NOT TRUE", "boolean", true],
  ["date_format(date_add(d, -1), 'yyyy-MM-dd')", "string", "2024-02-28"],
  ["datediff(d, DATE'2024-01-01') + extract(YEAR FROM d)", "int", 2083],
  ["hour(TIMESTAMP'2024-01-01 10:00:00')", "int", 10],
  ["named_struct('a', id, 'b', struct(s AS c))", "struct<a:int,b:struct<c:string>>", { a: 1, b: { c: "Hello World" } }],
  ["locate('o', s) * 10 + instr(s, 'W')", "int", 57],
  ["trim(BOTH 'H' FROM substring(s, 1, 2))", "string", "e"],
  ["round(2.5) + round(-2.5, 0) + pmod(-1, 3)", "decimal(11,0)", "2"],
  ["sum(id) OVER (PARTITION BY s ORDER BY d DESC NULLS LAST ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)", "bigint", 1],
  ["first(nullif(id, 1), true) OVER (ORDER BY id)", "int", null],
  ["row_number() OVER (ORDER BY id)", "int", 1],
  ["CAST(INTERVAL '1 02' DAY TO HOUR AS STRING)", "string", "INTERVAL '1 02' DAY TO HOUR"],
  ["CAST(-INTERVAL 1 DAY * 2 AS STRING)", "string", "INTERVAL '-2 00:00:00' DAY TO SECOND"],
  ["extract(MONTH FROM INTERVAL -'1-2' YEAR TO MONTH)", "tinyint", -2],
  ["CAST(id AS INTERVAL DAY TO HOUR) = INTERVAL '1' HOUR", "boolean", true],
  ["hour(TIME '10:30:00') + second(CAST('1:2:3 pm' AS TIME(0)))", "int", 13],
  ["id DIV 2 * 10 + (0 - 7) DIV 2", "bigint", -3],
  ["!(id > 1) AND ! s LIKE 'x%'", "boolean", true],
  ["decode(id, 2, 'two', 1, 'one', 'many') || decode(s, 'x', 'y', NULL, 'z', '!')", "string", "one!"],
  ["overlay(s PLACING 'J' FROM 1 FOR 1) || overlay('abc' PLACING 'xy' FROM 2)", "string", "Jello Worldaxy"],
  ["1L + 2S + 3Y", "bigint", 6],
  ["2.50BD", "decimal(3,2)", "2.5"],
  ["1.5F", "float", 1.5],
  ["-128Y", "tinyint", -128],
  ["s LIKE ANY ('x%', 'H%') AND s LIKE ALL ('%o%', 'H%')", "boolean", true],
  ["(id, s) IN ((1, 'Hello World'), (2, 'x'))", "boolean", true],
  ["datediff(MONTH, DATE'2024-01-01', d) + timestampdiff(DAY, TIMESTAMP_NTZ'2024-02-28 00:00:00', d)", "bigint", 2],
  ["id -- a comment", "int", 1],
];

onEngines(({ createDataFrame, spark, engine, test }) => {
  const rows = createDataFrame(
    [
      {
        id: 1,
        s: "Hello World",
        d: new Date("2024-02-29"),
        xs: [1, 2, 3],
        st: { b: { c: "z" } },
        items: [{ sku: "p1", q: 2 }],
        m: new Map([["k", 5]]),
      },
    ],
    "id int, s string, d date, xs array<int>, st struct<b: struct<c: string>>, items array<struct<sku: string, q: int>>, m map<string, int>",
  ).alias("t") as any;

  /** What a text is read in holds when it is written. */
  async function inSpark<T>(make: () => T): Promise<T> {
    const key = "spark.quern.sql.dialect";
    const before = spark.conf.get(key) as string;
    await spark.conf.set(key, "spark");
    try {
      return make();
    } finally {
      await spark.conf.set(key, before);
    }
  }

  test("expressions in Spark's SQL mean what they mean on Spark", async () => {
    const columns = VALUES.map(([text], index) => expr(text.replace(/ --.*/, "")).alias(`v${index}`));
    const frame = await inSpark(() => rows.select(...columns));
    const [row] = await frame.collect();
    const types = (await frame.dtypes()) as [string, string][];
    const told = (value: unknown) =>
      typeof value === "object" && value !== null && "toFixed" in value ? `${value}` : value;
    const got = VALUES.map(([text], index) => [text, types[index]?.[1], told(row[`v${index}`])]);
    assert.deepEqual(got, VALUES);
  });

  test("texts in Spark's SQL filter, aggregate, and name their columns", async () => {
    const few = await inSpark(() => rows.filter("size(xs) > 2 AND st.b.c = 'z' AND s ILIKE '%WORLD'"));
    assert.equal(await few.count(), 1);
    const sums = await inSpark(() =>
      rows.agg(expr("sum(id) / count(*) AS a"), expr("count(DISTINCT s, id) b"), expr("collect_list(s)[0] AS c")),
    );
    assert.deepEqual(await sums.collect(), [{ a: 1, b: 1, c: "Hello World" }]);
    const some = await inSpark(() =>
      rows.agg(
        expr("count(*) FILTER (WHERE id > 1) AS none"),
        expr("sum(id) FILTER (WHERE s LIKE 'H%') AS one"),
        expr("max_by(s, id) FILTER (WHERE id > 1) AS void"),
        expr("count(DISTINCT id, s) FILTER (WHERE id = 1) AS both"),
      ),
    );
    assert.deepEqual(await some.collect(), [{ none: 0, one: 1, void: null, both: 1 }]);
    const named = await inSpark(() => rows.selectExpr("id k", "upper(s) u", "explode(xs) AS x", "st.b.c"));
    assert.deepEqual(await named.columns(), ["k", "u", "x", "c"]);
    assert.equal(await named.count(), 3);
    if (engine === "Spark") return;
    const several = await inSpark(() => rows.selectExpr("stack(2, 'a', id, 'b', id * 2) AS (k, v)"));
    assert.deepEqual(await several.orderBy("k").collect(), [
      { k: "a", v: 1 },
      { k: "b", v: 2 },
    ]);
  });

  if (engine === "DuckDB")
    test("what Spark's SQL means and columns cannot say is refused by its name", async () => {
      const refused = async (text: string) => (await inSpark(() => rows.select(expr(text).alias("x")))).collect();
      await assert.rejects(refused("xs[3]"), { code: "INVALID_ARRAY_INDEX" });
      await assert.rejects(refused("nosuch(id)"), /^AnalysisError: nosuch\(…\): this text is in Spark's SQL/);
      await assert.rejects(
        refused("CAST(id AS ARRAY<TIME>)"),
        /^AnalysisError: A type with TIME or INTERVAL in it: this text is in Spark/,
      );
      await assert.rejects(refused("sum(id) OVER w"), /^AnalysisError: A window with a name: this text/);
      await assert.rejects(refused("upper(id, s)"), /upper/);
      await assert.rejects(refused("first(id) FILTER (WHERE id > 1)"), /^AnalysisError: FILTER behind first\(…\)/);
      await assert.rejects(refused("s NOT LIKE ALL ('a')"), /NOT LIKE with ANY, SOME or ALL/);
      await assert.rejects(refused("transform(xs, (x, y, z) -> x)"), /This callback of transform/);
      await assert.rejects(refused("id \\ 2"), /backslash|SYNTAX|read as/);
    });
});
