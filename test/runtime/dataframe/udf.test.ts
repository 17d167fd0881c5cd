import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import { avg, count, F, lit, type SparkSession, sum, udf, Window, when } from "../../../runtime/index.ts";
import { onEngines } from "../../helpers/on-engines.ts";

const lines = readFileSync(new URL(import.meta.url), "utf8").split("\n");
const twice = udf((x: number) => x * 2, "DOUBLE", { name: "twice" });
const shout = udf((s: string) => `${s.toUpperCase()}!`, "STRING", { name: "shout" });
const isOdd = udf((x: number) => x % 2 === 1, "BOOLEAN", { name: "isOdd" });

/** The error of an action, and the lines of this file that it names, the innermost first. */
async function failureOf(action: Promise<unknown>) {
  const error: Error = await action.then(
    () => assert.fail("it did not fail"),
    (failure) => failure,
  );
  const places = [...(error.stack ?? "").matchAll(/udf\.test\.ts:(\d+)/g)];
  return { error, places: places.map(([, line]) => lines[Number(line) - 1]?.trim() ?? "") };
}

const tablesOf = async (spark: SparkSession): Promise<number> => {
  const [row] = await spark
    .sql("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name LIKE 'received%'")
    .collect();
  return row.n;
};

onEngines(({ createDataFrame, range, sql, spark, engine, test }) => {
  const people = createDataFrame([
    { id: 1, name: "Ünal", height: 1.5 },
    { id: 2, name: null, height: null },
    { id: 3, name: "日本", height: 2 },
  ]);

  if (engine === "Spark") {
    test("a function is refused at the line of its step, with the ways out", async () => {
      const odd = people.filter((f) => isOdd(f.id));
      const { error, places } = await failureOf(odd.limit(1).collect());
      assert.equal(error.name, "AnalysisError");
      assert.match(error.message, /isOdd is TypeScript.*functions of F.*transfer\(frame\)/);
      assert.match(places[0] ?? "", /^const odd = /);
      const mapped = people.mapInBatches(function keep(batch) {
        return batch;
      }, "id LONG");
      const refused = await failureOf(mapped.count());
      assert.match(refused.error.message, /keep is TypeScript/);
      assert.match(refused.places[0] ?? "", /^const mapped = /);
    });
  } else {
    test("a function stands wherever a column may", async () => {
      assert.deepEqual(await people.select((f) => ({ a: twice(f.height).plus(1), b: shout("name") })).collect(), [
        { a: 4, b: "ÜNAL!" },
        { a: null, b: null },
        { a: 5, b: "日本!" },
      ]);
      assert.deepEqual(
        await people
          .filter((f) => isOdd(f.id))
          .select("id")
          .collect(),
        [{ id: 1 }, { id: 3 }],
      );
      const grouped = range(6).groupBy((f) => ({ odd: isOdd(f.id) }));
      assert.deepEqual(
        await grouped
          .agg((f) => ({ n: count(), s: sum(twice(f.id)) }))
          .orderBy("odd")
          .collect(),
        [
          { odd: false, n: 3, s: 12 },
          { odd: true, n: 3, s: 18 },
        ],
      );
      const sorted = people.orderBy((f) => twice(f.id).desc());
      assert.deepEqual(await sorted.select("id").collect(), [{ id: 3 }, { id: 2 }, { id: 1 }]);
      const ranked = people.select((f) => ({ id: f.id, r: F.row_number().over(Window.orderBy(twice(f.id).desc())) }));
      assert.deepEqual(await ranked.orderBy("id").collect(), [
        { id: 1, r: 3 },
        { id: 2, r: 2 },
        { id: 3, r: 1 },
      ]);
    });

    test("a join's condition takes functions of one side, and names those of both", async () => {
      const joined = people.join(range(5), (a, b) => twice(a.id).eq(twice(b.id).plus(2)), "left", { suffix: "_b" });
      assert.deepEqual(await joined.select("id", "id_b").orderBy("id").collect(), [
        { id: 1, id_b: 0 },
        { id: 2, id_b: 1 },
        { id: 3, id_b: 2 },
      ]);
      const near = udf((a: number, b: number) => Math.abs(a - b) < 2, "BOOLEAN", { name: "near" });
      for (const how of ["left", "full", "semi"] as const) {
        const both = people.join(range(5), (a, b) => near(a.id, b.id), how, { suffix: "_b" });
        await assert.rejects(both.collect(), /near\(left.id, right.id\) takes columns of both sides.* inner join/);
      }
    });

    test("functions of functions, of aggregates and of windows are computed in their order", async () => {
      const once = people.select((f) => ({
        x: twice(twice(f.id).plus(1)),
        y: twice(count().over(Window.partitionBy())),
      }));
      assert.deepEqual(await once.collect(), [
        { x: 6, y: 6 },
        { x: 10, y: 6 },
        { x: 14, y: 6 },
      ]);
      const total = range(4)
        .groupBy((f) => ({ k: isOdd(f.id) }))
        .agg((f) => ({ s: twice(sum(twice(f.id))), n: count(), m: twice(avg(f.id)) }));
      assert.deepEqual(await total.orderBy("k").collect(), [
        { k: false, s: 8, n: 2, m: 2 },
        { k: true, s: 16, n: 2, m: 4 },
      ]);
    });

    test("null arguments make null without a call, unless they are asked for", async () => {
      let calls = 0;
      const counted = udf((x: number) => {
        calls += 1;
        return x;
      }, "DOUBLE");
      await people.select((f) => ({ x: counted(f.height) })).collect();
      assert.equal(calls, 2);
      const orZero = udf((x: number | null) => x ?? 0, "DOUBLE", { nulls: "pass" });
      assert.deepEqual(await people.select((f) => ({ x: orZero(f.height) })).collect(), [
        { x: 1.5 },
        { x: 0 },
        { x: 2 },
      ]);
      const nothing = udf((): undefined => undefined, "DATE");
      assert.deepEqual(
        await people
          .limit(1)
          .select(() => ({ x: nothing() }))
          .collect(),
        [{ x: null }],
      );
    });

    test("values come as collect gives them, and go back as createDataFrame takes them", async () => {
      const row = {
        l: 7,
        b: true,
        s: "x",
        bin: new Uint8Array([1, 2]),
        d: Temporal.PlainDate.from("2024-02-29"),
        t: new Date("2024-02-29T12:00:00.123Z"),
        n: new Decimal("12345678901234567890.12"),
        a: [1, 2],
        o: { p: 1, q: ["z"] },
      };
      const frame = createDataFrame(
        [row],
        "l LONG, b BOOLEAN, s STRING, bin BINARY, d DATE, t TIMESTAMP, n DECIMAL(38,2), a ARRAY<INT>, o STRUCT<p: INT, q: ARRAY<STRING>>",
      );
      const columns: [string, string][] = await frame.dtypes();
      const [collected] = await frame.collect();
      for (const [name, type] of columns) {
        const same = udf((x: any) => {
          assert.deepEqual(x, collected[name]);
          return x;
        }, type as "string");
        assert.deepEqual(
          await frame.select((f) => ({ [name]: same(f[name]) })).collect(),
          [{ [name]: collected[name] }],
          name,
        );
      }
      const precise = udf((x: bigint) => x + 1n, "LONG", { long: "bigint" });
      const large = createDataFrame([{ x: 2n ** 60n }]).select((f) => ({ x: precise(f.x) }));
      assert.deepEqual(await large.collect({ long: "bigint" }), [{ x: 2n ** 60n + 1n }]);
      await assert.rejects(
        createDataFrame([{ x: 2n ** 60n }])
          .select((f) => ({ x: twice(f.x) }))
          .collect(),
        /udf\(fn, type, \{ long: "bigint" \}\)/,
      );
    });

    test("what a function throws is told with its arguments, at its own line and its step's", async () => {
      const broken = udf(
        (x: number, s: string | null) => {
          if (x === 3) throw new RangeError("three");
          return s === null ? 0 : 1;
        },
        "INT",
        { name: "broken", nulls: "pass" },
      );
      const step = people.withColumn("y", (f) => broken(f.id, f.name));
      const { error, places } = await failureOf(step.collect());
      assert.equal(error.message, "broken(3, '日本') failed: RangeError: three");
      assert.match(places[0] ?? "", /throw new RangeError/);
      assert.match(places[1] ?? "", /^const step = /);
      assert.equal((error.cause as Error).message, "three");
    });

    test("a result that is not of its type is told with the arguments", async () => {
      const wrong = (fn: (x: number) => unknown, type: "INT") =>
        people.select((f) => ({ y: udf(fn as (x: number) => number, type, { name: "f" })(f.id) }));
      await assert.rejects(wrong((x) => x / 2, "INT").collect(), {
        code: "UDF_RESULT",
        message: /^f\(1\) returned no result of its type: 0.5 is no INT/,
      });
      await assert.rejects(
        wrong((x) => (x === 3 ? 2 ** 31 : x), "INT").collect(),
        /^EngineError: f\(3\).*2147483648 is beyond INT/,
      );
      await assert.rejects(wrong((x) => `${x}`, "INT").collect(), /'1' is no INT/);
      await assert.rejects(wrong((x) => Promise.resolve(x), "INT").collect(), /Promise.*cannot be async/);
    });

    test("async functions, generators and unknown types are refused at once", () => {
      assert.throws(() => udf((async () => 1) as unknown as () => number, "INT"), /is async.*mapInBatches/);
      assert.throws(() => udf(function* () {} as unknown as () => number, "INT"), /a generator/);
      assert.throws(() => udf(() => 1, "INTT" as "INT"), /INTT/);
      assert.throws(() => udf(undefined as unknown as () => 1, "INT"), /udf takes a function/);
      assert.throws(() => (twice as () => unknown)(), /takes 1 columns, not 0/);
      assert.equal(twice.name, "twice");
    });

    test("only rows and columns that are needed reach a function", async () => {
      const seen: number[] = [];
      const noted = udf(
        (x: number) => {
          seen.push(x);
          return x;
        },
        "LONG",
        { name: "noted" },
      );
      const frame = range(100).withColumn("y", (f) => noted(f.id));
      assert.equal(await frame.count(), 100);
      assert.deepEqual(seen, []);
      assert.deepEqual(await frame.limit(2).collect(), [
        { id: 0, y: 0 },
        { id: 1, y: 1 },
      ]);
      assert.deepEqual(seen.splice(0), [0, 1]);
      await frame
        .filter((f) => f.id.lt(3).and(noted(f.id).gt(1)))
        .select("id")
        .collect();
      assert.deepEqual(seen.splice(0), [0, 1, 2]);
      // Twice the same call in a step, and a step that is read twice.
      const pair = range(2).select((f) => ({ a: noted(f.id), b: noted(f.id).plus(1) }));
      assert.deepEqual(await pair.union(pair).collect(), [
        { a: 0, b: 1 },
        { a: 1, b: 2 },
        { a: 0, b: 1 },
        { a: 1, b: 2 },
      ]);
      assert.deepEqual(seen, [0, 1]);
    });

    test("order is kept, over many batches and over several threads", async () => {
      const slow = udf(
        (x: number) => {
          let y = x;
          for (let i = 0; i < 1000; i++) y = (y * 31 + i) % 1000003;
          return y % 2 === 3 ? -1 : x;
        },
        "LONG",
        { name: "slow" },
      );
      const frame = range(400_000)
        .orderBy((f) => f.id.desc())
        .withColumn("y", (f) => slow(f.id));
      const plan = String(await frame.explain("analyze"));
      assert.match(plan, /functions: slow\(id\); threads: 2/);
      let next = 399_999;
      for await (const { id, y } of frame.stream()) {
        assert.equal(id, next);
        assert.equal(y, next--);
      }
      assert.equal(next, -1);
    });

    test("a function that uses a variable runs in the thread of the variable", async () => {
      let calls = 0;
      const counted = udf((x: number) => {
        calls += 1;
        let y = x;
        for (let i = 0; i < 300; i++) y = (y * 31 + i) % 1000003;
        return y;
      }, "LONG");
      const frame = range(200_000)
        .select((f) => ({ y: counted(f.id) }))
        .agg((f) => ({ s: sum(f.y) }));
      const plan = String(await frame.explain("analyze"));
      assert.match(plan, /threads: 1/);
      assert.equal(calls, 200_000);
    });

    test("a failure in another thread is told as in this one", async () => {
      const late = udf(
        (x: number) => {
          let y = x;
          for (let i = 0; i < 300; i++) y = (y * 31 + i) % 1000003;
          if (x === 399_000) throw new Error(`late ${y}`);
          return y;
        },
        "LONG",
        { name: "late" },
      );
      const { error, places } = await failureOf(
        range(400_000)
          .select((f) => ({ y: late(f.id) }))
          .agg((f) => ({ s: sum(f.y) }))
          .collect(),
      );
      assert.match(error.message, /^late\(399000\) failed: Error: late \d+$/);
      assert.match(places[0] ?? "", /throw new Error/);
    });

    test("names of any kind, empty frames and 1,000 columns", async () => {
      const odd = createDataFrame([{ "a.b": 1, filter: 2, '日本 "x"': 3, __proto: 4 }]);
      assert.deepEqual(
        await odd.select((f) => ({ "x.y": twice(f["a.b"]), plan: twice(f.filter), é: twice(f['日本 "x"']) })).collect(),
        [{ "x.y": 2, plan: 4, é: 6 }],
      );
      assert.deepEqual(
        await range(0)
          .select((f) => ({ y: twice(f.id) }))
          .collect(),
        [],
      );
      assert.deepEqual(
        await range(0)
          .agg((f) => ({ s: sum(twice(f.id)) }))
          .collect(),
        [{ s: null }],
      );
      const wide = range(2).select((f) =>
        Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, f.id.plus(i)])),
      );
      const [first] = await wide.withColumn("t", (f) => twice(f.c999 as any)).collect();
      assert.equal(first?.t, 1998);
      assert.equal(Object.keys(first ?? {}).length, 1001);
      await assert.rejects(
        range(1)
          .select((f) => ({ y: twice((f as any).nope) }))
          .collect(),
        /Column "nope" is not in the frame/,
      );
    });

    test("frames with functions are cached, named in SQL, unioned and pivoted like others", async () => {
      let calls = 0;
      const noted = udf(
        (x: number) => {
          calls += 1;
          return x;
        },
        "LONG",
        { name: "noted" },
      );
      const cached = range(3)
        .withColumn("y", (f) => noted(f.id))
        .cache();
      assert.equal((await cached.collect()).length, 3);
      assert.deepEqual(await cached.agg((f) => ({ s: sum(f.y) })).collect(), [{ s: 3 }]);
      assert.equal(calls, 3);
      cached.unpersist();
      await range(3)
        .withColumn("y", (f) => twice(f.id))
        .createOrReplaceTempView("doubled");
      assert.deepEqual(await sql("SELECT sum(y) AS s FROM doubled").collect(), [{ s: 6 }]);
      await assert.rejects(
        spark.sql("CREATE TABLE t AS SELECT * FROM doubled").collect(),
        /The function twice is TypeScript/,
      );
      const filled = people.withColumn("t", (f) => twice(f.height)).na.fill(0);
      assert.deepEqual(await filled.select("t").collect(), [{ t: 3 }, { t: 0 }, { t: 4 }]);
      const text = people
        .selectExpr("*", "id + 1 AS next")
        .filter((f) => isOdd(f.next))
        .select("next");
      assert.deepEqual(await text.collect(), [{ next: 3 }]);
      assert.deepEqual(await people.select((f) => ({ y: when(f.id.gt(1), twice(f.id)).otherwise(lit(0)) })).collect(), [
        { y: 0 },
        { y: 4 },
        { y: 6 },
      ]);
      assert.equal(await tablesOf(spark), 0);
    });
  }
});
