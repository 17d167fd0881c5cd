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

  test("named aggregates say which columns they take", async () => {
    assert.throws(() => sales.groupBy("kind").sum(), /sum\(\) of no column: name those to take, as sum\("price"\)/);
    assert.throws(() => sales.groupBy().max(), /max\(\) of no column/);
    const pivoted = sales.groupBy("price").pivot("kind", ["tea"]) as any;
    assert.throws(() => pivoted.sum(), /sum\(\) of no column/);
  });

  test("a field that is asked for by its path is told how it is written", async () => {
    const nested = createDataFrame([{ id: 1, place: { city: { name: "Ulm" } } }]);
    await assert.rejects(
      nested.select("place.city.name" as any).collect(),
      /"place" is a struct: write col\("place"\)\.getField\("city"\)\.getField\("name"\), or .* f => f\.place\.city\.name\./,
    );
  });
});
