import assert from "node:assert/strict";
import { test } from "node:test";
import stringWidth from "string-width";
import { renderPlanHtml } from "../../../runtime/display/plan.ts";
import { wrapSql } from "../../../runtime/display/sql-lines.ts";
import { renderPlanText } from "../../../runtime/display/text-plan.ts";
import type { PlanOperator, PlanTree } from "../../../runtime/plan/explain.ts";

const scan: PlanOperator = {
  name: "Parquet scan",
  details: [
    { label: "columns", value: "date, delay" },
    { label: "filter", value: "delay<5 & '<b>'" },
  ],
  estimatedRows: 100,
  rows: 120_000,
  seconds: 0.06,
  files: { read: 1, total: 10 },
  children: [],
};
const cached: PlanOperator = {
  name: "Table scan",
  details: [],
  rows: 3,
  seconds: 0.01,
  cached: "airports",
  children: [],
};
const join: PlanOperator = {
  name: "Hash join",
  details: [{ label: "on", value: "a = b" }],
  rows: 24,
  seconds: 0.03,
  children: [scan, cached],
};
const tree = (more: Partial<PlanTree> = {}): PlanTree => ({
  engine: "DuckDB 1.5.6",
  mode: "analyze",
  physical: join,
  sql: "SELECT '<x>'",
  seconds: 0.0423,
  peakMemory: 5_300_000,
  ...more,
});

test("a plan in text is a tree with rows, times and the slowest operator marked", () => {
  assert.equal(
    renderPlanText(tree()),
    [
      "Query plan (DuckDB 1.5.6 · 42 ms · peak memory 5.1 MB)",
      "Hash join  (24 rows; 30 ms, 30 %)",
      "│  on: a = b",
      "├─ Parquet scan  (120,000 rows; estimated 100, 1,200 × too low; 60 ms, 60 %)  ◀ slowest",
      "│     columns: date, delay",
      "│     filter: delay<5 & '<b>'",
      "│     files read: 1 of 10",
      "└─ Table scan  (3 rows; 10 ms, 10 %)",
      "      from the cache: airports",
      "",
      "SQL",
      "SELECT '<x>'",
    ].join("\n"),
  );
});

test("a plan in HTML shows the same, and nothing of the data is markup", () => {
  const html = renderPlanHtml(tree());
  for (const part of [
    "42 ms",
    "120,000",
    "1,200 × too low",
    "60 %",
    "slowest",
    "1 of 10",
    "cached",
    "airports",
    "SELECT &#39;&lt;x&gt;&#39;",
  ]) {
    assert.ok(html.includes(part), part);
  }
  assert.doesNotMatch(html, /<b>'|<x>|<style|<script|\sid=|class=/);
  assert.equal(html.match(/slowest/g)?.length, 1);
  assert.match(html, /width:60%/);
});

test("a plan that was not run has estimates, and the steps as written above those of the engine", () => {
  const plain = JSON.parse(
    JSON.stringify(join, (key, value) => (key === "rows" || key === "seconds" ? undefined : value)),
  );
  const logical: PlanOperator = {
    name: "Join",
    details: [],
    children: [{ name: "Read", details: [{ label: "paths", value: "a.parquet" }], children: [] }],
  };
  const { seconds: _, peakMemory: __, ...rest } = tree({ physical: plain, logical, mode: "extended" });
  const text = renderPlanText(rest);
  assert.match(
    text,
    /^Query plan \(DuckDB 1\.5\.6 · not run\)\nLogical plan, as written\nJoin\n└─ Read\n {6}paths: a\.parquet\n\nPhysical plan/,
  );
  assert.match(text, /Parquet scan {2}\(estimated 100\)/);
  const html = renderPlanHtml(rest);
  assert.match(html, /Logical plan/);
  assert.match(html, /estimated rows/);
  assert.doesNotMatch(html, /slowest|of total/);
});

test("a plan of a thousand levels is drawn, and stays on the page", () => {
  let deep: PlanOperator = scan;
  for (let level = 0; level < 1000; level++) deep = { name: `Step ${level}`, details: [], children: [deep] };
  const html = renderPlanHtml(tree({ physical: deep }));
  assert.match(html, /Step 0</);
  assert.ok(Math.max(...[...html.matchAll(/padding-left:(\d+)px/g)].map(([, pixels]) => Number(pixels))) < 500);
  assert.equal(renderPlanText(tree({ physical: deep })).split("Step ").length, 1001);
});

test("SQL shows the first of many files, and a detail that was shortened is whole in its title", () => {
  const files = ["a's.parquet", ...Array.from({ length: 6 }, (_, index) => `${index}, b.parquet`)];
  const listed = (names: readonly string[]) => names.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ");
  const sql = (names: readonly string[]) =>
    `SELECT ['a', 'b', 'c', 'd', 'e']\nFROM read_parquet([${listed(names)}], x = 1)`;
  const short = "SELECT ['a', 'b', 'c', 'd', 'e']\nFROM read_parquet(['a''s.parquet' /* … and 6 more files */], x = 1)";
  assert.ok(renderPlanText(tree({ sql: sql(files) })).endsWith(short));
  assert.ok(renderPlanHtml(tree({ sql: sql(files) })).includes("/* … and 6 more files */"));
  assert.ok(renderPlanText(tree({ sql: sql(files.slice(0, 3)) })).endsWith(sql(files.slice(0, 3))));

  const details = [{ label: "files", value: "…/a.parquet", full: "/x/y/a.parquet" }];
  const physical = { ...scan, details };
  assert.match(
    renderPlanHtml(tree({ physical })),
    /title="\/x\/y\/a\.parquet"><span[^>]*>files<\/span> …\/a\.parquet</,
  );
  assert.match(renderPlanText(tree({ physical })), /files: …\/a\.parquet\n/);
});

test("in a terminal longer lines are wrapped, and the guide lines go on beside them", () => {
  assert.equal(
    renderPlanText(tree(), 40),
    [
      "Query plan (DuckDB 1.5.6 · 42 ms · peak",
      "memory 5.1 MB)",
      "Hash join  (24 rows; 30 ms, 30 %)",
      "│  on: a = b",
      "├─ Parquet scan  (120,000 rows;",
      "│       estimated 100, 1,200 × too low;",
      "│       60 ms, 60 %)  ◀ slowest",
      "│     columns: date, delay",
      "│     filter: delay<5 & '<b>'",
      "│     files read: 1 of 10",
      "└─ Table scan  (3 rows; 10 ms, 10 %)",
      "      from the cache: airports",
      "",
      "SQL",
      "SELECT '<x>'",
    ].join("\n"),
  );
});

test("however deep or narrow, no line of a plan is wider than the terminal", () => {
  const details = [{ label: "pfad", value: `日本語/${"x".repeat(200)}` }];
  let deep: PlanOperator = { ...scan, details };
  for (let level = 0; level < 60; level++) deep = { name: `Step ${level}`, details, children: [deep, cached] };
  for (const columns of [3, 20, 33, 80, 200]) {
    const lines = renderPlanText(tree({ physical: deep }), columns).split("\n");
    for (const line of lines) assert.ok(stringWidth(line) <= Math.max(20, columns), line);
    assert.ok(lines.some((line) => line.includes("├─ S")));
  }
});

test("SQL is broken at blanks between tokens only, so that it can be copied", () => {
  const sql = `SELECT "a  b", 'it''s a text', /* a remark */ c + 1 -- and one to the end of the line\nFROM  t\nWHERE x = 'two\nlines'`;
  const wrapped = wrapSql(sql, 20);
  assert.equal(
    wrapped,
    [
      'SELECT "a  b",',
      "  'it''s a text',",
      "  /* a remark */ c +",
      "  1",
      "  -- and one to the end of the line",
      "FROM  t",
      "WHERE x = 'two",
      "lines'",
    ].join("\n"),
  );
  assert.equal(wrapSql(sql, 200), sql);
  assert.equal(wrapSql("SELECT '\u001b[31m', 'it", 80), "SELECT '␛[31m', 'it");
});
