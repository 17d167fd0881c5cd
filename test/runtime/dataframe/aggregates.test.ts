import assert from "node:assert/strict";
import { F, lit } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, test }) => {
  const sales = createDataFrame([
    { kind: "tea", price: 3 },
    { kind: "tea", price: 4 },
  ]);

  test("an aggregate without groups gives one row, whatever it is asked for", async () => {
    assert.deepEqual(await sales.agg(F.percentile("price", []).alias("p")).collect(), [{ p: null }]);
    const none = sales.filter(lit(false));
    assert.deepEqual(await none.agg(F.percentile_approx("price", []).alias("p")).collect(), [{ p: null }]);
  });

  test("aggregates without names take all columns of numbers, those of the groups too", async () => {
    const priced = sales.withColumn("half", (f) => f.price.cast("decimal(3,1)").div(2));
    assert.deepEqual(await priced.groupBy("kind").sum().columns(), ["kind", "sum(price)", "sum(half)"]);
    assert.deepEqual(await sales.groupBy("price").max().orderBy("price").collect(), [
      { price: 3, "max(price)": 3 },
      { price: 4, "max(price)": 4 },
    ]);
    assert.deepEqual(await sales.rollup("kind").mean().orderBy("kind").collect(), [
      { kind: null, "avg(price)": 3.5 },
      { kind: "tea", "avg(price)": 3.5 },
    ]);
    assert.deepEqual(await sales.select("kind").groupBy("kind").sum().collect(), [{ kind: "tea" }]);
    await assert.rejects(
      sales.select("kind").groupBy().max().collect(),
      /max\(\) takes the columns that hold numbers, and the frame has none: kind\./,
    );
    const long = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, i]));
    const sums = await createDataFrame([long, long]).groupBy().sum().collect();
    assert.equal((sums as any)[0]["sum(c999)"], 1998);
  });

  test("so they do behind a pivot, whose values stay those that were found", async () => {
    const grouped = sales.withColumn("n", lit(1)).groupBy().pivot("kind");
    const tea = { "tea_sum(price)": 7, "tea_sum(n)": 2 };
    assert.deepEqual(await sales.withColumn("n", lit(1)).groupBy().pivot("kind", ["tea"]).sum().collect(), [tea]);
    const found = grouped.sum();
    assert.deepEqual(await found.collect(), [tea]);
    assert.deepEqual(await found.columns(), Object.keys(tea));
    assert.deepEqual(await grouped.sum("n", "price").columns(), ["tea_sum(n)", "tea_sum(price)"]);
    assert.deepEqual(await sales.groupBy().pivot("kind", ["tea"]).mean().collect(), [{ tea: 3.5 }]);
    await assert.rejects(
      sales.select("kind").groupBy().pivot("kind").sum().collect(),
      /sum\(\) takes the columns that hold numbers/,
    );
  });
});
