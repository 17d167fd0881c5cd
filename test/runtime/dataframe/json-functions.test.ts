import assert from "node:assert/strict";
import { F, schema, types, Window } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, range, spark, sql, test }) => {
  const texts = createDataFrame(
    [
      { id: 1, text: '{\'kind\':\'a\', "n": 1.50, "list": [{"x": 1}, {"x": 2}]}' },
      { id: 2, text: '{"kind":"b","n":2} and more' },
      { id: 3, text: '{"kind":"a","n":' },
      { id: 4, text: null },
    ],
    "id INT, text STRING",
  );
  const kind = (f: any) => F.get_json_object(f.text, "$.kind");

  test("JSON is read wherever a column may stand: filters, groups, orders, aggregates, windows, joins and sub-queries", async () => {
    assert.deepEqual(
      await texts
        .filter((f) => kind(f).eq("a"))
        .select("id")
        .collect(),
      [{ id: 1 }],
    );
    const groups = texts
      .groupBy((f) => ({ kind: kind(f) }))
      .agg((f) => ({
        most: F.max(F.get_json_object(f.text, "$.n").cast("double")),
      }));
    assert.deepEqual(await groups.orderBy("kind").collect(), [
      { kind: null, most: null },
      { kind: "a", most: 1.5 },
      { kind: "b", most: 2 },
    ]);
    assert.deepEqual(
      await texts
        .orderBy((f) => kind(f).desc_nulls_last())
        .select("id")
        .take(1),
      [{ id: 2 }],
    );
    const counted = texts.select((f) => ({ id: f.id, of: F.count().over(Window.partitionBy(kind(f))) })).orderBy("id");
    assert.deepEqual(
      (await counted.collect()).map(({ of }) => of),
      [1, 1, 2, 2],
    );
    const joined = texts.join(
      range(3),
      (t, r) => F.json_array_length(F.get_json_object(t.text, "$.list")).eq(r.id),
      "inner",
      {
        suffix: "_r",
      },
    );
    assert.deepEqual(
      (await joined.collect()).map(({ id, id_r }) => [id, id_r]),
      [[1, 2]],
    );
    const rows = texts.select((f) => ({
      id: f.id,
      item: F.explode(F.from_json(F.get_json_object(f.text, "$.list"), "array<struct<x:int>>")),
    }));
    assert.deepEqual(
      await rows
        .select((f) => ({ id: f.id, x: f.item.x }))
        .orderBy("x")
        .collect(),
      [
        { id: 1, x: 1 },
        { id: 1, x: 2 },
      ],
    );
  });

  test("values have the types of the schema, and its fields can be gone on with", async () => {
    const item = schema({
      kind: types.string,
      n: types.decimal(10, 2),
      list: types.array(types.struct({ x: types.long })),
    });
    const read = texts.select((f) => ({ id: f.id, v: F.from_json(f.text, item) }));
    assert.deepEqual(
      (await read.schema()).map(({ name, nullable }) => [name, nullable]),
      [
        ["id", true],
        ["v", true],
      ],
    );
    const found = await read
      .select((f) => ({ kind: f.v.kind, n: f.v.n.plus(1).cast("string"), size: F.size(f.v.list) }))
      .collect();
    assert.deepEqual(found, [
      { kind: "a", n: "2.50", size: 2 },
      { kind: "b", n: "3.00", size: null },
      { kind: null, n: null, size: null },
      { kind: null, n: null, size: null },
    ]);
  });

  test("with FAILFAST only texts that are asked for fail, at the step's line", async () => {
    const strict = (f: any) => F.from_json(f.text, "kind STRING", { mode: "FAILFAST" }).getField("kind");
    const guarded = texts.select((f) => ({ kind: F.when(f.id.lt(3), strict(f)) }));
    assert.deepEqual(
      (await guarded.collect()).map((row) => row.kind),
      ["a", "b", null, null],
    );
    assert.equal(await texts.filter((f) => f.id.lt(3).and(strict(f).isNotNull())).count(), 2);
    const failing = texts.select((f) => ({ kind: strict(f) }));
    await assert.rejects(failing.collect(), (error: any) => {
      assert.match(error.code, /^MALFORMED_RECORD_IN_PARSING/);
      assert.match(error.stack, /json-functions\.test\.ts/);
      return true;
    });
  });

  test("frames without rows, of 1,000 fields, with names in any script and texts of a megabyte are read", async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `f${i}`);
    const long = `"${"é👍x".repeat(200_000)}"`;
    const text = `{${names.map((name, i) => `"${name}":${i}`).join(",")},"日本 .x":${long},"count":1}`;
    const wide = createDataFrame([{ text }]);
    const ddl = `${names.map((name) => `${name} INT`).join(", ")}, \`日本 .x\` STRING, count INT`;
    const read = wide.select((f) => ({ v: F.from_json(f.text, ddl) }));
    const picked = read.select((f) => ({
      last: f.v.f999,
      size: F.length(f.v["日本 .x"]),
      count: f.v.getField("count"),
    }));
    assert.deepEqual(await picked.collect(), [{ last: 999, size: 600_000, count: 1 }]);
    assert.deepEqual(await read.limit(0).collect(), []);
    assert.equal(await wide.filter((f) => F.get_json_object(f.text, "$.f1").isNull()).count(), 0);
  });

  test("the same rows come from a step that is read twice, from a cache and from a view", async () => {
    const frame = texts.withColumn("kind", kind);
    const read = async () => (await frame.orderBy("id").collect()).map((row) => row.kind);
    assert.deepEqual(await read(), ["a", "b", null, null]);
    assert.deepEqual(await read(), ["a", "b", null, null]);
    frame.cache();
    assert.deepEqual(await read(), ["a", "b", null, null]);
    frame.unpersist();
    await frame.createOrReplaceTempView("kinds");
    assert.equal(
      await spark
        .table("kinds")
        .filter((f) => f.kind.eq("b"))
        .count(),
      1,
    );
    assert.deepEqual(await sql("SELECT max(kind) AS kind FROM kinds").collect(), [{ kind: "b" }]);
  });

  test("what only Spark does says so and names the way out", async () => {
    const each = texts.select((f) => ({
      k: F.aggregate(F.split(f.text, ","), F.lit(""), (all, part) => F.concat(all, F.get_json_object(part, "$"))),
    }));
    const dated = texts.select((f) => ({ d: F.from_json(f.text, "d DATE", { dateFormat: "EEEE dd" }) }));
    if (engine === "Spark") return assert.equal((await each.collect()).length, 4);
    await assert.rejects(each.collect(), /get_json_object in this callback .*\(explode\)/);
    await assert.rejects(dated.collect(), /with the option dateFormat: "EEEE dd" works on Spark only here/);
  });

  test("options that are none are refused", async () => {
    const frame = texts.select((f) => ({ v: F.from_json(f.text, "a INT", { allowComments: "perhaps" }) }));
    await assert.rejects(frame.collect());
    const keys = texts.select((f) => ({ v: F.from_json(f.text, "map<int,int>") }));
    await assert.rejects(keys.collect(), /texts as keys of maps/);
    assert.throws(() => F.from_json("text", "a INT", "FAILFAST" as any), /takes options as an object/);
  });
});
