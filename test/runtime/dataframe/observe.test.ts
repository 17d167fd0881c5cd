import assert from "node:assert/strict";
import { count, expr, F, Observation } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

onEngines(({ createDataFrame, range, test }) => {
  const rows = createDataFrame([
    { k: "a", x: 1 },
    { k: "b", x: null },
    { k: "ü", x: 5 },
  ]);

  test("an observation has the metrics of the first action over the frame, of all its rows", async () => {
    const seen = new Observation("rows");
    const observed = rows.observe(seen, (f) => ({ n: count(), top: F.max(f.x), text: expr("min(k)") }));
    await assert.rejects(seen.get, /no action has computed yet/);
    await observed.explain();
    await observed.schema();
    await assert.rejects(seen.get, /no action has computed yet/);
    const action = observed
      .filter((f) => f.k.ne("a"))
      .limit(1)
      .count();
    assert.deepEqual(await seen.get, { n: 3, top: 5, text: "a" });
    assert.equal(await action, 1);
    assert.equal(await observed.filter("k = 'a'").count(), 1);
    assert.deepEqual(await seen.get, { n: 3, top: 5, text: "a" });
  });

  test("a stream is an action too; what is left early observes nothing", async () => {
    const seen = new Observation();
    const observed = range(100).observe(seen, count().alias("n"));
    for await (const _ of observed.stream()) break;
    await assert.rejects(seen.get, /no action has computed yet/);
    for await (const _ of observed.stream());
    assert.deepEqual(await seen.get, { n: 100 });
    const empty = new Observation("empty");
    assert.equal(
      await rows
        .limit(0)
        .observe(empty, (f) => ({ n: count(), sum: F.sum(f.x) }))
        .isEmpty(),
      true,
    );
    assert.deepEqual(await empty.get, { n: 0, sum: null });
  });

  test("an action that fails leaves the metrics to the next; metrics that fail are told by get", async () => {
    const seen = new Observation("failing");
    const observed = rows.observe(seen, (f) => ({ n: F.count(f.x) }));
    await assert.rejects(observed.withColumn("no", F.upper("k").cast("int")).collect(), /is no int|cannot be cast/);
    await assert.rejects(seen.get, /no action has computed yet/);
    await observed.collect();
    assert.deepEqual(await seen.get, { n: 2 });
    const wrong = new Observation("wrong");
    assert.equal(await rows.observe(wrong, (f) => ({ n: F.sum(f.k.cast("int")) })).count(), 3);
    await assert.rejects(wrong.get, /is no int|cannot be cast/);
  });

  test("what cannot be observed is told", async () => {
    const seen = new Observation("twice");
    await assert.rejects(seen.get, /observes no frame yet/);
    rows.observe(seen, (f) => ({ n: F.count(f.k) }));
    assert.throws(() => rows.observe(seen, count().alias("n")), /observes a frame already/);
    assert.throws(() => rows.observe("name" as any, count().alias("n")), /takes an Observation/);
    await assert.rejects(
      rows.observe(new Observation(), (f) => ({ x: f.x })).collect(),
      /neither grouped by nor inside/,
    );
    await assert.rejects(
      rows.observe(new Observation(), (f) => ({ x: F.sum((f as any).y) })).collect(),
      /"y" is not in/,
    );
  });
});
