import assert from "node:assert/strict";
import type { Expression } from "../../../../runtime/plan/expressions.ts";
import { plansOnEngines } from "../../../helpers/plans-on-engines.ts";
import { asc, call, col, desc, double, int, query, sort, text } from "../../../helpers/valid-sql.ts";
import { date, decimal, expectAll } from "./helper.ts";

plansOnEngines((on) => {
  const { test, valuesOf } = on;

  test("nulls come first ascending and last descending", async () => {
    const rows = query("SELECT * FROM (VALUES (2), (NULL), (1)) t(n)");
    assert.deepEqual(await valuesOf(sort(rows, asc(col("n")))), [null, 1, 2]);
    assert.deepEqual(await valuesOf(sort(rows, desc(col("n")))), [2, 1, null]);
  });

  test("literals keep value and type, whatever is in them", async () => {
    const bytes: Expression = { kind: "literal", value: new Uint8Array([0, 255, 39]), type: { kind: "binary" } };
    await expectAll(on, [
      ['it\'s \\ "x" 日本 😀\n--', text('it\'s \\ "x" 日本 😀\n--')],
      ["a\0b", text("a\0b")],
      ["-9223372036854775808", { kind: "literal", value: -(2n ** 63n), type: { kind: "long" } }],
      [1e-320, double(1e-320)],
      [1.7976931348623157e308, double(Number.MAX_VALUE)],
      [0.1, double(0.1)],
      ["Infinity", double(Number.POSITIVE_INFINITY)],
      ["12345678901234567890.123", decimal("12345678901234567890.123", 38, 3)],
      ["0001-01-01", date("0001-01-01")],
      ["2026-03-17 10:20:30.000001", { kind: "literal", value: 1773742830000001n, type: { kind: "timestamp_ntz" } }],
      ["1969-12-31 23:59:59.999999", { kind: "literal", value: -1n, type: { kind: "timestamp_ntz" } }],
      [3, call("length", bytes)],
      [-5, call("subtract", int(-2), int(3))],
      [5, call("negate", int(-5))],
      [-1, call("subtract", int(1), call("subtract", int(5), int(3)))],
    ]);
  });
});
