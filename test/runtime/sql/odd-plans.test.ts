import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expression } from "../../../runtime/plan/expressions.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { spark } from "../../../runtime/sql/spark.ts";
import {
  aggregate,
  asc,
  boundTypes,
  call,
  col,
  filter,
  int,
  limit,
  project,
  range,
  rowsOf,
  run,
  schemaOf,
  sort,
  sqlOf,
  table,
  text,
  withColumns,
} from "../../helpers/valid-sql.ts";

const repeat = (count: number, step: (plan: Plan, index: number) => Plan, start: Plan = range(3)): Plan => {
  let plan = start;
  for (let index = 0; index < count; index++) plan = Object.freeze(step(plan, index));
  return plan;
};

const chains: { readonly [name: string]: (plan: Plan, index: number) => Plan } = {
  "independent columns": (plan, index) => withColumns(plan, { [`c${index}`]: call("add", col("id"), int(index)) }),
  "a column replaced": (plan) => withColumns(plan, { id: call("add", col("id"), int(1)) }),
  filters: (plan, index) => filter(plan, call("ne", col("id"), int(index + 5))),
  "filters and columns in turn": (plan, index) =>
    index % 2 === 0
      ? filter(plan, call("ge", col("id"), int(0)))
      : withColumns(plan, { id: call("add", col("id"), int(1)) }),
  limits: (plan) => limit(plan, 10),
  unions: (plan) => ({ kind: "set", operator: "UNION ALL", match: "position", left: plan, right: range(1) }),
};

for (const [name, step] of Object.entries(chains))
  test(`1,000 steps: ${name}`, async () => {
    const plan = repeat(1000, step);
    assert.notEqual((await rowsOf(aggregate(plan, {}, { n: call("count") }))).length, 0);
    assert.notEqual((await sqlOf(plan, spark)).length, 0);
  });

test("columns that each use the one before are computed", async () => {
  const plan = repeat(200, (input, index) =>
    withColumns(input, { [`c${index}`]: call("add", col(index === 0 ? "id" : `c${index - 1}`), int(1)) }),
  );
  assert.deepEqual(await rowsOf(project(filter(plan, call("eq", col("id"), int(2))), { last: col("c199") })), [
    ["202"],
  ]);
});

test("10,000 steps are analysed and compiled without an overflow of the stack", async () => {
  const plan = repeat(10_000, (input) => limit(input, 10));
  assert.match(await sqlOf(plan), /^SELECT \*\nFROM \(\n/);
});

test("a condition of 2,000 parts is compiled and run", async () => {
  const parts = Array.from({ length: 2000 }, (_, index) => call("eq", col("id"), int(index * 2)));
  const condition = parts.reduce((left, right) => call("or", left, right));
  assert.equal((await rowsOf(filter(range(3), condition))).length, 2);
});

test("1,000 columns go through every step", async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `column ${index}`);
  const wide = project(
    range(2),
    Object.fromEntries(names.map((name, index) => [name, call("add", col("id"), int(index))])),
  );
  const joined: Plan = { kind: "join", left: wide, right: wide, how: "full", using: ["column 0"], suffix: " again" };
  assert.equal((await schemaOf(joined)).length, 1999);
  const dropped: Plan = { kind: "drop", input: joined, names: names.slice(1) };
  assert.equal((await rowsOf({ kind: "distinct", input: dropped }))[0]?.length, 1000);
  assert.equal(
    (await boundTypes({ kind: "set", operator: "UNION ALL", match: "position", left: wide, right: wide })).length,
    1000,
  );
});

const oddNames = [
  'say "hi"',
  "a.b",
  "my col",
  "select",
  "größe",
  "日本",
  "😀",
  "left",
  "right",
  "it's",
  "back`tick",
  "a\\b",
  "1",
  " ",
  "line\nbreak",
  "range",
  "id",
  "__proto__",
  "constructor",
];

test("any name works in every step: quotes, dots, spaces, Unicode, reserved words", async () => {
  const input = project(range(3), Object.fromEntries(oddNames.map((name) => [name, col("id")])));
  assert.deepEqual(
    (await schemaOf(input)).map((field) => field.name),
    oddNames.toSorted((a, b) => keyOrder(a) - keyOrder(b)),
  );
  for (const name of oddNames) {
    const column = col(name);
    const changed = withColumns(filter(input, call("ge", column, int(0))), { [name]: call("add", column, int(1)) });
    const joined: Plan = { kind: "join", left: changed, right: input, how: "inner", using: [name], suffix: " (right)" };
    const grouped = aggregate(joined, { [name]: column }, { "n of it": call("max", col(name)) });
    const window: Expression = {
      kind: "window",
      call: call("row_number"),
      over: { partitionBy: [], orderBy: [asc(column)] },
    };
    const struct: Expression = { kind: "field", input: call("struct", column), name };
    const plan = sort(project(grouped, { [name]: column, w: window, s: struct }), asc(column));
    assert.deepEqual(
      await rowsOf(plan),
      [
        ["1", 1, "1"],
        ["2", 2, "2"],
      ],
      name,
    );
    const renamed: Plan = { kind: "rename", input, names: { [name]: `${name}!` } };
    assert.equal((await rowsOf(sort(renamed, asc(col(`${name}!`))))).length, 3, name);
  }
});

/** JavaScript lists whole numbers first. */
const keyOrder = (name: string) => (name === "1" ? -1 : oddNames.indexOf(name));

test("tables have odd names, too; a dotted name is a schema and a table", async () => {
  await run('CREATE TABLE "my.table" AS SELECT 1 AS "my.table"');
  await run('CREATE SCHEMA "odd one"');
  await run('CREATE TABLE "odd one"."sel""ect" AS SELECT 2 AS x');
  assert.deepEqual(await rowsOf(filter(table("`my.table`"), call("gt", col("my.table"), int(0)))), [[1]]);
  assert.deepEqual(await rowsOf(table('odd one.sel"ect')), [[2]]);
});

test("no rows go through every step", async () => {
  const none = limit(range(3), 0);
  const joined: Plan = { kind: "join", left: none, right: none, how: "full", using: ["id"] };
  const plan = sort(aggregate(joined, { id: col("id") }, { all: call("collect_list", text("x")) }), asc(col("id")));
  assert.deepEqual(await rowsOf(plan), []);
});
