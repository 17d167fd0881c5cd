import assert from "node:assert/strict";
import { col, expr, F, udf } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, test }) => {
  const people = createDataFrame([
    { id: 1, name: "Ada", team: "a" },
    { id: 2, name: "Bo", team: "b" },
    { id: 3, name: "Cy", team: "a" },
  ]);

  test("a join's options may stand in the place of its kind", async () => {
    const pairs = people.join(people, (a, b) => a.team.eq(b.team).and(a.id.lt(b.id)), { suffix: "2" });
    assert.deepEqual(await pairs.select("id", "id2").collect(), [{ id: 1, id2: 3 }]);
    assert.deepEqual(await people.join(people, "id", { suffix: "_r" }).columns(), [
      "id",
      "name",
      "team",
      "name_r",
      "team_r",
    ]);
  });

  test("a condition over names that one side has needs no callback", async () => {
    const keys = people.select((f) => ({ key: f.id }));
    assert.equal(await people.join(keys, col("id").eq(col("key")), "left_anti").count(), 0);
    await assert.rejects(people.join(people, col("id").eq(1), { suffix: "2" }).collect(), /"id" is on both sides/);
  });

  test("an alias tells the columns of two frames apart, as Spark's users write it", async () => {
    const staff = createDataFrame([
      { id: 1, name: "Ada", boss: null as number | null },
      { id: 2, name: "Bo", boss: 1 },
      { id: 3, name: "Cy", boss: 1 },
    ]);
    const pairs = staff.alias("a").join(staff.alias("b"), col("a.boss").eq(col("b.id")), "left");
    assert.deepEqual(await pairs.columns(), ["id", "name", "boss", "b.id", "b.name", "b.boss"]);
    const shown = pairs.filter(col("b.name").eq("Ada")).orderBy(col("A.id").desc());
    assert.deepEqual(await shown.select(col("a.name"), col("b.name").alias("boss")).collect(), [
      { name: "Cy", boss: "Ada" },
      { name: "Bo", boss: "Ada" },
    ]);
    const counted = pairs.groupBy("b.name").agg(F.count("a.id").alias("n")).orderBy("n");
    assert.deepEqual(await counted.collect(), [
      { "b.name": null, n: 1 },
      { "b.name": "Ada", n: 2 },
    ]);
    // Where no name is there twice, what is named by an alias has its plain name; a suffix goes before the alias.
    const few = staff
      .select("id")
      .alias("x")
      .join(staff.select("boss").alias("y"), col("x.id").eq(col("y.boss")));
    assert.deepEqual(await few.select(col("y.boss"), col("x.id")).columns(), ["boss", "id"]);
    const suffixed = staff.alias("a").join(staff.alias("b"), "id", { suffix: "_b" });
    assert.deepEqual(await suffixed.select(col("b.name")).columns(), ["name_b"]);
  });

  test("SQL text names columns behind the aliases of frames, in joins and behind them", async () => {
    const staff = createDataFrame(
      [
        { id: 1, name: "Ada", boss: null, st: { x: 1 } },
        { id: 2, name: "Bo", boss: 1, st: null },
      ],
      "id int, name string, boss int, st struct<x: int>",
    ) as any;
    const pairs = staff.alias("a").join(staff.alias("b"), expr("a.boss = b.id AND a.id > 1"), "left");
    const told = pairs.selectExpr("a.id", "upper(b.name) AS boss", "a.id + b.st.x AS sum", "'a.id' AS text");
    assert.deepEqual(await told.orderBy("id").collect(), [
      { id: 1, boss: null, sum: null, text: "a.id" },
      { id: 2, boss: "ADA", sum: 3, text: "a.id" },
    ]);
    assert.deepEqual(await pairs.filter("b.name = 'Ada' AND A.name <> 'b.name'").select("a.id").collect(), [{ id: 2 }]);
    const counted = pairs.groupBy("a.name").agg(expr("count(b.id) AS n"), F.max("a.id").alias("m"));
    assert.deepEqual(await counted.select("n", "m").orderBy(expr("m * 2")).collect(), [
      { n: 0, m: 1 },
      { n: 1, m: 2 },
    ]);
    const total = await pairs.agg(expr("max(b.name) AS most"), F.min("a.id").alias("least")).collect();
    assert.deepEqual(total, [{ most: "Ada", least: 1 }]);
    // A struct of the name goes before the frame; what no frame is called is told as ever.
    const same = staff.alias("st").filter("st.x = 1");
    assert.equal(await same.count(), 1);
    assert.equal(await staff.alias("a b").filter('"a b".id = 1 AND id < 1.5').count(), 1);
    await assert.rejects(staff.alias("a").filter("c.id = 1").collect(), /"?c"?/);
    // In a query of the text it would be a column of the query's own.
    assert.equal(await staff.alias("a").filter("a.id IN (SELECT 2)").count(), 1);
    await assert.rejects(
      staff.alias("a").filter("EXISTS (SELECT 1 FROM (SELECT 5 AS id) u WHERE u.id = a.id)").collect(),
      /Within a query in SQL text a\.id cannot be told/,
    );
  });

  test("an alias is told apart from names with dots, and from others of the same name", async () => {
    const dotted = createDataFrame([{ "a.x": 1, x: 2 }]).alias("a");
    assert.deepEqual(await dotted.select(col("a.x"), col("a.a.x").alias("y")).collect(), [{ "a.x": 1, y: 1 }]);
    const twice = dotted
      .select("x")
      .alias("a")
      .join(dotted.select("x").alias("a"), (a, b) => a.x.eq(b.x));
    await assert.rejects(twice.collect(), /Both sides of the join have "x"/);
    await assert.rejects(dotted.select(col("b.x")).collect(), /"b.x" is not in the frame/);
    assert.deepEqual(await dotted.alias("c").withColumnRenamed("x", "z").columns(), ["a.x", "z"]);
    await assert.rejects(dotted.alias("c").withColumnRenamed("x", "z").select(col("c.x")).collect(), /"c.x" is not in/);
    assert.throws(() => dotted.alias(""), /alias takes a name/);
  });

  const trades = createDataFrame(
    [
      ["x", 1, 100],
      ["x", 5, 101],
      ["y", 9, 102],
      ["x", null, 103],
      ["z", 4, 104],
    ],
    "symbol string, time int, id int",
  );
  const quotes = createDataFrame(
    [
      ["x", 1, 1.5],
      ["x", 4, 4.5],
      ["y", 4, 4.25],
      ["y", 12, 12.25],
      [null, 1, 0],
    ],
    "symbol string, time int, price double",
  );
  const prices = (joined: any) => joined.orderBy("id").select("id", "price").collect();

  test("asofJoin takes the nearest row before, or after, among those of equal keys", async () => {
    const before = trades.asofJoin(quotes, (a, b) => a.time.ge(b.time), { on: "symbol", suffix: "_q" });
    assert.deepEqual(await before.columns(), ["symbol", "time", "id", "time_q", "price"]);
    assert.deepEqual(await prices(before), [
      { id: 100, price: 1.5 },
      { id: 101, price: 4.5 },
      { id: 102, price: 4.25 },
    ]);
    const after = trades.asofJoin(quotes, (a, b) => b.time.gt(a.time), { on: ["symbol"], how: "left", suffix: "_q" });
    assert.deepEqual(await prices(after), [
      { id: 100, price: 4.5 },
      { id: 101, price: null },
      { id: 102, price: 12.25 },
      { id: 103, price: null },
      { id: 104, price: null },
    ]);
    const ofAll = trades.asofJoin(quotes.drop("symbol"), (a, b) => a.time.minus(1).le(b.time.times(1)), {
      suffix: "_q",
    });
    assert.equal(
      await ofAll
        .filter("id = 102")
        .select("time_q")
        .first()
        .then((row) => row?.time_q),
      12,
    );
    assert.deepEqual(await prices(trades.limit(0).asofJoin(quotes, (a, b) => a.time.ge(b.time), { suffix: "_q" })), []);
  });

  test("asofJoin's condition is one comparison of both sides", async () => {
    const wrong = /one comparison of both sides/;
    assert.throws(() => trades.asofJoin(quotes, (a, b) => a.time.eq(b.time), { suffix: "_q" }), wrong);
    assert.throws(() => trades.asofJoin(quotes, (a) => a.time.ge(1), { suffix: "_q" }), wrong);
    assert.throws(
      () => trades.asofJoin(quotes, (a, b) => a.time.ge(b.time), { how: "right" as any }),
      /"inner" or "left"/,
    );
    await assert.rejects(
      trades.asofJoin(quotes as any, (a, b) => a.time.ge(b.time), { on: "symbl" as any }).collect(),
      /"symbl" is not on the left side/,
    );
  });

  test("lateralJoin computes the other frame for each row", async () => {
    const latest = quotes
      .filter((q) => q.symbol.eq(col("symbol").outer()).and(q.time.le(col("time").outer())))
      .orderBy((q) => q.time.desc())
      .limit(1)
      .select((q) => ({ price: q.price }));
    assert.deepEqual(await prices(trades.lateralJoin(latest)), [
      { id: 100, price: 1.5 },
      { id: 101, price: 4.5 },
      { id: 102, price: 4.25 },
    ]);
    const kept = trades.lateralJoin(latest, (a, b) => b.price.gt(2).and(a.id.lt(102)), "left");
    assert.deepEqual(
      (await prices(kept)).map((row: any) => row.price),
      [null, 4.5, null, null, null],
    );
    assert.equal(await trades.lateralJoin(quotes, null, "cross", { suffix: "_q" }).count(), 25);
    assert.throws(() => trades.lateralJoin(latest, null, "full" as any), /"inner", "left" or "cross"/);
    await assert.rejects(
      trades.lateralJoin(latest.filter(col("x").outer().gt(1))).collect(),
      /"x" is not in the frame around/,
    );
  });

  test("a column of the rows around that is named without outer() is told so, and one of neither is not", async () => {
    const hint = / The rows around have it: col\("id"\)\.outer\(\)\.$/;
    const forgotten = quotes.filter((q) => q.price.gt(col("id")));
    await assert.rejects(trades.filter(forgotten.exists()).collect(), hint);
    await assert.rejects(trades.withColumn("n", forgotten.agg(F.count("time")).scalar()).collect(), hint);
    await assert.rejects(trades.lateralJoin(forgotten, null, "inner", { suffix: "_q" }).collect(), hint);
    await assert.rejects(forgotten.collect(), /Column "id" is not in the frame\. Columns: [^.]*\.$/);
    const nowhere = quotes.filter(col("ix").gt(1));
    await assert.rejects(trades.filter(nowhere.exists()).collect(), /"ix" is not in the frame\. Columns: [^.]*\.$/);
  });

  test("a frame is a condition by whether it has rows, and a column by its only value", async () => {
    const quoted = quotes.filter((q) => q.symbol.eq(col("symbol").outer()));
    const ids = async (frame: any) => (await frame.orderBy("id").collect()).map(({ id }: any) => id);
    assert.deepEqual(await ids(trades.filter(quoted.exists())), [100, 101, 102, 103]);
    assert.deepEqual(await ids(trades.filter(quoted.exists().not().or(col("id").eq(100)))), [100, 104]);
    const highest = quotes.agg((q) => ({ price: F.max(q.price) }));
    assert.deepEqual(await ids(trades.filter((t) => t.time.plus(4).gt(highest.scalar()))), [102]);
    const own = quoted.agg((q) => ({ n: F.count(q.time), top: F.max(q.price) })).select("top");
    const shown = trades
      .withColumn("top", own.scalar())
      .select((t) => ({ id: t.id, top: t.top, any: quotes.limit(0).exists() }));
    assert.deepEqual(await shown.orderBy("id").collect(), [
      { id: 100, top: 4.5, any: false },
      { id: 101, top: 4.5, any: false },
      { id: 102, top: 12.25, any: false },
      { id: 103, top: 4.5, any: false },
      { id: 104, top: null, any: false },
    ]);
  });

  test("isin takes a frame of one column, in filter and in joins, with SQL's nulls", async () => {
    const left = createDataFrame(
      [
        { id: 1, k: "x" },
        { id: 2, k: "y" },
        { id: null, k: "z" },
      ],
      "id int, k string",
    );
    const some = createDataFrame([{ id: 1 }, { id: 3 }], "id bigint");
    const withNull = createDataFrame([{ id: 1 }, { id: null }], "id bigint");
    const kept = async (condition: any) =>
      (await left.filter(condition).orderBy("k").collect()).map((row: any) => row.k).join("");
    assert.equal(await kept(col("id").isin(some)), "x");
    assert.equal(await kept((f: any) => f.id.plus(1).isin(some)), "y");
    assert.equal(await kept(col("id").isin(some).not()), "y");
    assert.equal(await kept(col("id").isin(withNull)), "x");
    assert.equal(await kept(col("id").isin(withNull).not()), "");
    assert.equal(await kept(col("id").isin(withNull).not().or(col("k").eq("y"))), "y");
    assert.equal(await kept(col("id").isin(some).or(col("k").gt("y")).and(col("k").ne("q"))), "xz");
    assert.equal(await kept(col("id").isin(some.filter("id > 9")).not()), "xyz");
    const own = some.filter((s) => s.id.eq(col("id").outer()));
    assert.equal(await kept(col("id").isin(own)), "x");
    const pairs = left.join(
      some.toDF("other"),
      col("id")
        .isin(some)
        .and(col("id").lt(col("other"))),
    );
    assert.deepEqual(await pairs.select("k", "other").collect(), [{ k: "x", other: 3 }]);
    assert.equal(await left.filter(col("id").isin([1, 2])).count(), 2);
    await assert.rejects(
      left.filter(col("k").isin(some)).collect(),
      /isin: k is string, and the frame's column "id" bigint/,
    );
    await assert.rejects(left.filter(col("id").isin(left)).collect(), /isin\(\) takes a frame with one column/);
    for (const step of [
      () => left.select(col("id").isin(some)),
      () => left.withColumn("x", col("id").isin(some)),
      () => left.filter(col("id").isin(some).isNull()),
      () => left.agg(F.max(col("id").isin(some))),
    ])
      assert.throws(step, /isin\(frame\) stands in filter and in a join's condition/);
  });

  test("a subquery in a subquery knows its own rows around it from those further out", async () => {
    const same = quotes.filter((q) => q.time.eq(col("time").outer()).and(q.price.gt(4.3)));
    // Quotes of the trade's symbol of whose time there is one above 4.3.
    const twice = quotes
      .filter(same.exists())
      .filter((q) => q.symbol.eq(col("symbol").outer()))
      .withColumn("n", same.agg(F.count("price")).scalar())
      .withColumn("of", col("symbol").outer());
    assert.deepEqual(
      await trades.filter(twice.filter("of = symbol and n = 1").exists()).select("id").orderBy("id").collect(),
      [{ id: 100 }, { id: 101 }, { id: 102 }, { id: 103 }],
    );
    const both = quotes.filter(same.exists().and(col("symbol").outer().eq("x")));
    await assert.rejects(trades.filter(both.exists()).collect(), /make two steps of it/);
  });

  if (engine === "DuckDB")
    test("functions in JavaScript and subqueries stand beside each other, but not in each other", async () => {
      const twice = udf((x: number) => x * 2, "INT", { name: "twice" });
      const there = quotes.filter((q) => q.symbol.eq(col("symbol").outer()));
      const frame = trades
        .withColumn("twice", twice(col("time")))
        .filter(there.exists())
        .select("twice");
      assert.deepEqual(
        (await frame.collect()).map((row) => row.twice),
        [2, 10, 18, null],
      );
      const within = there.withColumn("twice", twice(col("time"))).filter("twice > 0");
      await assert.rejects(
        trades.filter(within.exists()).collect(),
        /twice\(time\) stands in a frame that uses the rows around it/,
      );
    });

  test("what is wrong with a subquery is told", async () => {
    await assert.rejects(trades.filter(trades.scalar().eq(1)).collect(), /one column, not with symbol, time, id/);
    const own = trades.filter((t) => t.id.eq(col("id").outer())).select("id");
    assert.throws(
      () => trades.agg(own.scalar().alias("x")),
      /scalar\(\) of a frame that uses outer\(\) stands in filter, select and withColumn, not in agg/,
    );
    assert.throws(() => trades.orderBy(own.scalar()), /not in orderBy: add it as a column first/);
    assert.throws(
      () => trades.orderBy(trades.exists()),
      /exists\(\) stands in filter, select and withColumn, not in orderBy/,
    );
    assert.throws(
      () => trades.join(trades, own.exists()),
      /not in a join's condition: filter one of the frames by it first/,
    );
    await assert.rejects(trades.filter(col("id").outer().eq(1)).collect(), /names a column of the rows around/);
    await assert.rejects(trades.filter(trades.select("id").scalar().eq(1)).collect(), /[Mm]ore than one row/);
    assert.throws(() => col("id").plus(1).outer(), /follows the name of a column/);
  });

  test("subqueries see what is cached, views and derived steps, in frames that go on", async () => {
    const cached = quotes.na.fill(0).cache();
    const filled = cached.filter((q) => q.symbol.eq(col("symbol").outer()));
    const marked = trades.cache().withColumn("has", filled.exists()).withColumn("id", col("id").plus(1)).filter("has");
    assert.deepEqual(await marked.orderBy("id").select("id").collect(), [
      { id: 101 },
      { id: 102 },
      { id: 103 },
      { id: 104 },
    ]);
    assert.equal(await marked.groupBy("symbol").count().count(), 2);
    cached.unpersist();
    trades.unpersist();
  });
});
