import assert from "node:assert/strict";
import { F, lit } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ range, test }) => {
  const random = range(2000).select((f) => ({
    id: f.id,
    r: F.rand(42),
    again: F.random(42),
    other: F.rand(43),
    n: F.randn(7),
    u: F.uuid(3),
    s: F.shuffle(lit([1, 2, 3, 4]), 5),
  }));

  test("random numbers with a seed are the same in each query, and each row has its own", async () => {
    assert.deepEqual(await random.limit(3).collect(), await random.limit(3).collect());
    const row = await random
      .agg((f) => ({
        numbers: F.countDistinct(f.r),
        alike: F.count_if(f.r.eq(f.again)),
        inside: F.count_if(f.r.ge(0).and(f.r.lt(1))),
        uuids: F.countDistinct(f.u),
        long: F.count_if(f.u.rlike("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\z")),
        whole: F.count_if(F.array_size(F.array_distinct(f.s)).eq(4)),
        orders: F.countDistinct(f.s),
      }))
      .first();
    assert.deepEqual(row, {
      numbers: 2000,
      alike: 2000,
      inside: 2000,
      uuids: 2000,
      long: 2000,
      whole: 2000,
      orders: 24,
    });
  });

  test("random numbers with a seed are spread as they should be", async () => {
    const row = await random
      .agg((f) => ({ mean: F.avg(f.r), apart: F.corr(f.r, f.other), zero: F.avg(f.n), one: F.stddev(f.n) }))
      .first();
    assert.ok(row !== null);
    const near = (value: number | null, wanted: number) =>
      assert.ok(Math.abs((value ?? Number.NaN) - wanted) < 0.08, `${value} is not near ${wanted}`);
    near(row.mean, 0.5);
    near(row.apart, 0);
    near(row.zero, 0);
    near(row.one, 1);
  });

  test("uniform numbers and random texts are of their kind and size, for every row another", async () => {
    const drawn = (seed?: number) =>
      range(500).select(() => ({
        whole: F.uniform(10, 20, seed),
        part: F.uniform(-1.5, 2, seed),
        text: F.randstr(5, seed),
        none: F.randstr(0),
      }));
    for (const seed of [undefined, -8]) {
      const row = (await drawn(seed)
        .agg((f) => ({
          wholes: F.countDistinct(f.whole),
          inside: F.count_if(f.whole.between(10, 19).and(f.part.ge(-1.5)).and(f.part.lt(2))),
          parts: F.countDistinct(f.part),
          texts: F.countDistinct(f.text),
          signs: F.count_if(f.text.rlike("^[0-9a-zA-Z]{5}\\z").and(f.none.eq(""))),
          mean: F.avg(f.part),
        }))
        .first()) as any;
      assert.deepEqual({ ...row, mean: 0 }, { wholes: 10, inside: 500, parts: 500, texts: 500, signs: 500, mean: 0 });
      assert.ok(Math.abs(row.mean - 0.25) < 0.25, `${row.mean}`);
    }
    assert.deepEqual(await drawn(3).drop("none").limit(3).collect(), await drawn(3).drop("none").limit(3).collect());
    assert.deepEqual(
      (await drawn(3).dtypes()).map(([, type]) => type),
      ["int", "double", "string", "string"],
    );
    await assert.rejects(
      range(3)
        .filter(F.uniform(0, 1, 5).lt(1))
        .collect(),
      { code: "MISPLACED_WINDOW" },
    );
  });

  test("rows are put in a random order that stays, and a seed elsewhere is an error that says what to do", async () => {
    const shuffled = () => range(50).orderBy(F.rand(1)).collect();
    assert.deepEqual(await shuffled(), await shuffled());
    await assert.rejects(range(3).filter(F.rand(1).lt(0.5)).collect(), {
      code: "MISPLACED_WINDOW",
      message: "rand(1) cannot stand in filter: add it as a column first (withColumn), then use that column.",
    });
    assert.equal(await range(9).filter(F.rand().lt(2)).count(), 9);
  });
});
