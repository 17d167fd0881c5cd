import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column } from "../../../runtime/dataframe/column.ts";
import { operand } from "../../../runtime/dataframe/column.ts";
import { sum } from "../../../runtime/dataframe/functions/aggregates.ts";
import { nth_value } from "../../../runtime/dataframe/functions/more-aggregates.ts";
import { ntile } from "../../../runtime/dataframe/functions/windows.ts";
import { Window } from "../../../runtime/dataframe/window.ts";
import { parseSchema } from "../../../runtime/plan/type-names.ts";
import { typeOf } from "../../../runtime/plan/typing.ts";

const schema = parseSchema(
  "n INT, x DOUBLE, m DECIMAL(10,2), d DATE, t TIMESTAMP, z TIMESTAMP_NTZ, s STRING, b BOOLEAN",
);
const check = (column: Column<any, any>) => typeOf(operand(column), schema);
const summed = (keys: string[], start: number, end: number) =>
  check(sum("n").over(Window.orderBy(...keys).rangeBetween(start, end)));
const { unboundedPreceding, unboundedFollowing, currentRow } = Window;

test("a frame by distance takes one key of numbers or dates", () => {
  for (const key of ["n", "x", "m", "d"]) summed([key], -1, 1);
  for (const key of ["s", "b", "t", "z"])
    assert.throws(() => summed([key], -1, unboundedFollowing), {
      code: "WINDOW",
      message: /^rangeBetween\(-1, Window\.unboundedFollowing\) measures .* it has to be of numbers or dates\./,
    });
  assert.throws(() => summed(["t"], -1, 1), /Order by the seconds: col\(…\)\.cast\("long"\)\.$/);
  assert.throws(() => summed(["z"], -1, 1), /\.cast\("timestamp"\)\.cast\("long"\)\.$/);
  assert.throws(() => summed(["n", "s"], 0, 1), /one key in orderBy, not 2\. rowsBetween counts rows\.$/);
  assert.throws(
    () => summed([], unboundedPreceding, 0),
    /^AnalysisError: rangeBetween\(Window\.unboundedPreceding, 0\) needs a window with an order/,
  );
});

test("a frame by rows with equal keys, or of all rows, takes any keys", () => {
  summed(["s", "t"], unboundedPreceding, currentRow);
  summed(["s"], currentRow, currentRow);
  summed([], unboundedPreceding, unboundedFollowing);
  check(sum("n").over(Window.orderBy("s").rowsBetween(-1, 1)));
});

test("parts and rows of a window count from 1", () => {
  const byN = Window.orderBy("n");
  check(ntile(1).over(byN));
  check(nth_value("n", 1).over(byN));
  assert.throws(() => check(ntile(0).over(byN)), /ntile needs a number of parts, from 1/);
  assert.throws(() => check(nth_value("n", 0).over(byN)), /nth_value needs the number of a row of the frame, from 1/);
});
