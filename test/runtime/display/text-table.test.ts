import assert from "node:assert/strict";
import { test } from "node:test";
import { Float64, Int32, Table, Utf8, vectorFromArray } from "apache-arrow";
import stringWidth from "string-width";
import { arrowTableView } from "../../../runtime/display/arrow-table.ts";
import { renderTableText } from "../../../runtime/display/text-table.ts";

const text = (columns: { [name: string]: unknown }, width?: number) =>
  renderTableText(arrowTableView(new Table(columns as never) as never, { rows: 20 }), width);
const ints = (...values: (number | null)[]) => vectorFromArray(values, new Int32());
const strings = (...values: (string | null)[]) => vectorFromArray(values, new Utf8());

test("a table in text has its types under the names, and numbers to the right", () => {
  const table = text({
    hour: ints(0, 10),
    origin: strings("SEA", null),
    delay: vectorFromArray([8.5, 10], new Float64()),
  });
  assert.equal(
    table,
    [
      "┌──────┬────────┬────────┐",
      "│ hour │ origin │  delay │",
      "│  int │ string │ double │",
      "├──────┼────────┼────────┤",
      "│    0 │ SEA    │    8.5 │",
      "│   10 │ null   │   10.0 │",
      "└──────┴────────┴────────┘",
      "2 rows · 3 columns",
    ].join("\n"),
  );
});

test("every line is equally wide in a terminal, whatever is in it", () => {
  const table = text({
    s: strings("日本語", "👨‍👩‍👧", "naïve", "a\tb\n", "\u001b[31mred", "مرحبا", "e\u0301"),
    宽: ints(1, 2, 3, 4, 5, 6, 7),
  });
  const widths = new Set(
    table
      .split("\n")
      .slice(0, -1)
      .map((line) => stringWidth(line)),
  );
  assert.equal(widths.size, 1);
  assert.ok(!table.includes("\u001b"));
});

test("columns in the middle are left out of what does not fit", () => {
  const wide = text(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column${index}`, ints(index)])), 80);
  const lines = wide.split("\n");
  assert.ok(lines.slice(0, -1).every((line) => line.length <= 80));
  assert.match(lines[1] ?? "", /column0 .* … .* column29/);
  assert.match(lines.at(-1) ?? "", /^1 row · 30 columns \(\d+ columns not shown\)$/);
});

test("a table of one column too wide is shown all the same", () => {
  assert.match(text({ s: strings("x".repeat(500)) }, 20), /x{39}…/);
});

test("a table without rows or without columns is one", () => {
  assert.match(text({ n: ints() }), /│ +n │\n│ int │\n├─+┤\n└─+┘\n0 rows · 1 column/);
  assert.equal(text({}), "0 rows · 0 columns");
});
