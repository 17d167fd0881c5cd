import assert from "node:assert/strict";
import { inspect } from "node:util";
import { broadcast, col, F, schema, types } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, engine, range, test }) => {
  const letters = createDataFrame(
    Array.from({ length: 400 }, (_, index) => ({
      kind: ["a", "b", null][index % 3] as string | null,
      "größe.cm": index % 4,
    })),
  );

  type Letters = typeof letters;

  test("randomSplit puts every row into one part, equal rows too, and the same again with the same seed", async () => {
    const [most, few, none] = letters.randomSplit([3, 1, 0], 7) as [Letters, Letters, Letters];
    const [again] = letters.orderBy("größe.cm").randomSplit([3, 1], 7) as [Letters];
    const number = await few.count();
    assert.ok(number > 50 && number < 150, `${number} rows`);
    assert.equal(await most.unionAll(few).count(), 400);
    assert.equal(
      await most.unionAll(few).exceptAll(letters).unionAll(again.exceptAll(most)).unionAll(none).isEmpty(),
      true,
    );
    assert.deepEqual(await letters.limit(0).randomSplit([1])[0]?.collect(), []);
    assert.throws(() => letters.randomSplit([]), /weights are numbers from 0/);
    assert.throws(() => letters.randomSplit([1, -1]), /weights are numbers from 0/);
  });

  test("sampleBy takes a part of the rows with each value, and none with others", async () => {
    const taken = letters.sampleBy("kind", { a: 1, b: 0.5 }, 3);
    const counts = new Map((await taken.groupBy("kind").count().collect()).map(({ kind, count }) => [kind, count]));
    assert.equal(counts.get("a"), 134);
    assert.ok((counts.get("b") ?? 0) > 40 && (counts.get("b") ?? 0) < 95, `${counts.get("b")} rows`);
    assert.equal(counts.has(null), false);
    const byNumber = letters.stat.sampleBy("größe.cm", new Map([[2, 1]]));
    assert.equal(await byNumber.count(), 100);
    assert.equal(await letters.sampleBy("kind", new Map<string | null, number>([[null, 1]])).count(), 133);
    assert.throws(() => letters.sampleBy("kind", { a: 2 }), /number from 0 to 1/);
  });

  test("sampleBy takes the values of an expression, in a column called like a method too", async () => {
    const halves = letters.sampleBy(col("größe.cm").mod(2), { 0: 1 }, -3);
    assert.deepEqual(await halves.columns(), ["kind", "größe.cm"]);
    assert.deepEqual(await halves.distinct().select("größe.cm").distinct().orderBy("größe.cm").collect(), [
      { "größe.cm": 0 },
      { "größe.cm": 2 },
    ]);
    assert.equal(await range(4).withColumnRenamed("id", "count").sampleBy(col("count"), { 1: 1 }).count(), 1);
  });

  test("sample with replacement takes rows several times, and the same again with the same seed", async () => {
    const rows = range(500).withColumnRenamed("id", "ключ");
    const counts = (fraction: number, seed: number) =>
      rows
        .sample(true, fraction, seed)
        .groupBy("ключ")
        .count()
        .agg((f) => ({ all: F.sum(f.count), most: F.max(f.count), rows: F.count() }))
        .first();
    const some = await counts(0.5, -7);
    assert.ok(some !== null && Number(some.all) > 180 && Number(some.all) < 320, `${some?.all} rows`);
    assert.ok(Number(some.most) > 1 && some.rows > 150 && some.rows < 240, `${some.most} times, ${some.rows} rows`);
    assert.deepEqual(await counts(0.5, -7), some);
    const many = await rows.limit(5).sample(true, 120, 3).count();
    assert.ok(many > 480 && many < 720, `${many} rows`);
    assert.deepEqual(await rows.sample(true, 0).union(rows.limit(0).sample(true, 3)).collect(), []);
    assert.deepEqual(await rows.sample(true, 1).columns(), ["ключ"]);
    assert.throws(() => rows.sample(true, -1), { code: "FRACTION", message: /sample\(true, -1\)/ });
    assert.throws(() => (rows as any).sample(true), /number from 0/);
  });

  test("sample takes Spark's arguments, small parts and any whole number as its seed", async () => {
    const rows = range(1000);
    for (const seed of [5, -5, 2 ** 40]) {
      const part = await rows.sample(false, 0.3, seed).collect();
      assert.ok(part.length > 220 && part.length < 380, `${part.length} rows`);
      assert.deepEqual(await rows.sample(0.3, seed).collect(), part);
    }
    assert.equal(await rows.sample(1e-9, 1).count(), 0);
    assert.throws(() => rows.sample(false, 2), /sample\(2\): the part of the rows is a number from 0 to 1/);
    assert.throws(() => (rows as any).sample("0.5"), /sample\('0.5'\)/);
    assert.throws(() => rows.sample(0.5, 1.5), /the seed is a whole number, not 1.5/);
    assert.equal((await rows.randomSplit([1, 1], -1)[0]?.count()) !== 1000, true);
  });

  test("freqItems finds the values that are there often enough, for each column", async () => {
    const [row] = await letters.freqItems(["kind", "größe.cm"], 0.25).collect();
    assert.deepEqual(row?.kind_freqItems.toSorted(), ["a", "b"]);
    assert.deepEqual(row?.["größe.cm_freqItems"].toSorted(), [0, 1, 2, 3]);
    assert.deepEqual(await letters.limit(0).freqItems(["kind"]).collect(), [{ kind_freqItems: [] }]);
    assert.throws(() => letters.freqItems(["kind"], 0), /0.0001 to 1/);
  });

  test("to takes columns by name, in the order and as the types of a schema", async () => {
    const frame = createDataFrame([{ id: 1, day: new Date(0), extra: "x" }]);
    const wanted = schema({ name: types.string, ID: types.double, day: types.string });
    const rows = await frame.select("id", frame.colRegex("`d.*`")).to("ID double, name string").collect();
    assert.deepEqual(rows, [{ ID: 1, name: null }]);
    assert.deepEqual(await frame.to(wanted).columns(), ["name", "ID", "day"]);
    await assert.rejects(frame.to("extra int").collect(), /"extra" is string, which does not go into int by itself/);
    const strict = schema({ other: types.int.notNull() });
    await assert.rejects(frame.to(strict).collect(), /no column "other"/);
    const nullable = createDataFrame([{ n: null as number | null }, { n: 1 }]);
    await assert.rejects(nullable.to(schema({ n: types.long.notNull() })).collect(), /"n" may be null/);
  });

  test("colRegex stands for the columns whose whole names match, beside others", async () => {
    const frame = createDataFrame([{ day: 1, Daily: 2, "b.day": 3, id: 4 }]);
    const names = (...columns: readonly any[]) => frame.select(...columns).columns();
    assert.deepEqual(await names(frame.colRegex("`da.*`")), ["day", "Daily"]);
    assert.deepEqual(await names("id", frame.colRegex(/day$/g)), ["id", "day", "b.day"]);
    assert.deepEqual(await names(frame.colRegex("day")), ["day"]);
    await assert.rejects(names(frame.colRegex("`x`")), /no column has such a name/);
    assert.throws(() => frame.colRegex("`(`"), /no regular expression/);
  });

  test("what is said of partitions and by hints leaves the rows as they are", async () => {
    const hinted = letters
      .hint("broadcast")
      .hint("made_up", 1, "x")
      .repartition(3, "größe.cm")
      .repartition("kind")
      .repartitionByRange(2, "kind")
      .coalesce(1)
      .filter((f) => f.kind.eq("a"));
    assert.equal(await hinted.count(), 134);
    const joined = range(3).join(range(2).hint("broadcast"), "id").orderBy("id");
    assert.deepEqual(await joined.collect(), [{ id: 0 }, { id: 1 }]);
    assert.match(inspect(await hinted.explain("extended")), /Hint.*repartition_by_range/);
    if (engine === "Spark")
      assert.match(
        inspect(
          await range(3)
            .join(broadcast(range(2)).hint("merge"), "id")
            .explain(),
        ),
        /SortMergeJoin/,
      );
    assert.throws(() => letters.repartition(0), /whole number from 1/);
    assert.throws(() => letters.repartitionByRange(2), /needs columns/);
    assert.throws(() => (letters as any).repartition(), /number of partitions, or columns/);
    await assert.rejects((letters as any).repartition("knd").collect(), /"knd" is not in the frame/);
  });

  test("a range is made in as many partitions as are asked for, on Spark", async () => {
    const rows = range(0, 10, 2, 3);
    assert.deepEqual(
      (await rows.collect()).map(({ id }) => id),
      [0, 2, 4, 6, 8],
    );
    if (engine === "Spark") assert.equal(await rows.select(F.spark_partition_id().alias("p")).distinct().count(), 3);
    assert.throws(() => range(0, 10, 1, 0), /whole number from 1/);
  });

  test("rows are sorted within partitions, which on DuckDB are one", async () => {
    const sorted = range(6)
      .repartition(2)
      .sortWithinPartitions((f) => f.id.desc());
    const ids = (await sorted.collect()).map(({ id }) => id);
    assert.deepEqual(ids.toSorted(), [0, 1, 2, 3, 4, 5]);
    if (engine === "DuckDB") assert.deepEqual(ids, [5, 4, 3, 2, 1, 0]);
    assert.deepEqual(await sorted.coalesce(1).orderBy("id").limit(1).collect(), [{ id: 0 }]);
    if (engine === "Spark") assert.match(inspect(await sorted.explain()), /Sort \[.*, false, 0/);
    await assert.rejects(sorted.sortWithinPartitions(col("idd")).collect(), /Did you mean "id"/);
  });

  test("second names are the same steps", async () => {
    const numbers = range(4).select((f) => ({ a: f.id, b: f.id.times(2) }));
    assert.equal((await numbers.corr("a", "b"))?.toFixed(9), "1.000000000");
    assert.equal(await numbers.cov("a", "b"), await numbers.stat.cov("a", "b"));
    assert.deepEqual(await numbers.approxQuantile("a", [0]), [0]);
    assert.equal(await numbers.replace(1, 9).filter("a = 9").count(), 1);
    assert.equal((await numbers.crosstab("a", "b").collect()).length, 4);
    const ids: number[] = [];
    for await (const { id } of range(3).toLocalIterator()) ids.push(id);
    assert.deepEqual(ids, [0, 1, 2]);
  });

  test("frames of the same steps over the same sources are told by their hash", () => {
    const one = range(5).filter("id > 1");
    const two = range(5).filter("id > 1");
    assert.equal(one.sameSemantics(two), true);
    assert.equal(one.semanticHash(), two.semanticHash());
    assert.equal(one.sameSemantics(range(5).filter("id > 2")), false);
  });
});
