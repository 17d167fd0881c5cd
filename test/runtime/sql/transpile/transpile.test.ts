import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { expr, range, spark, sql } from "../../../../runtime/index.ts";
import { translate } from "../../../../runtime/sql/transpile/translate.ts";
import { answerOf, isRefusal, queriesIn } from "./corpus.ts";
import { page } from "./page.ts";
import { createTables } from "./tables.ts";

const dialect = "spark.quern.sql.dialect";

before(createTables);
after(() => spark.stop());

/** Whether a text is refused before any engine sees it. */
async function isRefused(text: string): Promise<boolean> {
  try {
    await translate(text, "statement");
    return false;
  } catch (error) {
    assert.match(String((error as { code?: string }).code), /^(SQL_DIALECT|SYNTAX)$/, `${text}: ${error}`);
    return true;
  }
}

test("of the queries in DuckDB's SQL those are translated, and those refused, that the list says", async () => {
  const wrong: string[] = [];
  for (const { outcome, text } of queriesIn("duckdb-to-spark.txt")) {
    if ((await isRefused(text)) !== (outcome === "refused")) wrong.push(`${outcome}: ${text}`);
  }
  assert.deepEqual(wrong, []);
});

test("of the queries in Spark's SQL those run on DuckDB, are refused, and fail, that the list says", async () => {
  await spark.conf.set(dialect, "spark");
  try {
    const wrong: string[] = [];
    for (const { outcome, text } of queriesIn("spark-to-duckdb.txt")) {
      const answer = await answerOf(text);
      const found = answer.rows ? "equal" : isRefusal(answer) ? "refused" : "fails";
      if (found !== outcome) wrong.push(`${found}, not ${outcome}: ${text}: ${answer.message}`);
    }
    assert.deepEqual(wrong, []);
  } finally {
    await spark.conf.unset(dialect);
  }
});

test("a frame keeps the dialect that held when it was made", async () => {
  const numbers = range(3);
  const here = numbers.filter("id = 1 or id // 2 > 5");
  await spark.conf.set(dialect, "spark");
  const there = numbers.selectExpr("nvl(id, 0) as `the id`").filter(expr("`the id` > 1"));
  const ordered = sql("SELECT v FROM (SELECT 1 AS v UNION ALL SELECT NULL) ORDER BY v");
  assert.equal(spark.conf.get(dialect), "spark");
  await spark.conf.unset(dialect);
  assert.deepEqual(await here.collect(), [{ id: 1 }]);
  assert.deepEqual(await there.collect(), [{ "the id": 2 }]);
  assert.deepEqual(await ordered.collect(), [{ v: null }, { v: 1 }]);
  assert.equal(spark.conf.get(dialect), "duckdb");
  assert.throws(() => spark.conf.set(dialect, "mysql"), /"duckdb" or "spark", not "mysql"/);
});

test("values and frames in a sql`…` are written in the dialect of the text", async () => {
  await spark.conf.set(dialect, "spark");
  try {
    const frame = sql`SELECT max(id) AS most, ${"it's"} AS word FROM ${range(9)} WHERE id < ${7}`;
    assert.deepEqual(await frame.collect(), [{ most: 6, word: "it's" }]);
  } finally {
    await spark.conf.unset(dialect);
  }
});

test("what is refused is named, with the ways out, and points to the line of the call", async () => {
  await spark.conf.set(dialect, "spark");
  const refused = sql("SELECT id,\n nosuch(id) AS h FROM range(3)");
  const misspelt = sql("SELECT 1\nFROM t\nWHERE frm x y");
  const text = range(1).filter("nosuch(id) = 1");
  await spark.conf.unset(dialect);
  const failure = async (frame: { collect(): Promise<unknown> }): Promise<any> =>
    frame.collect().then(
      () => assert.fail("no error"),
      (error) => error,
    );
  const error = await failure(refused);
  assert.equal(error.code, "SQL_DIALECT");
  assert.match(
    error.message,
    /^nosuch\(…\): this text is in Spark's SQL, .*DuckDB.*DataFrame's methods.*spark\.conf\.set\("spark\.quern\.sql\.dialect", "duckdb"\)/,
  );
  assert.match(error.origin.stack, /transpile\.test\.ts/);
  assert.match(
    (await failure(misspelt)).message,
    /^SQL: This cannot be read as Spark's SQL near .* in line 3: WHERE frm x y/,
  );
  assert.match((await failure(text)).message, /^nosuch\(…\): this text/);
});

test("the page of what is equal and what is refused is that of the queries", () => {
  const found = readFileSync(new URL("../../../../docs/sql-text.md", import.meta.url), "utf8");
  assert.equal(found, page(), "run: node test/runtime/sql/transpile/write-page.ts");
});
