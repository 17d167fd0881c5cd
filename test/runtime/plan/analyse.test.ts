import assert from "node:assert/strict";
import { test } from "node:test";
import { AnalysisError, EngineError } from "../../../runtime/errors.ts";
import { analyse, type Describe, type Known } from "../../../runtime/plan/analyse.ts";
import type { Expression } from "../../../runtime/plan/expressions.ts";
import type { Plan } from "../../../runtime/plan/nodes.ts";
import { parseSchema, typeName } from "../../../runtime/plan/type-names.ts";
import type { Schema } from "../../../runtime/plan/types.ts";
import { typeOf } from "../../../runtime/plan/typing.ts";
import {
  aggregate,
  asc,
  call,
  col,
  failure,
  filter,
  int,
  limit,
  nothing,
  project,
  query,
  range,
  sort,
  sqlText,
  table,
  text,
  truth,
  when,
  withColumns,
} from "../../helpers/valid-sql.ts";

const tables: { readonly [name: string]: Schema } = {
  orders: parseSchema(
    "id LONG NOT NULL, amount DECIMAL(10,2), day DATE, customer INT, address STRUCT<city: STRING, zip: INT>",
  ),
  customers: parseSchema("id INT NOT NULL, name STRING, day DATE"),
};
const describe: Describe = async (node) => {
  if (node.kind === "project" || node.kind === "aggregate") return parseSchema("k LONG, s DOUBLE");
  const found = node.kind === "table" ? tables[node.name] : undefined;
  return found ?? Promise.reject(new EngineError("NO_TABLE", "There is no such table."));
};
const orders = table("orders");
const customers = table("customers");

const schemaOf = async (plan: Plan) =>
  (await analyse(plan, describe))
    .of(plan)
    .map(({ name, type, nullable }) => `${name} ${typeName(type)}${nullable ? "" : " not null"}`);
const refusal = async (plan: Plan) => {
  const error = await failure(analyse(plan, describe));
  assert.ok(error instanceof AnalysisError, String(error));
  return error.message;
};
const join = (how: string, options: object): Plan =>
  ({ kind: "join", left: orders, right: customers, how, ...options }) as Plan;

test("an unknown column is named, with the nearest one and the list of columns", async () => {
  assert.equal(
    await refusal(project(orders, { x: call("add", col("amout"), int(1)) })),
    'Column "amout" is not in the frame. Columns: id, amount, day, customer, address. Did you mean "amount"?',
  );
  const wide = project(
    range(1),
    Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`c${index}`, int(index)])),
  );
  assert.match(await refusal(filter(wide, call("isNull", col("zzzzzz")))), /c0, c1, .*c19 and 80 more\.$/);
});

test("names are found ignoring case, and keep the spelling of the schema", async () => {
  assert.deepEqual(
    await schemaOf(withColumns(project(orders, { ID: col("Id"), day: col("DAY") }), { DAY: int(1), new: nothing })),
    ["ID bigint not null", "DAY int not null", "new void"],
  );
});

test("a name in capitals is found by small letters", async () => {
  assert.deepEqual(await schemaOf(project(project(orders, { ID: col("id") }), { x: col("id") })), [
    "x bigint not null",
  ]);
});

test("names that differ only by case are refused wherever they would arise", async () => {
  assert.match(
    await refusal(project(orders, { day: col("day"), Day: col("day") })),
    /"day" and "Day" in select differ only by case/,
  );
  assert.match(await refusal(aggregate(orders, { id: col("id") }, { id: call("count") })), /two columns "id" in agg/);
  assert.match(
    await refusal({ kind: "rename", input: orders, names: { id: "DAY" } }),
    /"DAY" and "day" in the renamed frame/,
  );
  assert.match(await refusal({ kind: "drop", input: customers, names: ["id", "name", "day"] }), /no column in drop/);
});

test("an error carries the user's step, from below as well as from the engine", async () => {
  const origin = { stack: "cell 3, line 4" };
  const wrong: Plan = { ...filter(orders, col("nope")), origin };
  assert.equal((await failure(analyse(limit(wrong, 1), describe))).origin, origin);
  const missing: Plan = { ...table("nowhere"), origin };
  const error = await failure(analyse(limit(missing, 1), describe));
  assert.ok(error instanceof EngineError);
  assert.equal(error.origin, origin);
});

test("outer joins make the other side's columns nullable; a key is there once", async () => {
  assert.deepEqual(await schemaOf(join("left", { using: ["ID"], suffix: "_c" })), [
    "id bigint not null",
    "amount decimal(10,2)",
    "day date",
    "customer int",
    "address struct<city:string,zip:int>",
    "name string",
    "day_c date",
  ]);
  const keyOf = async (how: string) => (await schemaOf(join(how, { using: ["id"], suffix: "_c" })))[0];
  assert.equal(await keyOf("right"), "id int not null");
  assert.equal(await keyOf("full"), "id bigint not null");
  const condition = call("eq", col("customer", "left"), col("id", "right"));
  assert.ok((await schemaOf(join("left", { condition, suffix: "_c" }))).includes("id_c int"));
  assert.ok((await schemaOf(join("right", { condition, suffix: "_c" }))).includes("id bigint"));
  assert.equal((await schemaOf(join("semi", { condition }))).length, 5);
});

test("clashing names of a join are listed with the ways out", async () => {
  const condition = call("eq", col("customer", "left"), col("id", "right"));
  assert.equal(
    await refusal(join("inner", { condition })),
    'Both sides of the join have "id", "day". Pass { suffix: "_right" } to rename the right side\'s, or drop or rename them before the join.',
  );
  assert.match(await refusal(join("inner", { condition, suffix: "" })), /two columns "id" in the join \(suffix ""\)/);
  assert.match(
    await refusal(join("inner", { using: ["idd"] })),
    /The join's key "idd" is not on the left side.*Did you mean "id"/,
  );
  assert.match(
    await refusal(join("inner", { condition: call("eq", col("id"), int(1)), suffix: "_c" })),
    /"id" is on both sides of the join/,
  );
  assert.match(
    await refusal(join("inner", { condition: col("amount", "left"), suffix: "_c" })),
    /a join's condition needs a condition, but left\.amount is decimal/,
  );
});

test("what is neither grouped by nor aggregated is refused in agg; group expressions may be used again", async () => {
  const month = call("month", col("day"));
  assert.match(
    await refusal(aggregate(orders, { month }, { x: col("amount") })),
    /In agg, "x" uses the column "amount", which is neither grouped by nor inside an aggregate/,
  );
  const plan = aggregate(
    orders,
    { month, id: col("id") },
    {
      share: call("divide", call("sum", col("amount")), call("month", col("DAY"))),
      next: call("add", col("ID"), call("count")),
    },
  );
  assert.deepEqual(await schemaOf(plan), [
    "month int",
    "id bigint not null",
    "share decimal(31,13)",
    "next bigint not null",
  ]);
  assert.match(
    await refusal(aggregate(orders, {}, { x: call("sum", call("max", col("id"))) })),
    /The aggregate max\(id\) cannot stand in an aggregate/,
  );
  assert.match(await refusal(aggregate(orders, { n: call("count") }, {})), /cannot stand in groupBy/);
});

test("aggregates and windows have their places", async () => {
  const ranked: Expression = {
    kind: "window",
    call: call("rank"),
    over: { partitionBy: [], orderBy: [asc(col("id"))] },
  };
  assert.match(
    await refusal(filter(orders, call("gt", call("sum", col("id")), int(1)))),
    /The aggregate sum\(id\) cannot stand in filter/,
  );
  assert.match(
    await refusal(filter(orders, call("lt", ranked, int(3)))),
    /cannot stand in filter: add it as a column first/,
  );
  assert.match(await refusal(aggregate(orders, { ranked }, {})), /cannot stand in groupBy: add it as a column first/);
  assert.match(await refusal(project(orders, { r: call("rank") })), /rank\(\) needs a window: rank\(…\)\.over/);
  assert.match(
    await refusal(
      project(orders, { r: { kind: "window", call: call("lag", col("id")), over: { partitionBy: [], orderBy: [] } } }),
    ),
    /lag needs a window with an order/,
  );
  assert.match(
    await refusal(
      project(orders, {
        r: { kind: "window", call: call("upper", col("id")), over: { partitionBy: [], orderBy: [] } },
      }),
    ),
    /over\(…\) follows an aggregate or a window function, not upper\(id\)/,
  );
});

test("conditions have to be conditions", async () => {
  assert.equal(await refusal(filter(orders, col("customer"))), "filter needs a condition, but customer is int.");
  assert.match(
    await refusal(project(orders, { x: when(col("id"), int(1)) })),
    /when\(…\) needs a condition, but id is bigint/,
  );
  assert.match(
    await refusal(project(orders, { x: when(truth(true), int(1), col("address")) })),
    /no common type: int, struct/,
  );
});

test("unions match by position: the number of columns and their types", async () => {
  const union = (left: Plan, right: Plan): Plan => ({
    kind: "set",
    operator: "UNION ALL",
    match: "position",
    left,
    right,
  });
  assert.match(
    await refusal(union(orders, customers)),
    /have 5 and 3: \(id, amount, day, customer, address\) and \(id, name, day\)/,
  );
  const one = (expression: Expression, name: string) => project(orders, { [name]: expression });
  assert.match(
    await refusal(union(one(col("day"), "a"), one(col("address"), "b"))),
    /column 1 is date \("a"\) in one frame and struct<city:string,zip:int> \("b"\)/,
  );
  assert.deepEqual(await schemaOf(union(one(int(1), "a"), one(col("amount"), "b"))), ["a decimal(12,2)"]);
});

test("fields of structs are found by name", async () => {
  const field = (name: string): Expression => ({ kind: "field", input: col("address"), name });
  assert.deepEqual(await schemaOf(project(orders, { city: field("CITY") })), ["city string"]);
  assert.match(
    await refusal(project(orders, { x: field("zipp") })),
    /"address" has no field "zipp". Fields: city, zip. Did you mean "zip"\?/,
  );
  assert.match(
    await refusal(project(orders, { x: { kind: "field", input: col("id"), name: "a" } })),
    /"id" is bigint and has no field "a"/,
  );
});

test("casts that cannot be are refused", async () => {
  const cast = (name: string, kind: "int" | "date" | "boolean"): Plan =>
    project(orders, { x: { kind: "cast", input: col(name), type: { kind }, onError: "fail" } });
  assert.match(await refusal(cast("day", "int")), /day is date, which cannot be cast to int/);
  assert.match(await refusal(cast("address", "date")), /cannot be cast to date/);
  assert.deepEqual(await schemaOf(cast("customer", "boolean")), ["x boolean"]);
});

test("counts and steps of 0 are checked", async () => {
  assert.match(await refusal(limit(orders, -1)), /limit needs a whole number from 0, not -1/);
  assert.match(await refusal(limit(orders, 1.5)), /not 1\.5/);
  assert.match(await refusal({ kind: "range", start: 0n, end: 1n, step: 0n }), /step other than 0/);
});

test("types and nullability follow Spark's rules", () => {
  const type = (expression: Expression) => {
    const { type: found, nullable } = typeOf(expression, tables.orders ?? []);
    return `${typeName(found)}${nullable ? "" : " not null"}`;
  };
  assert.equal(type(call("add", col("id"), int(1))), "bigint not null");
  assert.equal(type(call("multiply", col("amount"), col("amount"))), "decimal(21,4)");
  assert.equal(type(call("add", col("amount"), int(1))), "decimal(11,2)");
  assert.equal(type(call("divide", col("customer"), int(2))), "double");
  assert.equal(type(call("add", text("1"), int(1))), "bigint not null");
  assert.equal(type(call("coalesce", col("customer"), int(0))), "int not null");
  assert.equal(type(call("greatest", col("customer"), int(0))), "int not null");
  assert.equal(type(call("sum", col("id"))), "bigint");
  assert.equal(type(call("avg", col("amount"))), "decimal(14,6)");
  assert.equal(type(when(truth(true), int(1))), "int");
  assert.equal(type(call("concat", text("a"), col("customer"))), "string");
  assert.equal(type({ kind: "cast", input: int(1), type: { kind: "byte" }, onError: "null" }), "tinyint");
});

test("the types of the user's own text are asked of the engine, for rows and for groups", async () => {
  const asked: string[] = [];
  const asking: Describe = async (node, schemas) => {
    asked.push(node.kind);
    return describe(node, schemas);
  };
  const plan = aggregate(orders, { k: sqlText("year(day)") }, { n: call("add", sqlText("sum(id)"), int(1)) });
  const schemas = await analyse(plan, asking);
  assert.deepEqual(asked, ["table", "project", "aggregate"]);
  assert.deepEqual(
    schemas.of(plan).map((field) => typeName(field.type)),
    ["bigint", "double"],
  );
});

test("what was analysed once is not asked again when a chain grows", async () => {
  let asked = 0;
  const known: Known = new WeakMap();
  const counting: Describe = (node, schemas) => {
    asked++;
    return describe(node, schemas);
  };
  const first = filter(orders, call("gt", col("id"), int(1)));
  await analyse(first, counting, known);
  await analyse(sort(first, asc(col("id"))), counting, known);
  assert.equal(asked, 1);
});

test("a source with names that differ only by case, or without columns, is refused", async () => {
  const source = async (schema: Schema) => (await failure(analyse(query("x"), async () => schema))).message;
  assert.match(
    await source([...(tables.customers ?? []), { name: "ID", type: { kind: "int" }, nullable: true }]),
    /"id" and "ID" in the SQL text differ only by case/,
  );
  assert.match(await source([]), /no column in the SQL text/);
});
