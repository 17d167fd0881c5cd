import assert from "node:assert/strict";
import test from "node:test";
import type { EngineError } from "../../../../runtime/errors.ts";
import type { Expression } from "../../../../runtime/plan/expressions.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { call, column, int, rowsOf, sql, tableOf, testEngine } from "./helper.ts";

const engine = await testEngine();

const text = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });
const withColumn = (input: Plan, name: string, expression: Expression): Plan => ({
  kind: "withColumns",
  input,
  columns: [{ name, expression }],
  origin: { stack: name },
});
const cast = (input: Expression): Expression => ({ kind: "cast", input, type: { kind: "int" }, onError: "fail" });

test("marks of steps change no value, whatever texts and comments hold", async () => {
  const tricky = ["CAST(1", "error('[AB] x", "it''s CAST(", 'a "CAST(" b', "/*q1*/", "$$CAST(", "--CAST("];
  let plan = sql(
    `SELECT $$CAST('$$ || 'CAST(' || E'it\\'s CAST(' AS a, "CAST(" FROM (SELECT 1 AS "CAST(") -- don't CAST(`,
  );
  for (const [i, value] of tricky.entries()) plan = withColumn(plan, `c${i}`, text(value));
  plan = withColumn(plan, "CAST(n", { kind: "sql", text: "$x$error('[A] CAST({it's}$x$ || /* don't */ 'CAST('" });
  assert.deepEqual(await rowsOf(engine, plan), [
    ["CAST('CAST(it's CAST(", 1, ...tricky, "error('[A] CAST({it's}CAST("],
  ]);
});

test("a step above that hides the failing rows is not at fault, nor is one whose column is not asked for", async () => {
  const rows = sql("SELECT * FROM (VALUES ('1', 1), ('x', 0)) v(t, n)");
  const unused = withColumn(rows, "unused", cast(column("t")));
  const kept: Plan = { kind: "drop", input: unused, names: ["unused"], origin: { stack: "drop" } };
  const plan = withColumn(withColumn(kept, "wide", call("add", column("n"), int(1))), "at fault", cast(column("t")));
  await assert.rejects(tableOf(engine, plan), (error: EngineError) => {
    assert.equal(error.code, "CAST_INVALID_INPUT");
    assert.match(error.message, /^\[CAST_INVALID_INPUT\] The value 'x' is no int/);
    assert.equal(error.origin?.stack, "at fault");
    assert.doesNotMatch(error.sql ?? "", /\/\*q|#\d+\]/);
    assert.equal(error.cause, undefined);
    return true;
  });
});
