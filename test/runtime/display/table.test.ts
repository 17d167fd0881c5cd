import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Binary,
  Bool,
  DateDay,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  Struct,
  Table,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { type ArrowTableOptions, arrowTableView } from "../../../runtime/display/arrow-table.ts";
import { objectTableView } from "../../../runtime/display/object-table.ts";
import { renderTableHtml } from "../../../runtime/display/table.ts";
import { arrowBundle, objectsBundle } from "../../../runtime/display/table-bundle.ts";
import type { TableView } from "../../../runtime/display/table-view.ts";
import { decimals, timestamps } from "./arrow.ts";

function view(columns: { [name: string]: Vector }, options: Partial<ArrowTableOptions> = {}): TableView {
  return arrowTableView(new Table(columns as never) as never, { rows: 20, ...options });
}

/** The texts of the first column. */
const texts = (shown: TableView, column = 0) => shown.columns[column]?.cells.map(({ text }) => text);
const strings = (values: readonly (string | null)[]) => vectorFromArray(values, new Utf8());
const list = (item: any) => new List(new Field("item", item, true));

test("null, the word null and empty text are told apart", () => {
  const shown = view({ s: strings([null, "null", "", " x", "NULL", "plain"]) });
  assert.deepEqual(texts(shown), ["null", '"null"', '""', '" x"', '"NULL"', "plain"]);
  assert.deepEqual(
    shown.columns[0]?.cells.map(({ absent }) => absent),
    [true, ...Array(5).fill(undefined)],
  );
  assert.match(renderTableHtml(shown), /<i style="opacity:0\.5">null<\/i>/);
});

test("dates are dates, and times keep microseconds where there are any", () => {
  const day = vectorFromArray([new Date("2024-02-29"), new Date(0), new Date("0099-12-31")], new DateDay());
  assert.deepEqual(texts(view({ day })), ["2024-02-29", "1970-01-01", "0099-12-31"]);
  const at = timestamps([978_307_500_000_000n, 978_307_500_123_456n, 978_307_500_120_000n, -1n]);
  assert.deepEqual(texts(view({ at })), [
    "2001-01-01 00:05:00",
    "2001-01-01 00:05:00.123456",
    "2001-01-01 00:05:00.120",
    "1969-12-31 23:59:59.999999",
  ]);
});

test("a timestamp is shown in the session's zone, which its type names; without a zone it stays as it is", () => {
  const summer = [992_606_400_000_000n];
  const shown = view({ at: timestamps(summer, "UTC"), wall: timestamps(summer) }, { zone: "Europe/Berlin" });
  assert.deepEqual([texts(shown, 0), texts(shown, 1)], [["2001-06-15 14:00:00"], ["2001-06-15 12:00:00"]]);
  assert.deepEqual(
    shown.columns.map(({ type }) => type),
    ["timestamp Europe/Berlin", "timestamp_ntz"],
  );
});

test("years beyond those of JavaScript's Date are dates like others", () => {
  const shown = view({ at: timestamps([9_223_372_036_854_775_807n, 8_640_000_000_000_000_001n], "UTC") });
  assert.deepEqual(texts(shown), ["infinity", "275760-09-13 00:00:00.000001"]);
});

test("decimals are exact", () => {
  const wide = 12_345_678_901_234_567_890_123_456_789n;
  assert.deepEqual(texts(view({ d: decimals([wide, -5n, 0n, null], 38, 2) })), [
    "123456789012345678901234567.89",
    "-0.05",
    "0.00",
    "null",
  ]);
});

test("the points of a column of doubles stand under each other, and the tooltip has the digits left out", () => {
  const shown = view({
    x: vectorFromArray([1.5, 2, null, Math.PI, Number.NaN, Number.POSITIVE_INFINITY], new Float64()),
  });
  assert.deepEqual(texts(shown), ["1.5000", "2.0000", "null", "3.1416", "NaN", "Infinity"]);
  assert.equal(shown.columns[0]?.cells[3]?.full, "3.141592653589793");
  assert.equal(shown.columns[0]?.cells[0]?.full, undefined);
  assert.deepEqual(texts(view({ x: vectorFromArray([0.1, 0.25], new Float32()) })), ["0.10", "0.25"]);
  assert.deepEqual(texts(view({ x: vectorFromArray([1, 2e21, 3e-9], new Float64()) })), ["1.0", "2e+21", "3e-9"]);
});

test("integers of 64 bits lose no digit", () => {
  const shown = view({ n: vectorFromArray([9_007_199_254_740_993n, -1n], new Int64()) });
  assert.deepEqual(texts(shown), ["9007199254740993", "-1"]);
  assert.equal(shown.columns[0]?.align, "right");
});

test("nested values are readable, and cut with the whole in the tooltip", () => {
  const struct = new Struct([new Field("city", new Utf8(), true), new Field("zip", new Int32(), true)] as never);
  const shown = view({
    tags: vectorFromArray(
      [["a, b", null], [], null, Array.from({ length: 30 }, (_, index) => `t${index}`)],
      list(new Utf8()),
    ),
    place: vectorFromArray(
      [{ city: "Oslo", zip: 1 }, { city: null, zip: 2 }, null, { city: "O", zip: 3 }],
      struct as never,
    ),
  });
  assert.deepEqual(texts(shown, 0), ['["a, b", null]', "[]", "null", '["t0", "t1", "t2", "t3", "t4", … 25 more]']);
  assert.match(shown.columns[0]?.cells[3]?.full ?? "", /"t29"\]$/);
  assert.deepEqual(texts(shown, 1), ['{city: "Oslo", zip: 1}', "{city: null, zip: 2}", "null", '{city: "O", zip: 3}']);
  assert.deepEqual(
    shown.columns.map(({ type }) => type),
    ["array<string>", "struct<city: string, zip: int>"],
  );
});

test("a map shows its entries, and bytes their first in hexadecimal", () => {
  const entries = new Field(
    "entries",
    new Struct([new Field("key", new Utf8(), false), new Field("value", new Int32(), true)] as never),
    false,
  );
  const map = vectorFromArray([new Map([["a", 1]]), new Map()], new Map_(entries as never) as never);
  const bytes = vectorFromArray([new Uint8Array([1, 255]), new Uint8Array(40)], new Binary());
  const shown = view({ map, bytes });
  assert.deepEqual(texts(shown, 0), ['{"a" → 1}', "{}"]);
  assert.deepEqual(texts(shown, 1), ["0x01ff", `0x${"00".repeat(16)}… (40 bytes)`]);
});

test("a table says how many rows of how many it shows", () => {
  const n = vectorFromArray([1, 2, 3], new Int32());
  assert.equal(view({ n }).footer, "3 rows · 1 column");
  assert.equal(view({ n }, { rows: 2, total: 3_000_000 }).footer, "2 of 3,000,000 rows · 1 column");
  assert.equal(view({ n }, { rows: 2 }).footer, "first 2 rows · 1 column");
  assert.equal(view({ n }, { rows: 1 }).footer, "first 1 row of more than 2 · 1 column");
  assert.equal(view({ n: vectorFromArray([], new Int32()) }).footer, "0 rows · 1 column");
});

test("a table of at most 50 rows is shown as a whole, of a longer one the first 20", () => {
  const footer = (rows: number) => {
    const objects = Array.from({ length: rows }, (_, n) => ({ n }));
    const table = new Table({ n: vectorFromArray([...objects.keys()], new Int32()) });
    return [objectsBundle(objects), arrowBundle(table as never)].map((shown) => shown["text/plain"].split("\n").at(-1));
  };
  assert.deepEqual(footer(50), ["50 rows · 1 column", "50 rows · 1 column"]);
  assert.deepEqual(footer(51), ["20 of 51 rows · 1 column", "20 of 51 rows · 1 column"]);
});

test("without rows the columns are shown, and without columns the number of rows", () => {
  const html = renderTableHtml(view({ n: vectorFromArray([], new Int32()) }));
  assert.match(html, />n<\/th>/);
  assert.match(html, />int<\/span>/);
  assert.match(renderTableHtml(arrowTableView(new Table() as never, { rows: 20 })), /0 rows · 0 columns/);
});

test("a thousand columns are cut in the middle, which says how many are missing", () => {
  const columns = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`c${index}`, vectorFromArray([index], new Int32())]),
  );
  const html = renderTableHtml(view(columns));
  assert.match(html, /… 980 more columns/);
  assert.match(html, />c9<\/th>/);
  assert.doesNotMatch(html, />c10<\/th>/);
  assert.match(html, />c990<\/th>/);
  assert.match(html, /1 row · 1,000 columns/);
});

test("nothing from the data is markup", () => {
  const html = renderTableHtml(
    view({ "<script>alert(1)</script>": strings(["<img src=x onerror=alert(1)>", `"'&<b>`.padEnd(90, "x")]) }),
  );
  assert.doesNotMatch(html, /<script|<img|<b>/);
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.match(html, /title="&quot;&#39;&amp;&lt;b&gt;x/);
});

test("text is one line without control characters or marks of direction; the tooltip has it as it is", () => {
  const shown = view({ s: strings(["a\nb\tc", "\u0000\u001b[31m", "\u202eevil", "\ud800", "a\u200bb"]) });
  assert.deepEqual(texts(shown), ["a↵b⇥c", "␀␛[31m", "\\u202eevil", "\ufffd", "a\\u200bb"]);
  assert.equal(shown.columns[0]?.cells[0]?.full, "a\nb\tc");
});

test("long text is cut between characters, and a tooltip holds at most some of it", () => {
  const family = "👨‍👩‍👧";
  const shown = view({ s: strings([family.repeat(70), "x".repeat(1_000_000)]) });
  assert.equal(texts(shown)?.[0], `${family.repeat(59)}…`);
  assert.ok((shown.columns[0]?.cells[1]?.full?.length ?? 0) < 2100);
  assert.ok(renderTableHtml(shown).length < 10_000);
});

test("text from right to left keeps its direction to itself", () => {
  assert.match(renderTableHtml(view({ s: strings(["مرحبا"]) })), /dir="auto">مرحبا/);
});

test("a table needs no style sheet, script or id", () => {
  const html = renderTableHtml(view({ b: vectorFromArray([true, null], new Bool()) }));
  assert.doesNotMatch(html, /<style|<script|\sid=|class=|var\(|javascript:/);
});

test("dictionaries and several chunks read like plain columns", () => {
  const a = new Table({ s: vectorFromArray(["x", "y", "x"]) } as never);
  assert.deepEqual(texts(arrowTableView(a.concat(a as never) as never, { rows: 5 })), ["x", "y", "x", "x", "y"]);
});

test("objects are a table with every key that one of them has", () => {
  const shown = objectTableView(
    [
      { name: "Ada", age: 36 },
      { name: null, extra: { a: [1] } },
      { age: undefined, when: new Date("2024-01-02T03:04:05Z") },
    ],
    { rows: 20 },
  );
  const heads = shown.columns.map(({ name, type, align }) => [name, type, align]);
  assert.deepEqual(heads, [
    ["name", "string", "left"],
    ["age", "number", "right"],
    ["extra", "Object", "left"],
    ["when", "Date", "left"],
  ]);
  assert.deepEqual(texts(shown, 1), ["36", "", "undefined"]);
  assert.deepEqual(texts(shown, 2), ["", "{ a: [ 1 ] }", ""]);
  assert.deepEqual(texts(shown, 3), ["", "", "2024-01-02 03:04:05Z"]);
});

test("of many objects the first are shown, with their number", () => {
  const shown = objectTableView(
    Array.from({ length: 1234 }, (_, id) => ({ id })),
    { rows: 20 },
  );
  assert.equal(shown.footer, "20 of 1,234 rows · 1 column");
  assert.equal(shown.columns[0]?.cells.length, 20);
});
