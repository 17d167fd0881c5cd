import assert from "node:assert/strict";
import { onEngines } from "../../../helpers/on-engines.ts";

onEngines(({ createDataFrame, range, spark, sql, table, engine, test }) => {
  const people = createDataFrame(
    [
      [1, "Ann", null],
      [2, "Bob", 1],
      [3, "Cy", 1],
    ],
    "id int, name string, boss int",
  );

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

  const failure = async (text: string): Promise<any> =>
    (await inSpark(() => sql(text))).collect().then(
      () => assert.fail(`no error: ${text}`),
      (error) => error,
    );

  test("frames stand in statements in Spark's SQL, and values beside them", async () => {
    const frame = await inSpark(
      () => sql`SELECT a.name, b.name AS boss, ${"it's \\ that"} AS word FROM ${people} a LEFT JOIN ${people} b
        ON a.boss = b.id WHERE a.id IN ${[1, 2]} ORDER BY a.id`,
    );
    assert.deepEqual(await frame.collect(), [
      { name: "Ann", boss: null, word: "it's \\ that" },
      { name: "Bob", boss: "Ann", word: "it's \\ that" },
    ]);
  });

  test("a statement in Spark's SQL is a frame as any other", async () => {
    const frame = (await inSpark(() => sql`SELECT boss, count(*) AS n FROM ${people} GROUP BY boss`)) as any;
    const filtered = frame.filter("boss IS NOT NULL").withColumn("twice", (f: any) => f.n.times(2));
    assert.deepEqual(await filtered.collect(), [{ boss: 1, n: 2, twice: 4 }]);
    frame.cache();
    assert.equal(await frame.count(), 2);
    assert.equal(await frame.filter("n > 1").count(), 1);
    frame.unpersist();
  });

  test("columns of a result without AS are called as in Spark", async () => {
    const frame = await inSpark(
      () => sql`SELECT ID, id + 1, count(*), max(name) FILTER (WHERE id > 1), 1L, CAST(id AS BIGINT) AS c,
        (SELECT max(id) FROM ${people}), NOT id BETWEEN 1 AND 2 FROM ${people} GROUP BY id`,
    );
    const names = ["ID", "(id + 1)", "count(1)", "max(name) FILTER (WHERE (id > 1))", "1", "c", "scalarsubquery()"];
    assert.deepEqual(await frame.columns(), [...names, "(NOT between(id, 1, 2))"]);
  });

  test("temporary views are made and dropped by statements in Spark's SQL", async () => {
    await inSpark(
      () => sql`CREATE OR REPLACE TEMP VIEW quern_bosses (who, many) AS
      SELECT boss, count(*) FROM ${people} WHERE boss IS NOT NULL GROUP BY boss`,
    );
    assert.deepEqual(await table("quern_bosses").collect(), [{ who: 1, many: 2 }]);
    const more = await inSpark(() => sql("SELECT many + 1 AS more FROM quern_bosses"));
    assert.deepEqual(await more.collect(), [{ more: 3 }]);
    await inSpark(() => sql("DROP VIEW quern_bosses"));
    assert.match((await failure("SELECT * FROM quern_bosses")).message, /quern_bosses/);
    await (await inSpark(() => sql("DROP VIEW IF EXISTS quern_bosses"))).collect();
  });

  test("a name of a query of WITH goes before a table, and a column before an alias", async () => {
    await people.createOrReplaceTempView("quern_people");
    const own = await inSpark(() => sql("WITH quern_people AS (SELECT 42 AS id) SELECT id FROM quern_people"));
    assert.deepEqual(await own.collect(), [{ id: 42 }]);
    const alias = await inSpark(() =>
      sql("SELECT id + 10 AS boss, boss AS b, b AS c FROM quern_people WHERE boss = 1 ORDER BY boss DESC"),
    );
    assert.deepEqual(await alias.collect(), [
      { boss: 13, b: 1, c: 1 },
      { boss: 12, b: 1, c: 1 },
    ]);
  });

  test("what is random is computed once where it is named twice", async () => {
    const frame = await inSpark(() => sql("SELECT r = s AS same FROM (SELECT rand() AS r, r AS s FROM range(50))"));
    assert.equal(await frame.filter("same").count(), 50);
  });

  test("queries stand in the texts of filter, select and withColumn", async () => {
    await people.createOrReplaceTempView("quern_people");
    const boss = await inSpark(() => people.filter("id IN (SELECT boss FROM quern_people) AND id < (SELECT 3)"));
    assert.deepEqual(await boss.select("name").collect(), [{ name: "Ann" }]);
    const counted = await inSpark(() => people.selectExpr("name", "(SELECT count(*) FROM quern_people) AS n"));
    assert.deepEqual(await counted.filter("n = 3").count(), 3);
  });

  test("two columns of one name in a result are an error that says what to do", async () => {
    const error = await failure("SELECT a.id, b.id FROM range(2) a JOIN range(2) b ON a.id = b.id");
    assert.equal(error.code, "DUPLICATE_COLUMN");
    assert.match(error.message, /two columns .*"id".* name/i);
    const inside = await inSpark(() =>
      sql("SELECT count(*) AS n FROM (SELECT a.id, b.id FROM range(2) a JOIN range(2) b ON a.id = b.id)"),
    );
    assert.deepEqual(await inside.collect(), [{ n: 2 }]);
  });

  if (engine !== "DuckDB") return;

  test("a query in the text of a filter names the frame's rows behind its alias", async () => {
    await people.createOrReplaceTempView("quern_people");
    const led = await inSpark(() =>
      people.alias("p").filter("EXISTS (SELECT 1 FROM quern_people WHERE quern_people.boss = p.id)"),
    );
    assert.equal(await led.count(), 1);
  });

  test("a misspelt column is told with its place in the text, and the name that is near", async () => {
    const error = await failure("SELECT 'a\\tb' AS t, 5L AS n,\n  x.nmae FROM (SELECT 'x' AS name) x");
    assert.equal(error.code, "COLUMN_NOT_FOUND");
    assert.match(error.message, /^SQL: There is no column "x\.nmae" here\. Columns: name\. Did you mean "x\.name"\?$/);
    assert.deepEqual(error.excerpt, { text: "  x.nmae FROM (SELECT 'x' AS name) x", at: 2 });
  });

  const WRONG: readonly (readonly [text: string, code: string, message: RegExp])[] = [
    ["SELECT id FROM range(3) a JOIN range(3) b ON a.id = b.id", "AMBIGUOUS_COLUMN", /"a\.id" or "b\.id"/],
    ["SELECT id, count(*) FROM range(3)", "NOT_GROUPED", /"id" is neither grouped by nor inside an aggregate/],
    ["SELECT id FROM range(3) ORDER BY 2", "POSITION", /ORDER BY 2: the query has 1 column\./],
    ["SELECT DISTINCT id % 2 AS p FROM range(3) ORDER BY id", "SORT_KEY", /SELECT DISTINCT/],
    ["SELECT sum(id) OVER w FROM range(3)", "WINDOW", /no window "w"/],
    ["SELECT *", "NO_COLUMNS", /FROM/],
    ["SELECT x.* FROM range(3)", "COLUMN_NOT_FOUND", /"x\.\*" is of no table and of no struct/],
    ["SELECT * EXCEPT (idd) FROM range(3)", "COLUMN_NOT_FOUND", /Did you mean "id"/],
    ["SELECT * FROM (VALUES (1, 2)) v(a)", "COLUMN_COUNT", /v has 2 columns .* 1 names/],
    ["SELECT id FROM range(3) WHERE id = (SELECT 1, 2)", "SUBQUERY", /one column/],
    [
      "SELECT id FROM range(3) WHERE id IN (SELECT 1) IS NULL",
      "SQL_DIALECT",
      /^IN \(SELECT …\) elsewhere than in WHERE/,
    ],
    ["SELECT (1, 2) = (1, 2) AS e", "SQL_DIALECT", /^AS within an expression/],
    ["WITH RECURSIVE r AS (SELECT 1) SELECT * FROM r", "SQL_DIALECT", /^RECURSIVE in WITH/],
    [
      "SELECT 1 FROM range(2) a JOIN range(2) b JOIN range(2) c ON b.id = c.id ON a.id = b.id",
      "SQL_DIALECT",
      /^DEFERRED CONDITION in JOIN/,
    ],
    ["INSERT INTO t SELECT 1", "SQL_DIALECT", /^The statement INSERT/],
    ["SELECT * FROM parquet.`/data/x`", "SQL_DIALECT", /^A file in FROM \(use read\.parquet/],
    ["-- nothing", "EMPTY_SQL", /empty/],
    ["SELECT 1; SELECT 2", "SYNTAX", /one query at a time/],
    [`SELECT ${"(".repeat(40)}1${")".repeat(40)}`, "SYNTAX", /nested more than 32 levels/],
  ];
  for (const [text, code, message] of WRONG)
    test(`${code}: ${text.slice(0, 60)}`, async () => {
      const error = await failure(text);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
    });

  test("a select of a thousand columns, and a long chain of names, are read in passing", async () => {
    await range(3).createOrReplaceTempView("quern_three");
    const many = Array.from({ length: 1000 }, (_, index) => `id + ${index} AS c${index}`).join(", ");
    const wide = await inSpark(() =>
      sql(`WITH w AS (SELECT ${many} FROM quern_three) SELECT a.*, b.c1 AS b1 FROM w a JOIN w b ON a.c0 = b.c0`),
    );
    assert.equal((await wide.columns()).length, 1001);
    const doubled = Array.from({ length: 30 }, (_, index) => `c${index} + c${index} AS c${index + 1}`).join(", ");
    const chain = await inSpark(() => sql(`SELECT id AS c0, ${doubled} FROM quern_three ORDER BY c0`));
    assert.equal(((await chain.collect())[2] as any).c30, 2 ** 31);
  });
});
