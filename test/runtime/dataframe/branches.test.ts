import assert from "node:assert/strict";
import { col, lit } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ range, test }) => {
  test("frames that go on from the same frame have each the columns of their own, whatever their case", async () => {
    const base = range(1).withColumn("a", lit(1));
    const one = base.withColumn("b", lit(2));
    const other = base.withColumn("c", lit(4)).withColumn("B", lit(3));
    const again = other.withColumn("A", lit(5)).withColumn("d", (f) => f.B.plus(f.A));
    assert.deepEqual(await one.select("b").collect(), [{ b: 2 }]);
    assert.deepEqual(await one.collect(), [{ id: 0, a: 1, b: 2 }]);
    assert.deepEqual(await other.collect(), [{ id: 0, a: 1, c: 4, B: 3 }]);
    assert.deepEqual(await again.collect(), [{ id: 0, A: 5, c: 4, B: 3, d: 8 }]);
    await assert.rejects(one.select(col("c")).collect(), /"c" is not in the frame/);
    await assert.rejects(base.select(col("b")).collect(), /"b" is not in the frame/);
  });
});
