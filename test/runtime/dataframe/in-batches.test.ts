import assert from "node:assert/strict";
import { makeTable, tableFromArrays } from "apache-arrow";
import { col, schema, sum, types, udf } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const arrow = (columns: object) => makeTable(columns as any);

onEngines(({ createDataFrame, range, spark, engine, test }) => {
  const rows = async (batches: { rows: number; index: number }[], frame = range(200_000)) => {
    await frame.foreachBatch(async (batch, index) => {
      batches.push({ rows: batch.numRows, index });
      await Promise.resolve();
    });
    return batches;
  };

  test("foreachBatch hands all rows over in order, one batch after another", async () => {
    const seen = await rows([]);
    assert.ok(seen.length > 1);
    assert.equal(
      seen.reduce((total, batch) => total + batch.rows, 0),
      200_000,
    );
    assert.deepEqual(
      seen.map(({ index }) => index),
      seen.map((_, index) => index),
    );
    let next = 0n;
    let open = 0;
    await range(100_000)
      .orderBy("id")
      .foreachBatch(async (batch) => {
        assert.equal(open++, 0);
        for (const id of batch.getChild("id") ?? []) assert.equal(id, next++);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
      });
    assert.equal(next, 100_000n);
    assert.deepEqual(await rows([], range(0)), []);
  });

  test("foreachBatch ends with the error of its function, and the engine goes on", async () => {
    let calls = 0;
    const failing = range(200_000).foreachBatch(async () => {
      calls += 1;
      throw new RangeError("no more");
    });
    await assert.rejects(failing, { name: "RangeError", message: "no more" });
    assert.equal(calls, 1);
    assert.equal(await range(3).count(), 3);
    assert.throws(() => range(1).foreachBatch("x" as any), /foreachBatch takes a function of a record batch, not 'x'/);
  });

  if (engine === "Spark") return;

  const people = createDataFrame([
    { id: 1, name: "Ünal" },
    { id: 2, name: null },
    { id: 3, name: "日本" },
  ]);
  const shape = schema({ id: types.long, n: types.int });

  test("mapInBatches takes record batches, tables, rows, several of them, or nothing", async () => {
    const expected = [{ id: 1, n: 3 }];
    const results: { [what: string]: () => any } = {
      batch: () => arrow({ id: new BigInt64Array([1n]), n: new Int32Array([3]) }).batches[0],
      table: () => arrow({ n: new Int8Array([3]), ID: new Int32Array([1]), more: new Int8Array(1) }),
      rows: () => [{ id: 1, n: 3 }],
      promise: async () => [{ id: 1n, n: 3 }],
      several: () => [arrow({ id: new BigInt64Array(0), n: new Int32Array(0) }), [{ id: 1, n: 3 }], null],
      *generator() {
        yield [];
        yield [{ id: 1, n: 3 }];
      },
      async *asyncGenerator() {
        yield [{ id: 1, n: 3 }];
      },
    };
    for (const [what, result] of Object.entries(results)) {
      assert.deepEqual(await people.mapInBatches(result, shape).collect(), expected, what);
    }
    assert.deepEqual(await people.mapInBatches(() => undefined, shape).collect(), []);
    assert.deepEqual(
      await people
        .limit(0)
        .mapInBatches(() => assert.fail(), shape)
        .collect(),
      [],
    );
    assert.deepEqual(
      await people.mapInBatches((batch) => batch, "id LONG, name STRING").collect(),
      await people.collect(),
    );
    const dictionary = tableFromArrays({ s: ["a", "b", "a"] });
    assert.deepEqual(await people.mapInBatches(() => dictionary, "s STRING").collect(), [
      { s: "a" },
      { s: "b" },
      { s: "a" },
    ]);
  });

  test("what does not fit the schema is told with the function and the column", async () => {
    const told = (result: any, schema = "id LONG, n INT") =>
      people
        .mapInBatches(function score() {
          return result;
        }, schema)
        .collect();
    await assert.rejects(
      told(arrow({ id: new BigInt64Array(1) })),
      /score on batch 1 \(3 rows\) returned no column "n", which its schema has. Columns: id/,
    );
    await assert.rejects(
      told(arrow({ id: new Float64Array(1), n: new Int32Array(1) })),
      /returned "id" as double, and its schema says bigint/,
    );
    await assert.rejects(
      told([{ id: 1, n: "x" }]),
      /returned rows that do not fit its schema. Row 0, column "n": 'x' is no INT/,
    );
    await assert.rejects(told(7), /returned a number: return a record batch/);
  });

  test("an error in a function of batches is told at its line, with the batch", async () => {
    const step = range(5000).mapInBatches(function broken(batch) {
      if (batch.numRows > 0) throw new RangeError("bad batch");
      return batch;
    }, "id LONG");
    await assert.rejects(step.agg((f) => ({ s: sum(f.id) })).collect(), (error: Error) => {
      assert.match(error.message, /^broken on batch 1 \([\d,]+ rows\) failed: RangeError: bad batch$/);
      assert.match(error.stack ?? "", /in-batches\.test\.ts/);
      return true;
    });
  });

  test("a function of batches may ask for other frames, while its action has the turn", async () => {
    const lookup = range(10).cache();
    const frame = range(3).mapInBatches(async (batch) => {
      const factor = await lookup.count();
      return [...batch].map((row: any) => ({ id: Number(row.id) * factor }));
    }, "id LONG");
    assert.deepEqual(await frame.collect(), [{ id: 0 }, { id: 10 }, { id: 20 }]);
    assert.equal(await frame.count(), 3);
    await frame.createOrReplaceTempView("mapped");
    assert.deepEqual(await spark.sql("SELECT sum(id) AS s FROM mapped").collect(), [{ s: 30 }]);
  });

  test("functions stand in sub-plans, unless these use the rows around them", async () => {
    const odd = udf((x: number) => x % 2 === 1, "BOOLEAN", { name: "odd" });
    const twice = udf((x: number) => x * 2, "LONG", { name: "twice" });
    const doubled = range(3).select((f) => ({ d: twice(f.id) }));
    const most = people.withColumn("m", () => doubled.agg((f) => ({ m: sum(f.d) })).scalar());
    assert.deepEqual(await most.select("id", "m").limit(1).collect(), [{ id: 1, m: 6 }]);
    const other = createDataFrame([{ id: 1 }, { id: 3 }, { id: 4 }]);
    const both = people.filter((f) => odd(f.id).and(other.filter((g) => g.id.eq(col("id").outer())).exists()));
    assert.deepEqual(await both.select("id").collect(), [{ id: 1 }, { id: 3 }]);
    const within = people.filter(other.filter((g) => g.id.eq(col("id").outer()).and(odd(g.id))).exists());
    assert.deepEqual(await within.select("id").collect(), [{ id: 1 }, { id: 3 }]);
    const correlated = people.filter(other.filter((g) => g.id.eq(twice(col("id").outer()))).exists());
    await assert.rejects(correlated.collect(), /twice\(outer.id\) stands in a frame that uses the rows around it/);
  });

  test("a filter by a function ends when as many rows as are asked for have passed", async () => {
    let calls = 0;
    const tenth = udf(
      (x: number) => {
        calls += 1;
        return x % 10 === 5;
      },
      "BOOLEAN",
      { name: "tenth" },
    );
    const found = range(1_000_000).filter((f) => tenth(f.id));
    const shown = found.withColumn("y", (f) => f.id.times(2)).limit(2);
    assert.deepEqual(await shown.collect(), [
      { id: 5, y: 10 },
      { id: 15, y: 30 },
    ]);
    assert.ok(calls < 100_000, `${calls} calls`);
    calls = 0;
    assert.deepEqual(await found.offset(99_998).limit(1).collect(), [{ id: 999_985 }]);
    assert.equal(calls, 1_000_000);
    assert.deepEqual(
      await found
        .orderBy((f) => f.id.desc())
        .limit(1)
        .collect(),
      [{ id: 999_995 }],
    );
    const twice = range(2000).filter((f) => tenth(f.id));
    assert.equal(await twice.limit(1).union(twice).count(), 201);
  });

  test("in an open transaction, functions are refused with the reason", async () => {
    const twice = udf((x: number) => x * 2, "LONG");
    const frame = range(3).select((f) => ({ y: twice(f.id) }));
    await spark.sql("BEGIN");
    await assert.rejects(frame.collect(), { code: "TRANSACTION" });
    await spark.sql("ROLLBACK");
    assert.equal((await frame.collect()).length, 3);
  });
});
