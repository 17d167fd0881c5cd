import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDuckDB } from "../../../../runtime/engine/duckdb/duckdb.ts";
import { col, type DataFrame, SparkSession, udf } from "../../../../runtime/index.ts";

const spark = new SparkSession("DuckDB", openDuckDB);
after(() => spark.stop());
const range = spark.range.bind(spark);
const people = spark.createDataFrame([{ id: 1 }, { id: 2 }, { id: 3 }]);
const twice = udf((x: number) => x * 2, "DOUBLE", { name: "twice" });

test("an inner join by a function of both sides takes the other parts first, and filters behind them", async () => {
  let calls = 0;
  const near = udf(
    (a: number, b: number) => {
      calls += 1;
      return Math.abs(a - b) < 2;
    },
    "BOOLEAN",
    { name: "near" },
  );
  const pairs = async (frame: DataFrame<any>) =>
    (await frame.orderBy("id", "id_b").collect()).map((row: any) => [row.id, row.id_b]);
  const crossed = people.join(range(5), (a, b) => near(a.id, b.id), "inner", { suffix: "_b" });
  const expected = [1, 2, 3].flatMap((id) => [id - 1, id, id + 1].map((other) => [id, other]));
  assert.deepEqual(await pairs(crossed), expected);
  assert.equal(calls, 15);
  calls = 0;
  const even = people.join(
    range(5),
    (a, b) =>
      a.id
        .mod(2)
        .eq(b.id.mod(2))
        .and(near(a.id, b.id.plus(1)))
        .and(twice(b.id).gt(twice(a.id).minus(4))),
    "inner",
    { suffix: "_b" },
  );
  assert.deepEqual(await pairs(even), [
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  assert.ok(calls < 8, `${calls} calls`);
  // Names of both sides, by an alias, and columns that nothing above asks for.
  const one = people
    .alias("p")
    .join(people.alias("q"), near(col("p.id"), col("q.id")).and(col("p.id").lt(col("q.id"))));
  assert.deepEqual(
    (await one.select((f: any) => ({ id: f["q.id"] })).collect()).map((row: any) => row.id).sort(),
    [2, 3],
  );
  const keyed = people.join(
    range(5).withColumn("k", (f) => f.id),
    (a, b) => near(a.id, b.k).or(a.id.eq(b.id)),
    "inner",
    { suffix: "_b" },
  );
  assert.equal(await keyed.count(), 9);
  const none = people.join(range(0), (a, b) => near(a.id, b.id), "inner", { suffix: "_b" });
  assert.equal(await none.count(), 0);
});

test("rows that a function has chosen are counted, where nothing else of them is needed", async () => {
  const isOdd = udf((x: number) => x % 2 === 1, "BOOLEAN", { name: "isOdd" });
  assert.equal(
    await range(5)
      .filter((f) => isOdd(f.id))
      .count(),
    2,
  );
  assert.equal(
    await range(5)
      .orderBy((f) => isOdd(f.id))
      .count(),
    5,
  );
  assert.equal(
    await range(5)
      .filter((f) => isOdd(f.id))
      .limit(1)
      .count(),
    1,
  );
});
