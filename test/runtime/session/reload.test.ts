import assert from "node:assert/strict";
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

test("a module that changed is loaded anew at the next import, and what came from the old one stays", async () => {
  folder.write({ "model.ts": "export class Model { says() { return 'old' } }" });
  await result('import { Model } from "./model.ts"; const first = new Model(); const Old = Model');
  folder.write({ "model.ts": "export class Model { says() { return 'new' } }" });
  assert.equal(await result("new Model().says()"), "'old'");
  assert.equal(
    await result('import { Model } from "./model.ts"; [new Model().says(), first.says(), first instanceof Old].join()'),
    "'new,old,true'",
  );
});

test("what imports a changed module is loaded anew, over any number of steps; all else stays the same", async () => {
  folder.write({
    "top.ts": 'export * from "./middle"; export { n as again } from "./middle.ts"; export const top = {}',
    "middle.ts": 'import { n } from "./deep/bottom"; export { n }; export const middle = {}',
    "deep/bottom.ts": "export const n: number = 1",
    "beside.ts": "export const beside = {}",
  });
  await result('import * as a from "./top.ts"; import * as b from "./beside.ts"; import * as m from "./middle"');
  folder.write({ "deep/bottom.ts": "export const n: number = 2" });
  await result('import * as a2 from "./top.ts"; import * as b2 from "./beside.ts"; import * as m2 from "./middle"');
  assert.equal(await result("[a.n, a2.n, a2.again, m2.n].join()"), "'1,2,2,2'");
  assert.equal(
    await result("[a2 === a, b2 === b, a2.middle === m2.middle, m2 === m].join()"),
    "'false,true,true,false'",
  );
  assert.equal(await result('import * as a3 from "./top.ts"; a3 === a2'), "true");
});

test("a module that is saved without a change stays the same, whatever its time says", async () => {
  folder.write({ "saved.ts": "export const value = {}" });
  folder.date("saved.ts", new Date("2020-01-01"));
  await result('import { value } from "./saved.ts"; const before = value');
  folder.write({ "saved.ts": "export const value = {}" });
  assert.equal(await result('import { value } from "./saved.ts"; value === before'), "true");
  folder.date("saved.ts", new Date("2021-01-01"));
  assert.equal(await result('import { value } from "./saved.ts"; value === before'), "true");
});

test("a module that no longer imports another is not loaded anew with it", async () => {
  folder.write({ "needs.ts": 'import "./needed.ts"; export const one = {}', "needed.ts": "export const a = 1" });
  await result('import { one } from "./needs.ts"');
  folder.write({ "needs.ts": "export const one = {}" });
  await result('import { one } from "./needs.ts"; const alone = one');
  folder.write({ "needed.ts": "export const a = 2" });
  assert.equal(await result('import { one } from "./needs.ts"; one === alone'), "true");
});

test("modules that import each other are loaded anew together", async () => {
  folder.write({
    "ping.ts":
      'import { pong } from "./pong.ts"; export const ping = (n: number): string => (n ? pong(n - 1) : "ping")',
    "pong.ts":
      'import { ping } from "./ping.ts"; export const pong = (n: number): string => (n ? ping(n - 1) : "pong")',
  });
  assert.equal(await result('import { ping } from "./ping.ts"; ping(1)'), "'pong'");
  folder.write({
    "pong.ts":
      'import { ping } from "./ping.ts"; export const pong = (n: number): string => (n ? ping(n - 1) : "PONG")',
  });
  assert.equal(await result('import { ping } from "./ping.ts"; ping(1) + ping(2)'), "'PONGping'");
});

test("a changed module with a mistake fails with its line; the old one stays, and the repaired one is loaded", async () => {
  folder.write({ "user.ts": 'export { f } from "./mended.ts"', "mended.ts": "export const f = () => 1" });
  await result('import { f } from "./user.ts"');
  folder.write({ "mended.ts": "export const ü = 0, f = () => {\n  return 'ü' 2\n}" });
  for (const _ of ["first", "again"]) {
    const { error, traceback } = await session.run('import { f } from "./user.ts"');
    assert.equal(error?.ename, "SyntaxError");
    assert.ok(traceback.includes(`at ${join(folder.path, "mended.ts")}:2:14`), traceback);
    assert.match(traceback, /> 2 \| {3}return 'ü' 2\n +\| +\^/);
  }
  assert.equal(await result("f()"), "1");
  folder.write({ "mended.ts": "export const f = () => 3" });
  assert.equal(await result('import { f } from "./user.ts"; f()'), "3");
});

test("a module that failed when it was loaded is tried again", async () => {
  folder.write({
    "fails.ts": "export const ok = (globalThis as any).isReady ?? (() => { throw new Error('not yet') })()",
  });
  assert.equal((await session.run('import { ok } from "./fails.ts"')).error?.evalue, "not yet");
  assert.equal(await result('globalThis.isReady = true; (await import("./fails.ts")).ok'), "true");
});

test("a deleted module is missing, to whoever imports it, until it is there again", async () => {
  folder.write({ "holds.ts": 'export { gone } from "./gone"', "gone.ts": "export const gone = 1" });
  await result('import { gone } from "./holds.ts"');
  folder.delete("gone.ts");
  const { error } = await session.run('import { gone } from "./holds.ts"');
  assert.match(error?.evalue ?? "", /"gone", which .*holds\.ts imports, cannot be imported: there is no file/);
  assert.match((await session.run('import "./gone.ts"')).error?.evalue ?? "", /there is no file .*gone\.ts/);
  assert.equal(await result("gone"), "1");
  folder.write({ "gone.ts": "export const gone = 2" });
  assert.equal(await result('import { gone } from "./holds.ts"; gone'), "2");
});

test("an export that a changed module has no more fails with the line that asks for it", async () => {
  folder.write({ "asks.ts": '\nimport { kept, dropped } from "./gives.ts"\nexport { kept, dropped }' });
  folder.write({ "gives.ts": "export const kept = 1, dropped = 2" });
  await result('import { dropped } from "./asks.ts"');
  folder.write({ "gives.ts": "export const kept = 1" });
  const { error, traceback } = await session.run('import { dropped } from "./asks.ts"');
  assert.equal(error?.evalue, '"./gives.ts" does not export "dropped"');
  assert.ok(traceback.includes(`at ${join(folder.path, "asks.ts")}:2:1`), traceback);
});

test("an error in a module that was loaded anew is at its lines as they are now", async () => {
  const code = (text: string) => `export function fails(): never {\n  type Unused = 1\n  throw new Error("${text}")\n}`;
  folder.write({ "lines.ts": code("old"), "lines.cts": `exports.fails = ${code("old").replace("export ", "")}` });
  await result('import { fails } from "./lines.ts"; const old = fails; require("./lines.cts")');
  folder.write({
    "lines.ts": `\n\n${code("new")}`,
    "lines.cts": `\n\nexports.fails = ${code("new").replace("export ", "")}`,
  });
  const at = (line: number, name = "lines.ts") => `at fails (${join(folder.path, name)}:${line}:9)`;
  const { traceback } = await session.run('import { fails } from "./lines.ts"\nfails()');
  assert.ok(traceback.includes(at(5)), traceback);
  assert.match(traceback, /at cell \[\d+\]:2:1/);
  assert.doesNotMatch(traceback, /quern-version/);
  const earlier = (await session.run("old()")).traceback;
  assert.ok(earlier.includes(at(3)), earlier);
  const required = (await session.run('require("./lines.cts").fails()')).traceback;
  assert.ok(/lines\.cts:5:9/.test(required), required);
});

test("JSON, CommonJS and what is required are loaded anew too, the same for require and import", async () => {
  folder.write({
    "settings.json": '{ "size": 1 }',
    "reads.ts": 'import settings from "./settings.json"; export const { size } = settings',
    "leaf.cjs": "exports.n = 1",
    "one.cjs": 'exports.n = require("./leaf.cjs").n',
    "two.cjs": 'exports.n = require("./leaf.cjs").n',
    "esm.mts": "enum N { One = 1 }\nexport const n = N.One",
  });
  const cell = `
    import { size } from "./reads.ts"; import settings from "./settings.json"; import one from "./one.cjs"; import * as esm from "./esm.mts"
    var all = [size, settings.size, require("./settings.json").size, one.n, require("./two.cjs").n, require("./esm.mts").n]
    all.push(one === require("./one.cjs"), esm === require("./esm.mts"))
    all.join()`;
  assert.equal(await result(cell), "'1,1,1,1,1,1,true,true'");
  folder.write({ "settings.json": '{ "size": 2 }', "leaf.cjs": "exports.n = 2" });
  folder.write({ "esm.mts": "enum N { Two = 2 }\nexport const n = N.Two" });
  assert.equal(await result(cell), "'2,2,2,2,2,2,true,true'");
});

test("JSON is one module, with its attribute and without", async () => {
  folder.write({ "data.json": '{ "answer": 42 }' });
  await result('import plain, { answer } from "./data.json"; import typed from "./data.json" with { type: "json" }');
  assert.equal(
    await result('[answer, plain === typed, (await import("./data.json")).default === plain].join()'),
    "'42,true,true'",
  );
});

test("cells that import the same module at the same time get the same", async () => {
  folder.write({ "shared.ts": "export const shared = {}" });
  await result('import "./shared.ts"');
  folder.write({ "shared.ts": "export const shared = { is: 'new' }" });
  assert.equal(
    await result(
      'var [x, y] = await Promise.all([import("./shared.ts"), import("./shared")]); [x === y, x.shared.is].join()',
    ),
    "'true,new'",
  );
});

test("a query makes a module of its own, which is loaded anew as well", async () => {
  folder.write({ "asked.ts": "export const value = 1; export const at = import.meta.filename" });
  await result('var one = await import("./asked.ts?one"), two = await import("./asked.ts?two")');
  assert.equal(
    await result('[one === two, one === await import("./asked.ts?one"), one.value].join()'),
    "'false,true,1'",
  );
  folder.write({ "asked.ts": "export const value = 2; export const at = import.meta.filename" });
  assert.equal(await result('(await import("./asked.ts?one")).value'), "2");
  assert.equal(await result('(await import("./asked.ts?one")).at'), `'${join(folder.path, "asked.ts")}'`);
});

test("a module that is loaded anew has the same Quern as the cells", async () => {
  folder.write({ "withQuern.ts": 'export { spark } from "quern"' });
  await result('import "./withQuern.ts"');
  folder.write({ "withQuern.ts": 'import { spark } from "quern"; export { spark }; export const is = "new"' });
  assert.equal(
    await result('import { spark as theirs, is } from "./withQuern.ts"; [theirs === spark, is].join()'),
    "'true,new'",
  );
});

test("an interrupt while a changed module is loaded leaves the old one, and nothing half loaded", async () => {
  folder.write({ "uses.ts": 'export { value } from "./slow.ts"', "slow.ts": "export const value = 1" });
  await result('import { value } from "./uses.ts"');
  folder.write({ "slow.ts": 'console.log("go"); while (!(globalThis as any).isFast) {}\nexport const value = 2' });
  for (const cell of ['import { value } from "./uses.ts"', 'require("./uses.ts")']) {
    const run = session.begin(cell);
    await session.until((event) => event.type === "stream" && event.run === run && event.text.includes("go"));
    session.urgent({ type: "interrupt", run });
    assert.equal((await session.finished(run)).error?.ename, "KeyboardInterrupt");
    assert.equal(await result("value"), "1");
  }
  assert.equal(await result('globalThis.isFast = true; (await import("./uses.ts")).value'), "2");
  assert.equal(await result('require("./uses.ts").value'), "2");
});

test("hundreds of old versions are told of, once", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `many/${i}.mjs`);
  folder.write(Object.fromEntries(names.map((name) => [name, 'import "./leaf.mjs"'])));
  folder.write({ "many.mjs": names.map((name) => `import "./${name}"`).join("\n") });
  let told = "";
  for (let i = 0; i < 8; i += 1) {
    folder.write({ "many/leaf.mjs": `// ${i}` });
    told += (await session.run('import "./many.mjs"')).stderr;
  }
  assert.equal(told, "300 old versions of imported files are in memory. They stay there until a restart.\n");
});
