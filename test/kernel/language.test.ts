import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { completenessOf } from "../../kernel/language/completeness.ts";
import { completeFromNames, preloaded } from "../../kernel/language/known-names.ts";
import { languageInfo } from "../../kernel/language/language-info.ts";
import { completeMagic } from "../../kernel/language/magics.ts";
import { codePointToUtf16, utf16ToCodePoint } from "../../kernel/language/positions.ts";
import * as globals from "../../runtime/globals.ts";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: code of cells, with templates
const samples = {
  complete: [
    "",
    "1",
    "const x = 1;",
    "// a comment",
    "/* a */",
    "`a ${`b ${1}`} c`",
    "/[/]{2}/.test(s)",
    "a / b / c",
    "if (a) { b }",
    "enum A { B }",
    "@sealed class A<T extends B> { #x = 1 }",
    "for await (const row of df.stream()) {}",
    "await read.csv('x')",
    "import { a } from 'b'",
    'const s = "😀"',
    "let a = 1; let a = 2",
    "x satisfies Y",
    "%cd data",
    "!git status",
    "const x = 1\n%who",
    "%%sql\nselect 1\n",
    "%%time\nf()",
    "%time f()",
    "%check strict\nflights?",
    "%%md\nReally?\n",
  ],
  incomplete: [
    "const x =",
    "const x = {",
    "f(1,",
    "[1, 2",
    "`a",
    "`a ${",
    "`a ${1}\nb",
    "/* a",
    "1 +",
    "a &&",
    "a ? b :",
    "a.",
    "a?.",
    "df\n  .filter(f => f.x.gt(1))\n  .",
    "if (a)",
    "if (a) { b } else",
    "while (a) {",
    "try {}",
    "class A extends B {",
    "type A =",
    "const f = async () =>",
    "const a = <T>(x: T) =>",
    "const a = <T>(x: T): T => // why",
    "const a = <T,>(x: T) =>",
    "const a = <T extends string>(x: T) =>",
    "const a = async <T>(x: T) =>",
    "const a = <T>(\n  x: T,",
    "const a = <T>(x:",
    "const a = <T, U",
    "const a = <T extends",
    "f(<T>(x: T) =>",
    "function g() {\n  return <T>(x: T) =>",
    "import { a } from",
    "@sealed",
    "const s = '😀' +",
    "f(// why\n",
    "'a\\",
    "%%sql",
    "%%sql\nselect 1",
    "%%md\nReally?",
    "%%time",
    "%%time\nf(",
    "%time f(",
    "!ls\nf(",
    "!docker run \\",
  ],
  invalid: [
    "const 1x",
    ")",
    "a b",
    "x = = 1",
    '"a',
    "'a\nb'",
    "/a",
    "\\",
    "const a = <T>(x: T) => )",
    "a < b c",
    "f(a < 1 2",
  ],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: -

for (const [status, codes] of Object.entries(samples)) {
  test(`code that is ${status}`, () => {
    for (const code of codes) assert.equal(completenessOf(code).status, status, JSON.stringify(code));
  });
}

test("the next line is indented after an open bracket", () => {
  const indentAfter = (code: string) => {
    const answer = completenessOf(code);
    return answer.status === "incomplete" ? answer.indent : undefined;
  };
  assert.equal(indentAfter("f({"), "  ");
  assert.equal(indentAfter("  f({ // no bracket at the end\n    a: ["), "      ");
  assert.equal(indentAfter("  a +"), "  ");
});

test("the next line is indented after what has no body yet", () => {
  for (const line of [
    "if (x)",
    "while (f(x))",
    "for (const a of b)",
    "if (x) y();\nelse",
    "} else if (x)",
    "const f = (x) =>",
  ]) {
    const code = line.startsWith("}") ? `if (y) {\n${line}` : line;
    assert.deepEqual(completenessOf(code), { status: "incomplete", indent: "  " }, code);
  }
});

test("completeness of a long cell is told, and takes no longer than it has lines", { timeout: 60_000 }, () => {
  const code = "const x = [1, 2, 3].map((a) => a + 1);\n".repeat(20_000);
  assert.equal(completenessOf(code).status, "complete");
});

test("positions count code points on one side, UTF-16 units on the other", () => {
  const text = "a😀b";
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((at) => codePointToUtf16(text, at)),
    [0, 1, 3, 4, 4],
  );
  assert.deepEqual(
    [0, 1, 3, 4, 9].map((at) => utf16ToCodePoint(text, at)),
    [0, 1, 2, 3, 3],
  );
});

test("names complete without the session: the user's, preloaded, of Node and of the language", () => {
  const complete = (code: string) => {
    const { matches, startUtf16 } = completeFromNames(code, code.length, [{ text: "flights", kind: "variable" }]);
    return { texts: matches.map(({ text }) => text), startUtf16 };
  };
  assert.deepEqual(complete("const a = fli"), { texts: ["flights"], startUtf16: 10 });
  assert.ok(complete("createD").texts.includes("createDataFrame"));
  assert.ok(complete("structured").texts.includes("structuredClone"));
  assert.ok(complete("satis").texts.includes("satisfies"));
  assert.deepEqual(complete("flights.").texts, []);
  assert.deepEqual(complete("flights?.fi").texts, []);
  assert.ok(complete("[...fli").texts.includes("flights"));
  for (const code of ['rows["', 'rows["fli', "rows['my fli"]) assert.deepEqual(complete(code).texts, [], code);
});

test("magics complete in the first column, those of a cell in the first line", () => {
  const complete = (code: string) => completeMagic(code, code.length);
  const texts = (code: string) => complete(code)?.matches.map(({ text }) => text);
  assert.deepEqual(texts("%ti"), ["%time"]);
  assert.deepEqual(texts("%%"), ["%%html", "%%md", "%%sql", "%%time"]);
  assert.deepEqual(texts("a\n%h"), ["%help"]);
  assert.deepEqual([complete("a\n%h")?.startUtf16, complete("a\n%h")?.endUtf16], [2, 4]);
  assert.deepEqual(texts("%check "), ["strict", "error", "warn", "off"]);
  assert.deepEqual(texts("a\n%check s"), ["strict"]);
  assert.deepEqual([complete("%check s")?.startUtf16, complete("%check s")?.endUtf16], [7, 8]);
  for (const code of ["a\n%%s", "a %t", "  %t", "%cd da", "%zz", ""]) assert.equal(complete(code), undefined, code);
});

test("the language version is that of the TypeScript in use", () => {
  const { version } = JSON.parse(readFileSync("node_modules/typescript/package.json", "utf8"));
  assert.ok(version.startsWith(`${languageInfo.version}.`), version);
});

test("the preloaded names that the kernel knows without the session are those that the session preloads", () => {
  const kind = (value: unknown) => (typeof value === "function" ? "function" : "variable");
  const byName = (a: { text: string }, b: { text: string }) => (a.text < b.text ? -1 : 1);
  // `require` and its like are the session's own: modules have none.
  const ofCells = ["require", "__dirname", "__filename", "_", "Out"].map((text) => ({
    text,
    kind: text === "require" ? "function" : "variable",
  }));
  const expected = Object.entries(globals).map(([text, value]) => ({ text, kind: kind(value) }));
  assert.deepEqual([...preloaded].sort(byName), [...expected, ...ofCells].sort(byName));
});
