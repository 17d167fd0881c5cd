import assert from "node:assert/strict";
import { plansOnEngines } from "../../../helpers/plans-on-engines.ts";
import { call, col, double, failure, filter, int, nothing, range, text, truth } from "../../../helpers/valid-sql.ts";
import { cast, date, decimal, expectAll } from "./helper.ts";

plansOnEngines((on) => {
  const { test, resultOf, rowsOf } = on;

  test("a divisor of zero is an error that names the way out, in columns and in filters after a guard", async () => {
    assert.match(
      (await failure(resultOf(call("divide", int(1), call("subtract", int(1), int(1)))))).message,
      /DIVIDE_BY_ZERO/,
    );
    assert.match((await failure(resultOf(call("divide", double(1), double(0))))).message, /try_divide/);
    assert.match((await failure(resultOf(call("modulo", int(1), int(0))))).message, /REMAINDER_BY_ZERO/);
    assert.equal(await resultOf(call("divide", nothing, int(0))), null);
  });

  test("a filter keeps the rows that a later filter would divide by zero for away from it", async () => {
    const guarded = filter(range(2000), call("ne", call("modulo", col("id"), int(7)), int(0)));
    const divided = filter(guarded, call("ge", call("divide", int(1), call("modulo", col("id"), int(7))), int(0)));
    assert.equal((await rowsOf(divided)).length, 1714);
  });

  test("division gives a DOUBLE, decimals stay decimal", async () => {
    await expectAll(on, [
      [3.5, call("divide", int(7), int(2))],
      ["0.333333", call("round", call("divide", decimal("1.00", 3, 2), decimal("3.0", 2, 1)), int(6))],
      [-1, call("modulo", int(-7), int(3))],
      ["1.5", call("modulo", decimal("7.5", 2, 1), int(2))],
      ["2.50", call("multiply", decimal("1.25", 3, 2), int(2))],
    ]);
  });

  test("casts cut fractions off and read text strictly", async () => {
    await expectAll(on, [
      [2, cast(double(2.7), "int")],
      [-2, cast(double(-2.7), "int")],
      [2, cast(decimal("2.7", 2, 1), "int")],
      ["2", cast(double(2.999), "bigint")],
      [12, cast(text(" 12 "), "int")],
      [null, cast(text("1.5"), "int", "null")],
      [null, cast(text("99999999999"), "int", "null")],
      [true, cast(text("yes"), "boolean")],
      [1, cast(truth(true), "int")],
      ["2020-01-31", cast(text("2020-01-31 10:00:00"), "date")],
      ["true", cast(truth(true), "string")],
      [[1, 2, null], cast(call("array", double(1.7), double(2.5), nothing), "array<int>")],
      [["1", "2"], cast(call("array", int(1), int(2)), "array<string>")],
      ["2026-01-04 23:00:00+00", cast(date("2026-01-05"), "timestamp")],
    ]);
    assert.match((await failure(resultOf(cast(text("1.5"), "int")))).message, /CAST_INVALID_INPUT.*1\.5/);
    await failure(resultOf(cast(text("1e2"), "int")));
    await failure(resultOf(cast(double(3e9), "int")));
    await failure(resultOf(call("add", int(2 ** 31 - 1), int(1))));
  });

  test("a double as text is written as Java writes it", async () => {
    await expectAll(on, [
      ["100.0", cast(double(100), "string")],
      ["0.001", cast(double(0.001), "string")],
      ["1.0E20", cast(double(1e20), "string")],
      ["1.0E-5", cast(double(1e-5), "string")],
      ["1.23456789E7", cast(double(12345678.9), "string")],
      ["-1.0E7", cast(double(-1e7), "string")],
      ["1.234E-4", cast(double(0.0001234), "string")],
      ["9999999.0", cast(double(9999999), "string")],
      ["0.0", cast(double(0), "string")],
      ["NaN", cast(double(Number.NaN), "string")],
      ["-Infinity", cast(double(Number.NEGATIVE_INFINITY), "string")],
    ]);
  });

  test("numbers: logarithms, rounding, roots and signs", async () => {
    await expectAll(on, [
      [2, call("log10", int(100))],
      [1, call("log", double(Math.E))],
      [3, call("round", call("log", int(2), int(8)), int(9))],
      [null, call("ln", int(0))],
      ["NaN", call("sqrt", int(-1))],
      ["3", call("ceil", double(2.1))],
      ["-3", call("floor", double(-2.1))],
      ["3", call("ceil", decimal("2.1", 2, 1))],
      [2.68, call("round", double(2.675), int(2))],
      ["1.3", call("round", decimal("1.25", 3, 2), int(1))],
      [-3, call("round", double(-2.5))],
      [1, call("sign", int(5))],
      [3, call("greatest", int(1), nothing, int(3))],
      ["NaN", call("greatest", double(1), double(Number.NaN))],
      [false, call("isNaN", nothing)],
      [8, call("pow", int(2), int(3))],
    ]);
  });
});
