import assert from "node:assert/strict";
import test, { after } from "node:test";
import { col, type DataFrame, expr, F, lit, range, row_number, spark, Window, when } from "quern";
import { DuckDBEngine } from "../../../../runtime/engine/duckdb/engine.ts";
import { analyse, type Known } from "../../../../runtime/plan/analyse.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { mergeSteps } from "../../../../runtime/plan/rewrite/merge-steps.ts";
import { children } from "../../../../runtime/plan/walk.ts";

const engine = await DuckDBEngine.open();
after(async () => {
  await engine.close();
  await spark.stop();
});

const LIMITS = { nodes: 192, depth: 64 };

async function merged(frame: DataFrame<any>, limits = LIMITS): Promise<Plan> {
  const known: Known = new WeakMap();
  await analyse(frame.plan, (node) => engine.schema(node), known);
  return mergeSteps(frame.plan, known, limits).root;
}

async function rowsOf(plan: Plan): Promise<unknown[]> {
  const { schema, batches } = await engine.execute(plan);
  const rows: unknown[] = [schema.map(({ name, type }) => [name, type.kind])];
  for await (const batch of batches) for (const row of batch) rows.push(String(row));
  return rows;
}

function depth(plan: Plan): number {
  let deepest = 0;
  for (let node: Plan | undefined = plan; node !== undefined; node = children(node)[0]) deepest++;
  return deepest;
}

/** The steps of a run that can be told from one another by their numbers. */
const STEPS: readonly ((frame: DataFrame<any>, k: number) => DataFrame<any>)[] = [
  (f, k) => f.withColumn("a", col("a").plus(k)),
  (f, k) => f.withColumn("b", col("a").minus(col("B"))).withColumn("c", lit(k)),
  (f, k) => f.withColumn("d", when(col("a").gt(k), col("b")).otherwise(col("id"))),
  (f) => f.filter(col("a").mod(7).ne(3)),
  (f) => f.select(col("id"), col("b").alias("a"), col("a").alias("b"), lit(2).alias("c"), col("id").alias("d")),
  (f) => f.withColumnRenamed("a", "x").withColumnRenamed("b", "a").withColumnRenamed("x", "b"),
  (f) => f.withColumn("d", row_number().over(Window.orderBy(col("id").desc(), col("b")))),
  (f) => f.filter(expr("id % 5 <> 1")),
  (f) => f.withColumn("b", expr("b + 1")),
  (f, k) => f.drop("c").withColumn("C", col("d").plus(k)),
  (f) => f.orderBy(col("id").desc(), col("a"), col("b")).limit(30),
  (f) => f.withColumns({ a: col("b"), b: col("a") }),
];

test("merged steps give the rows of the steps, whatever follows what", async () => {
  let seed = 7;
  const next = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * most);
  };
  for (let round = 0; round < 30; round++) {
    let frame: DataFrame<any> = range(40).select((f) => ({ id: f.id, a: f.id, b: f.id.times(3), c: f.id, d: f.id }));
    const taken: number[] = [];
    for (let step = 0; step < 12; step++) {
      const index = next(STEPS.length);
      taken.push(index);
      frame = (STEPS[index] as (typeof STEPS)[number])(frame, step + 1);
    }
    frame = frame.orderBy("id", "a", "b");
    assert.deepEqual(await rowsOf(await merged(frame)), await rowsOf(frame.plan), `steps ${taken.join(", ")}`);
  }
});

test("a thousand steps become one, or a few where each needs the one before", async () => {
  let apart: DataFrame<any> = range(3);
  let dependent: DataFrame<any> = range(3);
  let doubling: DataFrame<any> = range(3).select(() => ({ x: lit(0.5) }));
  for (let i = 0; i < 1000; i++) {
    apart = apart.withColumn(`c${i}`, col("id").plus(i)).filter(col("id").ge(0));
    dependent = dependent.withColumn("id", col("id").plus(1));
    doubling = doubling.withColumn("x", col("x").plus(col("x")));
  }
  assert.ok(depth(await merged(apart)) < 1010, "each condition is a filter");
  assert.ok(depth(await merged(dependent)) < 20);
  // What is used twice is written twice: so none becomes larger than the limit.
  assert.ok(depth(await merged(doubling)) > 100);
});

test("windows, random numbers and the user's text stay where they are", async () => {
  const rows = range(5).withColumn("n", row_number().over(Window.orderBy("id")));
  assert.equal(depth(await merged(rows.filter(col("n").gt(2)))), 3);
  const random = range(5).withColumn("r", F.rand());
  assert.equal(depth(await merged(random.withColumn("s", col("r").plus(col("r"))))), 3);
  const text = range(5).withColumn("x", col("id").plus(1));
  assert.equal(depth(await merged(text.withColumn("y", expr("x + 1")))), 3);
  assert.equal(depth(await merged(text.withColumn("y", col("x").plus(1)))), 2);
});
