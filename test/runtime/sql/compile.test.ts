import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expression } from "../../../runtime/plan/expressions.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import {
  aggregate,
  asc,
  call,
  col,
  desc,
  expectSql,
  failure,
  filter,
  int,
  limit,
  project,
  range,
  rowsOf,
  run,
  sort,
  sqlOf,
  table,
  text,
  withColumns,
} from "../../helpers/valid-sql.ts";

await run("CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), day DATE, customer INTEGER)");
await run(
  `INSERT INTO orders VALUES (1, 10.50, '2026-01-05', 7), (2, 20, '2026-01-06', 8), (3, 30, '2026-02-01', NULL)`,
);
await run("CREATE TABLE customers AS SELECT * FROM (VALUES (7, 'Ann'), (9, 'Bob')) t(id, name)");
const orders = table("orders");
const customers = table("customers");

test("filter, group, sort and limit share one SELECT", () =>
  expectSql(
    limit(
      sort(
        aggregate(
          filter(orders, call("gt", col("AMOUNT"), int(10))),
          { month: call("month", col("day")) },
          { n: call("count") },
        ),
        desc(col("n")),
      ),
      10,
      5,
    ),
    {
      duckdb: `
        SELECT CAST(month("day") AS INTEGER) AS "month", count(*) AS "n"
        FROM "orders"
        WHERE "amount" > 10
        GROUP BY month("day")
        ORDER BY "n" DESC NULLS LAST
        LIMIT 10 OFFSET 5`,
      spark: `
        SELECT month(\`day\`) AS \`month\`, count(*) AS \`n\`
        FROM \`orders\`
        WHERE \`amount\` > 10
        GROUP BY 1
        ORDER BY \`n\` DESC NULLS LAST
        LIMIT 10 OFFSET 5`,
    },
  ));

test("filters of one frame are one WHERE, with each filter's own precedence", () =>
  expectSql(
    filter(
      filter(orders, call("or", call("gt", col("id"), int(1)), call("isNull", col("day")))),
      call("and", call("lt", col("id"), int(9)), call("not", call("eq", col("id"), int(5)))),
    ),
    {
      duckdb: `
        SELECT *
        FROM "orders"
        WHERE (("id" > 1) OR ("day" IS NULL)) AND ("id" < 9) AND (NOT ("id" = 5))`,
      spark: `
        SELECT *
        FROM \`orders\`
        WHERE ((\`id\` > 1) OR (\`day\` IS NULL)) AND (\`id\` < 9) AND (NOT (\`id\` = 5))`,
    },
  ));

test("a literal of DOUBLE that a decimal column can have is one of its decimals, so that files' statistics are looked at", async () => {
  const where = async (condition: Expression) => /WHERE (.*)/.exec(await sqlOf(filter(orders, condition)))?.[1];
  const double = (value: number): Expression => ({ kind: "literal", value, type: { kind: "double" } });
  assert.equal(await where(call("ge", col("amount"), double(9.99))), '"amount" >= 9.99');
  assert.equal(await where(call("lt", col("amount"), double(9.995))), '"amount" < 9.995e0');
  assert.equal(await where(call("eq", col("amount"), double(1e12))), '"amount" = 1000000000000e0');
});

test("a chain of one operator needs no parentheses, another operand does", () =>
  expectSql(
    project(orders, {
      sum: call("subtract", call("subtract", col("id"), int(1)), call("subtract", col("id"), int(2))),
      product: call("multiply", call("add", col("id"), int(1)), call("negate", int(-2))),
    }),
    {
      duckdb: `
        SELECT "id" - 1 - ("id" - 2) AS "sum", ("id" + 1) * (-(-2)) AS "product"
        FROM "orders"`,
      spark: `
        SELECT \`id\` - 1 - (\`id\` - 2) AS \`sum\`, (\`id\` + 1) * (-(-2)) AS \`product\`
        FROM \`orders\``,
    },
  ));

test("columns that are added independently share a SELECT", () =>
  expectSql(
    withColumns(withColumns(orders, { a: call("add", col("id"), int(1)) }), { b: call("add", col("id"), int(2)) }),
    {
      duckdb: `
        SELECT *, "id" + 1 AS "a", "id" + 2 AS "b"
        FROM "orders"`,
      spark: `
        SELECT *, \`id\` + 1 AS \`a\`, \`id\` + 2 AS \`b\`
        FROM \`orders\``,
    },
  ));

test("a column that uses an added one sees it; a replaced column keeps its place", () =>
  expectSql(
    withColumns(withColumns(orders, { amount: call("multiply", col("amount"), int(2)) }), {
      tax: call("modulo", col("amount"), int(5)),
    }),
    {
      duckdb: `
        SELECT *, CAST("amount" % 5 AS DECIMAL(3, 2)) AS "tax"
        FROM (
          SELECT * REPLACE (CAST("amount" * 2 AS DECIMAL(12, 2)) AS "amount")
          FROM "orders"
        )`,
      spark: `
        SELECT *, \`amount\` % 5 AS \`tax\`
        FROM (
          SELECT \`id\`, \`amount\` * 2 AS \`amount\`, \`day\`, \`customer\`
          FROM \`orders\`
        )`,
    },
  ));

test("a union takes columns by position and widens them; a chain is one list", () =>
  expectSql(
    {
      kind: "set",
      operator: "UNION ALL",
      match: "position",
      left: {
        kind: "set",
        operator: "UNION ALL",
        match: "position",
        left: project(customers, { id: col("id") }),
        right: limit(project(customers, { id: col("id") }), 1),
      },
      right: project(orders, { number: col("id") }),
    },
    {
      duckdb: `
        SELECT CAST("id" AS BIGINT) AS "id"
        FROM (
          SELECT "id"
          FROM "customers"
          UNION ALL
          (
            SELECT "id"
            FROM "customers"
            LIMIT 1
          )
        )
        UNION ALL
        SELECT "id" AS "number"
        FROM "orders"`,
      spark: `
        SELECT CAST(\`id\` AS BIGINT) AS \`id\`
        FROM (
          SELECT \`id\`
          FROM \`customers\`
          UNION ALL
          (
            SELECT \`id\`
            FROM \`customers\`
            LIMIT 1
          )
        )
        UNION ALL
        SELECT \`id\` AS \`number\`
        FROM \`orders\``,
    },
  ));

test("windows write their order, their frame and the order of nulls", () =>
  expectSql(
    project(orders, {
      running: {
        kind: "window",
        call: call("sum", col("amount")),
        over: {
          partitionBy: [call("month", col("day"))],
          orderBy: [asc(col("day"))],
          frame: { unit: "range", start: -7, end: 0 },
        },
      },
    }),
    {
      duckdb: `
        SELECT CAST(sum("amount") OVER (PARTITION BY CAST(month("day") AS INTEGER) ORDER BY "day" ASC NULLS FIRST RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) AS DECIMAL(20, 2)) AS "running"
        FROM "orders"`,
      spark: `
        SELECT sum(\`amount\`) OVER (PARTITION BY month(\`day\`) ORDER BY \`day\` ASC NULLS FIRST RANGE BETWEEN 7 PRECEDING AND CURRENT ROW) AS \`running\`
        FROM \`orders\``,
    },
  ));

test("distinct, drop, rename and range", async () => {
  await expectSql(
    { kind: "distinct", input: project(orders, { day: col("DAY") }) },
    {
      duckdb: 'SELECT DISTINCT "day"\nFROM "orders"',
      spark: "SELECT DISTINCT `day`\nFROM `orders`",
    },
  );
  await expectSql(
    { kind: "drop", input: orders, names: ["Day", "nothing"] },
    {
      duckdb: 'SELECT "id", "amount", "customer"\nFROM "orders"',
      spark: "SELECT `id`, `amount`, `customer`\nFROM `orders`",
    },
  );
  await expectSql(
    { kind: "rename", input: customers, names: { NAME: "called" } },
    {
      duckdb: 'SELECT "id", "name" AS "called"\nFROM "customers"',
      spark: "SELECT `id`, `name` AS `called`\nFROM `customers`",
    },
  );
  await expectSql(
    { kind: "range", start: 10n, end: 0n, step: -3n },
    {
      duckdb: 'SELECT "range" AS "id"\nFROM range(10, 0, -3)',
      spark: "SELECT *\nFROM range(10, 0, -3)",
    },
  );
});

test("a name that is both a column and an alias means the column where it is computed, the alias where it is sorted", async () => {
  const swapped = project(filter(orders, call("lt", col("id"), int(3))), { customer: col("id"), id: col("customer") });
  assert.deepEqual(await rowsOf(sort(swapped, desc(col("id")))), [
    ["2", 8],
    ["1", 7],
  ]);
  const grouped = aggregate(orders, { id: call("modulo", col("id"), int(2)) }, { n: call("sum", col("id")) });
  assert.deepEqual(await rowsOf(sort(grouped, desc(col("id")))), [
    ["1", "4"],
    ["0", "2"],
  ]);
});

test("each step sees what the steps before it made", async () => {
  const twice = withColumns(withColumns(range(2), { a: call("add", col("id"), int(1)) }), { A: int(7) });
  assert.deepEqual(await rowsOf(twice), [
    ["0", 7],
    ["1", 7],
  ]);
  const negated = withColumns(range(3), { id: call("negate", col("id")) });
  assert.deepEqual((await rowsOf(sort(negated, asc(col("id"))))).flat(), ["-2", "-1", "0"]);
  assert.deepEqual((await rowsOf(sort(negated, asc(call("add", col("id"), int(1)))))).flat(), ["-2", "-1", "0"]);
  const swapped = project(orders, { id: call("negate", col("id")), x: col("id") });
  assert.deepEqual(
    (await rowsOf(sort(swapped, asc(call("add", col("id"), int(0)))))).map(([id]) => id),
    ["-3", "-2", "-1"],
  );
  const limited = limit(project(range(10), { late: call("gt", col("id"), int(1)) }), 2);
  assert.deepEqual(await rowsOf({ kind: "distinct", input: limited }), [[false]]);
  assert.deepEqual(await rowsOf(limit({ kind: "distinct", input: project(range(10), { one: int(1) }) }, 5)), [[1]]);
  assert.deepEqual(await rowsOf(limit(limit(range(10), 2, 1), 5)), [["1"], ["2"]]);
  assert.deepEqual(await rowsOf(sort(limit(range(10), 2), desc(col("id")))), [["1"], ["0"]]);
});

test("the order of rows survives the steps after a sort", async () => {
  const sorted = sort(range(5000), desc(call("modulo", col("id"), int(1000))), asc(col("id")));
  const plan = project(
    filter(withColumns(sorted, { m: call("modulo", col("id"), int(1000)) }), call("lt", col("id"), int(3000))),
    {
      id: col("id"),
    },
  );
  assert.deepEqual((await rowsOf(limit(plan, 4))).flat(), ["999", "1999", "2999", "998"]);
});

test("what DuckDB cannot say is refused at the step that asked for it", async () => {
  const origin = { stack: "the user's line" };
  const plan: Plan = { ...project(orders, { x: call("date_format", col("day"), text("YYYY")) }), origin };
  const error = await failure(sqlOf(limit(plan, 1)));
  assert.equal(error.code, "BAD_PATTERN");
  assert.equal(error.origin, origin);
});

test("texts in the plain form of a type are values of it, and what has to be read is read when the query runs", () =>
  expectSql(
    filter(orders, call("and", call("ge", col("day"), text("2026-01-06")), call("eq", col("customer"), text("8")))),
    {
      duckdb: `SELECT *
FROM "orders"
WHERE ("day" >= DATE '2026-01-06') AND ("customer" = CAST(8 AS BIGINT))`,
      spark: `SELECT *
FROM \`orders\`
WHERE (\`day\` >= CAST('2026-01-06' AS DATE)) AND (\`customer\` = CAST('8' AS BIGINT))`,
    },
  ));
