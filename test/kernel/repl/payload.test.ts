import assert from "node:assert/strict";
import test from "node:test";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { tmux } from "../../helpers/tmux.ts";
import { startRepl } from "./terminal-repl.ts";

const { skip } = tmux();

test("a cell that ends in a question about a name runs, and shows what is known", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  repl.paste("const answer = 42\nanswer?");
  repl.press("Enter");
  await repl.shows(/^answer: number = 42$/m);
  await repl.shows(/\[2\] >$/);
});

test("two question marks show the source of what a cell made", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter("const twice = (x: number) => 2 * x", /\[2\] >$/);
  await repl.enter("twice??", /^const twice = \(x: number\) => 2 \* x$/m);
});

test("what setNextInput gives stands in the next prompt, ready to be run", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter("setNextInput('6 * 7')", /\[2\] > 6 \* 7$/);
  repl.press("Enter");
  assert.match(await repl.shows(/\[3\] >$/), /^42$/m);
});
