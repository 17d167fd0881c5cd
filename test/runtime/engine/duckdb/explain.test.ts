import assert from "node:assert/strict";
import { join, relative } from "node:path";
import test from "node:test";
import { StorageLevel } from "../../../../runtime/dataframe/storage-level.ts";
import type { PlanOperator } from "../../../../runtime/plan/explain.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { byOrigin, call, column, FLIGHTS, int, read, sql, target, testEngine, testFolder } from "./helper.ts";

const engine = await testEngine();
const all = (operator: PlanOperator): PlanOperator[] => [operator, ...operator.children.flatMap(all)];
const detail = (operator: PlanOperator | undefined, label: string) =>
  operator?.details.find((entry) => entry.label === label)?.value;

const sorted = (): Plan => ({
  kind: "sort",
  input: byOrigin(),
  keys: [{ expression: column("flights"), descending: true, nulls: "last" }],
});

test("a plan is told in words, with the names of columns and no projections that only pass columns on", async () => {
  const { engine: name, physical, sql: text } = await engine.explain(sorted(), "simple");
  assert.match(name, /^DuckDB \d+\.\d+\.\d+$/);
  const operators = all(physical);
  assert.deepEqual(
    operators.map((operator) => operator.name),
    ["Order by", "Hash group by", "Parquet scan"],
  );
  const group = operators[1];
  assert.equal(detail(group, "group by"), "origin");
  assert.equal(detail(group, "aggregates"), "count(*), sum(delay)");
  assert.ok((operators[2]?.estimatedRows as number) > 0);
  assert.doesNotMatch(JSON.stringify(physical), /__internal|#\d/);
  assert.match(text, /GROUP BY/);
});

test("what is computed is told with its name; a projection of SQL text is never hidden", async () => {
  const hours: Plan = {
    kind: "aggregate",
    input: { kind: "filter", input: read("parquet", FLIGHTS), condition: call("gt", column("delay"), int(0)) },
    groups: [{ name: "hour", expression: call("hour", column("date")) }],
    aggregates: [{ name: "delay", expression: call("avg", column("delay")) }],
  };
  const operators = all((await engine.explain(hours, "simple")).physical);
  assert.deepEqual(
    operators.map(({ name, details }) => [name, ...details.map(({ label, value }) => `${label}: ${value}`)]),
    [
      ["Hash group by", "group by: hour(date)", "aggregates: avg(delay)"],
      ["Projection", "expressions: hour(date), delay"],
      ["Parquet scan", "columns: delay, date", "filter: delay > 0"],
    ],
  );
  const doubled = (name: string): Plan => ({
    kind: "withColumns",
    input: read("parquet", FLIGHTS),
    columns: [{ name, expression: call("multiply", column("delay"), int(2)) }],
  });
  const expressions = async (plan: Plan) => detail((await engine.explain(plan, "simple")).physical, "expressions");
  assert.match((await expressions(doubled("twice"))) ?? "", /destination, twice = delay \* 2$/);
  // The name of a column that replaces another is all that DuckDB tells.
  assert.equal(await expressions(doubled("delay")), "date, delay, distance, origin, destination");
  assert.equal(await expressions(sql(`SELECT delay * 2 AS delay FROM read_parquet('${FLIGHTS}')`)), "delay");
});

test("the checks of ANSI divisions are no part of what is told", async () => {
  const plan: Plan = {
    kind: "aggregate",
    input: read("parquet", FLIGHTS),
    groups: [{ name: "k", expression: call("modulo", column("delay"), column("distance")) }],
    aggregates: [{ name: "rate", expression: call("sum", call("divide", column("distance"), column("delay"))) }],
  };
  const text = JSON.stringify((await engine.explain(plan, "simple")).physical);
  assert.doesNotMatch(text, /CASE|error/);
  assert.match(text, /k = delay % distance/);
  assert.match(text, /CAST\(distance AS DOUBLE\) \/ CAST\(delay AS DOUBLE\)/);
});

test("a condition over a window and a join names both, not their positions", async () => {
  const joined = `SELECT a.i, b.j, CAST(row_number() OVER (PARTITION BY b.j ORDER BY a.i) AS INTEGER) AS n
    FROM range(100) a(i) JOIN range(50) b(j) ON a.i = b.j`;
  const plan: Plan = { kind: "filter", input: sql(joined), condition: call("le", column("n"), int(3)) };
  const { physical } = await engine.explain(plan, "simple");
  const filter = all(physical).find(({ name }) => name === "Filter");
  assert.match(detail(filter, "condition") ?? "", /^row_number\(\) OVER \(PARTITION BY .*\) <= 3$/);
  assert.doesNotMatch(JSON.stringify(physical), /#\d|__internal/);
});

test("analyze runs the query: rows, times, files and totals", async () => {
  const tree = await engine.explain(sorted(), "analyze");
  const scan = all(tree.physical).at(-1);
  assert.equal(scan?.rows, 3_000_000);
  assert.deepEqual(scan?.files, { read: 1 });
  const files = scan?.details.find(({ label }) => label === "files");
  assert.deepEqual([files?.value, files?.full], [relative(process.cwd(), FLIGHTS), FLIGHTS]);
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
    condition: call("eq", column("k"), int(3)),
  };
  const scan = all((await engine.explain(plan, "simple")).physical).at(-1);
  assert.deepEqual(scan?.files, { read: 1, total: 10 });
  assert.equal(detail(scan, "file filter"), "k = 3");
});

test("extended shows the steps as they were written, and what a cache serves", async () => {
  const plan = byOrigin();
  const { table, schema } = await engine.store(plan, { level: StorageLevel.MEMORY_AND_DISK });
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

test("modes that are Spark's are refused by name", async () => {
  await assert.rejects(engine.explain(sorted(), "cost"), /explain\("cost"\) is Spark's/);
});
