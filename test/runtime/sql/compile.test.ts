import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { spark } from "../../../runtime/sql/spark.ts";
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
  query,
  range,
  rowsOf,
  run,
  sort,
  sqlOf,
  sqlText,
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

const join = (how: string, options: object): Plan =>
  ({ kind: "join", left: orders, right: customers, how, ...options }) as Plan;
const onCustomer = call("eq", col("customer", "left"), col("id", "right"));

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
        GROUP BY 1
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
      tax: call("divide", col("amount"), int(5)),
    }),
    {
      duckdb: `
        SELECT *, CAST("amount" / 5 AS DECIMAL(16, 6)) AS "tax"
        FROM (
          SELECT * REPLACE (CAST("amount" * 2 AS DECIMAL(12, 2)) AS "amount")
          FROM "orders"
        )`,
      spark: `
        SELECT *, \`amount\` / 5 AS \`tax\`
        FROM (
          SELECT \`id\`, \`amount\` * 2 AS \`amount\`, \`day\`, \`customer\`
          FROM \`orders\`
        )`,
    },
  ));

test("a join on a name keeps one key; the suffix tells clashing names apart", () =>
  expectSql(join("full", { using: ["ID"], suffix: "_c" }), {
    duckdb: `
      SELECT
        coalesce("left"."id", "right"."id") AS "id",
        "left"."amount",
        "left"."day",
        "left"."customer",
        "right"."name"
      FROM "orders" AS "left"
      FULL JOIN "customers" AS "right"
        ON "left"."id" = "right"."id"`,
    spark: `
      SELECT
        coalesce(\`left\`.\`id\`, \`right\`.\`id\`) AS \`id\`,
        \`left\`.\`amount\`,
        \`left\`.\`day\`,
        \`left\`.\`customer\`,
        \`right\`.\`name\`
      FROM \`orders\` AS \`left\`
      FULL JOIN \`customers\` AS \`right\`
        ON \`left\`.\`id\` = \`right\`.\`id\``,
  }));

test("a join on a condition names its sides; a filtered side is a subquery", () =>
  expectSql(
    project(
      {
        kind: "join",
        left: orders,
        right: filter(customers, call("isNotNull", col("name"))),
        how: "left",
        condition: onCustomer,
        suffix: "_c",
      },
      { id: col("id"), id_c: col("id_c") },
    ),
    {
      duckdb: `
        SELECT "id", "id_c"
        FROM (
          SELECT
            "left"."id",
            "left"."amount",
            "left"."day",
            "left"."customer",
            "right"."id" AS "id_c",
            "right"."name"
          FROM "orders" AS "left"
          LEFT JOIN (
            SELECT *
            FROM "customers"
            WHERE "name" IS NOT NULL
          ) AS "right"
            ON "left"."customer" = "right"."id"
        )`,
      spark: `
        SELECT \`id\`, \`id_c\`
        FROM (
          SELECT
            \`left\`.\`id\`,
            \`left\`.\`amount\`,
            \`left\`.\`day\`,
            \`left\`.\`customer\`,
            \`right\`.\`id\` AS \`id_c\`,
            \`right\`.\`name\`
          FROM \`orders\` AS \`left\`
          LEFT JOIN (
            SELECT *
            FROM \`customers\`
            WHERE \`name\` IS NOT NULL
          ) AS \`right\`
            ON \`left\`.\`customer\` = \`right\`.\`id\`
        )`,
    },
  ));

test("every kind of join gives the rows that Spark gives", async () => {
  const rows = async (how: string, options: object = { condition: onCustomer, suffix: "_c" }) =>
    rowsOf(sort(join(how, options), asc(col("id"))));
  assert.equal((await rows("inner")).length, 1);
  assert.equal((await rows("left")).length, 3);
  assert.equal((await rows("right")).length, 2);
  assert.equal((await rows("full")).length, 4);
  assert.deepEqual(
    (await rows("semi")).map(([id]) => id),
    ["1"],
  );
  assert.deepEqual(
    (await rows("anti")).map(([id]) => id),
    ["2", "3"],
  );
  assert.equal((await rows("cross", { suffix: "_c" })).length, 6);
  const unequal = { condition: call("lt", col("id", "left"), col("id", "right")), suffix: "_c" };
  assert.equal((await rows("full", unequal)).length, 6);
  assert.deepEqual(await rowsOf(sort(join("full", { using: ["id"] }), asc(col("id")))), [
    ["1", "10.50", "2026-01-05", 7, null],
    ["2", "20.00", "2026-01-06", 8, null],
    ["3", "30.00", "2026-02-01", null, null],
    ["7", null, null, null, "Ann"],
    ["9", null, null, null, "Bob"],
  ]);
});

test("a frame is joined with itself", async () => {
  const plan: Plan = {
    kind: "join",
    left: orders,
    right: orders,
    how: "inner",
    condition: call("eq", col("id", "left"), call("subtract", col("id", "right"), int(1))),
    suffix: "_next",
  };
  const pairs = project(sort(plan, asc(col("id"))), { id: col("id"), next: col("id_next") });
  assert.deepEqual(await rowsOf(pairs), [
    ["1", "2"],
    ["2", "3"],
  ]);
});

test("a union takes columns by position and widens them; a chain is one list", () =>
  expectSql(
    {
      kind: "union",
      left: {
        kind: "union",
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

test("frames that SQL text names are named subqueries; comments and semicolons at its end do no harm", () =>
  expectSql(query("select id from big -- the big ones;\n;", { big: filter(orders, call("gt", col("id"), int(1))) }), {
    duckdb: `
      SELECT *
      FROM (
        WITH "big" AS (
          SELECT *
          FROM "orders"
          WHERE "id" > 1
        )
        SELECT * FROM (
          select id from big -- the big ones
        )
      )`,
    spark: `
      SELECT *
      FROM (
        WITH \`big\` AS (
          SELECT *
          FROM \`orders\`
          WHERE \`id\` > 1
        )
        SELECT * FROM (
          select id from big -- the big ones
        )
      )`,
  }));

test("text of the user's own gets the type that the plan promises, in rows and in groups", () =>
  expectSql(
    aggregate(
      filter(orders, sqlText("id > 0 -- all")),
      { year: sqlText("year(day)") },
      {
        sum: sqlText("sum(customer)"),
        more: call("sum", sqlText("customer + 1")),
      },
    ),
    {
      duckdb: `
        SELECT
          CAST(year(day) AS BIGINT) AS "year",
          CAST(sum(customer) AS BIGINT) AS "sum",
          CAST(sum(CAST(customer + 1 AS INTEGER)) AS BIGINT) AS "more"
        FROM "orders"
        WHERE id > 0 -- all

        GROUP BY 1`,
      spark: `
        SELECT year(day) AS \`year\`, sum(customer) AS \`sum\`, sum(customer + 1) AS \`more\`
        FROM \`orders\`
        WHERE id > 0 -- all

        GROUP BY 1`,
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

test("text in Spark's SQL doubles backslashes", async () => {
  const plan = project(customers, { x: call("regexp_replace", col("name"), text("\\d's"), text("$1")) });
  assert.equal(await sqlOf(plan, spark), "SELECT regexp_replace(`name`, '\\\\d\\'s', '$1') AS `x`\nFROM `customers`");
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
