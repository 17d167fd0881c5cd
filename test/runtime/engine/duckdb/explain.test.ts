import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import type { PlanOperator } from "../../../../runtime/plan/explain.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { byOrigin, column, read, sql, target, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const all = (operator: PlanOperator): PlanOperator[] => [operator, ...operator.children.flatMap(all)];
const detail = (operator: PlanOperator | undefined, label: string) =>
  operator?.details.find((entry) => entry.label === label)?.value;

const sorted = (): Plan => ({
  kind: "sort",
  input: byOrigin(),
  keys: [{ expression: column("flights"), descending: true, nulls: "last" }],
});

test("a plan is told in words, with the names of columns and no inner projections", async () => {
  const { physical, sql: text } = await engine.explain(sorted(), "simple");
  const operators = all(physical);
  assert.deepEqual(
    operators.map((operator) => operator.name),
    ["Order by", "Projection", "Hash group by", "Projection", "Parquet scan"],
  );
  const group = operators[2];
  assert.equal(detail(group, "group by"), "origin");
  assert.equal(detail(group, "aggregates"), "count_star(), sum(delay)");
  assert.ok((operators[4]?.estimatedRows as number) > 0);
  assert.doesNotMatch(JSON.stringify(physical), /__internal|#\d/);
  assert.match(text, /GROUP BY/);
});

test("analyze runs the query: rows, times, files and totals", async () => {
  const tree = await engine.explain(sorted(), "analyze");
  const scan = all(tree.physical).at(-1);
  assert.equal(scan?.rows, 3_000_000);
  assert.deepEqual(scan?.files, { read: 1 });
  assert.ok((scan?.seconds as number) > 0);
  assert.ok((tree.seconds as number) > 0);
  assert.equal(typeof tree.peakMemory, "number");
  assert.equal(tree.spilled, 0);
});

test("files that a filter on a partition skips are told", async () => {
  const path = join(testFolder(), "parts");
  await engine.write(
    sql("SELECT i, i % 10 AS k FROM range(100) t(i)"),
    target("parquet", path, { partitionBy: ["k"] }),
  );
  const plan: Plan = {
    kind: "filter",
    input: read("parquet", path),
    condition: { kind: "call", name: "eq", args: [column("k"), { kind: "literal", value: 3, type: { kind: "int" } }] },
  };
  const scan = all((await engine.explain(plan, "simple")).physical).at(-1);
  assert.deepEqual(scan?.files, { read: 1, total: 10 });
  assert.match(detail(scan, "file filter") as string, /k = 3/);
});

test("extended shows the steps as they were written, and what a cache serves", async () => {
  const plan = byOrigin();
  const { table, schema } = await engine.store(plan);
  const stored: Plan = { kind: "stored", table, schema, input: plan };
  const limited: Plan = { kind: "limit", input: stored, count: 5, offset: 0 };
  const { logical, physical } = await engine.explain(limited, "extended");
  assert.deepEqual(
    all(logical as PlanOperator).map((operator) => operator.name),
    ["Limit", "Cached"],
  );
  assert.equal(all(physical).at(-1)?.cached, table);
  assert.doesNotMatch(JSON.stringify(physical), /quern\.cache_1\.origin/);
});

test("an unknown column in a plan to explain is an AnalysisError", async () => {
  const plan: Plan = { kind: "filter", input: byOrigin(), condition: column("nope"), origin: { stack: "here" } };
  await assert.rejects(engine.explain(plan, "simple"), { name: "AnalysisError" });
});
