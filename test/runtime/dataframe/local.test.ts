import assert from "node:assert/strict";
import { test } from "node:test";
import { Int32, Table, Uint32, Utf8, vectorFromArray } from "apache-arrow";
import { Decimal } from "decimal.js";
import { localData } from "../../../runtime/dataframe/local.ts";
import { schemaOf } from "../../../runtime/dataframe/reader.ts";
import type { RowOptions } from "../../../runtime/dataframe/row.ts";
import { rowsOf } from "../../../runtime/dataframe/values.ts";
import { schema, types } from "../../../runtime/index.ts";
import { typeName } from "../../../runtime/plan/type-names.ts";

const make = (data: unknown, given?: unknown) => localData(data, given, schemaOf);
const ddl = (data: unknown, given?: unknown) =>
  make(data, given)
    .schema.map(({ name, type, nullable }) => `${name} ${typeName(type)}${nullable ? "" : " not null"}`)
    .join(", ");
const rows = (data: unknown, given?: unknown, options?: RowOptions) => {
  const local = make(data, given);
  return local.data.batches.flatMap((batch) => [...rowsOf(batch, local.schema, options)]);
};

test("a text that begins with a byte order mark keeps it", () => {
  const texts = [{ text: "\ufeffé" }, { text: "\ufeff" }, { text: "plain" }];
  assert.deepEqual(rows(texts), texts);
});

test("types come from the values: numbers are LONG if all are integers, else DOUBLE", () => {
  const row = {
    whole: 1,
    part: 1,
    big: 1n,
    text: "ü",
    yes: true,
    at: new Date(0),
    day: Temporal.PlainDate.from("2026-03-17"),
    wall: Temporal.PlainDateTime.from("2026-03-17T10:00:00"),
    exact: new Decimal("1.50"),
    bytes: new Uint8Array([1]),
    list: [1, 2],
    map: new Map([["a", 1.5]]),
    inner: { x: 1, y: ["z"] },
    nothing: null,
  };
  assert.equal(
    ddl([row, { ...row, part: 0.5, exact: new Decimal("-100.125") }]),
    [
      "whole bigint not null",
      "part double not null",
      "big bigint not null",
      "text string not null",
      "yes boolean not null",
      "at timestamp not null",
      "day date not null",
      "wall timestamp_ntz not null",
      "exact decimal(6,3) not null",
      "bytes binary not null",
      "list array<bigint> not null",
      "map map<string,double> not null",
      "inner struct<x:bigint,y:array<string>> not null",
      "nothing string",
    ].join(", "),
  );
});

test("a row may leave columns out; columns come in the order of their first appearance", () => {
  assert.equal(ddl([{ b: 1 }, { a: "x", b: 2 }]), "b bigint not null, a string");
  assert.deepEqual(rows([{ b: 1 }, { a: "x", b: undefined }]), [
    { b: 1, a: null },
    { b: null, a: "x" },
  ]);
});

test("every type comes back as it went in", () => {
  const fields = schema({
    boolean: types.boolean,
    byte: types.byte,
    short: types.short,
    int: types.int,
    long: types.long,
    float: types.float,
    double: types.double,
    decimal: types.decimal(38, 10),
    string: types.string,
    binary: types.binary,
    date: types.date,
    timestamp: types.timestamp,
    ntz: types.timestampNtz,
    array: types.array(types.array(types.int)),
    struct: types.struct({ a: types.int, b: types.struct({ c: types.string }) }),
    map: types.map(types.string, types.array(types.double)),
  });
  const full = {
    boolean: true,
    byte: -128,
    short: 32767,
    int: -(2 ** 31),
    long: Number.MAX_SAFE_INTEGER,
    float: 0.5,
    double: Number.NaN,
    decimal: new Decimal("-1234567890123456789012345678.0123456789"),
    string: "a\u0000😀\nü",
    binary: new Uint8Array([0, 255]),
    date: new Date("1899-12-31"),
    timestamp: new Date("1969-12-31T23:59:59.999Z"),
    ntz: new Date("2400-02-29T12:00:00.001Z"),
    array: [[1, null], [], null],
    struct: { a: null, b: { c: "x" } },
    map: new Map([
      ["k", [1.5, null]],
      ["empty", null],
    ]),
  };
  const empty = Object.fromEntries(Object.keys(full).map((name) => [name, null]));
  assert.deepEqual(rows([full, empty, { ...full, boolean: false }], fields), [
    full,
    empty,
    { ...full, boolean: false },
  ]);
});

test("Temporal values keep their microseconds", () => {
  const row = {
    day: Temporal.PlainDate.from("0001-01-01"),
    at: Temporal.Instant.from("1969-12-31T23:59:59.999999Z"),
    wall: Temporal.PlainDateTime.from("2026-03-17T10:00:00.123456"),
  };
  assert.deepEqual(
    Object.values(rows([row], undefined, { time: "Temporal" })[0]).map(String),
    Object.values(row).map(String),
  );
});

test("a LONG beyond 2^53-1 is an error that says so, or a bigint", () => {
  const data = [{ id: 2n ** 53n }];
  assert.throws(() => rows(data), {
    code: "LONG_BEYOND_NUMBER",
    message: /"id" holds 9007199254740992.*long: "bigint"/,
  });
  assert.deepEqual(rows(data, undefined, { long: "bigint" }), [{ id: 2n ** 53n }]);
  assert.throws(() => rows([{ list: [{ x: -(2n ** 60n) }] }]), /"list\[\]\.x"/);
});

test("rows may be arrays with names or a schema; data may come by column", () => {
  assert.deepEqual(rows([[1, "a"]], ["id", "name"]), [{ id: 1, name: "a" }]);
  assert.deepEqual(rows([[1, "a"]], "id INT, name STRING"), [{ id: 1, name: "a" }]);
  assert.deepEqual(rows({ columns: { x: Float64Array.of(1, 2), y: ["a", null] } }), [
    { x: 1, y: "a" },
    { x: 2, y: null },
  ]);
  assert.deepEqual(rows({ columns: { x: [1, 2], y: ["a", null] } }, ["y"]), [{ y: "a" }, { y: null }]);
});

test("an Arrow table is taken as it is, with SQL's types", () => {
  const table = new Table({ n: vectorFromArray([1, 2], new Uint32()), s: vectorFromArray(["a", "b"], new Utf8()) });
  assert.equal(make(table).data, table);
  assert.equal(ddl(table), "n bigint, s string");
  assert.equal(ddl(new Table({ d: vectorFromArray(["x", "y", "x"]) })), "d string");
  assert.throws(() => make(new Table({ n: vectorFromArray([1], new Int32()) }), "a INT, b INT"), /2 columns/);
});

test("no rows need a schema, and can have one", () => {
  assert.throws(() => make([]), /give a schema/);
  assert.throws(() => make([{}]), /give a schema/);
  assert.equal(ddl([], "id LONG NOT NULL, name STRING"), "id bigint not null, name string");
  assert.deepEqual(rows([], "id LONG"), []);
});

test("errors name the row, the column and the value", () => {
  const cases: [unknown, unknown, RegExp][] = [
    [[{ a: 1 }, { a: "x" }], undefined, /Row 1, column "a": 'x' is string, but earlier rows are number/],
    [[{ a: 1 }, { a: 300 }], "a BYTE", /Row 1, column "a": 300 is beyond TINYINT/],
    [[{ a: 1.5 }], "a INT", /Row 0, column "a": 1.5 is no INT/],
    [[{ a: 1 }, { a: null }], "a INT NOT NULL", /Row 1, column "a": null in a column that is NOT NULL/],
    [[{ a: [1] }, { a: [2, "x"] }], "a ARRAY<INT>", /Row 1, column "a\[\]": 'x' is no INT/],
    [[{ a: { b: 1 } }, { a: { b: true } }], "a STRUCT<b: INT>", /Row 1, column "a\.b": true is no INT/],
    [[{ a: new Map([[null, 1]]) }], "a MAP<STRING,INT>", /Row 0, column "a": a key of a MAP is not null/],
    [[{ a: new Decimal("100") }], "a DECIMAL(4,2)", /Row 0, column "a": .*100.* is beyond DECIMAL\(4,2\)/],
    [[{ a: 2 ** 53 }], "a LONG", /Row 0, column "a": 9007199254740992 is not exact/],
    [
      [{ a: "2024-02-29" }],
      "a DATE",
      /'2024-02-29' is no DATE: give a Date or a Temporal.PlainDate, or .* cast the column$/,
    ],
    [[{ a: new Date(Number.NaN) }], "a DATE", /Row 0, column "a": Invalid Date is no DATE/],
    [[{ a: 1, A: 2 }], undefined, /"a" and "A" have the same name/],
    [[{ a: 1, b: 2 }], "a INT", /Row 0 has "b", which is not in the schema: a/],
    [[[1, 2], [1]], ["a", "b"], /Row 1 has 1 values for 2 columns/],
    [[1], undefined, /Row 0 is 1: a row is an object/],
    [[[1]], undefined, /need names/],
    [[{ a: () => 1 }], undefined, /Row 0, column "a": a function has no SQL type/],
    [{ columns: { a: [1] } }, ["a", "b"], /Column "b" is no list of values/],
    [{ columns: { a: [1], b: [] } }, undefined, /"b" has 0 values and "a" 1/],
    ["text", undefined, /createDataFrame takes rows/],
  ];
  for (const [data, given, message] of cases)
    assert.throws(() => make(data, given), { name: "AnalysisError", message });
});

test("names that JavaScript gives a meaning are columns like any other", () => {
  const row = JSON.parse('{"__proto__": 1, "constructor": "x", "then": true}');
  const [found] = rows([row]);
  assert.deepEqual(Object.entries(found), Object.entries(row));
  assert.deepEqual(rows([{ a: 1 }], "a INT, constructor STRING"), [{ a: 1, constructor: null }]);
});

test("a hundred thousand rows are made and read in well under a second or two", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => ({ id: i, name: `row ${i}`, x: i / 3 }));
  assert.equal(rows(many).length, 100_000);
});
