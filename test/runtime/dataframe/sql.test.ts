import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Decimal } from "decimal.js";
import { host, setHost } from "../../../runtime/dataframe/host.ts";
import { looksLikeQuery } from "../../../runtime/dataframe/sql-text.ts";
import { col, sql } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const plain = host();
afterEach(() => setHost(plain));

const withVariables = (variables: { readonly [name: string]: unknown }) =>
  setHost({ ...plain, variable: (name) => variables[name] });

onEngines(({ createDataFrame, engine, range, spark, sql, table, test }) => {
  // These texts mean the same in both dialects; translating has tests of its own.
  if (engine === "Spark") spark.conf.restore([["spark.quern.sql.dialect", "spark"]]);

  test("a query is a frame that other steps continue", async () => {
    const frame = sql("select i as id, i * 2 as d from range(5) t(i)")
      .filter((f) => f.d.gt(4))
      .orderBy("id");
    assert.deepEqual(await frame.collect(), [
      { id: 3, d: 6 },
      { id: 4, d: 8 },
    ]);
  });

  test("frames and values in a sql`…` text are relations and literals", async () => {
    const people = createDataFrame([
      { id: 1, name: "O'Hara" },
      { id: 2, name: "Bo" },
    ]);
    const name = "O'Hara";
    assert.deepEqual(await sql`select id from ${people} where name = ${name}`.collect(), [{ id: 1 }]);
    const joined = sql`select a.id from ${people} a join ${people} b on a.id = b.id where a.id in ${[2, 3]}`;
    assert.deepEqual(await joined.collect(), [{ id: 2 }]);
    const listed = sql`select id from ${people} where id in (${[2, 3]}) and name IN ${["Bo"]}`;
    assert.deepEqual(await listed.collect(), [{ id: 2 }]);
    assert.deepEqual(await sql`select ${[1, 2]} as l, ${["a"]} as s`.collect(), [{ l: [1, 2], s: ["a"] }]);
    const at = new Date("2026-03-17T10:00:00.5Z");
    const values = sql`select ${1.5} as x, ${10n} as n, ${null} as z, ${true} as t, ${at} as at,
    ${Temporal.PlainDate.from("2026-03-17")} as day, ${new Decimal("1.50")} as d, ${Number.NaN} as nan`;
    assert.deepEqual(await values.collect(), [
      { x: 1.5, n: 10, z: null, t: true, at, day: new Date("2026-03-17"), d: new Decimal("1.5"), nan: Number.NaN },
    ]);
  });

  test("the text of a sql`…` names variables with frames as plain text does, its values name none", async () => {
    withVariables({ nums: range(3) });
    assert.deepEqual(await sql`select sum(id) as s from nums where id > ${1}`.collect(), [{ s: 2 }]);
    assert.deepEqual(await sql`select n.id from nums n join ${range(2, 9)} o on n.id = o.id`.collect(), [{ id: 2 }]);
    assert.deepEqual(await sql`select ${"nums"} as word`.collect(), [{ word: "nums" }]);
  });

  test("a name that is no table but a variable with a frame is that frame, as it was then", async () => {
    const variables: { [name: string]: unknown } = { nums: range(3), select: range(9), text: "no frame" };
    withVariables(variables);
    const frame = sql("select sum(id) as s from nums");
    variables.nums = range(100);
    assert.deepEqual(await frame.collect(), [{ s: 3 }]);
    await range(5).createOrReplaceTempView("nums");
    assert.deepEqual(
      await sql("select sum(id) as s from nums").collect(),
      [{ s: 10 }],
      "a view goes before a variable",
    );
    await spark.catalog.dropTempView("nums");
  });

  test("a command starts at once, and later actions wait for it", async () => {
    sql("create table t as select 1 as a");
    sql("insert into t values (2)");
    assert.deepEqual(await table("t").orderBy("a").collect(), [{ a: 1 }, { a: 2 }]);
    assert.ok(await spark.catalog.tableExists("T"));
    assert.deepEqual(await sql("drop table t").collect(), []);
    assert.equal(await spark.catalog.tableExists("t"), false);
  });

  test("a command can read frames", async () => {
    withVariables({ source: range(4) });
    sql("create table copied as select * from source");
    sql`insert into copied select * from ${range(2)}`;
    assert.equal(await table("copied").count(), 6);
    assert.deepEqual(
      (await spark.catalog.listTables()).map(({ name }) => name),
      ["copied"],
    );
    sql("drop table copied");
  });

  test("a command that fails rejects the actions on its frame, and nothing else", async () => {
    const failed = sql("drop table never_there").collect();
    await assert.rejects(
      failed,
      (error: any) => /never_there/.test(error.message) && /sql\.test\.ts/.test(error.origin?.stack),
    );
    assert.equal(await range(1).count(), 1);
  });

  test("a syntax error names the text's place and comes with the action", async () => {
    await assert.rejects(sql("select 1 frm x y").collect(), {
      name: /AnalysisError|EngineError/,
      message: /syntax|frm|parse/i,
    });
  });

  test("temporary views can be named, replaced and dropped", async () => {
    await range(3).createOrReplaceTempView("v");
    await range(4).createOrReplaceTempView("v");
    assert.equal(await table("v").count(), 4);
    await assert.rejects(range(1).createTempView("v"), /v/);
    assert.equal(await spark.catalog.dropTempView("v"), true);
    assert.equal(await spark.catalog.dropTempView("v"), false);
  });
});

test("what cannot stand in a sql`…` text is refused", () => {
  assert.throws(() => sql`select ${col("a")}`, /A Column cannot stand in sql/);
  assert.throws(() => sql`select ${undefined}`, /undefined cannot stand/);
  assert.throws(() => sql`select ${{ a: 1 }}`, /A Object cannot stand/);
  assert.throws(() => sql`select 1 where 1 in ${[]}`, /empty list.*Leave the condition out/);
  assert.throws(() => sql("  "), /empty/);
  assert.throws(() => sql(1 as any), /takes SQL text/);
  assert.throws(() => sql(`select * from ${sql("select 1 as a")}`), /sql as a tag takes frames/);
  assert.doesNotThrow(() => sql("select '[object Object]' as badly_written"));
});

test("what begins like a query needs no look at once", () => {
  for (const text of [
    "select 1",
    " -- note\n/* x */ (SELECT 1)",
    "from t",
    "with x as (select 1) select * from x",
    "VALUES (1)",
  ]) {
    assert.equal(looksLikeQuery(text), true, text);
  }
  for (const text of [
    "create table t (a int)",
    "insert into t values (1)",
    "with x as (select 1) insert into t from x",
    "set x = 1",
  ]) {
    assert.equal(looksLikeQuery(text), false, text);
  }
});
