import assert from "node:assert/strict";
import { test } from "node:test";
import { Int32, Table, Utf8, vectorFromArray } from "apache-arrow";
import { arrowTableView } from "../../../runtime/display/arrow-table.ts";
import { renderPlanHtml } from "../../../runtime/display/plan.ts";
import { renderProgress, renderProgressEnd } from "../../../runtime/display/progress.ts";
import { renderTableHtml } from "../../../runtime/display/table.ts";

// What JupyterLab 4's sanitiser lets pass of an untrusted notebook (packages/apputils/src/sanitizer.ts): these tags and
// attributes, and of inline styles these properties with values of these forms.
const tags = "div span table thead tbody tr th td b i details summary pre".split(" ");
const attributes = ["style", "title", "dir"];
const length = "(?:[0-9.]+(?:px|%)|0)";
const color = "#[0-9a-f]{6,8}|transparent";
const properties: { [name: string]: string } = {
  "text-align": "left|right",
  padding: `(?:${length} ?){1,4}`,
  "padding-left": length,
  margin: `(?:${length} ?){1,4}`,
  border: `none|1px solid (?:${color})`,
  "border-bottom": `1px solid (?:${color})`,
  "border-collapse": "collapse",
  "border-radius": length,
  "table-layout": "auto",
  "white-space": "pre|nowrap|pre-wrap|normal",
  "font-weight": "400|600",
  "font-size": length,
  "line-height": "[0-9.]+",
  opacity: "0\\.[0-9]+",
  "max-width": length,
  width: length,
  height: length,
  overflow: "hidden",
  "overflow-x": "auto",
  "overflow-wrap": "break-word",
  "vertical-align": "top|middle",
  display: "inline-block",
  background: color,
  color,
  cursor: "pointer",
};
/** It is taken out, and then digits of unequal width do not stand under each other: nothing is lost. */
const dispensable = ["font-variant-numeric"];

function refused(html: string): string[] {
  const found: string[] = [];
  for (const [, tag = "", rest = ""] of html.matchAll(/<([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*>/g)) {
    if (!tags.includes(tag)) found.push(`<${tag}>`);
    for (const [, name = "", value = ""] of rest.matchAll(/([a-z-]+)="([^"]*)"/g)) {
      if (!attributes.includes(name)) found.push(`${tag} ${name}`);
      if (name === "style") found.push(...value.split(";").filter((rule) => !passes(rule)));
    }
  }
  return found;
}

function passes(rule: string): boolean {
  const [name = "", value = ""] = rule.split(/:(.*)/);
  const form = properties[name];
  return dispensable.includes(name) || (form !== undefined && new RegExp(`^(?:${form})$`).test(value));
}

test("tables, plans and bars look the same in a notebook that is not trusted", () => {
  const names = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`c${index}`, vectorFromArray([index, null], new Int32())]),
  );
  const table = new Table({ s: vectorFromArray(["مرحبا", "x".repeat(100)], new Utf8()), ...names } as never);
  const operator = {
    name: "Scan",
    details: [{ label: "filter", value: "a".repeat(500) }],
    rows: 1000,
    estimatedRows: 1,
    seconds: 1,
    cached: "c",
    children: [],
  };
  const root = { name: "Sort", details: [], rows: 3, seconds: 3, children: [operator] };
  const html = [
    renderTableHtml(arrowTableView(table as never, { rows: 20 })),
    renderPlanHtml({ engine: "DuckDB", mode: "analyze", logical: root, physical: root, sql: "select 1", seconds: 4 }),
    renderProgress({ title: "count", fraction: 0.333, elapsedSeconds: 1 })["text/html"],
    renderProgressEnd({ title: "count", elapsedSeconds: 1, outcome: "failed" })["text/html"],
  ].join("");
  assert.deepEqual([...new Set(refused(html))], []);
  assert.deepEqual(refused('<table style="color:var(--x)" onclick="x"><script>'), [
    "color:var(--x)",
    "table onclick",
    "<script>",
  ]);
});
