import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { openHistory } from "../../../kernel/history/history.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { tmux } from "../../helpers/tmux.ts";
import { startRepl } from "./terminal-repl.ts";

const { skip } = tmux();

test("Enter begins another line while a cell is incomplete; Up brings all of it back, to be changed anywhere", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  // Line by line, as a person: many lines in one read are a paste, whose indents are its own.
  repl.type("function twice(x: number) {");
  repl.press("Enter");
  await repl.shows(/\.\.\.$/);
  repl.type("return 2 * x");
  repl.press("Enter");
  await repl.shows(/return 2 \* x\n {2}\.\.\.$/);
  repl.type("}");
  repl.press("Enter");
  const seen = await repl.enter("twice(21)", /^42\n\[3\] >$/m);
  const cell = "[1] > function twice(x: number) {\n  ...   return 2 * x\n  ... }\n";
  assert.equal(seen.slice(0, seen.indexOf("[3]")), `${cell}[2] > twice(21)\n42\n`);

  repl.press("Up", "Up");
  await repl.shows(/\[3\] > function twice\(x: number\) \{\n {2}\.\.\. {3}return 2 \* x\n {2}\.\.\. \}$/);
  repl.press("Up", "End", "BSpace");
  repl.type("100");
  repl.press("Up", "Home", "Down", "Up", "Down", "Down");
  await repl.cursorAt({ column: 6, row: 7 });
  repl.press("Enter");
  await repl.enter("twice(1)", /^200$/m);
});

test("what is pasted is one cell, whatever its lines; it may be higher than the terminal", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path, { rows: 12 });
  repl.paste("const a = 1\n\nconst b = 2\n\ta + b\n");
  await repl.shows(/a \+ b$/);
  assert.ok(!repl.screen().includes("[2]"));
  repl.press("Enter");
  await repl.shows(/^3\n\[2\] >$/m);

  // Unmarked too, where nothing is added to its indents; its last line break is Enter.
  repl.type("function g() {\r  if (1) {\r    return 8\r  }\r}\rg()\r");
  await repl.shows(
    /^\[2\] > function g\(\) \{\n {2}\.\.\. {3}if \(1\) \{\n {2}\.\.\. {5}return 8\n {2}\.\.\. {3}\}\n {2}\.\.\. \}\n {2}\.\.\. g\(\)\n8\n\[3\] >$/m,
  );

  const lines = Array.from({ length: 30 }, (_, i) => `const v${i} = ${i}`);
  repl.paste([...lines, "v29 + 1"].join("\r\n"));
  await repl.shows(/v29 \+ 1$/);
  repl.type("00");
  repl.press("Enter");
  await repl.shows(/^129\n\[4\] >$/m);
  const all = repl.screen({ history: true });
  for (const line of lines) assert.equal(all.split(`${line}\n`).length, 2, `"${line}" is seen once in:\n${all}`);
});

test("an invalid cell is run at once, and its error shows the user's line; code is highlighted while it is typed, and plain with NO_COLOR", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  repl.type("const s = `a $".concat("{1} /* b"));
  await repl.shows("/* b");
  const [magenta, green, yellow, none] = ["\u001b[35m", "\u001b[32m", "\u001b[33m", "\u001b[39m"];
  const painted = `${magenta}const${none} s = ${green}\`a \${${yellow}1${green}} /* b`;
  assert.ok(repl.screen({ colors: true }).includes(painted));
  repl.press("C-c");
  await repl.enter("const 1x = 2", /SyntaxError(.|\n)*cell \[1\]:1:(.|\n)*\[2\] >$/);
  await using plain = await startRepl(folder.path, { env: { NO_COLOR: "1" } });
  await plain.enter("({ a: 'x' })", /^\{ a: 'x' \}$/m);
  assert.ok(!plain.screen({ colors: true }).includes("\u001b"));
});

test("the cursor stands right among wide characters and combining marks, and in lines that wrap", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path, { columns: 20 });
  repl.type("'日本e\u0301x'");
  await repl.shows("x'");
  await repl.cursorAt({ column: 6 + 1 + 4 + 1 + 2, row: 0 });
  repl.press("Left", "Left", "Left", "BSpace");
  await repl.shows("'日e\u0301x'");
  await repl.cursorAt({ column: 6 + 1 + 2, row: 0 });
  repl.type("ab");
  await repl.shows("'日abe\u0301x'");
  repl.press("End", "Enter");
  await repl.shows(/^'日abe\u0301x'\n\[2\] >$/m);

  // "[2] > " and 14 characters fill the first row, to its end.
  repl.type("'0123456789abc");
  await repl.shows("[2] > '0123456789abc");
  await repl.cursorAt({ column: 0 });
  repl.type("defghi日本語");
  await repl.shows(/^defghi日本語$/m);
  repl.press("Home", "Right", "Right");
  await repl.cursorAt({ column: 8 });
  repl.type("__");
  await repl.shows("[2] > '0__123456789a\nbcdefghi日本語");
  repl.resize(40, 10);
  await repl.shows("[2] > '0__123456789abcdefghi日本語");
  repl.press("End");
  repl.type("'");
  repl.press("Enter");
  await repl.shows(/^'0__123456789abcdefghi日本語'\n\[3\] >$/m);
  assert.equal(repl.screen({ history: true }).split("[2] >").length, 2, "nothing of the narrow one is left");
  assert.ok(repl.screen({ history: true }).startsWith("[1] > '日"));
});

test("cells are kept in the history that kernels have, and are found there with Up and Ctrl-R", { skip }, async () => {
  using folder = tempFolder();
  const file = join(folder.path, "quern", "history.sqlite");
  const before = openHistory(file, assert.fail);
  before.add(1, "const needle = `a\nb`", undefined);
  before.add(2, "'other'", "'other'");
  before.close();

  await using repl = await startRepl(folder.path);
  await repl.enter("40 + 2", /^42$/m);
  await repl.shows("[2] >");
  repl.press("Up", "Up");
  await repl.shows(/\[2\] > 'other'$/);
  repl.press("Down", "Down");
  await repl.shows(/\[2\] >$/);
  repl.press("C-r");
  repl.type("eedle");
  await repl.shows(/\(reverse search\) eedle: const needle = `a\nb`$/);
  repl.press("Enter");
  await repl.shows("[3] >");
  await repl.enter("needle", /^'a\\nb'$/m);
  repl.press("C-r");
  repl.type("oth");
  await repl.shows(/^\(reverse search\) oth: 'other'$/m);
  await repl.cursorAt({ column: "(reverse search) oth: '".length });
  repl.type("x");
  await repl.shows(/\(failed reverse search\) othx: 'other'$/);
  await repl.cursorAt({ column: "(failed reverse search) othx: '".length });
  repl.press("Escape");
  await repl.shows(/\[4\] >$/);
  // What was typed narrows what Up finds.
  repl.type("40");
  repl.press("Up");
  await repl.shows(/\[4\] > 40 \+ 2$/);
  repl.press("C-c", "C-d");
  assert.equal(await repl.exited(), 0);

  const after = openHistory(file, assert.fail);
  const [first, second] = after.range(-1, 1, undefined);
  assert.deepEqual([first?.code, first?.output, second?.code], ["40 + 2", "42", "const needle = `a\nb`"]);
  after.close();
});
