import assert from "node:assert/strict";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, range, test }) => {
  const first = createDataFrame([
    { k: 1, v: "x" },
    { k: 1, v: "x" },
    { k: 2, v: "y" },
    { k: null as number | null, v: "z" },
  ]);
  const second = createDataFrame([
    { v: "x", k: 1 as number | null },
    { v: "q", k: 9 },
    { v: "z", k: null },
  ]);
  const sameOrder = second.select("k", "v");

  test("intersect and subtract compare whole rows, nulls too, and keep each once", async () => {
    assert.deepEqual(await first.intersect(sameOrder).orderBy("v").collect(), [
      { k: 1, v: "x" },
      { k: null, v: "z" },
    ]);
    assert.deepEqual(await first.subtract(sameOrder).collect(), [{ k: 2, v: "y" }]);
  });

  test("intersectAll and exceptAll count how often a row is there", async () => {
    assert.equal(await first.intersectAll(first).count(), 4);
    assert.deepEqual(await first.exceptAll(sameOrder).orderBy("v").collect(), [
      { k: 1, v: "x" },
      { k: 2, v: "y" },
    ]);
  });

  test("one set operation in another is computed first", async () => {
    assert.equal(await first.union(first.intersect(sameOrder)).count(), 6);
    assert.equal(await first.intersect(first.union(sameOrder)).count(), 3);
    assert.equal(await first.subtract(sameOrder.subtract(sameOrder)).count(), 3);
  });

  test("unionByName puts columns of one name together, whatever their order", async () => {
    assert.deepEqual(await first.unionByName(second).filter("v in ('q', 'y')").orderBy("v").collect(), [
      { k: 9, v: "q" },
      { k: 2, v: "y" },
    ]);
    await assert.rejects(first.unionByName(first.drop("v")).collect(), /second frame has no column "v"/);
  });

  test("with allowMissing, what one frame has not is null in its rows", async () => {
    const other = createDataFrame([{ w: true, k: 1.5 }]);
    assert.deepEqual(await first.limit(1).unionByName(other, { allowMissing: true }).orderBy("k").collect(), [
      { k: 1, v: "x", w: null },
      { k: 1.5, v: null, w: true },
    ]);
    assert.deepEqual(await first.unionByName(other, true).columns(), ["k", "v", "w"]);
    await assert.rejects(first.unionByName(other, false).collect(), /has no column/);
    assert.throws(() => (first as any).unionByName(other, { allowMissingColumns: true }), /not \{ allowMissingColumns/);
    assert.throws(() => (first as any).unionByName(other, "yes"), /takes true or \{ allowMissing: true \}/);
  });

  test("a sample with a seed is the same rows again; a part that is none is refused", async () => {
    const ids = async () => (await range(10_000).sample(0.1, 7).collect()).map(({ id }) => id);
    const found = await ids();
    assert.ok(found.length > 800 && found.length < 1200, `${found.length} rows`);
    assert.deepEqual(await ids(), found);
    assert.equal(await range(10).sample(0).count(), 0);
    assert.equal(await range(10).sample(1).count(), 10);
    assert.throws(() => range(10).sample(2), /number from 0 to 1/);
  });
});
