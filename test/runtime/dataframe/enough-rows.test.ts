import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDuckDB } from "../../../runtime/engine/duckdb/duckdb.ts";
import { type DataFrame, lit, SparkSession, udf } from "../../../runtime/index.ts";

const spark = new SparkSession("DuckDB", openDuckDB);
after(() => spark.stop());
const range = spark.range.bind(spark);

test("what is compared with the outcome of a function, in the step or behind it, ends it when enough rows have passed", async () => {
  let calls = 0;
  const half = udf(
    (x: number) => {
      calls += 1;
      return x % 2 === 0 ? x / 2 : null;
    },
    "LONG",
    { name: "half" },
  );
  const frame = range(500_000);
  const few: readonly [DataFrame<any>, number[]][] = [
    [frame.filter((f) => half(f.id).gt(4)), [10, 12]],
    [frame.filter((f) => half(f.id).mod(5).eq(0).and(f.id.gt(0))), [10, 20]],
    [frame.filter((f) => half(f.id).between(3, 4).or(half(f.id).isin(7))), [6, 8]],
    [
      frame.filter((f) =>
        half(f.id)
          .isNull()
          .and(half(f.id.plus(1)).ne(1)),
      ),
      [3, 5],
    ],
    [frame.filter((f) => half(f.id).gt(4).not()), [0, 2]],
    [
      frame
        .withColumn("y", (f) => half(f.id))
        .filter((f) => f.y.ge(3))
        .select("id"),
      [6, 8],
    ],
    [
      frame
        .select((f) => ({ id: half(f.id), x: f.id }))
        .filter((f) => f.id.gt(4))
        .drop("x"),
      [5, 6],
    ],
    [
      frame
        .select((f) => ({ Y: half(f.id), id: f.id }))
        .withColumnRenamed("Y", "z")
        .filter((f) => f.z.gt(1))
        .drop("z"),
      [4, 6],
    ],
    [frame.orderBy((f) => f.id.desc()).filter((f) => half(f.id).lt(249_998)), [499_994, 499_992]],
  ];
  for (const [found, ids] of few) {
    calls = 0;
    assert.deepEqual(
      (await found.limit(2).collect()).map((row: any) => row.id),
      ids,
    );
    assert.ok(calls > 0 && calls < 50_000, `${calls} calls`);
  }
  const all: readonly [DataFrame<any>, number[]][] = [
    [frame.filter((f) => half(f.id).gt(4)).orderBy((f) => f.id.desc()), [499_998, 499_996]],
    [
      frame
        .filter((f) => half(f.id).gt(4))
        .groupBy((f) => ({ id: f.id.mod(2) }))
        .count(),
      [0],
    ],
    [
      frame
        .withColumn("y", (f) => half(f.id))
        .filter((f) => f.y.plus(0).gt(4))
        .select("id"),
      [10, 12],
    ],
    [frame.filter((f) => half(f.id).gt(4)).filter("id > 0"), [10, 12]],
    [frame.filter((f) => half(f.id).gt(249_997)), [499_996, 499_998]],
  ];
  for (const [found, ids] of all) {
    calls = 0;
    assert.deepEqual(
      (await found.limit(2).collect()).map((row: any) => row.id),
      ids,
    );
    assert.equal(calls, 500_000);
  }
});

test("rows that pass without being counted as sure come all the same: NaN, text in order, long numbers", async () => {
  const big = udf((x: number) => BigInt(x) + 2n ** 53n, "LONG", { name: "big" });
  const odd = udf((x: number) => (x % 2 === 0 ? Number.NaN : x), "DOUBLE", { name: "odd" });
  const letter = udf((x: number) => String.fromCharCode(0x61 + (x % 26)), "STRING", { name: "letter" });
  const frame = range(10_000);
  const ids = async (found: DataFrame<any>) => (await found.select("id").limit(3).collect()).map((row: any) => row.id);
  assert.deepEqual(await ids(frame.filter((f) => odd(f.id).gt(1e9))), [0, 2, 4]);
  assert.deepEqual(await ids(frame.filter((f) => odd(f.id).gt(1e9).not())), [1, 3, 5]);
  assert.deepEqual(await ids(frame.filter((f) => letter(f.id).gt("x"))), [24, 25, 50]);
  assert.deepEqual(
    await ids(
      frame.filter((f) =>
        letter(f.id)
          .eq("c")
          .or(letter(f.id).ne(letter(f.id))),
      ),
    ),
    [2, 28, 54],
  );
  // 2^53 + 1 is 2^53 as a DOUBLE, and so not greater.
  assert.deepEqual(await ids(frame.filter((f) => big(f.id).gt(lit(2 ** 53).cast("double")))), [2, 3, 4]);
});

test("rows made of batches end when enough have come", async () => {
  let batches = 0;
  const mapped = range(500_000).mapInBatches((batch) => {
    batches += 1;
    return Array.from({ length: batch.numRows }, (_, id) => ({ id }));
  }, "id LONG");
  assert.equal((await mapped.limit(3).collect()).length, 3);
  assert.equal(batches, 1);
  batches = 0;
  assert.equal(
    (
      await mapped
        .filter((f) => f.id.gt(60_000))
        .limit(3)
        .collect()
    ).length,
    3,
  );
  assert.ok(batches > 1 && batches < 7, String(batches));
});
