import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { type CodeCell, isCode } from "../../../kernel/notebook/nbformat.ts";
import { readNotebook } from "../../../kernel/notebook/read.ts";
import { pythonEnv } from "../../helpers/python-env.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { tmux } from "../../helpers/tmux.ts";
import { startRepl } from "./terminal-repl.ts";

const { skip } = tmux();
const python = pythonEnv();

test(".save writes the session as a notebook with its outputs, and .load runs one", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path, { cwd: folder.path, columns: 120 });
  writeFileSync(join(folder.path, "my job.ts"), "// %% [markdown]\n// # Title\n// %%\nconst a = 1\n\n// %%\na + 1\n");
  await repl.enter('.save "my job.ts"', /There are no cells yet: nothing is saved\.\n\[1\] >$/);
  await repl.enter(".load my job.ts", /load my job\.ts\n\[1\] > const a = 1\n\[2\] > a \+ 1\n2\n\[3\] >$/);
  await repl.enter("console.log('printed'); a + 2", /^3\n\[4\] >$/m);
  await repl.enter("range(2)", /^2 rows(.|\n)*\[5\] >$/m);
  await repl.enter("(null as any).x", /TypeError(.|\n)*\[6\] >$/);
  const file = join(folder.path, "my work.ipynb");
  await repl.enter('.save "my work.ipynb"', `Saved 5 cells to ${file}`);
  const cells = readNotebook(file).cells.filter(isCode);
  assert.deepEqual(
    cells.map(({ source, execution_count, outputs }) => [source, execution_count, outputs.map((o) => o.output_type)]),
    [
      ["const a = 1", 1, []],
      ["a + 1", 2, ["execute_result"]],
      ["console.log('printed'); a + 2", 3, ["stream", "execute_result"]],
      ["range(2)", 4, ["execute_result"]],
      ["(null as any).x", 5, ["error"]],
    ],
  );
  const [output] = (cells[3] as CodeCell).outputs;
  assert.ok(output?.output_type === "execute_result" && "text/html" in output.data);
  if (!python.skip) {
    const check = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))";
    execFileSync(python.path, ["-c", check, file]);
  }

  // What the session has written itself, it may write again; and no other file unless told to.
  await repl.enter('.save "my work.ipynb"', /(Saved 5 cells (.|\n)*){2}\[6\] >$/);
  writeFileSync(join(folder.path, "again.ts"), "mine");
  const refusal = `${join(folder.path, "again.ts")} exists already, and is not of this session: .save --force again.ts`;
  const seen = await repl.enter(".save again.ts", /replaces it\.\n\[6\] >$/);
  assert.ok(seen.replaceAll("\n", "").includes(refusal.replaceAll("\n", "")), seen);
  assert.equal(readFileSync(join(folder.path, "again.ts"), "utf8"), "mine");
  await repl.enter(".save --force again.ts", `Saved 5 cells to ${join(folder.path, "again.ts")}`);
  assert.deepEqual(
    readNotebook(join(folder.path, "again.ts")).cells.map(({ source }) => source),
    cells.map(({ source }) => source),
  );
  await repl.enter(".save nowhere/x.ipynb", /x\.ipynb\n.*nowhere.*\n\[6\] >$/);
  await repl.enter(".save x.txt", /x\.txt is no notebook by its name/);
  await repl.enter(".save", ".save needs a file: .save work.ipynb");
  assert.ok(!existsSync(join(folder.path, "x.txt")));
  await repl.enter(".load gone.ts", /there is no file .*gone\.ts/);
  await repl.enter(".load again.ts", /TypeError(.|\n)*cell \[10\](.|\n)*\[11\] >$/);
});

test("commands are listed by .help; an unknown one is answered with what is like it", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  const help = await repl.enter(".help", /Ctrl-D leaves\.\n\[1\] >$/);
  for (const name of [".help", ".load FILE", ".save FILE", ".clear", ".exit", "name?"])
    assert.ok(help.includes(name), name);
  await repl.enter(".laod x.ts", 'There is no command ".laod". Did you mean ".load"? ".help" lists them.\n[1] >');
  repl.type(".clear");
  repl.press("Enter");
  await repl.until((seen) => seen === "[1] >", "nothing but the prompt");
  await repl.enter(".5 + .5", /^1\n\[2\] >$/m);
});

test("name? tells what a name stands for, before the first cell too", { skip }, async () => {
  using folder = tempFolder();
  await using repl = await startRepl(folder.path);
  await repl.enter("read?", /^read: (.|\n)*\[1\] >$/m);
  await repl.enter("const flights = { delayed: 1 }", "[2] >");
  await repl.enter("flights.delayed?", /^flights\.delayed: number = 1\n\[2\] >$/m);
  await repl.enter("nothing?", /^Nothing is known of "nothing"\.\n\[2\] >$/m);
});
