import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

/** `line:column` of the frames of a traceback that lie in cells, innermost first. */
const places = (traceback: string) =>
  [...traceback.matchAll(/^ {4}at .*cell \[\d+\]:(\d+:\d+)/gm)].map((match) => match[1]);

const internal = /node:internal|runtime\/session|__quern|esbuild|quern:\d/;

test("an error has its name, its message and the lines and columns of the TypeScript", async () => {
  const { error, traceback } = await session.run(
    "interface Unused { a: number }\nfunction outer(n: number): never {\n\tthrow new TypeError(`bad ${n}`)\n}\n\nouter(1 as number)",
  );
  assert.equal(error?.ename, "TypeError");
  assert.equal(error?.evalue, "bad 1");
  assert.deepEqual(places(traceback), ["3:8", "6:1"]);
  assert.match(traceback, /^TypeError: bad 1\n {4}at outer \(cell \[\d+\]:3:8\)/);
  assert.match(traceback, /> 3 \| \tthrow new TypeError/);
  assert.doesNotMatch(traceback, internal);
});

test("positions are right in every kind of code", async () => {
  const cases: [string, string][] = [
    ["nope", "1:1"],
    ["1; nope", "1:4"],
    ["const a = nope", "1:11"],
    ["const { a, b } = null as any", "1:9"],
    ["const x: string = 'é🙂'; nope()", "1:26"],
    ["let 名前 = 1;\n\tnope.x", "2:2"],
    ["await nope", "1:7"],
    ["await nope()", "1:7"],
    ["await Promise.reject(new Error('x'))", "1:22"],
    ["enum E { A }\nconst v: number = nope()", "2:19"],
    ["enum E { A }\nclass C { constructor(private n: number) { nope(n) } }\nnew C(1)", "2:44"],
    ["if (nope && 1) {}", "1:5"],
    ["const f = async (n: number) => {\n  await null\n  return n + nope\n}\nawait f(1)", "3:14"],
    ["[1].map((n) => nope(n))", "1:16"],
    ["export const q = (null as any).x", "1:32"],
    ["({}).a.b", "1:8"],
    ["class K { static s = nope }", "1:22"],
    ["for (var i = 0; i < nope; i++) {}", "1:21"],
    ["function g() { nope() }\r\n\r\ng()", "1:16"],
    ["`\n${nope}`", "2:3"],
  ];
  for (const [cell, place] of cases) {
    const { traceback } = await session.run(cell);
    assert.equal(places(traceback)[0], place, `${cell}\n${traceback}`);
  }
});

test("a function of an earlier cell is named with its cell", async () => {
  await session.run("const thrower = (n: number) => {\n  throw new RangeError('far')\n}", { executionCount: 70 });
  const { traceback } = await session.run("\nthrower(1)", { executionCount: 71 });
  assert.match(traceback, /at thrower \(cell \[70\]:2:9\)\n {4}at cell \[71\]:2:1/);
  assert.match(traceback, /> 2 \| {3}throw new RangeError/);
});

test("the stack that a cell reads is in the same terms", async () => {
  const { result } = await session.run("const e = new Error('x'); e.stack");
  assert.match(result ?? "", /Error: x\\n' \+\n? *' {4}at cell \[\d+\]:1:11|Error: x\\n {4}at cell \[\d+\]:1:11/);
  assert.doesNotMatch(result ?? "", internal);
});

test("a syntax error shows the line and a mark under the column", async () => {
  const { error, traceback } = await session.run("const ok = 1\nconst y: = 5");
  assert.equal(error?.ename, "SyntaxError");
  assert.match(traceback, /cell \[\d+\]:2:10/);
  assert.match(traceback, /> 2 \| const y: = 5\n {4}\| {10}\^/);
  assert.doesNotMatch(traceback, internal);
});

test("what only V8 or the compiler finds shows its place as well", async () => {
  assert.match((await session.run("1;\n /(?<a>.)(?<a>.)/")).traceback, /SyntaxError: Invalid regular.*\n.*:2:2/);
  const { error, traceback } = await session.run("enum A { x = 1 }\nreturn 5");
  assert.equal(error?.ename, "SyntaxError");
  assert.match(traceback, /:2:1\b/);
});

test("syntax errors of many kinds all have a place", async () => {
  const broken = [
    "(",
    "a b",
    "let",
    "class {",
    "'open",
    "`open",
    "/open",
    "1 +",
    "}",
    "@",
    "const a",
    "#x",
    "<div/>",
    "\\",
    "import",
    "await",
    "for (;;",
    "x = = 1",
    "\u0000",
    "'\ud800",
  ];
  for (const cell of broken) {
    const { error, traceback } = await session.run(cell);
    assert.equal(error?.ename, "SyntaxError", `${cell}: ${traceback}`);
    assert.match(traceback, /cell \[\d+\]:\d+:\d+/, cell);
  }
});

test("causes and the errors of an AggregateError are shown", async () => {
  const { traceback } = await session.run(
    'const root = new RangeError("root")\nthrow new Error("top", { cause: new TypeError("middle", { cause: root }) })',
  );
  assert.match(traceback, /^Error: top[\s\S]*Caused by: TypeError: middle[\s\S]*Caused by: RangeError: root/);
  const many = await session.run('throw new AggregateError([new Error("one"), "two"], "several")');
  assert.match(many.traceback, /^AggregateError: several[\s\S]*With: Error: one[\s\S]*With: 'two'/);
  const circle = await session.run('const c: any = new Error("circle"); c.cause = c; throw c');
  assert.match(circle.traceback, /the same error again/);
});

test("anything can be thrown", async () => {
  const cases: [string, string, string][] = [
    ['throw "text"', "Uncaught", "'text'"],
    ["throw undefined", "Uncaught", "undefined"],
    ["throw null", "Uncaught", "null"],
    ["throw { a: 1 }", "Uncaught", "{ a: 1 }"],
    ["throw 5", "Uncaught", "5"],
    ["throw Symbol('s')", "Uncaught", "Symbol(s)"],
    ["throw new (class Own extends Error {})('m')", "Own", "m"],
    ["throw Object.assign(new Error('m'), { name: 'Named' })", "Named", "m"],
    ["throw new Proxy(new Error('p'), {})", "Error", "p"],
  ];
  for (const [cell, ename, evalue] of cases) {
    const { error } = await session.run(cell);
    assert.deepEqual([error?.ename, error?.evalue], [ename, evalue], cell);
  }
});

test("an error that cannot be read does not hurt the session", async () => {
  const hostile = [
    "throw { get message() { throw 1 }, toString() { throw 2 }, [Symbol.for('nodejs.util.inspect.custom')]() { throw 3 } }",
    "throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('inner') } })",
    "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('inner') } })",
    "throw new Proxy(new Error('x'), { get() { throw new Error('trap') } })",
    "throw Object.assign(new Error('x'), { name: Symbol('odd') })",
    "throw Object.create(Error.prototype)",
    "const e = new Error('x'); e.stack = 5 as any; throw e",
  ];
  for (const cell of hostile) assert.ok((await session.run(cell)).error, cell);
  assert.equal((await session.run("1")).result, "1");
});

test("fields of an error are shown", async () => {
  const { traceback } = await session.run("throw Object.assign(new Error('x'), { status: 404, body: { a: [1] } })");
  assert.match(traceback, /\{ status: 404, body: \{ a: \[ 1 \] \} \}/);
});

test("deep recursion is told with a short stack", async () => {
  const { error, traceback } = await session.run("function down(): number { return down() + 1 }\ndown()");
  assert.equal(error?.ename, "RangeError");
  assert.ok(traceback.split("\n").length < 30);
});

test("an error of a DataFrame shows the step that is at fault, not the line that ran it", async () => {
  await session.run(
    "const numbers = range(10)\n\nconst wrong = numbers\n  .filter(n => n.id.gt(1))\n  .select('nope')",
    {
      executionCount: 80,
    },
  );
  const { error, traceback } = await session.run("await wrong.count()", { executionCount: 81 });
  assert.equal(error?.ename, "AnalysisError");
  assert.match(error?.evalue ?? "", /nope/);
  assert.match(traceback, /in cell \[80\], line 5:[\s\S]*> 5 \| {3}\.select\('nope'\)/);
  assert.doesNotMatch(traceback, internal);
});

test("an error thrown inside Quern shows the user's line", async () => {
  const { traceback } = await session.run("const r = range(3)\nr.select(r => (r.id.gt(1) && r.id.lt(2)))");
  assert.equal(places(traceback)[0], "2:16");
  assert.doesNotMatch(traceback, internal);
});

test("functions of JavaScript's own are shown between the user's frames, and not between Quern's", async () => {
  const frames = async (code: string) =>
    [...(await session.run(code)).traceback.matchAll(/^ {4}at (.*)/gm)].map(([, frame]) =>
      frame?.replace(/cell \[\d+\]/, "cell"),
    );
  assert.deepEqual(await frames("[1].map(() => { throw new Error('x') })"), [
    "cell:1:23",
    "Array.map (<anonymous>)",
    "cell:1:5",
  ]);
  assert.deepEqual(await frames("JSON.parse('{')"), ["JSON.parse (<anonymous>)", "cell:1:6"]);
  assert.deepEqual(await frames("range(3).select((f) => { throw new Error('x') })"), ["cell:1:32", "cell:1:10"]);
  assert.deepEqual(await frames("range(3).orderBy(['a', 1])"), ["cell:1:10"]);
  assert.deepEqual(await frames("range(3).select(['id', 1])"), ["cell:1:10"]);
  assert.deepEqual(await frames("for await (const row of range(3).filter('nope > 1').stream()) {}"), [
    "cell:1:34",
    "cell:1:18",
  ]);
});

test("errors in evaluated text, timers and callbacks of Node have the user's place only", async () => {
  assert.equal(places((await session.run("eval('nope')")).traceback)[0], "1:1");
  const { traceback } = await session.run("[3, 1].sort(() => { nope() })");
  assert.deepEqual(places(traceback), ["1:21", "1:8"]);
  const json = await session.run("JSON.parse('{')");
  assert.equal(places(json.traceback)[0], "1:6");
});

test("a preloaded name that the user has taken says since which cell, and what is Quern's", async () => {
  const hint = async (code: string) => (await session.run(code, { executionCount: 90 })).error?.evalue;
  assert.equal(await hint("const notQuern = 5; notQuern()"), "notQuern is not a function");
  await session.run("const count = 5, table = {}, display = null; let Window = 1", { executionCount: 80 });
  assert.equal(
    await hint("range(3).agg(f => ({ n: count() }))"),
    "count is not a function; `count` is yours since cell [80], Quern's is `F.count`",
  );
  assert.match(
    (await session.run("[...table('x')]")).traceback,
    /`table` is yours since cell \[80\], Quern's is `spark.table`/,
  );
  assert.match((await hint("display(1)")) ?? "", /Quern's is `\(await import\("quern"\)\).display`/);
  assert.match(
    (await hint('Window.partitionBy("a")')) ?? "",
    /^Window.partitionBy is not a function; `Window` is yours/,
  );
  assert.match((await hint("count = 6; new count()")) ?? "", /^count is not a constructor; `count` is yours/);
  await session.run("when = 1");
  assert.match((await hint("when()")) ?? "", /; `when` is yours, Quern's is `F.when`/);
  await session.run("const F = 1");
  assert.match((await hint("count()")) ?? "", /Quern's is `\(await import\("quern"\)\).count`/);
});

test("a function of a cell long ago still points at its lines", async () => {
  const cells = [
    "type Plain = string\nfunction plain(text: Plain) {\n  const kept: number = text.nope.it\n}",
    "enum Early { A }\nclass Compiled {\n  constructor(private n: Early) {}\n  fail(): never { throw new Error('late') }\n}",
    "const URL = 'mine'\nconst hides = () => URL.nope.it",
    "import { ok } from 'node:assert'\nconst checked = () => ok(false)\nconst twice = null as any",
  ];
  for (const cell of cells) await session.run(cell);
  for (let count = 0; count < 120; count++) await session.run(`const between_${count} = ${count}`);
  const expected = ["3:34", "4:25", "2:30", "2:23"];
  for (let again = 0; again < 2; again++) {
    for (const [index, call] of ["plain('a')", "new Compiled(1).fail()", "hides()", "checked()"].entries()) {
      const { traceback } = await session.run(call);
      assert.equal(places(traceback)[0], expected[index], call);
      assert.doesNotMatch(traceback, internal);
    }
  }
});
