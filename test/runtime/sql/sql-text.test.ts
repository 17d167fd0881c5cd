import assert from "node:assert/strict";
import { test } from "node:test";
import { spark } from "../../../runtime/sql/spark.ts";
import {
  aggregate,
  call,
  col,
  expectSql,
  filter,
  int,
  project,
  query,
  run,
  sqlOf,
  sqlText,
  table,
  text,
} from "../../helpers/valid-sql.ts";

await run("CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), day DATE, customer INTEGER)");
await run(
  `INSERT INTO orders VALUES (1, 10.50, '2026-01-05', 7), (2, 20, '2026-01-06', 8), (3, 30, '2026-02-01', NULL)`,
);
await run("CREATE TABLE customers AS SELECT * FROM (VALUES (7, 'Ann'), (9, 'Bob')) t(id, name)");
const orders = table("orders");
const customers = table("customers");

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

test("text in Spark's SQL doubles backslashes", async () => {
  const plan = project(customers, { x: call("regexp_replace", col("name"), text("\\d's"), text("$1")) });
  assert.equal(await sqlOf(plan, spark), "SELECT regexp_replace(`name`, '\\\\d\\'s', '$1') AS `x`\nFROM `customers`");
});
