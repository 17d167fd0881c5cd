import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { realKernel } from "../helpers/jupyter-client.ts";
import { allEnded } from "../helpers/processes.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { startInTerminal, tmux } from "../helpers/tmux.ts";

const python = pythonEnv();

test("jupyter console runs cells, asks, pages, completes and interrupts", {
  skip: python.skip || tmux().skip,
}, async () => {
  using folder = tempFolder();
  const home = folder.path;
  const spec = join(home, "kernels", "quern-under-test");
  mkdirSync(spec, { recursive: true });
  const argv = [process.execPath, realKernel, "{connection_file}"];
  const mark = `kernel in ${home}`;
  const env = { QUERN_TEST: mark };
  const kernelspec = { argv, env, display_name: "Quern", language: "typescript", interrupt_mode: "message" };
  writeFileSync(join(spec, "kernel.json"), JSON.stringify(kernelspec));
  const runtime = join(home, "runtime");
  const paths = {
    JUPYTER_RUNTIME_DIR: runtime,
    JUPYTER_PATH: home,
    XDG_DATA_HOME: home,
    HOME: home,
    IPYTHONDIR: home,
    TMPDIR: home,
  };
  // A console that was not answered in time asks no more whether a cell is complete.
  const patience = "--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=60";
  const program = [join(dirname(python.path), "jupyter-console"), "--kernel=quern-under-test", patience];
  await using terminal = startInTerminal(program, { columns: 100, rows: 50, env: paths });
  const enter = (code: string) => {
    terminal.type(code);
    terminal.press("Enter");
  };

  await terminal.shows("In [1]:");
  enter("const answer: number = 6 * 7");
  await terminal.shows("In [2]:");
  enter("function twice(x: number) {");
  await terminal.shows(/\.\.\.:$/);
  enter("return 2 * x }");
  await terminal.shows("In [3]:");
  enter("twice(answer)");
  await terminal.shows("Out[3]: 84");
  enter("answer?");
  await terminal.shows("answer: number = 42");
  await terminal.shows("In [5]:");
  enter('input("Who? ")');
  await terminal.shows(/^Who\?/m);
  enter("Ada");
  await terminal.shows("Out[5]: 'Ada'");
  enter('setNextInput("answer + 1")');
  await terminal.shows("In [7]: answer + 1");
  terminal.press("Enter");
  await terminal.shows("Out[7]: 43");
  await terminal.shows("In [8]:");
  terminal.type("Math.ab");
  terminal.press("Tab");
  await terminal.shows("In [8]: Math.abs");
  enter("(-3)");
  await terminal.shows("Out[8]: 3");
  await terminal.shows("In [9]:");
  enter('console.log("loops"); for (;;) {}');
  await terminal.shows(/^loops$/m);
  terminal.press("C-c");
  await terminal.shows("KeyboardInterrupt");
  await terminal.shows("In [10]:");
  enter("answer");
  await terminal.shows("Out[10]: 42");
  await terminal.shows("In [11]:");
  enter('throw new RangeError("too far")');
  await terminal.shows("RangeError: too far");
  await terminal.shows("In [12]:");
  terminal.press("C-d");
  await terminal.shows("Do you really want to exit");
  enter("y");
  assert.equal(await terminal.exited(), 0);
  await allEnded(mark);
  assert.deepEqual(readdirSync(runtime), []);
});
