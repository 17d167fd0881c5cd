import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import type { Cell } from "../helpers/notebook.ts";
import { sparkParts, startSpark } from "../helpers/spark-server.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { checkedQuernRun } from "../kernel/notebook/run/quern-run.ts";

const root = resolve(import.meta.dirname, "../..");
const { skip, path: python } = sparkParts();

test("the tour runs unchanged on a Spark server that works in its folder", { skip }, async () => {
  using folder = tempFolder();
  const work = join(folder.path, "notebooks");
  mkdirSync(work);
  const notebook = join(work, "tour.ipynb");
  const out = join(work, "out.ipynb");
  cpSync(join(root, "notebooks/tour.ipynb"), notebook);
  symlinkSync(join(root, "node_modules"), join(folder.path, "node_modules"));
  const server = await startSpark(python, {}, work);
  try {
    const { code, err } = await checkedQuernRun(notebook, "--engine", server.address, "--out", out);
    assert.equal(code, 0, err);
  } finally {
    await server.stop();
  }
  const { cells } = JSON.parse(readFileSync(out, "utf8")) as { cells: Cell[] };
  const shown = (id: string) => JSON.stringify(cells.find((cell) => cell.id === id)?.outputs);
  assert.match(shown("read"), /destination.*Spark at 127/);
  assert.match(shown("late"), /hour.*flights.*delay/);
  assert.match(shown("cached"), /from the cache/);
  assert.match(shown("redeclare"), /7 months; and 0\.1 \+ 0\.2 is 0\.3/);
  for (const chart of ["bar", "histogram", "line"]) assert.match(shown(chart), /image\/png/, chart);
  assert.match(shown("errors"), /dealy.*Did you mean 'delay'/);
});
