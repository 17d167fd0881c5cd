import assert from "node:assert/strict";
import { col, F, lit } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  const rows = createDataFrame(
    [
      [
        1,
        [1, 2, null],
        [3],
        new Map([
          ["a", 1],
          ["b", null],
        ]),
        new Map([
          ["c", 5],
          ["a", 2],
        ]),
      ],
      [2, [], null, new Map(), null],
      [3, null, [1, 2], null, new Map([["z", 1]])],
    ],
    "id INT NOT NULL, a ARRAY<INT>, b ARRAY<INT>, m MAP<STRING, INT>, n MAP<STRING, INT>",
  ).orderBy("id");

  test("callbacks make and choose elements, with the row's other columns and the position", async () => {
    const found = await rows
      .select((f) => ({
        plus: F.transform(f.a, (x) => x.plus(f.id)),
        at: F.transform(f.a, (x, i) => x.plus(i)),
        large: F.filter(f.a, (x) => x.gt(1)),
        later: F.filter(f.a, (_x, i) => i.gt(0)),
        nested: F.transform(f.a, (x) => F.transform(f.b, (y) => y.plus(x))),
        inner: F.transform(f.a, (_x, i) => F.transform(f.a, (_y, j) => i.times(10).plus(j))),
      }))
      .collect();
    assert.deepEqual(found, [
      {
        plus: [2, 3, null],
        at: [1, 3, null],
        large: [2],
        later: [2, null],
        nested: [[4], [5], [null]],
        inner: [
          [0, 1, 2],
          [10, 11, 12],
          [20, 21, 22],
        ],
      },
      { plus: [], at: [], large: [], later: [], nested: [], inner: [] },
      { plus: null, at: null, large: null, later: null, nested: null, inner: null },
    ]);
  });

  test("arrays are sorted by a callback, equal elements in their order; one that gives NULL is an error", async () => {
    const words = createDataFrame([
      { w: ["pear", "fig", "kiwi", "ärger", "sea"], n: 2 },
      { w: [], n: 1 },
      { w: ["one"], n: 0 },
    ]);
    const found = await words
      .select((f) => ({
        short: F.array_sort(f.w, (x, y) => F.length(x).minus(F.length(y)).cast("int")),
        byOther: F.array_sort(f.w, (x, y) =>
          F.length(y).minus(F.length(x)).times(f.n.cast("int").minus(1)).cast("int"),
        ),
        unknown: F.array_sort(
          F.filter(f.w, (_x) => f.n.lt(2)),
          () => lit(null).cast("int"),
        ),
      }))
      .collect();
    assert.deepEqual(found[0]?.short, ["fig", "sea", "pear", "kiwi", "ärger"]);
    assert.deepEqual(found[0]?.byOther, ["ärger", "pear", "kiwi", "fig", "sea"]);
    assert.deepEqual(
      found.slice(1).map(({ short, unknown }) => [short, unknown]),
      [
        [[], []],
        [["one"], ["one"]],
      ],
    );
    const unknown = words.repartition(1).select((f) => ({ s: F.array_sort(f.w, () => lit(null).cast("int")) }));
    await assert.rejects(unknown.collect(), { code: /COMPARATOR_RETURNS_NULL|INTERNAL_ERROR/ });
  });

  test("exists and forall are NULL where NULL decides", async () => {
    const found = await rows
      .select((f) => ({
        some: F.exists(f.a, (x) => x.gt(1)),
        unknown: F.exists(f.a, (x) => x.gt(9)),
        all: F.forall(f.a, (x) => x.gt(0)),
        no: F.forall(f.a, (x) => x.gt(1)),
      }))
      .collect();
    assert.deepEqual(found, [
      { some: true, unknown: null, all: null, no: false },
      { some: false, unknown: false, all: true, no: true },
      { some: null, unknown: null, all: null, no: null },
    ]);
  });

  test("aggregate keeps the type of its start, and finishes", async () => {
    const found = await rows
      .select((f) => ({
        sum: F.aggregate(f.a, 0, (sum, x) => sum.plus(F.coalesce(x, lit(0)))),
        text: F.reduce(
          f.a,
          "",
          (all, x) => F.concat(all, F.coalesce(x.cast("string"), lit("-"))),
          (all) => F.length(all),
        ),
        list: F.aggregate(f.a, F.array(f.id), (all, _x) => F.array(all.getItem(0).plus(1))),
      }))
      .collect();
    assert.deepEqual(found, [
      { sum: 3, text: 3, list: [4] },
      { sum: 0, text: 0, list: [2] },
      { sum: null, text: null, list: null },
    ]);
  });

  test("zip_with fills up the shorter array; of NULL comes NULL", async () => {
    const zipped = F.zip_with("a", "b", (x, y) => F.coalesce(x, lit(0)).plus(F.coalesce(y, lit(100))));
    assert.deepEqual(
      (await rows.select(zipped.alias("z")).collect()).map(({ z }) => z),
      [[4, 102, 100], null, null],
    );
  });

  test("maps are made of maps", async () => {
    const [first, empty, none] = await rows
      .select((f) => ({
        known: F.map_filter(f.m, (_k, v) => v.isNotNull()),
        keys: F.transform_keys(f.m, (k) => F.concat(k, lit("!"))),
        values: F.transform_values(f.m, (k, v) => F.concat(k, v.cast("string"))),
        both: F.map_zip_with(f.m, f.n, (k, v, w) => F.concat(k, F.coalesce(v, lit(0)), F.coalesce(w, lit(0)))),
      }))
      .collect();
    assert.deepEqual(first, {
      known: new Map([["a", 1]]),
      keys: new Map([
        ["a!", 1],
        ["b!", null],
      ]),
      values: new Map([
        ["a", "a1"],
        ["b", null],
      ]),
      both: new Map([
        ["a", "a12"],
        ["b", "b00"],
        ["c", "c05"],
      ]),
    });
    assert.deepEqual(empty, { known: new Map(), keys: new Map(), values: new Map(), both: null });
    assert.deepEqual(none, { known: null, keys: null, values: null, both: null });
  });

  test("fields of structs are in reach, lambdas stand over aggregates, and go through long chains of steps", async () => {
    const people = createDataFrame([[[{ n: 1, s: "x" }, null]]], "people ARRAY<STRUCT<n: INT, s: STRING>>");
    const names = people.select((f) => ({
      s: F.transform(f.people, (p) => F.struct(p.s.alias("s"), p.n.plus(1).alias("n"))),
    }));
    assert.deepEqual(await names.collect(), [
      {
        s: [
          { s: "x", n: 2 },
          { s: null, n: null },
        ],
      },
    ]);
    const grouped = rows.groupBy("id").agg(F.transform(F.collect_list("id"), (x) => x.plus(col("id"))).alias("twice"));
    assert.deepEqual(
      (await grouped.orderBy("id").collect()).map(({ twice }) => twice),
      [[2], [4], [6]],
    );
    let long = rows.select("id", "a");
    for (let i = 0; i < 25; i++) long = long.withColumn("a", (f) => F.transform(f.a, (x) => x.plus(1)));
    assert.deepEqual((await long.first())?.a, [26, 27, null]);
  });

  test("a callback's argument has a value only in it", async () => {
    let kept = col("id");
    F.transform("a", (x) => {
      kept = x;
      return x;
    });
    await assert.rejects(
      rows.select(kept.plus(1).alias("x")).collect(),
      /The argument of a callback .* is used outside/,
    );
    assert.throws(() => F.transform("b", () => kept), /transform: the argument of another callback is used here/);
    assert.throws(() => F.transform("a", () => 1 as never), /the callback of transform: 1 is not a Column/);
    assert.throws(() => F.transform("a", 1 as never), /transform takes a callback/);
    await assert.rejects(
      rows.select(F.transform("id", (x) => x).alias("x")).collect(),
      /id is int, and a callback over its elements needs an array/,
    );
    await assert.rejects(
      rows.select(F.filter("a", (x) => x.plus(1) as never).alias("x")).collect(),
      /filter needs a callback that gives a condition/,
    );
    await assert.rejects(
      rows.select(F.aggregate("a", 0, (s, x) => s.plus(x).cast("double")).alias("x")).collect(),
      /aggregate needs a callback that gives the type of the start/,
    );
  });
});
