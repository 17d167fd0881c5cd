import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { install } from "../../install.ts";
import { allEnded } from "../helpers/processes.ts";
import { run } from "../helpers/program.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { shownIn, writeCells } from "./notebook/run/quern-run.ts";

const python = pythonEnv();

/** Runs papermill with folders of its own; the notebook names the kernel. */
async function papermill(folder: string, notebook: string, ...args: string[]) {
  const out = join(folder, "out.ipynb");
  const [data, runtime, tmp] = ["data", "runtime", "tmp"].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [runtime, tmp]) mkdirSync(path, { recursive: true });
  install(data);
  const env = {
    ...process.env,
    JUPYTER_DATA_DIR: data,
    JUPYTER_RUNTIME_DIR: runtime,
    TMPDIR: tmp,
    XDG_DATA_HOME: folder,
  };
  const { code, err } = await run([python.path, "-m", "papermill", notebook, out, ...args], { env });
  return { code, err, out, left: () => [runtime, tmp].map((path) => readdirSync(path)) };
}

test("papermill runs notebooks with the kernel, up to the cell that fails, and nothing of the kernel stays", {
  skip: python.skip,
  timeout: 300_000,
}, async () => {
  using folder = tempFolder();
  const notebook = writeCells(folder.path, [
    "console.log('one')",
    "console.log(6 * 7)",
    "throw new RangeError('two')",
    "'never'",
  ]);
  const { code, err, out, left } = await papermill(folder.path, notebook);
  assert.equal(code, 1, err);
  assert.match(err, /RangeError: two/);
  // Papermill puts notes of its own beside the cell.
  assert.deepEqual(shownIn(out), [["stdout: one\n"], ["stdout: 42\n"], ["error: RangeError: two"], []]);
  await allEnded(folder.path);
  assert.deepEqual(left(), [[], []]);
});

test("papermill writes parameters as C#, which suits texts, numbers and booleans, since it knows no TypeScript", {
  skip: python.skip,
  timeout: 300_000,
}, async () => {
  using folder = tempFolder();
  const notebook = writeCells(folder.path, [
    { source: "const day = 'none', share = 0, top = 0, full = false", tags: ["parameters"] },
    "console.log(JSON.stringify([day, share, top, full]))",
  ]);
  const given = ["-p", "day", 'it\'s "late"\\ `one` ü', "-p", "share", "0.5", "-p", "top", "-3", "-p", "full", "True"];

  const refused = await papermill(folder.path, notebook, ...given);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /No parameter translator functions specified for kernel 'quern' or language 'typescript'/);

  const { code, err, out } = await papermill(folder.path, notebook, ...given, "--language", ".net-csharp");
  assert.equal(code, 0, err);
  const [, , [shown] = []] = shownIn(out);
  assert.equal(shown, `stdout: ${JSON.stringify(['it\'s "late"\\ `one` ü', 0.5, -3, true])}\n`);
});
