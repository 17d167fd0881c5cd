import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { NotebookFolder } from "../../helpers/notebook-folder.ts";
import { SessionProcess } from "../../helpers/session-process.ts";

const folder = new NotebookFolder({});
let session: SessionProcess;
before(() => {
  session = new SessionProcess({ cwd: folder.path });
});
after(async () => {
  await session[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function result(cell: string): Promise<string | undefined> {
  const run = await session.run(cell);
  assert.equal(run.error, undefined, `${cell}\n${run.traceback}`);
  return run.result;
}

const message = async (cell: string): Promise<string> => (await session.run(cell)).error?.evalue ?? "";

/** What was missing when the cell ran first, and how it is installed then. */
const packages: {
  [what: string]: { cell: string; name: string; description?: object; files: { [path: string]: string } };
} = {
  "an ES module": {
    cell: 'import { now } from "late-esm"; now',
    name: "late-esm",
    description: { type: "module", exports: "./m.js" },
    files: { "m.js": "export const now = 1" },
  },
  "a subpath": {
    cell: 'import { now as sub } from "late-sub/deep"; sub',
    name: "late-sub",
    description: { exports: { "./deep": "./m.cjs" } },
    files: { "m.cjs": "exports.now = 1" },
  },
  "CommonJS that is required": {
    cell: 'require("late-cjs").now',
    name: "late-cjs",
    description: { main: "lib" },
    files: { "lib/index.js": "exports.now = 1" },
  },
  "an ES module that is required": {
    cell: 'require("@late/esm").now',
    name: "@late/esm",
    description: { type: "module", exports: "./m.js" },
    files: { "m.js": "export const now = 1" },
  },
};

for (const [what, { cell, name, description = {}, files }] of Object.entries(packages)) {
  test(`${what} of a package that has been installed since is found`, async () => {
    assert.ok((await message(cell)).startsWith(`Package "${name}" is not installed`));
    folder.install(name, description, files);
    assert.equal(await result(cell), "1");
  });
}

test("a package that others miss is found by them once it is installed", async () => {
  folder.install("asks-esm", { type: "module", exports: "./m.js" }, { "m.js": 'export { is } from "asked-for"' });
  folder.install("asks-cjs", {}, { "index.js": 'exports.is = require("asked-for").is' });
  folder.install("asks-later", {}, { "index.js": 'exports.is = () => require("asked-for").is' });
  folder.write({
    "lib/asks.ts": 'export { is } from "asked-for"',
    "lib/asks.cjs": 'exports.is = require("asked-for").is',
  });
  const cells = ["asks-esm", "asks-cjs", "./lib/asks.ts", "./lib/asks.cjs"].map(
    (from) => `(await import("${from}")).is`,
  );
  for (const cell of cells) {
    assert.match(await message(cell), /Package "asked-for", which .*asks.* imports, is not installed/);
  }
  assert.match(await message('(await import("asks-later")).is()'), /Cannot find module 'asked-for'/);
  folder.install(
    "asked-for",
    { exports: { import: "./m.mjs", require: "./c.cjs" } },
    { "m.mjs": "export const is = 'esm'", "c.cjs": "exports.is = 'cjs'" },
  );
  const found = [];
  for (const cell of [...cells, '(await import("asks-later")).is()']) found.push(await result(cell));
  assert.deepEqual(found, ["'esm'", "'cjs'", "'esm'", "'cjs'", "'cjs'"]);
});

test("a package stays as it was loaded; another version that is installed since is told of, once", async () => {
  folder.install("versioned", { version: "1.0.0" }, { "index.js": "exports.version = 1" });
  const cell = 'import { version } from "versioned"; version';
  assert.equal((await session.run(cell)).stderr, "");
  folder.install("versioned", { version: "2.0.0" }, { "index.js": "exports.version = 2" });
  const run = await session.run(cell);
  assert.equal(run.result, "1");
  assert.equal(
    run.stderr,
    '"versioned" 1.0.0 stays loaded; 2.0.0, which is installed now, is there after a restart.\n',
  );
  assert.equal((await session.run('require("versioned/index.js").version')).stderr, "");
});

test("JSON of a package needs no attribute", async () => {
  folder.install("has-json", {}, { "index.js": "", "data.json": '{ "answer": 42 }' });
  assert.equal(await result('import data from "has-json/data.json"; data.answer'), "42");
});

test("paths of tsconfig.json and decorators work from the first import on, wherever the working folder is", async () => {
  folder.write({
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./source/*"] }, "experimentalDecorators": true } }',
    "source/deep.ts": `import { base } from "@/base"
      function seen(target: any, key: string) { target.seen = key }
      export class Deep { @seen method() { return base } }`,
    "source/base.ts": "export enum Base { Value = 5 }; export const base = Base.Value",
  });
  await using fresh = new SessionProcess({ cwd: folder.path });
  await fresh.run('process.chdir("/")');
  const run = await fresh.run('import { Deep } from "@/deep"; const d: any = new Deep(); [d.method(), d.seen].join()');
  assert.equal(run.result, "'5,method'", run.traceback);
});

test("a workspace's package, which is a link to sources, is loaded as the sources are", async () => {
  const source = (value: number) => ({ "packages/linked/index.ts": `export enum Value { Is = ${value} }` });
  folder.write({ "packages/linked/package.json": '{ "name": "linked", "type": "module", "exports": "./index.ts" }' });
  folder.write(source(1));
  mkdirSync(join(folder.path, "node_modules"), { recursive: true });
  symlinkSync(join(folder.path, "packages/linked"), join(folder.path, "node_modules/linked"), "junction");
  await using fresh = new SessionProcess({ cwd: folder.path });
  assert.equal((await fresh.run('import { Value } from "linked"; Value.Is')).result, "1");
  folder.write(source(2));
  assert.equal((await fresh.run('import { Value } from "linked"; Value.Is')).result, "2");
});
