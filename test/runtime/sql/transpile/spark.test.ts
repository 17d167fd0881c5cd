import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { range, spark, sql, use } from "../../../../runtime/index.ts";
import { featuresOf } from "../../../../runtime/sql/transpile/features.ts";
import { withHiddenTexts } from "../../../../runtime/sql/transpile/hidden-texts.ts";
import { Library } from "../../../../runtime/sql/transpile/library.ts";
import { mapNodes } from "../../../../runtime/sql/transpile/tree.ts";
import { sharedSpark } from "../../../helpers/shared-spark.ts";
import { sparkParts } from "../../../helpers/spark-server.ts";
import { type Answer, answerOf, queriesIn } from "./corpus.ts";
import { createTables } from "./tables.ts";

const { skip } = sparkParts();
let address: string;

before(async () => {
  if (skip) return;
  const server = await sharedSpark();
  address = server.address;
});

after(async () => {
  await spark.stop();
  if (!skip && process.env.QUERN_TEST_SPARK === undefined) await (await sharedSpark()).stop();
});

/**
 * Of the queries that are equal on both engines, as many as use all that any of them uses; all with
 * QUERN_TEST_ALL_QUERIES=1, which takes minutes.
 */
async function chosen(file: string, from: "duckdb" | "spark"): Promise<string[]> {
  const library = await Library.load(from, from === "duckdb" ? "spark" : "duckdb");
  const queries = queriesIn(file)
    .filter(({ outcome }) => outcome === "equal")
    .map(({ text }) => ({ text, features: featuresIn(library, text) }));
  if (process.env.QUERN_TEST_ALL_QUERIES) return queries.map(({ text }) => text);
  const seen = new Set<string>();
  // Those that use most come first, so that few are needed.
  return queries
    .sort((a, b) => b.features.size - a.features.size)
    .flatMap(({ text, features }) => {
      const isNew = [...features].some((feature) => !seen.has(feature));
      for (const feature of features) seen.add(feature);
      return isNew ? [text] : [];
    });
}

function featuresIn(library: Library, text: string): Set<string> {
  const features = new Set<string>();
  mapNodes(library.parse(withHiddenTexts(text).text), (kind, fields, node) => {
    for (const feature of featuresOf(kind, fields)) features.add(feature);
    return node;
  });
  return features;
}

/** Of Spark's SQL, names and types are Spark's on DuckDB too. */
const answers = (texts: readonly string[], from: "duckdb" | "spark"): Promise<Answer[]> =>
  Promise.all(texts.map((text) => answerOf(text, { types: from === "spark" })));

for (const from of ["duckdb", "spark"] as const) {
  const file = from === "duckdb" ? "duckdb-to-spark.txt" : "spark-to-duckdb.txt";
  test(`queries of ${file} give the same rows on DuckDB and on Spark`, { skip }, async () => {
    const texts = await chosen(file, from);
    await use("duckdb");
    await spark.conf.set("spark.quern.sql.dialect", from);
    // Its clocks go forward at two in the morning of a day in the corpus.
    await spark.conf.set("spark.sql.session.timeZone", "America/New_York");
    await createTables();
    const here = await answers(texts, from);
    await use(address);
    await createTables();
    const there = await answers(texts, from);
    texts.forEach((text, i) => {
      assert.deepEqual(there[i], here[i], text);
      assert.ok(here[i]?.rows, `${text}: ${here[i]?.message}`);
    });
  });
}

test("what hangs on a type that the translator cannot know is an error of the query", { skip }, async () => {
  await use(address);
  await spark.conf.set("spark.quern.sql.dialect", "duckdb");
  await createTables();
  const failures = [
    ["select x::varchar as a from t", /DOUBLE, TIMESTAMPTZ or nested value as text/],
    ["select d::int as a from t", /a fraction as a whole number/],
    ["select max(day) - min(day) as span from t", /Column "span" .* span of time .*date_diff/],
  ] as const;
  for (const [text, message] of failures) await assert.rejects(sql(text).collect(), { message }, text);
});

test("names, frames and commands in DuckDB's SQL are found on Spark", { skip }, async () => {
  await use(address);
  await spark.conf.set("spark.quern.sql.dialect", "duckdb");
  const found = await sql`select max(id) as most, ${"back\\slash"} as word from ${range(9)} where id < ${7}`.collect();
  assert.deepEqual(found, [{ most: 6, word: "back\\slash" }]);
  await range(5).createOrReplaceTempView("five");
  sql('create or replace temp view evens as select id as "the id" from five where id % 2 = 0');
  assert.deepEqual(await sql('from evens order by "the id" desc limit 1').collect(), [{ "the id": 4 }]);
  assert.deepEqual(await range(4).selectExpr("id / 2 as half").filter("half > 1").collect(), [{ half: 1.5 }]);
  sql("drop view evens");
  await assert.rejects(sql("from evens").collect(), /TABLE_OR_VIEW_NOT_FOUND/);
});
