import assert from "node:assert/strict";
import { localData } from "../../../../runtime/dataframe/local.ts";
import { schemaOf } from "../../../../runtime/dataframe/reader.ts";
import type { Plan } from "../../../../runtime/plan/nodes.ts";
import { plansOnEngines } from "../../../helpers/plans-on-engines.ts";
import { call, col, double, failure, int, nothing, project, text, truth, when } from "../../../helpers/valid-sql.ts";
import { cast, expectAll } from "./helper.ts";

plansOnEngines((on) => {
  const { test, resultOf, rowsOf } = on;

  test("arrays count from 0 in getItem and from 1 in element_at, and end in an error", async () => {
    const list = call("array", int(10), int(20), nothing);
    await expectAll(on, [
      [10, call("getItem", list, int(0))],
      [10, call("element_at", list, int(1))],
      [null, call("element_at", list, int(-1))],
      [null, call("get", list, int(5))],
      [null, call("get", list, int(-1))],
      [3, call("size", list)],
      [true, call("array_contains", list, int(20))],
      [null, call("array_contains", list, int(30))],
      [false, call("array_contains", call("array", int(1)), int(30))],
      [{ a: 1, col2: "x" }, call("struct", { kind: "alias", input: int(1), name: "a" }, text("x"))],
      [1, { kind: "field", input: call("struct", { kind: "alias", input: int(1), name: "a" }), name: "A" }],
    ]);
    assert.match(
      (await failure(resultOf(call("getItem", list, int(3))))).message,
      /INVALID_ARRAY_INDEX.*index 3.*3 elements/,
    );
    await failure(resultOf(call("element_at", list, int(0))));
  });

  test("a map's value is found by its key, or NULL", async () => {
    const maps: Plan = { kind: "local", ...localData([{ m: new Map([["a", 1]]) }], "m MAP<STRING, INT>", schemaOf) };
    const plan = project(maps, { a: call("getItem", col("m"), text("a")), b: call("element_at", col("m"), text("b")) });
    assert.deepEqual(await rowsOf(plan), [[1, null]]);
  });

  test("conditions: coalesce, nullif, null-safe equality, an empty list, case", async () => {
    await expectAll(on, [
      [1, call("coalesce", nothing, int(1), int(2))],
      [null, call("nullif", int(1), int(1))],
      [true, call("eqNullSafe", nothing, nothing)],
      [null, call("eq", nothing, int(1))],
      [false, call("isin", int(1))],
      [true, call("isin", int(1), int(2), double(1))],
      [null, when(truth(false), int(1))],
      ["1", when(truth(true), int(1), cast(int(2), "bigint"))],
    ]);
  });
});
