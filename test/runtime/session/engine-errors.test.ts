import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

let session: SessionProcess;
const folder = tempFolder();
before(() => {
  session = new SessionProcess({ cwd: folder.path });
});
after(async () => {
  await session[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const file = (name: string, content: string) => writeFileSync(join(folder.path, name), content);

/** The line that the mark of the code frame points at. */
const markedLine = (traceback: string) => Number(/^> *(\d+) \|/m.exec(traceback)?.[1]);

/** The mark's column, from 1. */
const markedColumn = (traceback: string) => {
  const [, number = "", spaces = ""] = /^> *\d+ \|.*\n( *\|) ( *)\^/m.exec(traceback) ?? [];
  return number === "" ? undefined : spaces.length + 1;
};

async function failsAt(line: number, message: RegExp, code: string) {
  const { error, traceback } = await session.run(code);
  assert.match(error?.evalue ?? "no error", message, code);
  assert.equal(markedLine(traceback), line, `${code}\n${traceback}`);
  assert.doesNotMatch(traceback, /#\d+\]|\/\*q\d/, "marks are not shown");
  return traceback;
}

test("a value that cannot be cast is told with the line of the cast, however the frame is run", async () => {
  file("movies.json", '{"t":"a","n":"5","m":1}\n{"t":"b","n":"x","m":0}\n');
  const steps = `const movies = read.json("movies.json")
const named = movies.withColumn("up", F.upper(col("t")))
const typed = named.withColumn("k", col("n").cast("int"))
const sorted = typed.orderBy("t")
`;
  const message = /^\[CAST_INVALID_INPUT\] The value 'x' is no int; use tryCast to get NULL\.$/;
  const ways = [
    "sorted",
    "await sorted.show()",
    "await sorted.collect()",
    "await sorted.groupBy().agg(sum(col('k')).alias('s')).show()",
    "await sorted.write.mode('overwrite').parquet('out')",
    "for await (const row of sorted.stream()) row",
    "sorted.plot.bar({ x: 't', y: 'k' })",
    "await sorted.cache().count()",
  ];
  for (const way of ways) await failsAt(3, message, steps.replaceAll("const ", "var ") + way);
});

test("each kind of failure names its own step among others", async () => {
  file("numbers.csv", "a,b,t\n1,0,x\n9223372036854775807,2,y\n");
  const frame = 'var f = read.csv("numbers.csv")\n';
  await failsAt(
    3,
    /^\[DIVIDE_BY_ZERO\]/,
    `${frame}var g = f.withColumn("c", col("b").plus(lit(1)))\nvar h = g.withColumn("d", col("c").div(col("b")))\nvar i = h.withColumn("e", col("c").mod(lit(2)))\ni`,
  );
  await failsAt(
    3,
    /^\[ARITHMETIC_OVERFLOW\] 9223372036854775807 \+ 1 is beyond bigint/,
    `${frame}var g = f.withColumn("c", col("b").plus(lit(1)))\nvar h = g.withColumn("d", col("a").plus(lit(1)))\nvar i = h.withColumn("e", col("b").plus(lit(2)))\ni`,
  );
  await failsAt(
    4,
    /^\[CAST_INVALID_INPUT\] The value 'x' is no double/,
    `${frame}var g = f.withColumn("c", col("b").cast("double"))\nvar h = g.withColumn("s", col("b").cast("string"))\nvar i = h.filter(col("t").cast("double").gt(lit(1)))\nvar j = i.withColumn("u", col("b").cast("double"))\nj`,
  );
  await failsAt(
    3,
    /^\[CAST_INVALID_INPUT\] The value 'x'.* is no int/,
    `${frame}var g = f.withColumn("c", expr("b + 1"))\nvar h = g.withColumn("d", expr("t::INT"))\nvar i = h.withColumn("e", expr("b + 2"))\ni`,
  );
  await failsAt(
    2,
    /^\[CAST_INVALID_INPUT\] The value 'x'.* is no int/,
    `${frame}var g = sql("SELECT *, t::INT AS n FROM f")\nvar h = g.withColumn("e", expr("b + 2"))\nh`,
  );
  await failsAt(
    3,
    /^\[INVALID_ARRAY_INDEX_IN_ELEMENT_AT\]/,
    `${frame}var g = f.withColumn("c", F.array(col("b")))\nvar h = g.withColumn("d", F.element_at(col("c"), lit(7)))\nh`,
  );
});

test("what a reader refuses has the line of the read", async () => {
  file("bad.csv", "a,b\n1,2\nx,3\n");
  file("good.csv", "a,c\n1,2\n");
  file("bad.json", '{"a":1}\nnot json\n');
  const csv = await failsAt(
    2,
    /bad\.csv, line 3/,
    `var g = read.csv("good.csv")\nvar b = read.schema("a INT, b INT").option("mode", "FAILFAST").csv("bad.csv")\nvar j = g.join(b, "a")\nj`,
  );
  assert.doesNotMatch(csv, /sample_size|Give a schema/);
  await failsAt(
    1,
    /bad\.json/,
    `var b = read.option("mode", "FAILFAST").json("bad.json")\nb.filter(col("a").gt(lit(0)))`,
  );
});

test("a mistake in SQL text is marked where it stands in the cell", async () => {
  await session.run(
    'createDataFrame([{ a: 1, b: "x" }]).createOrReplaceTempView("letters"); var letters = table("letters")',
  );
  /** The cell has a mark (‸) where the error's is expected, in front of what is wrong. */
  const marked = async (cell: string) => {
    const code = cell.replace("‸", "");
    const { error, traceback } = await session.run(code);
    assert.match(error?.ename ?? "no error", /^AnalysisError|EngineError$/, code);
    const before = cell.slice(0, cell.indexOf("‸")).split("\n");
    assert.equal(markedLine(traceback), before.length, traceback);
    assert.equal(markedColumn(traceback), (before.at(-1) ?? "").length + 1, traceback);
  };
  await marked("sql(`SELECT a, ‸c FROM letters`)");
  await marked("sql(`\n  SELECT a,\n    ‸lenght(b) AS n\n  FROM letters\n`)");
  await marked(
    "var most = 3; sql`select a from $letters where ‸q = $most and b = 'x'`".replaceAll(/\$(\w+)/g, "$${$1}"),
  );
  await marked("sql`select a, count(*) from letters wher ‸a = 1`");
  await marked('letters.filter("a > 0 and ‸c > 1")');
  await marked('letters.selectExpr("a", "‸lenght(b) AS n")');
  await marked('letters.selectExpr("b", "a ‸+* 2")');
  await marked('letters.select("a", expr("‸lenght(b)").alias("n"))');
  await marked('letters.filter("‸c > 1 or c < 0")');
  // What does not stand behind the call, or at two places, is marked at the call.
  await marked('var text = "c > 1"; letters.‸filter(text)');
  await marked('letters.‸filter(String("c > 1")).filter("c > 1")');
});

test("a table that is not there is looked for among the frames of the session", async () => {
  await session.run("var airports = range(3); var airport = 5");
  const { error } = await session.run('sql("select * from airprts")');
  assert.equal(error?.evalue, 'There is no table or view "airprts". Did you mean "airports"?');
});

test("of several texts the one that cannot be read is shown", async () => {
  const { error } = await session.run('range(3).selectExpr("id", "id + ")');
  assert.match(error?.evalue ?? "", /^SQL: Syntax error at end of input in line 1: id \+$/);
});
