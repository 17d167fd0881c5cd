import assert from "node:assert/strict";
import test from "node:test";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { startInTerminal, tmux } from "../../helpers/tmux.ts";
import { quern } from "./terminal-repl.ts";

const { skip } = tmux();

/** A command line in which $q is `quern repl`; behind it the exit code is shown. */
function shell(line: string, data: string) {
  const script = `set -o pipefail; ${line}; echo "code $?"`;
  const env = { XDG_DATA_HOME: data, TERM: "xterm-256color" };
  return startInTerminal(["bash", "-c", script.replaceAll("$q", '"$0" "$1" repl'), process.execPath, quern], { env });
}

test("results go into a pipe while the cells are typed", { skip }, async () => {
  using folder = tempFolder();
  await using terminal = shell("$q | sed 's/^/piped: /'", folder.path);
  await terminal.shows("cells are read until Ctrl-D, and run then.");
  terminal.type("const a = 41");
  terminal.press("Enter");
  terminal.type("a + 1");
  terminal.press("Enter", "C-d");
  await terminal.shows(/^piped: 42\ncode 0$/m);
});

test("what comes from a pipe is shown as fits the terminal", { skip }, async () => {
  using folder = tempFolder();
  await using terminal = shell("echo 'range(2)' | $q", folder.path);
  await terminal.shows(/│ +1 │\n└─+┘\n2 rows · 1 column\ncode 0$/);
});

test("code from the command line may ask where a person sits; Ctrl-C is no answer", { skip }, async () => {
  using folder = tempFolder();
  await using terminal = shell(`$q -e '"got " + prompt("Name? ")' | cat; $q -e 'prompt("Again? ")'`, folder.path);
  await terminal.shows(/^Name\?$/m);
  terminal.type("Bob");
  terminal.press("Enter");
  await terminal.shows(/^Name\? Bob\n'got Bob'\n/m);
  await terminal.shows(/^Again\?$/m);
  terminal.press("C-c");
  await terminal.shows(/interrupted\n(.|\n)*code 130$/);
});

test("with TERM=dumb cells are typed line by line; Ctrl-C ends the cell or what is typed, Ctrl-D leaves", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using terminal = shell("TERM=dumb $q", folder.path);
  const enter = (line: string) => {
    terminal.type(line);
    terminal.press("Enter");
  };
  await terminal.shows(/^\[1\] >$/);
  enter("function twice(n: number) {");
  await terminal.shows(/^ {2}\.\.\.$/m);
  enter("return 2 * n }");
  await terminal.shows(/^\[2\] >$/m);
  enter('twice(Number(prompt("How many? ")))');
  await terminal.shows(/^How many\?$/m);
  enter("21");
  await terminal.shows(/^42\n\[3\] >$/m);
  enter("console.log('up'); while (true) {}");
  await terminal.shows(/^up$/m);
  terminal.press("C-c");
  await terminal.shows(/interrupted(.|\n)*\n\[4\] >$/);
  enter("half (");
  await terminal.shows(/\n {2}\.\.\.$/);
  terminal.press("C-c");
  await terminal.shows(/\n\[4\] >$/);
  assert.ok(!terminal.screen({ colors: true }).includes("\u001b"));
  terminal.press("C-d");
  await terminal.shows(/code 0$/);
});
