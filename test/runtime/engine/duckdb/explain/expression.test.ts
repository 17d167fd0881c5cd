import assert from "node:assert/strict";
import test from "node:test";
import { readable } from "../../../../../runtime/engine/duckdb/explain/expression.ts";
import { shortPath } from "../../../../../runtime/engine/duckdb/explain/paths.ts";

const expectReadable = (cases: { readonly [text: string]: string }, inputs: readonly string[] = []) =>
  assert.deepEqual(
    Object.fromEntries(Object.keys(cases).map((text) => [text, readable(text, (position) => inputs[position])])),
    cases,
  );

test("DuckDB's inner functions, needless casts, quotes and qualifiers go, wherever they stand", () =>
  expectReadable({
    '__internal_compress_integral_utinyint(CAST("hour"(date) AS INTEGER), 0)': "hour(date)",
    'max(__internal_decompress_string("upper"(origin))) + 1': "max(upper(origin)) + 1",
    'CAST("hour"(read_parquet.date) AS INTEGER) ASC': "hour(date) ASC",
    "(memory.quern.cache_1.delay > 3)": "delay > 3",
    "CAST(delay AS DOUBLE)": "CAST(delay AS DOUBLE)",
    "CAST(sum_no_overflow(delay) AS BIGINT)": "sum(delay)",
    "count_star() FILTER (WHERE #2) Filter: #2": "count(*) FILTER (WHERE …)",
    "optional: origin IN ('ATL', 'SFO') AND optional: origin>='ATL'": "origin IN ('ATL', 'SFO') AND origin >= 'ATL'",
    '"My Col" > 3': '"My Col" > 3',
  }));

test("operators stand between spaces, with the parentheses that change the meaning", () =>
  expectReadable({
    "delay>0": "delay > 0",
    "delay<-5 AND x>=-1.5e10": "delay < -5 AND x >= -1.5e10",
    "(((delay > 3) AND (origin > code)) AND contains(origin, '''x'))":
      "delay > 3 AND origin > code AND contains(origin, '''x')",
    "(((a = 1) OR (b = 2)) AND (c = 3))": "(a = 1 OR b = 2) AND c = 3",
    "((a = 1) OR ((b = 2) AND (c = 3)))": "a = 1 OR b = 2 AND c = 3",
    "((a - (b - c)) * 2)": "(a - (b - c)) * 2",
    "((a - b) - c)": "a - b - c",
    "(a / (b * c))": "a / (b * c)",
    "((x || '-') || y)": "x || '-' || y",
    "(NOT (a = b))": "NOT a = b",
    "((NOT a) = b)": "(NOT a) = b",
    "((a = b) = c)": "(a = b) = c",
    "(a BETWEEN 1 AND 3) AND b": "(a BETWEEN 1 AND 3) AND b",
    "(name !~~ 'A%B_')": "name NOT LIKE 'A%B_'",
    "CASE  WHEN ((delay > 5)) THEN ('late') ELSE 'ok' END": "CASE WHEN delay > 5 THEN 'late' ELSE 'ok' END",
    "ROW_NUMBER() OVER (PARTITION BY city ORDER BY delay DESC)":
      "row_number() OVER (PARTITION BY city ORDER BY delay DESC)",
    "array_extract(list_value(delay, 3), 1)": "array_extract(list_value(delay, 3), 1)",
    "date>'2001-01-01 00:00:00'::TIMESTAMP": "date > '2001-01-01 00:00:00'::TIMESTAMP",
  }));

test("checks that a division or a cast brings along are left out; a CASE of the user's own is not", () =>
  expectReadable({
    "(CASE  WHEN ((b = 0)) THEN (CAST(\"error\"('[DIVIDE_BY_ZERO] zero') AS DOUBLE)) ELSE (CAST(a AS DOUBLE) / b) END > 2)":
      "CAST(a AS DOUBLE) / b > 2",
    "sum(CASE  WHEN ((b = 0)) THEN (\"error\"('[REMAINDER_BY_ZERO] zero')) ELSE CASE  WHEN ((a = 0)) THEN (\"error\"((('[CODE] The value ''' || a) || ''' is no int'))) ELSE (a % b) END END)":
      "sum(a % b)",
    "CASE  WHEN ((a = 0)) THEN (\"error\"('no zero')) ELSE a END": "CASE WHEN a = 0 THEN error('no zero') ELSE a END",
    "CASE  WHEN ((a = 0)) THEN (CASE  WHEN (b) THEN (1) ELSE 2 END) ELSE a END":
      "CASE WHEN a = 0 THEN (CASE WHEN b THEN 1 ELSE 2 END) ELSE a END",
  }));

test("what is in quotes stays as it is", () =>
  expectReadable(
    { "(a = '__internal_compress_string(#0)>read_parquet.x')": "a = '__internal_compress_string(#0)>read_parquet.x'" },
    ["b"],
  ));

test("positions become the expressions that they stand for; what they stand for is never guessed", () => {
  expectReadable(
    { "#0 DESC": "origin DESC", "sum(#1)": "sum(a + 1)", "(#1 * 2)": "(a + 1) * 2", "(#2 > 1)": "… > 1" },
    ["origin", "a + 1"],
  );
  expectReadable({ "struct_pack(#[2.0])": "struct_pack(…)" });
});

test("a text of many pages, or with brackets that do not close, is no error", () => {
  const deep = `${"(".repeat(20_000)}1${")".repeat(20_000)}`;
  assert.equal(readable(deep), deep);
  assert.equal(typeof readable(`${"(".repeat(499)}1`), "string");
  assert.equal(typeof readable("a ) b ] ' \" c"), "string");
  assert.equal(readable(""), "");
});

test("files are told from the working folder, the home folder, or by their last parts", () => {
  const short = (path: string) => shortPath(path, "/work/book", "/home/ann");
  assert.equal(short("/work/book/data/a.parquet"), "data/a.parquet");
  assert.equal(short("/home/ann/data/a b.parquet"), "~/data/a b.parquet");
  assert.equal(short("/var/lib/lake/flights/day=1/part-0.parquet"), "…/flights/day=1/part-0.parquet");
  assert.equal(short("/data/day=1/a.parquet"), "/data/day=1/a.parquet");
  assert.equal(short("https://example.org/a/b/c/d.parquet"), "https://example.org/a/b/c/d.parquet");
});
