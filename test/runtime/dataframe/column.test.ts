import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import type { Column } from "../../../runtime/dataframe/column.ts";
import { isColumn, operand } from "../../../runtime/dataframe/column.ts";
import { columnsOf } from "../../../runtime/dataframe/column-arguments.ts";
import { col, count, expr, lit, range, row_number, sum, Window, when } from "../../../runtime/index.ts";

const f = columnsOf();
const text = (column: unknown) => inspect(column);

test("a column takes one name, and what else alias is given is no option that would be passed over", () => {
  assert.throws(() => f.a.alias("x", "y"), { code: "ALIAS", message: /alias\('x', 'y'\): a is one column/ });
  assert.throws(() => f.a.alias("x", { metadata: { max: 1 } }), { code: "ALIAS" });
  assert.throws(() => f.a.alias(), { code: "ALIAS" });
  assert.equal(text(f.a.alias("größe.x").alias("y")), "Column<a AS y>");
});

test("an expression reads like SQL when it is inspected", () => {
  const cases: [unknown, string][] = [
    [f.delay.gt(0).and(f.origin.like("A%")), "Column<((delay > 0) AND (origin LIKE A%))>"],
    [f.a.plus(1).minus(2).times(3).div(4).mod(5), "Column<(((((a + 1) - 2) * 3) / 4) % 5)>"],
    [f.a.isNull().not(), "Column<(NOT (a IS NULL))>"],
    [f.a.isin(1, 2), "Column<(a IN (1, 2))>"],
    [f.a.isin([1, 2]), "Column<(a IN (1, 2))>"],
    [f.a.between(1, 5), "Column<(a BETWEEN 1 AND 5)>"],
    [f.a.cast("decimal(10,2)"), "Column<CAST(a AS decimal(10,2))>"],
    [f.a.tryCast("int").alias("n"), "Column<TRY_CAST(a AS int) AS n>"],
    [f.tags.getItem(0), "Column<tags[0]>"],
    [f.address.city.zip, "Column<address.city.zip>"],
    [f["my col"].substr(1, 2), "Column<substring(my col, 1, 2)>"],
    [f.a.substr(f.n, lit(2)), "Column<substring(a, n, 2)>"],
    [f.a.startswith("x").or(f.a.endswith(f.b)), "Column<(startsWith(a, x) OR endsWith(a, b))>"],
    [
      when(f.a.eq(1), "x").when(f.a.eq(2), "y").otherwise("z"),
      "Column<CASE WHEN (a = 1) THEN x WHEN (a = 2) THEN y ELSE z END>",
    ],
    [count(), "Column<count(1)>"],
    [expr("a + 1"), "Column<a + 1>"],
    [f.a.desc(), "SortOrder<a DESC NULLS LAST>"],
    [f.a.asc({ nulls: "last" }), "SortOrder<a ASC NULLS LAST>"],
    [
      row_number().over(Window.partitionBy("g").orderBy(col("a").desc())),
      "Column<row_number() OVER (PARTITION BY g ORDER BY a DESC NULLS LAST)>",
    ],
    [
      sum("a").over(Window.orderBy("b").rowsBetween(Window.unboundedPreceding, Window.currentRow)),
      "Column<sum(a) OVER (ORDER BY b ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)>",
    ],
  ];
  for (const [column, expected] of cases) assert.equal(text(column), expected);
});

test("a column used as a JavaScript value throws and says what to use instead", () => {
  for (const use of [
    () => `${f.a}`,
    () => f.a + 1,
    () => f.a > 1,
    () => Number(f.a),
    // biome-ignore lint/suspicious/noDoubleEquals: the mistake that is tested
    () => f.a == 1,
  ]) {
    assert.throws(use, { code: "COLUMN_AS_VALUE", message: /The column a has no value .* use \.gt\(\)/ });
  }
});

test("columns and f survive await, JSON, symbols and inspection", async () => {
  const column = f.a;
  assert.equal(await column, column);
  assert.equal(await f, f);
  assert.equal(JSON.stringify(column), "{}");
  assert.equal(column[Symbol.iterator], undefined);
  assert.equal(f[Symbol.toStringTag], undefined);
  assert.equal(text(f), "Columns");
  assert.equal(text({ nested: [column] }), "{ nested: [ Column<a> ] }");
  assert.deepEqual(Object.keys(column), []);
});

test("isColumn knows columns and touches nothing of other values", () => {
  assert.equal(isColumn(f.a), true);
  assert.equal(isColumn(f.a.b), true);
  assert.equal(isColumn(lit(1).plus(2)), true);
  const trap = new Proxy({}, { get: () => assert.fail("was asked"), getPrototypeOf: () => assert.fail("was asked") });
  for (const value of [trap, f, f.a.desc(), null, undefined, 1, "a", {}]) assert.equal(isColumn(value), false);
});

test("members of Column go before fields of a struct, which getField always reaches", () => {
  assert.equal(typeof f.address.cast, "function");
  assert.deepEqual(operand(f.address.getField("cast")), {
    kind: "field",
    input: { kind: "column", name: "address" },
    name: "cast",
  });
});

test("f names any column, and its names cannot be assigned", () => {
  const { delay, origin } = f;
  assert.deepEqual([delay, origin].map(text), ["Column<delay>", "Column<origin>"]);
  assert.equal(text(f.constructor), "Column<constructor>");
  assert.throws(() => {
    f.x = 1;
  }, /withColumn/);
});

test("the columns of a callback cannot be listed: they are found later", () => {
  const people = range(3);
  for (const listed of [
    () => people.select((f) => ({ ...f, x: f.id })),
    () => people.select(({ id, ...rest }) => rest),
  ])
    assert.throws(listed, /no list .*withColumns\(\{ … \}\)/);
  assert.throws(() => Object.keys(f), /no list/);
});

test("a type that does not exist is refused where it is written", () => {
  assert.throws(() => f.a.cast("integr"), /"integr" is no type/);
});

test("a column or field called then is one as any other, and nothing that is awaited", async () => {
  assert.deepEqual(
    [text(f.then), text(f.st.then), text(f.st.then.then)],
    ["Column<then>", "Column<st.then>", "Column<st.then.then>"],
  );
  assert.equal(await f, f);
  const column = col("x");
  assert.equal(await column, column);
  assert.equal(await Promise.resolve(column), column);
});

test("asc and desc place nulls as Spark does", () => {
  const key = (order: ReturnType<Column["asc"]>) => [order.key.descending, order.key.nulls];
  assert.deepEqual(key(f.a.asc()), [false, "first"]);
  assert.deepEqual(key(f.a.desc()), [true, "last"]);
  assert.deepEqual(key(f.a.desc({ nulls: "first" })), [true, "first"]);
});

test("a window frame whose start is behind its end is refused", () => {
  assert.throws(() => Window.rowsBetween(1, -1), /rowsBetween\(1, -1\)/);
});

test("rows of a window frame are counted by whole numbers", () => {
  assert.throws(() => Window.rowsBetween(-1.5, 0), /rowsBetween\(-1\.5, 0\): rows are counted by whole numbers/);
});
