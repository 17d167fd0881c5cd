import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

async function result(...cells: string[]): Promise<string | undefined> {
  let last: string | undefined;
  for (const cell of cells) {
    const run = await session.run(cell);
    assert.equal(run.error, undefined, `${cell}\n${run.traceback}`);
    last = run.result;
  }
  return last;
}

test("the value of the last expression is shown, and awaited first", async () => {
  assert.equal(await result("1 + 1"), "2");
  assert.equal(await result("Promise.resolve(3)"), "3");
  assert.equal(await result("({ then: (ok: (n: number) => void) => ok(4) })"), "4");
  assert.equal(await result("5 // five\n\n"), "5");
  assert.equal(await result("6 /* ; */"), "6");
  assert.equal(await result("null"), "null");
});

test("nothing is shown for a final semicolon, a declaration, undefined, a loop or an empty cell", async () => {
  for (const cell of [
    "1;",
    "1; // two",
    "const quiet = 1",
    "undefined",
    "for (const i of [1]) i",
    "",
    "// only",
    ";;",
  ]) {
    assert.equal(await result(cell), undefined, cell);
  }
  assert.equal(await result("7\ntype Late = string"), undefined);
  assert.equal(await result("8\nfunction late() {}"), undefined);
});

test("a text that looks like a directive is a value", async () => {
  assert.equal(await result('"use strict"'), "'use strict'");
  assert.equal(await result("'a'; 'b'"), "'b'");
});

test("a statement that begins with a brace is a block, and a hint says so where it cannot be one", async () => {
  assert.equal(await result("{ a: 1 }"), undefined);
  assert.match((await session.run("{ a: 1, b: 2 }")).error?.evalue ?? "", /put the object in parentheses/);
  assert.equal(await result("({ a: 1 }).a"), "1");
});

test("await works at the top level, in loops and in destructuring", async () => {
  assert.equal(await result("const w = await Promise.resolve(1); w + (await 2)"), "3");
  assert.equal(await result("let all = 0; for await (const n of [1, Promise.resolve(2)]) all += n; all"), "3");
  assert.equal(await result("await (1, 2)"), "2");
  assert.equal(await result("async function twice(n: number) { return (await n) * 2 } await twice(4)"), "8");
  assert.equal(await result("const arrow = async () => await 5; await arrow()"), "5");
  assert.equal(
    await result("async function* gen() { yield await 1; yield 2 }; await Array.fromAsync(gen())"),
    "[ 1, 2 ]",
  );
});

test("destructuring declares names, with defaults and rest", async () => {
  const cell =
    "const { a, b: { c = 3 } = {}, ...others } = { a: 1, d: 4 } as any, [e, , f = 6, ...g] = [5, 0, undefined, 7, 8]";
  assert.equal(await result(cell, "[a, c, others.d, e, f, g].flat().join()"), "'1,3,4,5,6,7,8'");
  assert.equal(await result("for (const [k, v] of Object.entries({ x: 1 })) { var pair = k + v }", "pair"), "'x1'");
});

test("types leave nothing behind", async () => {
  assert.equal(
    await result("interface Point { x: number }\ntype Name = string\ndeclare const nowhere: number"),
    undefined,
  );
  assert.equal(await result("const p: Point = { x: 1 } satisfies Point; p.x as unknown as number"), "1");
  assert.equal(await result("function id<T,>(value: T): T { return value }\nid<number>(2)!"), "2");
  assert.equal(
    await result("abstract class Shape { abstract area(): number; protected readonly n?: number }", "typeof Shape"),
    "'function'",
  );
  assert.equal(await result("let v = <any>3; v"), "3");
  assert.equal(
    await result(
      "function over(a: string): string; function over(a: number): number; function over(a: any) { return a }\nover(4)",
    ),
    "4",
  );
});

test("enums, namespaces and parameter properties work", async () => {
  assert.equal(
    await result('enum Level { Low = 1, High = Low * 10, Text = "t" }', "Level.High + Level[1] + Level.Text"),
    "'10Lowt'",
  );
  assert.equal(await result("const enum Fast { A = 4 }", "Fast.A"), "4");
  assert.equal(
    await result("namespace Geo { export const pi = 3; export namespace Deep { export const x = pi } }", "Geo.Deep.x"),
    "3",
  );
  assert.equal(
    await result("class Merged {} namespace Merged { export const extra = 1 }", "Merged.extra + typeof new Merged()"),
    "'1object'",
  );
  assert.equal(
    await result(
      "class Param { constructor(private readonly n: number) {} get() { return this.n } }",
      "new Param(6).get()",
    ),
    "6",
  );
});

test("decorators work", async () => {
  await result(
    "function logged(method: any, context: any) { return function (this: any, ...args: any[]) { return `${String(context.name)}:${method.apply(this, args)}` } }",
  );
  assert.equal(
    await result("class Decorated { @logged add(a: number, b: number) { return a + b } }", "new Decorated().add(1, 2)"),
    "'add:3'",
  );
  assert.equal(
    await result(
      "const tag = (target: any, _: any) => { target.tagged = true }\n@tag class Tagged {}",
      "Tagged.tagged",
    ),
    "true",
  );
});

test("classes refer to themselves, functions to themselves and to later ones", async () => {
  assert.equal(
    await result(
      "class Self { static first = new Self(); static second: number; static { Self.second = 2 } }",
      "Self.second",
    ),
    "2",
  );
  assert.equal(await result("Self.first instanceof Self"), "true");
  assert.equal(await result("early() + 1\nfunction early() { return 1 }\nearly()"), "1");
  assert.equal(await result("function fact(n: number): number { return n < 2 ? 1 : n * fact(n - 1) }\nfact(5)"), "120");
  assert.equal(await result("[early.name, Self.name, (class Named {}).name].join()"), "'early,Self,Named'");
});

test("using disposes of its resource at the end of the cell", async () => {
  const cell =
    "const order: string[] = []; { using a = { [Symbol.dispose]() { order.push('inner') } } }\nusing b = { [Symbol.dispose]() { order.push('outer') } }\norder.push('body')";
  await result(cell);
  assert.equal(await result("order.join()"), "'inner,body,outer'");
  await result("await using c = { async [Symbol.asyncDispose]() { await 1; order.push('async') } }");
  assert.equal(await result("order.at(-1)"), "'async'");
});

test("labels, switches and var in every place work", async () => {
  assert.equal(
    await result("outer: for (const a of [1, 2]) { for (;;) { if (a === 1) continue outer; break outer } }"),
    undefined,
  );
  assert.equal(await result("for (var i = 0; i < 3; i++) {}\ni"), "3");
  assert.equal(await result("for (var k in { key: 1 }) {}\nfor (var v2 of [9]) {}", "k + v2"), "'key9'");
  assert.equal(await result("if (true) var inIf = 1; else var inElse = 2", "String([inIf, inElse])"), "'1,'");
  assert.equal(
    await result("switch (1) { case 1: var inCase = 3 }\ntry { var inTry = 4 } catch {}", "inCase + inTry"),
    "7",
  );
  assert.equal(await result("do var once = 5; while (false)", "once"), "5");
  assert.equal(await result("var kept = 1; var kept; kept"), "1");
  assert.equal(await result("let a1\nlet b1 = 2, c1\nString([a1, b1, c1])"), "',2,'");
  assert.equal(await result("const f1 = () => { var local = 1; return local }\nf1()"), "1");
});

test("statements without semicolons stay apart", async () => {
  assert.equal(
    await result("const s1 = 1\nconst [s2] = [2]\nconst { s3 } = { s3: 3 }\nclass S4 {}\n;[s1, s2, s3].join()"),
    "'1,2,3'",
  );
  assert.equal(await result("let n1 = 1\nvar n2 = 2\nfunction n3() {}\n(n1 + n2)"), "3");
});

test("export in a cell changes nothing else", async () => {
  await result(
    "export const e1 = 1\nexport function e2() { return 2 }\nexport class E3 {}\nexport enum E4 { A = 4 }\nexport default e1\nexport { e1 as other }\nexport type E5 = number",
  );
  assert.equal(await result("[e1, e2(), typeof E3, E4.A].join()"), "'1,2,function,4'");
  assert.equal(await result("export default function named() { return 5 }", "named()"), "5");
});

test("this is the global object and code is strict", async () => {
  assert.match((await session.run("undeclared = 1")).error?.evalue ?? "", /undeclared is not defined/);
  assert.equal(await result("(function () { return this })()"), undefined);
});

test("Unicode names, escapes and long cells work", async () => {
  assert.equal(await result("const größe = 1, 名前 = '🙂'; `${größe}${名前}`"), "'1🙂'");
  assert.equal(await result(`${"1 + ".repeat(999)}1`), "1000");
  assert.equal(
    await result(Array.from({ length: 1000 }, (_, i) => `const many${i} = ${i}`).join("\n"), "many999"),
    "999",
  );
});

test("a silent run shows nothing and still counts", async () => {
  const { events, done } = await session.run("console.log(1); display(2); const silentName = 3; silentName", {
    silent: true,
  });
  assert.deepEqual(events, [done]);
  assert.equal(await result("silentName"), "3");
});

test("user expressions are evaluated after the cell", async () => {
  const { done } = await session.run("const base = 20", {
    userExpressions: { twice: "base * 2", wrong: "base.no.no", broken: "base +", later: "await Promise.resolve(base)" },
  });
  assert.equal(done.outcome.status, "ok");
  const { twice, wrong, broken, later } = done.outcome.status === "ok" ? done.outcome.userExpressions : {};
  assert.match(JSON.stringify(twice), /40/);
  assert.match(JSON.stringify(later), /20/);
  assert.equal(wrong?.status === "error" && wrong.ename, "TypeError");
  assert.equal(broken?.status === "error" && broken.ename, "SyntaxError");
});

test("what JavaScript would silently take for true stops the cell when it is a Column", async () => {
  for (const cell of [
    "range(3).filter(r => r.id.gt(1) && r.id.lt(3))",
    "range(3).filter(r => r.id.gt(1) || r.id.lt(3))",
    "range(3).filter(r => !r.id)",
    "range(3).select(r => r.id ?? lit(1))",
    "range(3).select(r => (r.id ? lit(1) : lit(2)))",
    "range(3).filter(r => { if (r.id.gt(1)) return r.id; return r.id })",
  ]) {
    const { error, traceback } = await session.run(cell);
    assert.match(error?.evalue ?? "", /does not work on a Column/, cell);
    assert.match(traceback, /cell \[\d+\]:1:\d+/, cell);
  }
  assert.equal(await result("(0 || '') ?? [] ? 1 : 2"), "2");
});
