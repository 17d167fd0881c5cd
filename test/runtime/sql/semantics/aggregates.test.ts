import assert from "node:assert/strict";
import { plansOnEngines } from "../../../helpers/plans-on-engines.ts";
import {
  aggregate,
  asc,
  call,
  col,
  double,
  filter,
  int,
  project,
  query,
  range,
  sort,
  text,
  truth,
} from "../../../helpers/valid-sql.ts";
import { over } from "./helper.ts";

plansOnEngines(({ test, rowsOf, valuesOf }) => {
  test("aggregates: sums are BIGINT or wider decimals, lists leave nulls out, order functions keep them", async () => {
    const rows = query(
      "SELECT * FROM (VALUES (1, NULL, 1.25), (2, 'b', 2.25), (2, 'b', NULL), (3, 'c', 0)) t(n, s, d)",
    );
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
        quarter: call("percentile", col("n"), double(0.25)),
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
        1.75,
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
    const pairs = query("SELECT * FROM VALUES (1, 'b'), (2, 'a') t(n, s)");
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
    const rows = query("SELECT * FROM (VALUES (NULL, 1), (NULL, 2), ('a', 3)) t(k, n)");
    const plan = sort(
      aggregate(rows, { key: col("k") }, { n: call("count"), spread: call("stddev", col("n")) }),
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

  test("a sum of products of decimals is exact, also where a product has more than 18 digits", async () => {
    const rows = (most: string) =>
      query(`SELECT * FROM (VALUES (CAST(1.25 AS DECIMAL(15, 2)), CAST(0.1 AS DECIMAL(15, 2))),
        (CAST(${most} AS DECIMAL(15, 2)), CAST(${most} AS DECIMAL(15, 2))), (NULL, 1)) t(a, b)`);
    const product = call("multiply", col("a"), call("subtract", int(1), col("b")));
    const sums = (most: string) => aggregate(rows(most), {}, { sum: call("sum", product), mean: call("avg", product) });
    assert.deepEqual(await rowsOf(sums("2")), [["-0.8750", "-0.43750000"]]);
    assert.deepEqual(await rowsOf(sums("9999999999999.99")), [
      ["-99999999999989799999999998.8851", "-49999999999994899999999999.44255000"],
    ]);
  });
});
