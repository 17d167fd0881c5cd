import assert from "node:assert/strict";
import { col, type DataFrame, explode, explode_outer, F } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, range, test }) => {
  const sales = createDataFrame([
    { shop: "a", kind: "tea", price: 2.5, tags: ["hot", "green"] },
    { shop: "a", kind: "tea", price: 3.5, tags: [] },
    { shop: "a", kind: null as string | null, price: 1.0, tags: ["cold"] },
    { shop: "b", kind: "coffee", price: 4.0, tags: null as string[] | null },
  ]);
  const rows = (frame: DataFrame<any>) => frame.collect() as Promise<any[]>;

  test("explode makes a row of each element, explode_outer also one of nothing", async () => {
    const tags = sales.select((f) => ({ shop: f.shop, tag: explode(f.tags) }));
    assert.deepEqual(
      (await rows(tags.orderBy("tag"))).map(({ shop, tag }) => `${shop} ${tag}`),
      ["a cold", "a green", "a hot"],
    );
    const outer = sales.withColumn("tag", (f) => explode_outer(f.tags));
    assert.equal(await outer.count(), 5);
    assert.equal(await outer.filter("tag is null").count(), 2);
  });

  test("an exploded column can be used by the next step, and takes another's place", async () => {
    const shouted = sales
      .withColumn("tags", (f) => explode(f.tags))
      .withColumn("loud", (f) => F.upper(f.tags))
      .filter((f) => f.loud.ne("HOT"))
      .drop("tags");
    assert.deepEqual(
      (await rows(shouted.orderBy("loud"))).map(({ loud }) => loud),
      ["COLD", "GREEN"],
    );
    // What is made of rows stays, though its column goes.
    assert.equal(
      await sales
        .withColumn("tag", (f) => explode(f.tags))
        .drop("tag")
        .count(),
      3,
    );
    const twice = sales.withColumn("x", (f) => explode(f.tags)).withColumn("y", (f) => explode(f.tags));
    assert.equal(await twice.count(), 5);
  });

  test("rows are made by one column of a step as a whole, and nowhere else", async () => {
    const both = sales.withColumns((f) => ({ x: explode(f.tags), y: explode(f.tags) }));
    await assert.rejects(both.collect(), /"y" is the second column that makes rows/);
    await assert.rejects(sales.filter((f) => explode(f.tags).eq("hot")).collect(), /cannot stand in filter/);
  });

  test("entries of a map are rows", async () => {
    const maps = createDataFrame(
      [
        {
          m: new Map([
            ["a", 1],
            ["b", 2],
          ]),
        },
      ],
      "m map<string, int>",
    );
    const entries = maps
      .select((f) => ({ e: explode(F.map_entries(f.m)) }))
      .select((f) => [f.e.getField("key").alias("k")]);
    assert.deepEqual(await rows(entries.orderBy("k")), [{ k: "a" }, { k: "b" }]);
  });

  test("rollup, cube and groupingSets group by several choices of columns", async () => {
    const counts = async (frame: DataFrame<any>) =>
      (await rows(frame.orderBy("shop", "kind", "count"))).map(({ shop, kind, count }) => `${shop} ${kind} ${count}`);
    assert.deepEqual(await counts(sales.rollup("shop", "kind").count()), [
      "null null 4",
      "a null 1",
      "a null 3",
      "a tea 2",
      "b null 1",
      "b coffee 1",
    ]);
    assert.equal(await sales.cube("shop", "kind").count().count(), 9);
    assert.deepEqual(await counts(sales.groupingSets(["shop"], ["kind"]).count()), [
      "null null 1",
      "null coffee 1",
      "null tea 2",
      "a null 3",
      "b null 1",
    ]);
  });

  test("agg takes the names of aggregates by column, and orderBy directions behind its keys, as in PySpark", async () => {
    const named = sales.groupBy("shop").agg({ price: "MAX", "*": "count", kind: "first" });
    assert.deepEqual(await named.columns(), ["shop", "max(price)", "count(1)", "first(kind)"]);
    assert.deepEqual(await sales.agg({ price: "mean" }).columns(), ["avg(price)"]);
    assert.deepEqual(await sales.agg({ price: "countDistinct" }).columns(), ["count(DISTINCT price)"]);
    assert.deepEqual(await sales.agg({ n: F.count(), most: F.max("price") }).columns(), ["n", "most"]);
    const cells = sales.groupBy("shop").pivot("kind", ["tea"]).agg({ price: "max" });
    assert.deepEqual(await cells.columns(), ["shop", "tea"]);
    const shown = async (frame: DataFrame<any>) => (await frame.collect()).map(({ shop, kind }) => `${shop} ${kind}`);
    const pairs = sales.select("shop", "kind").distinct();
    assert.deepEqual(
      await shown(pairs.orderBy("shop", "kind", { ascending: [true, false] })),
      await shown(pairs.orderBy((f) => [f.shop, f.kind.desc()])),
    );
    assert.deepEqual(
      await shown(pairs.sort(["shop", "kind"], { ascending: false })),
      await shown(pairs.orderBy(col("shop").desc(), col("kind").desc())),
    );
    assert.deepEqual(await pairs.drop(col("kind")).columns(), ["shop"]);
    const order = (given: unknown) => () => (pairs as any).orderBy("shop", given);
    assert.throws(order({ ascending: [true, false] }), /ascending has 2 directions for 1 key/);
    assert.throws(order({ ascending: 1 }), /takes true, false or a list of them for ascending, not 1/);
    assert.throws(order({ descending: true }), /is not a Column/);
    assert.throws(() => (pairs as any).sort({ ascending: false }), /orderBy: By what\?/);
    assert.throws(() => pairs.orderBy(), /orderBy: By what\?/);
  });

  test("rollup, cube and groupingSets take callbacks, as groupBy does", async () => {
    const cheap = sales.rollup((f) => ({ cheap: f.price.lt(3), shop: f.shop })).count();
    assert.deepEqual(await cheap.columns(), ["cheap", "shop", "count"]);
    assert.equal(
      await sales
        .cube((f) => [f.shop, f.kind])
        .count()
        .count(),
      9,
    );
    const sets = sales.groupingSets((f) => [
      [f.shop, f.price.lt(3).alias("cheap")],
      [f.price.lt(3).alias("cheap")],
      [],
    ]);
    assert.deepEqual(await sets.count().columns(), ["shop", "cheap", "count"]);
    assert.deepEqual(
      await rows(
        sales
          .groupingSets([col("shop")], ["kind"])
          .count()
          .orderBy("shop", "kind"),
      ),
      await rows(sales.groupingSets(["shop"], ["kind"]).count().orderBy("shop", "kind")),
    );
    // As PySpark takes them: a list of the choices, and the columns of the result.
    const listed = sales
      .groupingSets([["kind"], []], "kind")
      .count()
      .orderBy("kind");
    assert.deepEqual(await rows(listed), await rows(sales.groupingSets(["kind"], []).count().orderBy("kind")));
    assert.deepEqual(
      await sales
        .groupingSets([["kind"], []])
        .count()
        .columns(),
      ["kind", "count"],
    );
    const ordered = sales.groupingSets([["kind"], ["shop"]], "shop", "kind").count();
    assert.deepEqual(await ordered.columns(), ["shop", "kind", "count"]);
    assert.throws(() => sales.groupingSets([["kind"]], "kind", "shop"), /"shop" is in none of the lists/);
    assert.throws(() => sales.groupingSets((f: any) => [f.shop]), /groupingSets takes lists of columns/);
    assert.throws(() => sales.groupingSets(["shop", ["kind"]] as any), /groupingSets takes lists of columns/);
    assert.throws(
      () => sales.groupingSets((f) => [[f.shop.alias("x")], [f.kind.alias("x")]]),
      /"x" is shop in one list and kind in another/,
    );
  });

  test("grouping and grouping_id tell by which columns a row is grouped", async () => {
    const frame = sales
      .rollup("shop", "kind")
      .agg((f) => ({ kinds: F.grouping(f.kind), id: F.grouping_id(), n: F.count() }));
    assert.deepEqual(
      (await rows(frame.orderBy("shop", "kind", "id"))).map(({ shop, kind, kinds, id, n }) => [
        shop,
        kind,
        kinds,
        id,
        n,
      ]),
      [
        [null, null, 1, 3, 4],
        ["a", null, 0, 0, 1],
        ["a", null, 1, 1, 3],
        ["a", "tea", 0, 0, 2],
        ["b", null, 1, 1, 1],
        ["b", "coffee", 0, 0, 1],
      ],
    );
    await assert.rejects(sales.filter(F.grouping("kind").eq(1)).collect(), /of rollup, cube and groupingSets/);
    await assert.rejects(sales.agg(F.grouping_id()).collect(), /stands in their agg, and in filter and orderBy/);
    await assert.rejects(
      sales.rollup("kind").agg(F.grouping("shop")).collect(),
      /takes one of the columns that are grouped by: kind/,
    );
  });

  test("grouping and grouping_id stand in filter and orderBy behind these groups too", async () => {
    const counted = sales.rollup((f) => ({ shop: f.shop, tea: f.kind.eq("tea") })).count();
    const totals = counted.filter(F.grouping("tea").eq(1)).orderBy(F.grouping_id().desc(), "shop");
    assert.deepEqual(await rows(totals), [
      { shop: null, tea: null, count: 4 },
      { shop: "a", tea: null, count: 3 },
      { shop: "b", tea: null, count: 1 },
    ]);
    assert.deepEqual(await totals.limit(2).filter(F.grouping_id("shop", "tea").eq(3)).columns(), [
      "shop",
      "tea",
      "count",
    ]);
    const cached = sales.cube("kind").count().cache();
    assert.equal(await cached.filter(F.grouping_id().eq(1)).count(), 1);
    cached.unpersist();
    await assert.rejects(counted.select("count").filter(F.grouping_id().eq(1)).collect(), /stands in their agg/);
    assert.throws(
      () => counted.filter(F.grouping("count").eq(1)),
      /grouping\(count\) takes the columns that are grouped by: shop, tea/,
    );
  });

  test("transpose makes a column of each row, in the order of the index", async () => {
    const frame = createDataFrame(
      [
        { day: "tue", low: 1, high: 5n },
        { day: "mon", low: 2, high: null },
        { day: null, low: 3, high: 4n },
      ],
      "day string, low int, high bigint",
    );
    const turned = frame.transpose();
    assert.deepEqual(await turned.columns(), ["key", "mon", "tue"]);
    assert.deepEqual(await turned.collect(), [
      { key: "low", mon: 2, tue: 1 },
      { key: "high", mon: null, tue: 5 },
    ]);
    // What the columns are stays, whatever the rows are by then.
    assert.deepEqual(await turned.select("tue").collect(), [{ tue: 1 }, { tue: 5 }]);
    const wide = createDataFrame([Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`c${i}`, i]))]);
    const long = await wide.transpose("c7").collect();
    assert.deepEqual([long.length, long[0], long[198]], [199, { key: "c0", 7: 0 }, { key: "c199", 7: 199 }]);
    await assert.rejects(
      frame.union(frame).transpose().collect(),
      /two columns would be called "mon", by the values of day/,
    );
    await assert.rejects(frame.transpose("week" as any).collect(), /transpose: column "week" is not in the frame/);
  });

  test("zipWithIndex numbers the rows in their order", async () => {
    const frame = createDataFrame([{ x: 3 }, { x: 1 }, { x: 2 }])
      .orderBy("x")
      .zipWithIndex("n")
      .filter((f) => f.n.gt(0))
      .orderBy((f) => f.n.desc());
    assert.deepEqual(await frame.collect(), [
      { x: 3, n: 2 },
      { x: 2, n: 1 },
    ]);
    const many = range(300_000)
      .orderBy((f) => f.id.desc())
      .zipWithIndex();
    assert.equal(await many.filter((f) => f.id.plus(f.index).ne(299_999)).count(), 0);
    await assert.rejects(frame.zipWithIndex("X").collect(), /zipWithIndex: there is a column "X" already/);
    assert.throws(() => frame.zipWithIndex(1 as any), /zipWithIndex takes the name of a column, not 1/);
  });

  test("pivot makes columns of the values that are named; a group without one has null", async () => {
    const pivoted = sales.groupBy("shop").pivot("kind", ["tea", "coffee"]);
    assert.deepEqual(await rows(pivoted.count().orderBy("shop")), [
      { shop: "a", tea: 2, coffee: null },
      { shop: "b", tea: null, coffee: 1 },
    ]);
    assert.deepEqual(await rows(pivoted.agg((f) => ({ n: F.count(), most: F.max(f.price) })).orderBy("shop")), [
      { shop: "a", tea_n: 2, tea_most: 3.5, coffee_n: null, coffee_most: null },
      { shop: "b", tea_n: null, tea_most: null, coffee_n: 1, coffee_most: 4 },
    ]);
  });

  test("pivot without values takes those of the data, in order", async () => {
    const pivoted = sales.groupBy("shop").pivot("kind").sum("price");
    assert.deepEqual(await pivoted.columns(), ["shop", "null", "coffee", "tea"]);
    assert.deepEqual(await rows(pivoted.orderBy("shop")), [
      { shop: "a", null: 1, coffee: null, tea: 6 },
      { shop: "b", null: null, coffee: 4, tea: null },
    ]);
  });

  test("unpivot makes rows of columns", async () => {
    const wide = createDataFrame([{ id: 1, a: 10, b: 2.5 }]);
    assert.deepEqual(await rows(wide.unpivot("id").orderBy("variable")), [
      { id: 1, variable: "a", value: 10 },
      { id: 1, variable: "b", value: 2.5 },
    ]);
    assert.deepEqual(await rows(wide.unpivot("id", ["b"], "name", "x")), [{ id: 1, name: "b", x: 2.5 }]);
    await assert.rejects(sales.unpivot("shop").collect(), /no type in common/);
  });

  test("toDF names all columns anew", async () => {
    assert.deepEqual(await sales.toDF("a", "b", "c", "d").columns(), ["a", "b", "c", "d"]);
    await assert.rejects(sales.toDF("a").collect(), /1 names, but the frame has 4 columns/);
  });
});
