import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

const declarations: { [kind: string]: (name: string, value: number) => string } = {
  const: (name, value) => `const ${name} = ${value}`,
  let: (name, value) => `let ${name} = ${value}`,
  var: (name, value) => `var ${name} = ${value}`,
  class: (name, value) => `class ${name} { static value = ${value} }`,
  function: (name, value) => `function ${name}() { return ${value} }`,
  awaited: (name, value) => `const ${name} = await Promise.resolve(${value})`,
  enum: (name, value) => `enum ${name} { Value = ${value} }`,
  namespace: (name, value) => `namespace ${name} { export const value = ${value} }`,
};

const read = (name: string) =>
  `typeof ${name} === "function" ? ${name}.value ?? ${name}() : ${name}.Value ?? ${name}.value ?? ${name}`;

for (const [first, declareFirst] of Object.entries(declarations)) {
  test(`a name declared by ${first} can be declared again by every kind`, async () => {
    for (const [second, declareSecond] of Object.entries(declarations)) {
      const name = `x_${first}_${second}`;
      await session.run(declareFirst(name, 1));
      assert.equal((await session.run(read(name))).result, "1", `${first}, before ${second}`);
      assert.equal((await session.run(declareSecond(name, 2))).error, undefined, `${first} then ${second}`);
      assert.equal((await session.run(read(name))).result, "2", `${first} then ${second}`);
      assert.equal((await session.run(declareFirst(name, 3))).error, undefined, `${second} then ${first}`);
      assert.equal((await session.run(read(name))).result, "3");
    }
  });
}

test("a failed initialiser leaves the old value", async () => {
  await session.run("const old = 1; class OldClass {}");
  for (const kind of ["const old =", "let old =", "var old =", "const { old } =", "const [old] ="]) {
    assert.equal((await session.run(`${kind} (() => { throw new Error("no") })()`)).error?.ename, "Error");
    assert.equal((await session.run("old")).result, "1", kind);
  }
});

test("a failed initialiser of a new name leaves no name", async () => {
  await session.run('const fresh = (() => { throw new Error("no") })()');
  assert.match((await session.run("fresh")).error?.evalue ?? "", /fresh is not defined/);
  assert.equal((await session.run("const fresh = 1; fresh")).result, "1");
});

test("a name cannot be read before it is assigned for the first time", async () => {
  const { error } = await session.run("early; const early = 1");
  assert.match(error?.evalue ?? "", /Cannot access 'early' before initialization/);
});

test("a preloaded name can be read by what replaces it, and comes back when that fails", async () => {
  assert.equal((await session.run("const sum = sum.name; sum")).result, "'sum'");
  await session.run('const avg = (() => { throw new Error("no") })()');
  assert.equal((await session.run("typeof avg")).result, "'function'");
  await session.run('const structuredClone = (() => { throw new Error("no") })()');
  assert.equal((await session.run("structuredClone([1])")).result, "[ 1 ]");
  const { events } = await session.run("%who");
  assert.match(JSON.stringify(events), /\bsum\b/);
  assert.doesNotMatch(JSON.stringify(events), /\bavg\b|\bstructuredClone\b/);
  assert.equal((await session.run("const range = range(3); await range.count()")).result, "3");
});

test("a name of Node's is shadowed in cells and stays what it was elsewhere", async () => {
  const names = ["crypto", "process", "navigator", "performance", "URL", "Buffer", "Map", "console", "fetch", "Object"];
  for (const name of names) {
    assert.equal((await session.run(`const ${name} = "mine"; ${name}`)).result, "'mine'", name);
    assert.equal((await session.run(`${name} + ((${name}) => ${name})("!")`)).result, "'mine!'", name);
    assert.equal((await session.run(`({ ${name} }).${name} + { ${name}: 1 }.${name}`)).result, "'mine1'", name);
    assert.equal((await session.run(`globalThis.${name} === "mine"`)).result, "false", name);
  }
  assert.equal((await session.run('import { format } from "node:util"; format("%s", 1)')).result, "'1'");
});

test("a shadowing declaration can read what it shadows", async () => {
  assert.equal((await session.run("const structuredClone = structuredClone.name; structuredClone")).error, undefined);
  assert.equal((await session.run("structuredClone")).result, "'structuredClone'");
});

test("a user's name does not make packages believe that they run elsewhere", async () => {
  await session.run('const window = 1; const document = 2; const Deno = 3; const name = "n"; let module = 4');
  assert.equal(
    (await session.run("[window, document, Deno, name, module].join() + globalThis.window + globalThis.Deno")).result,
    "'1,2,3,n,4undefinedundefined'",
  );
});

test("functions of an earlier cell see a name that was declared again", async () => {
  await session.run("function outer() { return inner() } function inner() { return 1 }");
  await session.run("const inner = () => 2");
  assert.equal((await session.run("outer()")).result, "2");
});

test("an enum declared again has its new members only, and merges inside one cell", async () => {
  await session.run("enum Color { Red, Green }");
  await session.run("enum Color { Blue = 5 } enum Color { Black = 7 }");
  assert.equal((await session.run("Reflect.ownKeys(Color).sort().join()")).result, "'5,7,Black,Blue'");
  await session.run('throw new Error("before"); enum Color { White }');
  assert.equal((await session.run("Color.Blue")).result, "5");
});

test("one cell cannot declare a name twice", async () => {
  const { error, traceback } = await session.run("const twice = 1\nconst twice = 2");
  assert.equal(error?.ename, "SyntaxError");
  assert.match(traceback, /cell \[\d+\]:2:7/);
});

test("done lists the user's names with their kinds", async () => {
  const { done } = await session.run("const listedConst = 1; function listedFunction() {}; enum ListedEnum { A }");
  const kinds = Object.fromEntries(done.names.declared.map(({ text, kind }) => [text, kind]));
  assert.equal(kinds.listedConst, "const");
  assert.equal(kinds.listedFunction, "function");
  assert.equal(kinds.ListedEnum, "enum");
  assert.equal(kinds.display, undefined);
});

test("done lists a name once, then when its kind changes, and when it is gone", async () => {
  await session.run("const listedOnce = 1");
  const again = await session.run("const listedOnce = 2; listedOnce");
  assert.deepEqual(again.done.names, { declared: [], removed: [] });
  const other = await session.run("let listedOnce = 3");
  assert.deepEqual(other.done.names, { declared: [{ text: "listedOnce", kind: "let" }], removed: [] });
  const failed = await session.run("const neverListed = missing()");
  assert.deepEqual(failed.done.names, { declared: [], removed: ["neverListed"] });
});
