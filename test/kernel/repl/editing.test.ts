import assert from "node:assert/strict";
import test from "node:test";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { tmux } from "../../helpers/tmux.ts";
import { startRepl } from "./terminal-repl.ts";

const { skip } = tmux();

test("Enter goes on while a cell is incomplete and runs it when it is complete; Up brings all of it back", {
  skip,
}, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  repl.type("function twice(x: number) {");
  repl.press("Enter");
  repl.type("return 2 * x");
  repl.press("Enter");
  repl.type("}");
  repl.press("Enter");
  const seen = await repl.enter("twice(21)", /^42$/m);
  assert.match(
    seen,
    /^\[1\] > function twice\(x: number\) \{\n {2}\.\.\. {3}return 2 \* x\n {2}\.\.\. \}\n\[2\] > twice\(21\)\n42\n\[3\] >/,
  );

  repl.press("Up", "Up");
  await repl.shows(/\[3\] > function twice\(x: number\) \{\n {2}\.\.\. {3}return 2 \* x\n {2}\.\.\. \}$/);
  // Within the text to its second line, whose end is changed.
  repl.press("Up", "End", "BSpace");
  repl.type("100");
  repl.press("Enter");
  await repl.enter("twice(1)", /^200$/m).catch(() => undefined);
  assert.match(repl.screen(), /return 2 \* 100/);
});
