import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import {
  asc,
  call,
  col,
  expectSql,
  filter,
  int,
  project,
  rowsOf,
  run,
  sort,
  sqlOf,
  table,
  trimmed,
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

test("joins one after the other are one FROM, with the filters between them behind it", async () => {
  const named = filter(join("left", { condition: onCustomer, suffix: "_c" }), call("gt", col("id"), int(1)));
  const plan: Plan = {
    kind: "join",
    left: named,
    right: orders,
    how: "inner",
    condition: call("eq", col("customer", "left"), col("customer", "right")),
    suffix: "_o",
  };
  assert.equal(
    await sqlOf(project(plan, { id: col("id"), id_c: col("id_c"), id_o: col("id_o") })),
    trimmed(`
      SELECT "id", "id_c", "id_o"
      FROM (
        SELECT
          "left"."id",
          "left"."amount",
          "left"."day",
          "left"."customer",
          "right"."id" AS "id_c",
          "right"."name",
          "right2"."id" AS "id_o",
          "right2"."amount" AS "amount_o",
          "right2"."day" AS "day_o",
          "right2"."customer" AS "customer_o"
        FROM "orders" AS "left"
        LEFT JOIN "customers" AS "right"
          ON "left"."customer" = "right"."id"
        JOIN "orders" AS "right2"
          ON "left"."customer" = "right2"."customer"
        WHERE "left"."id" > 1
      )`),
  );
});

test("what a chain of joins cannot say without another meaning is a query of its own", async () => {
  const inner = join("left", { condition: onCustomer, suffix: "_c" });
  const after = (left: Plan, how: string): Plan =>
    ({ kind: "join", left, right: customers, how, condition: onCustomer, suffix: "_d" }) as Plan;
  // The left rows that a filter drops are missing on the left side of a full join only.
  const onlyFirst = filter(inner, call("eq", col("id"), int(2)));
  assert.deepEqual(await rowsOf(sort(after(onlyFirst, "full"), asc(col("id_d")))), [
    ["2", "20.00", "2026-01-06", 8, null, null, null, null],
    [null, null, null, null, null, null, 7, "Ann"],
    [null, null, null, null, null, null, 9, "Bob"],
  ]);
  assert.equal((await rowsOf(after(onlyFirst, "left"))).length, 1);
  // The right side's columns that are missing are null, and the filter sees them so.
  const unknown = filter(inner, call("isNull", col("name")));
  assert.equal((await rowsOf(after(unknown, "left"))).length, 2);
  // A text of the user's own names columns without their relations.
  const byText = filter(join("inner", { using: ["id"] }), { kind: "sql", text: "id > 0" });
  assert.deepEqual(await rowsOf(byText), []);
});

test("the nearest row is found by an ASOF JOIN, or by a lateral join of the first that fits", () =>
  expectSql(
    join("left", {
      match: "nearest",
      using: ["id"],
      suffix: "_c",
      condition: call("ge", col("customer", "left"), col("id", "right")),
    }),
    {
      duckdb: `
        SELECT "left"."id", "left"."amount", "left"."day", "left"."customer", "right"."name"
        FROM "orders" AS "left"
        ASOF LEFT JOIN "customers" AS "right"
          ON ("left"."id" = "right"."id") AND ("left"."customer" >= "right"."id")`,
      spark: `
        SELECT \`left\`.\`id\`, \`left\`.\`amount\`, \`left\`.\`day\`, \`left\`.\`customer\`, \`right\`.\`name\`
        FROM \`orders\` AS \`left\`
        LEFT JOIN LATERAL (
          SELECT *
          FROM (
            SELECT *
            FROM \`customers\`
          ) AS \`right\`
          WHERE (\`left\`.\`id\` = \`right\`.\`id\`) AND (\`left\`.\`customer\` >= \`right\`.\`id\`)
          ORDER BY \`right\`.\`id\` DESC NULLS LAST
          LIMIT 1
        ) AS \`right\`
          ON true`,
    },
  ));
