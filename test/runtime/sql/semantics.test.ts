import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expression } from "../../../runtime/plan/expressions.ts";
import { parseType } from "../../../runtime/plan/type-names.ts";
import {
  aggregate,
  asc,
  call,
  col,
  desc,
  double,
  failure,
  filter,
  int,
  nothing,
  project,
  query,
  range,
  resultOf,
  rowsOf,
  sort,
  text,
  truth,
  valuesOf,
  when,
} from "../../helpers/valid-sql.ts";

const cast = (input: Expression, type: string, onError: "fail" | "null" = "fail"): Expression => ({
  kind: "cast",
  input,
  type: parseType(type),
  onError,
});
const decimal = (value: string, precision: number, scale: number): Expression => ({
  kind: "literal",
  value,
  type: { kind: "decimal", precision, scale },
});
const timestamp = (iso: string): Expression => ({
  kind: "literal",
  value: BigInt(Date.parse(iso)) * 1000n,
  type: { kind: "timestamp" },
});
const date = (iso: string): Expression => ({
  kind: "literal",
  value: Date.parse(iso) / 86_400_000,
  type: { kind: "date" },
});
const over = (inner: Expression, ...keys: Expression[]): Expression => ({
  kind: "window",
  call: inner,
  over: { partitionBy: [], orderBy: keys.map(asc) },
});

/** Each row: what Spark 4 answers in ANSI mode (from its documentation), and the expression. */
async function expectAll(cases: readonly (readonly [expected: unknown, expression: Expression])[]): Promise<void> {
  const found = [];
  for (const [, expression] of cases) found.push(await resultOf(expression));
  assert.deepEqual(
    found,
    cases.map(([expected]) => expected),
  );
}

test("nulls come first ascending and last descending", async () => {
  const rows = query("VALUES (2), (NULL), (1)");
  assert.deepEqual(await valuesOf(sort(rows, asc(col("col0")))), [null, 1, 2]);
  assert.deepEqual(await valuesOf(sort(rows, desc(col("col0")))), [2, 1, null]);
});

test("a divisor of zero is an error that names the way out, in columns and in filters after a guard", async () => {
  assert.match(
    (await failure(resultOf(call("divide", int(1), call("subtract", int(1), int(1)))))).message,
    /DIVIDE_BY_ZERO/,
  );
  assert.match((await failure(resultOf(call("divide", double(1), double(0))))).message, /nullif/);
  assert.match((await failure(resultOf(call("modulo", int(1), int(0))))).message, /REMAINDER_BY_ZERO/);
  assert.equal(await resultOf(call("divide", nothing, int(0))), null);
});

test("a filter keeps the rows that a later filter would divide by zero for away from it", async () => {
  const guarded = filter(range(2000), call("ne", call("modulo", col("id"), int(7)), int(0)));
  const divided = filter(guarded, call("ge", call("divide", int(1), call("modulo", col("id"), int(7))), int(0)));
  assert.equal((await rowsOf(divided)).length, 1714);
});

test("division gives a DOUBLE, decimals stay decimal", async () => {
  await expectAll([
    [3.5, call("divide", int(7), int(2))],
    ["0.333333", call("round", call("divide", decimal("1.00", 3, 2), decimal("3.0", 2, 1)), int(6))],
    [-1, call("modulo", int(-7), int(3))],
    ["1.5", call("modulo", decimal("7.5", 2, 1), int(2))],
    ["2.50", call("multiply", decimal("1.25", 3, 2), int(2))],
  ]);
});

test("casts cut fractions off and read text strictly", async () => {
  await expectAll([
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
  await expectAll([
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

test("text functions follow Spark: null spoils concat, positions are from 1, all matches are replaced", async () => {
  await expectAll([
    [null, call("concat", text("a"), nothing)],
    ["ab1", call("concat", text("a"), text("b"), int(1))],
    ["a-b", call("concat_ws", text("-"), text("a"), nothing, text("b"))],
    ["he", call("substring", text("hello"), int(0), int(2))],
    ["he", call("substring", text("hello"), int(1), int(2))],
    ["ll", call("substring", text("hello"), int(-3), int(2))],
    ["", call("substring", text("hello"), int(2), int(-1))],
    ["lo", call("substring", text("hello"), int(4))],
    ["x1-x2", call("regexp_replace", text("a1-a2"), text("a(\\d)"), text("x$1"))],
    ["$-$", call("regexp_replace", text("a1-a2"), text("a\\d"), text("\\$"))],
    ["12", call("regexp_extract", text("a12b"), text("(\\d+)"), int(1))],
    ["", call("regexp_extract", text("ab"), text("(\\d+)"))],
    [["a", "b", "c", ""], call("split", text("a1b22c3"), text("\\d+"))],
    ["Hello Big World", call("initcap", text("hELLO bIG wORLD"))],
    ["  7", call("lpad", int(7), int(3))],
    ["abc", call("rpad", text("abcdef"), int(3), text("*"))],
    [3, call("length", text("a😀b"))],
    [2, call("instr", text("abc"), text("b"))],
    [true, call("like", text("50%"), text("50\\%"))],
    [false, call("like", text("500"), text("50\\%"))],
    [true, call("rlike", text("abc"), text("b"))],
    ["a\tb", call("trim", text(" a\tb "))],
    ["b", call("ltrim", text("xxb"), text("x"))],
  ]);
});

test("date parts, truncation and arithmetic", async () => {
  const sunday = date("2026-11-22");
  const noonUtc = timestamp("2026-07-14T12:34:56.789Z");
  await expectAll([
    [1, call("dayofweek", sunday)],
    [47, call("weekofyear", sunday)],
    [14, call("hour", noonUtc)],
    [56, call("second", noonUtc)],
    ["2026-06-30 22:00:00+00", call("date_trunc", text("month"), noonUtc)],
    ["2026-07-01", call("trunc", cast(noonUtc, "date"), text("MM"))],
    ["14.7.2026 14:34 o'clock", call("date_format", noonUtc, text("d.M.yyyy HH:mm 'o''clock'"))],
    ["Sun 22 Nov", call("date_format", sunday, text("EEE dd MMM"))],
    ["100%", call("date_format", sunday, text("'100%'"))],
    ["2026-01-02", call("to_date", text("02/01/2026"), text("dd/MM/yyyy"))],
    ["2026-01-02 02:04:05+00", call("to_timestamp", text("2026-01-02 03:04:05"))],
    [
      "2026-01-02 02:04:05.123+00",
      call("to_timestamp", text("02.01.2026 03:04:05.123"), text("dd.MM.yyyy HH:mm:ss.SSS")),
    ],
    ["2024-02-29", call("add_months", date("2024-01-31"), int(1))],
    ["2026-11-29", call("date_add", sunday, int(7))],
    ["2026-11-21", call("subtract", sunday, int(1))],
    [7, call("datediff", date("2026-11-29"), sunday)],
    ["2026-11-30", call("last_day", sunday)],
    ["1784032496", call("unix_timestamp", noonUtc)],
    ["2026-07-14 14:34:56.789", cast(noonUtc, "string")],
    ["1784032496", cast(noonUtc, "bigint")],
  ]);
  const wrong = await failure(resultOf(call("date_format", sunday, text("yyyy-QQ"))));
  assert.match(wrong.message, /date_format: "QQ" in the format "yyyy-QQ" is not supported/);
  const unit = await failure(resultOf(call("date_trunc", text("mnth"), noonUtc)));
  assert.match(unit.message, /"mnth" is no unit.*Did you mean "month"/);
});

test("numbers: logarithms, rounding, roots and signs", async () => {
  await expectAll([
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

test("arrays count from 0 in getItem and from 1 in element_at, and end in an error", async () => {
  const list = call("array", int(10), int(20), nothing);
  await expectAll([
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
  const maps = query("SELECT map {'a': 1} AS m");
  const plan = project(maps, { a: call("getItem", col("m"), text("a")), b: call("element_at", col("m"), text("b")) });
  assert.deepEqual(await rowsOf(plan), [[1, null]]);
});

test("conditions: coalesce, nullif, null-safe equality, an empty list, case", async () => {
  await expectAll([
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

test("aggregates: sums are BIGINT or wider decimals, lists leave nulls out, order functions keep them", async () => {
  const rows = query("SELECT * FROM (VALUES (1, NULL, 1.25), (2, 'b', 2.25), (2, 'b', NULL), (3, 'c', 0)) t(n, s, d)");
  const plan = aggregate(
    rows,
    {},
    {
      rows: call("count"),
      known: call("count", col("s")),
      different: call("countDistinct", col("s")),
      pairs: call("countDistinct", col("n"), col("d")),
      sum: call("sum", col("n")),
      decimals: call("sum", col("d")),
      mean: call("avg", col("n")),
      meanDecimal: call("avg", col("d")),
      list: call("collect_list", col("s")),
      first: call("first", col("s")),
      firstKnown: call("first", col("s"), truth(true)),
      last: call("last", col("s")),
      maxBy: call("max_by", col("s"), col("n")),
      minBy: call("min_by", col("s"), col("n")),
      maxByNull: call("max_by", col("s"), call("negate", col("n"))),
      spread: call("stddev", col("n")),
      middle: call("median", col("n")),
      big: call("count_if", call("gt", col("n"), int(1))),
    },
  );
  assert.deepEqual(await rowsOf(plan), [
    [
      "4",
      "3",
      "2",
      "3",
      "8",
      "3.50",
      2,
      "1.166667",
      ["b", "b", "c"],
      null,
      "b",
      "c",
      "c",
      null,
      null,
      0.816496580927726,
      2,
      "3",
    ],
  ]);
});

test("aggregates of no rows: a count of 0, an empty list, NULL", async () => {
  const none = filter(range(3), truth(false));
  const plan = aggregate(
    none,
    {},
    {
      count: call("count"),
      list: call("collect_list", col("id")),
      sum: call("sum", col("id")),
    },
  );
  assert.deepEqual(await rowsOf(plan), [["0", [], null]]);
});

test("count_if counts 0 where every condition is null", async () => {
  const rows = query("SELECT CAST(NULL AS INTEGER) AS n");
  const plan = aggregate(rows, {}, { big: call("count_if", call("gt", col("n"), int(1))) });
  assert.deepEqual(await rowsOf(plan), [["0"]]);
});

test("an aggregate of nothing but a literal is one row; a literal groups and orders nothing", async () => {
  assert.deepEqual(await rowsOf(aggregate(range(3), {}, { one: int(1) })), [[1]]);
  assert.deepEqual(await rowsOf(aggregate(range(3), { two: int(2) }, { n: call("count") })), [[2, "3"]]);
  const pairs = query("VALUES (1, 'b'), (2, 'a')");
  assert.deepEqual(await rowsOf(sort(pairs, asc(int(2)), asc(text("x")))), [
    [1, "b"],
    [2, "a"],
  ]);
  assert.deepEqual(await valuesOf(project(range(2), { row: over(call("row_number"), int(1)) })), [1, 2]);
});

test("group expressions are found again in aggregates", async () => {
  const rows = query("SELECT * FROM (VALUES ('a', 1), ('A', 2)) t(k, v)");
  const plan = aggregate(
    rows,
    { key: call("upper", col("k")) },
    {
      text: call("concat", call("upper", col("K")), call("sum", col("v"))),
    },
  );
  assert.deepEqual(await rowsOf(plan), [["A", "A3"]]);
});

test("a deviation of one value is NULL, a NULL in a group of one is a group", async () => {
  const rows = query("VALUES (NULL, 1), (NULL, 2), ('a', 3)");
  const plan = sort(
    aggregate(rows, { key: col("col0") }, { n: call("count"), spread: call("stddev", col("col1")) }),
    asc(col("key")),
  );
  assert.deepEqual(await rowsOf(plan), [
    [null, "2", Math.SQRT1_2],
    ["a", "1", null],
  ]);
});

test("windows: ranks are INT, neighbours have defaults, frames are kept", async () => {
  const rows = query("SELECT * FROM (VALUES ('a', 10), ('b', 10), ('c', 30)) t(k, v)");
  const plan = project(rows, {
    k: col("k"),
    row: over(call("row_number"), col("k")),
    rank: over(call("rank"), col("v")),
    dense: over(call("dense_rank"), col("v")),
    before: over(call("lag", col("v"), int(1), int(0)), col("k")),
    after: over(call("lead", col("v")), col("k")),
    running: over(call("sum", col("v")), col("v")),
    near: {
      kind: "window",
      call: call("sum", col("v")),
      over: { partitionBy: [], orderBy: [asc(col("k"))], frame: { unit: "rows", start: -1, end: 0 } },
    },
    list: over(call("collect_list", col("v")), col("k")),
    last: {
      kind: "window",
      call: call("last", col("v"), truth(true)),
      over: {
        partitionBy: [],
        orderBy: [asc(col("k"))],
        frame: { unit: "rows", start: "unbounded preceding", end: "unbounded following" },
      },
    },
  });
  assert.deepEqual(await rowsOf(sort(plan, asc(col("k")))), [
    ["a", 1, 1, 1, 0, 10, "20", "10", [10], 30],
    ["b", 2, 1, 1, 10, 30, "20", "20", [10, 10], 30],
    ["c", 3, 3, 2, 10, null, "50", "40", [10, 10, 30], 30],
  ]);
});

test("literals keep value and type, whatever is in them", async () => {
  const bytes: Expression = { kind: "literal", value: new Uint8Array([0, 255, 39]), type: { kind: "binary" } };
  await expectAll([
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
