import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Float64, Int32, Table, Utf8, vectorFromArray } from "apache-arrow";
import stringWidth from "string-width";
import { arrowTableView } from "../../../runtime/display/arrow-table.ts";
import { renderTableText } from "../../../runtime/display/text-table.ts";
import { run } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { tmux } from "../../helpers/tmux.ts";

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

const numbered = (count: number, make: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`column${index}`, make(index)]));
const linesOf = (table: string) => table.split("\n");
const widths = (lines: readonly string[]) => [...new Set(lines.map((line) => stringWidth(line)))];

test("columns in the middle are left out of what does not fit", () => {
  for (const [columns, most] of [
    [80, 80],
    [undefined, 140],
  ] as const) {
    const lines = linesOf(text(numbered(30, ints), columns));
    const [width, ...others] = widths(lines.slice(0, -1));
    assert.ok(others.length === 0 && (width as number) <= most && (width as number) > most - 12, `${width}`);
    assert.match(lines[1] ?? "", /column0 .* … .* column29/);
    assert.match(lines.at(-1) ?? "", /^1 row · 30 columns \(\d+ columns not shown\)$/);
  }
});

test("no line is wider than the terminal, whatever the terminal's width and the table", () => {
  const long = "日本語 👩🏽‍💻 مرحبا ".repeat(20);
  const tables = [
    numbered(1, () => strings(long)),
    numbered(2, () => strings(long, "x".repeat(500))),
    numbered(3, (index) => (index === 1 ? ints(1) : strings("x".repeat(100)))),
    numbered(1000, () => ints(123_456_789)),
    { ["n".repeat(90)]: ints(1), ["名".repeat(90)]: strings(null) },
    {},
  ];
  for (const columns of [20, 21, 33, 40, 80, 81, 120, 300]) {
    for (const table of tables) {
      const lines = linesOf(text(table, columns));
      for (const line of lines) assert.ok(stringWidth(line) <= columns, `${stringWidth(line)} > ${columns}: ${line}`);
      assert.ok(widths(lines.filter((line) => /^[┌├└│]/.test(line))).length <= 1);
    }
  }
});

test("in a terminal long texts give way before columns do, and numbers stay whole", () => {
  const table = { id: ints(1), note: strings("x".repeat(60)), place: strings("y".repeat(60)), n: ints(1_234_567_890) };
  const [, names, , , cells] = linesOf(text(table, 80));
  assert.match(names ?? "", /id .* note .* place .* n /);
  assert.match(cells ?? "", /^│ {3}1 │ x+… │ y+… │ 1234567890 │$/);
  assert.equal(stringWidth(cells as string), 80);
  const [, narrow] = linesOf(text(table, 40));
  assert.match(narrow ?? "", /id │ … │ +n │$/);
});

test("a terminal of less than 20 columns gets a table of 20", () => {
  const [width] = widths(
    linesOf(
      text(
        numbered(9, () => strings("x".repeat(50))),
        3,
      ),
    ).slice(0, -3),
  );
  assert.equal(width, 20);
});

test("a table of one column too wide is shown all the same", () => {
  assert.match(text({ s: strings("x".repeat(500)) }), /x{39}…/);
  assert.match(text({ s: strings("x".repeat(500)) }, 30), /│ x{25}… │/);
});

test("what terminals draw in different widths is written in a form on which they agree", () => {
  const table = text({ s: strings("❤️", "1️⃣", "👍🏽", "🏳️‍🌈", "a\u00adb", "👨‍👩‍👧") }, 80);
  for (const form of ["❤ ", "1⃣ ", "👍 ", "🏳🌈 ", "a\\u00adb ", "👨‍👩‍👧 "]) assert.ok(table.includes(`│ ${form}`), form);
});

const terminal = await tmux();

/** Where the cursor of a terminal is after each line. */
async function cursorAfter(lines: readonly string[]): Promise<number[]> {
  using folder = tempFolder();
  const file = (name: string) => join(folder.path, name);
  writeFileSync(file("lines.json"), JSON.stringify(lines));
  writeFileSync(
    file("ask.cjs"),
    `const { readFileSync, writeFileSync } = require("node:fs");
    process.stdin.setRawMode(true).setEncoding("latin1");
    const column = () => new Promise((resolve) => {
      process.stdin.once("data", (answer) => resolve(Number(/;(\\d+)R/.exec(answer)[1]) - 1));
      process.stdout.write("\\x1b[6n");
    });
    (async () => {
      const columns = [];
      for (const line of JSON.parse(readFileSync("lines.json", "utf8"))) {
        process.stdout.write("\\r\\x1b[2K" + line);
        columns.push(await column());
      }
      writeFileSync("columns.json", JSON.stringify(columns));
      process.exit();
    })();`,
  );
  const socket = ["tmux", "-S", file("socket"), "-f", "/dev/null"];
  const command = `'${process.execPath}' ask.cjs; tmux wait-for -S asked`;
  const session = ["new-session", "-d", "-x", "200", "-y", "10", "-c", folder.path, command];
  await run([...socket, ...session, ";", "wait-for", "asked"]);
  await run([...socket, "kill-server"]);
  return JSON.parse(readFileSync(file("columns.json"), "utf8"));
}

test("in a real terminal nothing in a cell moves the lines right of it", { skip: terminal.skip }, async () => {
  const texts = [
    "日本語 ｱｲｳ ＡＢＣ 한국어 \u1112\u1161\u11ab",
    "👨‍👩‍👧 🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 👩🏽‍💻 🫱🏻‍🫲🏿",
    "❤️ ☂️ ➡️ ©️ 1️⃣ ⌚\ufe0e ❤️‍🔥 🏳️‍🌈 🕵️‍♂️ 👁️‍🗨️",
    "e\u0301 h\u0335\u0321 नमस्ते क्षि ที่นี่ நிலை",
    "مرحبا שלום a\u200cb a\u00adb a\u3164b a\u200bb",
    "a\tb\r\nc\u001b[31m\u0007\u009b31m\u2028\u202ex",
  ];
  const table = { text: strings(...texts), n: ints(...texts.keys()) };
  for (const columns of [20, 40, 120]) {
    const lines = linesOf(text(table, columns)).slice(0, -1);
    const [width] = widths(lines.slice(0, 1));
    assert.deepEqual(new Set(await cursorAfter(lines)), new Set([width]), lines.join("\n"));
  }
});

test("a table without rows or without columns is one", () => {
  assert.match(text({ n: ints() }), /│ +n │\n│ int │\n├─+┤\n└─+┘\n0 rows · 1 column/);
  assert.equal(text({}), "0 rows · 0 columns");
});
