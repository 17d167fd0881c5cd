import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { install, specFolder } from "../../../install.ts";
import { run } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const entry = resolve(import.meta.dirname, "../../../kernel/cli/quern.js");
// Its own data folder, and no Jupyter on the PATH, whatever this machine has.
const doctor = (data: string, env: NodeJS.ProcessEnv = {}) =>
  run([process.execPath, entry, "doctor"], { env: { PATH: "/nowhere", JUPYTER_DATA_DIR: data, ...env } });
const line = (out: string, name: string) => out.split("\n").find((line) => line.includes(` ${name} `));

test("doctor finds Node and the native parts, and says that the kernel can run", async () => {
  using folder = tempFolder();
  install(folder.path);
  const { code, out } = await doctor(folder.path);
  assert.equal(code, 0, out);
  for (const name of ["Node, running", "Node, bundled", "zeromq", "DuckDB", "oxc-parser", "esbuild", "resvg"]) {
    assert.match(line(out, name) ?? "", /^ok /, name);
  }
  assert.match(line(out, "Type check") ?? "", /^ok .*TypeScript \d/);
  assert.match(out, /\nThe kernel can run\.\n$/);
});

test("what is missing but not needed is called absent, with the remedy", async () => {
  using folder = tempFolder();
  const { code, out } = await doctor(folder.path, { CHROMIUM: "/nowhere/chromium" });
  assert.equal(code, 0);
  assert.match(line(out, "Python") ?? "", /^absent .*needed for JupyterLab/);
  assert.match(line(out, "Kernel, registered") ?? "", /^absent .*not yet/);
  assert.match(out, /→ npx quern install/);
  assert.match(line(out, "Chromium") ?? "", /^absent .*\/nowhere\/chromium/);
});

test("a kernelspec that starts a Node that is gone is broken, and the exit code says so", async () => {
  using folder = tempFolder();
  const file = join(specFolder(folder.path), "kernel.json");
  install(folder.path);
  const spec = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...spec, argv: ["/gone/node", ...spec.argv.slice(1)] }));
  const { code, out } = await doctor(folder.path);
  assert.equal(code, 1);
  assert.match(line(out, "Kernel, registered") ?? "", /^BROKEN .*starts \/gone\/node, which is not there/);
  assert.match(out, /\n1 of these must be mended\.\n$/);
});

test("a damaged kernelspec is broken, too", async () => {
  using folder = tempFolder();
  install(folder.path);
  writeFileSync(join(specFolder(folder.path), "kernel.json"), '{ "argv": [');
  const { code, out } = await doctor(folder.path);
  assert.equal(code, 1);
  assert.match(line(out, "Kernel, registered") ?? "", /^BROKEN .*kernel\.json is not a kernelspec/);
});

test("there are no colours where nobody can see them", async () => {
  using folder = tempFolder();
  const { out } = await doctor(folder.path);
  assert.ok(!out.includes("\u001b"));
});
