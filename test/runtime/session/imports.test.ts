import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SessionProcess } from "../../helpers/session-process.ts";

let root: string;
let folder: string;
let session: SessionProcess;

const files: { [path: string]: string } = {
  "local.ts": `
    import { helper } from "./lib/helper"
    export enum Size { Small = 1, Large }
    export const doubled = (n: number): number => helper(n) * 2
    export class Private { constructor(private readonly n: number) {} get() { return this.n } }
    export default "the default"
    export type OnlyType = string
    export function fails(text: string): never {
      type Unused = { a: number }
      throw new Error("in local: " + text)
    }`,
  "lib/helper.ts": "export function helper(n: number) { return n + 1 }",
  "usesQuern.ts": `
    import { F, spark } from "quern"
    export { F, spark }
    export const check = (other: unknown) => other === spark`,
  "data.json": '{ "answer": 42 }',
  "common.cjs": "exports.value = 1; exports['comp' + 'uted'] = 2; exports.folder = __dirname",
  "node_modules/quern/package.json": '{ "name": "quern", "version": "99.0.0", "main": "index.js" }',
  "node_modules/quern/index.js": "exports.wrong = true",
  "node_modules/esm-package/package.json": '{ "name": "esm-package", "type": "module", "exports": "./index.js" }',
  "node_modules/esm-package/index.js":
    'import { spark } from "quern"; export { spark }; export let counted = 0; export default { from: "esm" }',
  "node_modules/cjs-package/package.json": '{ "name": "cjs-package", "main": "index.js" }',
  "node_modules/cjs-package/index.js":
    'const { spark } = require("quern"); module.exports = { plain: 1, spark }; module.exports["late" + ""] = 2',
  "node_modules/needs-more/package.json": '{ "name": "needs-more", "main": "index.mjs" }',
  "node_modules/needs-more/index.mjs": 'import "not-there"',
};

before(async () => {
  root = await mkdtemp(join(tmpdir(), "quern session-"));
  folder = join(root, "Notizbücher 🙂 #1");
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  session = new SessionProcess({ cwd: folder });
});
after(async () => {
  await session[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

async function result(cell: string): Promise<string | undefined> {
  const run = await session.run(cell);
  assert.equal(run.error, undefined, `${cell}\n${run.traceback}`);
  return run.result;
}

test('what is preloaded is exported by "quern" too, as the same', async () => {
  assert.equal(
    await result(
      'import * as quern from "quern"; import { display as show } from "quern"; show("shown"); ["display", "clearOutput", "html", "md", "svg", "prompt", "confirm", "count"].filter((name) => quern[name] !== globalThis[name])',
    ),
    "[]",
  );
});

test("static imports of every form set names", async () => {
  await result('import fs, { basename as base } from "node:path"; import * as os from "node:os"; import "node:url"');
  assert.equal(await result('[typeof fs.join, base("/a/b"), typeof os.cpus].join()'), "'function,b,function'");
  assert.equal(await result('import { default as path } from "path"; path === fs'), "true");
  assert.equal(await result('join("a", "b")\nimport { join } from "node:path"\njoin("c", "d")'), "'c/d'");
});

test("an import can take the name of anything, and anything its name", async () => {
  assert.equal(await result("const sep = 1; sep"), "1");
  assert.equal(await result('import { sep } from "node:path"; sep'), "'/'");
  assert.equal(await result("let sep = 2; sep"), "2");
  assert.equal(await result('import { URL } from "node:url"; URL.name'), "'URL'");
});

test("JSON is imported with its attribute", async () => {
  assert.equal(await result('import data from "./data.json" with { type: "json" }; data.answer'), "42");
  assert.equal(await result('(await import("./data.json", { with: { type: "json" } })).default.answer'), "42");
});

test("types are imported without a trace", async () => {
  assert.equal(
    await result('import type { OnlyType } from "./local.ts"; import { type Stats } from "node:fs"; 1'),
    "1",
  );
  assert.equal(await result('import { OnlyType as Alias, Size } from "./local.ts"; const t: Alias = "x"; t'), "'x'");
});

test("local TypeScript works: enums, parameter properties, imports without extension", async () => {
  assert.equal(
    await result(
      'import text, { doubled, Size, Private } from "./local.ts"; [text, doubled(1), Size.Large, new Private(5).get()].join()',
    ),
    "'the default,4,2,5'",
  );
  assert.equal(await result('import { doubled as again } from "./local"; again === doubled'), "true");
  assert.equal(await result('const { helper } = await import("./lib/helper"); helper(1)'), "2");
});

test("CommonJS works, with names that Node does not see, and require", async () => {
  assert.equal(await result('import { value, computed } from "./common.cjs"; [value, computed].join()'), "'1,2'");
  assert.equal(
    await result('import cjs, { plain, late } from "cjs-package"; [cjs.plain, plain, late].join()'),
    "'1,1,2'",
  );
  assert.equal(await result('require("./common.cjs").folder === __dirname && require("cjs-package").plain'), "1");
  assert.equal(await result("require.resolve('cjs-package').startsWith(__dirname)"), "true");
});

test("import.meta tells of the notebook's folder", async () => {
  const expected = JSON.stringify([folder, pathToFileURL(join(folder, "x.ts")).href]);
  assert.equal(await result('JSON.stringify([import.meta.dirname, import.meta.resolve("./x.ts")])'), `'${expected}'`);
  assert.equal(await result("[typeof import.meta.url, typeof import.meta.filename].join()"), "'string,string'");
});

test("quern is the running one for cells, local modules and packages, whatever node_modules holds", async () => {
  assert.equal(await result('import { spark as s } from "quern"; s === spark'), "true");
  assert.equal(await result('import { check } from "./usesQuern.ts"; check(spark)'), "true");
  assert.equal(await result('import { spark as fromEsm } from "esm-package"; fromEsm === spark'), "true");
  assert.equal(await result('require("cjs-package").spark === spark && require("quern").spark === spark'), "true");
  assert.equal(await result('(await import("quern")).spark === spark'), "true");
  assert.equal(await result('import { F as f } from "./usesQuern.ts"; f === F'), "true");
});

test("an import() in text that a cell evaluates resolves from the notebook's folder", async () => {
  assert.equal(await result("(await (0, eval)('import(\"node:path\")')).sep"), "'/'");
});

test("a missing package is named, with the folder and the command", async () => {
  const { error, traceback } = await session.run('const before = 1\nimport { chunk } from "lodash/fp"');
  assert.ok(error?.evalue.includes(folder));
  assert.match(error?.evalue ?? "", /^Package "lodash" is not installed: .* %npm install lodash$/);
  assert.match(traceback, /cell \[\d+\]:2:1/);
  const scoped = await session.run('await import("@scope/pkg/sub")');
  assert.match(scoped.error?.evalue ?? "", /%npm install @scope\/pkg$/);
  assert.match(
    (await session.run('import "needs-more"')).error?.evalue ?? "",
    /"not-there", which .*needs-more.* imports/,
  );
  assert.match((await session.run('import "fss"')).error?.evalue ?? "", /Did you mean "node:fs"\?/);
});

test("a package that has been installed since is found", async () => {
  assert.equal((await session.run('import { now } from "later-package"')).error?.ename, "QuernError");
  await mkdir(join(folder, "node_modules/later-package"));
  await writeFile(
    join(folder, "node_modules/later-package/package.json"),
    '{ "name": "later-package", "main": "m.js" }',
  );
  await writeFile(join(folder, "node_modules/later-package/m.js"), "exports.now = 1");
  assert.equal(await result('import { now } from "later-package"; now'), "1");
});

test("a missing file is named, with the nearest", async () => {
  const { error } = await session.run('import "./locl.ts"');
  assert.match(error?.evalue ?? "", /there is no file .*locl\.ts\. Did you mean "local\.ts"\?/);
});

test("a missing export fails where it is used, with the nearest name", async () => {
  const { error, traceback } = await session.run('import { dubled } from "./local.ts"\n\ndubled(1)');
  assert.equal(error?.evalue, '"./local.ts" does not export "dubled". Did you mean "doubled"?');
  assert.match(traceback, /cell \[\d+\]:3:1/);
  assert.equal(await result('import { OnlyType } from "./local.ts"'), undefined);
  assert.equal(await result("const OnlyType = 1; OnlyType"), "1");
});

test("an error in a local module shows its file and line", async () => {
  const { traceback } = await session.run('import { fails } from "./local.ts"\nfails("x")');
  assert.match(traceback, /in local: x/);
  assert.ok(traceback.includes(`at fails (${join(folder, "local.ts")}:10:13)`), traceback);
  assert.match(traceback, /at cell \[\d+\]:2:1/);
  assert.doesNotMatch(traceback, /node:internal|tsx|runtime\/session/);
});

test("a syntax error in a local module names the file", async () => {
  await writeFile(join(folder, "broken.ts"), "export const = 1");
  const { traceback } = await session.run('import "./broken.ts"');
  assert.match(traceback, /broken\.ts/);
});

test("a file is an ES module or CommonJS as it is written, also where no package.json says so", async () => {
  const texts = {
    "esm.js": "export default { is: 'esm' }",
    "awaits.ts": "const n: number = await 1; (globalThis as any).awaited = n",
    "equals.ts": "import path = require('node:path'); export = { is: typeof path.join }",
    "writes.js": "module.exports = { is: `\nexport default 1` }",
    "enums.ts": "enum Is { Cjs = 'cjs' }\nmodule.exports = { is: Is.Cjs }",
    "npm-init/esm.ts": "import path from 'node:path'; export default path.basename('/a/esm')",
    "npm-init/cjs.ts": "import path from 'node:path'; exports.is = path.basename(__filename)",
  };
  await mkdir(join(folder, "npm-init"));
  await writeFile(join(folder, "npm-init/package.json"), '{ "type": "commonjs" }');
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  assert.equal(await result('import esm from "./esm.js"; esm.is'), "'esm'");
  assert.equal(await result('import "./awaits.ts"; awaited'), "1");
  assert.equal(await result('import equals from "./equals.ts"; equals.is'), "'function'");
  assert.equal(await result('import writes from "./writes.js"; writes.is.trim()'), "'export default 1'");
  assert.equal(await result('import enums from "./enums.ts"; enums.is + require("./enums.ts").is'), "'cjscjs'");
  assert.equal(await result('import inEsm from "./npm-init/esm.ts"; inEsm'), "'esm'");
  assert.equal(await result('import inCjs from "./npm-init/cjs.ts"; inCjs.is'), "'cjs.ts'");
});

test("what fails while a module loads is at its line, imported or required, ES module or CommonJS", async () => {
  const lines = "type Unused = 1\n\nconst n: Unused = 1\n  throw new Error(String(n))";
  await writeFile(join(folder, "topEsm.ts"), lines);
  await writeFile(join(folder, "topCjs.ts"), `exports.a = 1; ${lines}`);
  for (const cell of [
    'import "./topEsm.ts"',
    'import "./topCjs.ts"',
    'require("./topEsm.ts")',
    'require("./topCjs.ts")',
  ]) {
    const { traceback } = await session.run(cell);
    assert.match(traceback, /at .*Notizbücher 🙂 #1\/top(Esm|Cjs)\.ts:4:9/);
    assert.match(traceback, /at (async )?cell \[\d+\]:1:1/);
  }
});

test("require.resolve and messages name files as they are, also those that were loaded anew", async () => {
  await writeFile(join(folder, "resolved.ts"), "export const a = await 1");
  await result('import "./resolved.ts"');
  await writeFile(join(folder, "resolved.ts"), "export const a = await 2");
  const { error } = await session.run('require("./resolved.ts")');
  assert.match(error?.evalue ?? "", /top-level await.*\n.*resolved\.ts\n/);
  assert.equal(await result('require.resolve("./resolved.ts")'), `'${join(folder, "resolved.ts")}'`);
});

test("a module may throw anything", async () => {
  await writeFile(join(folder, "nothing.ts"), "throw null");
  assert.equal((await session.run('import "./nothing.ts"')).error?.evalue, "null");
  assert.equal((await session.run('require("./nothing.ts")')).error?.evalue, "null");
});
