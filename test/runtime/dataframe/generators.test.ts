import assert from "node:assert/strict";
import { preview } from "../../../runtime/dataframe/actions.ts";
import { F, Window } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, range, test }) => {
  const carts = createDataFrame(
    [
      { id: 1, tags: ["new", "Ü"], prices: new Map([["tea", 2]]) },
      { id: 2, tags: [], prices: new Map() },
      { id: 3, tags: null, prices: null },
    ],
    "id int not null, tags array<string>, prices map<string, int>",
  );

  test("posexplode numbers the elements from 0, in columns of their own", async () => {
    const frame = carts.select((f) => [f.id, F.posexplode(f.tags)]).orderBy("id", "pos");
    assert.deepEqual(await frame.columns(), ["id", "pos", "col"]);
    assert.deepEqual(await frame.collect(), [
      { id: 1, pos: 0, col: "new" },
      { id: 1, pos: 1, col: "Ü" },
    ]);
    const outer = carts.select(F.posexplode_outer("tags").alias("n", "tag"), "id").orderBy("id", "n");
    assert.deepEqual(await outer.collect(), [
      { n: 0, tag: "new", id: 1 },
      { n: 1, tag: "Ü", id: 1 },
      { n: null, tag: null, id: 2 },
      { n: null, tag: null, id: 3 },
    ]);
  });

  test("the entries of a map are two columns, and three with their positions", async () => {
    assert.deepEqual(await carts.select("*", F.explode("prices")).drop("tags", "prices").collect(), [
      { id: 1, key: "tea", value: 2 },
    ]);
    assert.deepEqual(await carts.select(F.posexplode("prices").alias("i", "what", "price")).collect(), [
      { i: 0, what: "tea", price: 2 },
    ]);
  });

  test("inline makes columns of structs, stack makes rows of columns", async () => {
    const structs = range(2).select((f) => [
      F.inline(F.array(F.struct(f.id, f.id.plus(1).alias("then")), F.struct(f.id.alias("id"), f.id.alias("then")))),
    ]);
    const found = await structs.orderBy("id", "then").collect();
    assert.deepEqual(
      found.map(({ id, then }) => [id, then]),
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 2],
      ],
    );
    assert.deepEqual(
      await range(1)
        .select(F.stack(2, F.lit("a"), F.lit(1), F.lit("b")).alias("name", "n"))
        .collect(),
      [
        { name: "a", n: 1 },
        { name: "b", n: null },
      ],
    );
  });

  test("what is made can be used by the next steps, and made again", async () => {
    const frame = carts
      .select("id", F.posexplode("tags"))
      .filter((f) => f.pos.eq(1))
      .withColumn("again", F.explode(F.array("col", "col")))
      .select("id", F.posexplode(F.array("again")).alias("n", "word"))
      .groupBy("word")
      .count();
    assert.deepEqual(await frame.collect(), [{ word: "Ü", count: 2 }]);
    assert.equal(await carts.select(F.posexplode("tags")).count(), 2);
  });

  test("a wrong number of names, and places where several columns cannot be, are errors before anything runs", async () => {
    await assert.rejects(
      carts.select(F.posexplode("tags").alias("x")).collect(),
      /posexplode\(tags\) gives the columns pos, col, and "x" is one name: give it 2 by alias/,
    );
    await assert.rejects(
      carts.select(F.explode("tags").alias("x", "y") as any).collect(),
      /explode\(tags\) gives one column, and "x", "y" are 2 names/,
    );
    await assert.rejects(carts.withColumn("x", F.explode("prices")).collect(), /gives the columns key, value/);
    await assert.rejects(carts.select("id", F.posexplode("tags").alias("id", "x")).collect(), /two columns "id"/);
    await assert.rejects(carts.filter(F.posexplode("tags") as any).collect(), /cannot stand in filter/);
    await assert.rejects(carts.select(F.inline("tags")).collect(), /inline needs an array of structs/);
  });

  test("windows beside what makes rows see the rows that were made", async () => {
    const frame = carts.select(F.row_number().over(Window.orderBy("id")).alias("n"), F.posexplode("tags"));
    assert.deepEqual((await frame.collect()).map(({ n }) => n).sort(), [1, 2]);
    const added = carts.withColumns((f) => ({ n: F.count().over(Window.partitionBy(f.id)), tags: F.explode(f.tags) }));
    assert.deepEqual((await added.select("n", "tags").orderBy("tags").collect()) as unknown[], [
      { n: 2, tags: "new" },
      { n: 2, tags: "Ü" },
    ]);
  });

  test("how many rows are made is not told from the source", async () => {
    const frame = range(30).select((f) => ({ x: F.explode(F.array(f.id, f.id)) }));
    assert.notEqual((await preview(frame, 5)).total, 30);
    assert.equal((await preview(range(30).select("id"), 5)).total, 30);
  });

  test("json_tuple takes values of keys as text", async () => {
    const frame = range(1).select(F.json_tuple(F.lit('{"a": 1, "b": {"c": [2]}}'), "a", "b", "z"));
    assert.deepEqual(await frame.collect(), [{ c0: "1", c1: '{"c":[2]}', c2: null }]);
  });

  test("a column of 1,000 rows and 1,000 columns beside it stays one step", async () => {
    const wide = range(1).select(
      ...Array.from({ length: 1000 }, (_, i) => F.lit(i).alias(`c${i}`)),
      F.posexplode(F.sequence(F.lit(1), F.lit(1000))),
    );
    assert.equal((await wide.columns()).length, 1002);
    assert.equal(await wide.filter((f) => f.pos.plus(1).eq(f.col)).count(), 1000);
  });
});
