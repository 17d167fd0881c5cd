import assert from "node:assert/strict";
import { test } from "node:test";
import { mayHaveMagics, readMagics } from "../../../runtime/syntax/magics.ts";

const known = new Set(["done", "b", "x", "process", "stop"]);
const read = (code: string) => readMagics(code, (name) => known.has(name));
/** What was found, as it is written. */
const found = (code: string) =>
  read(code).magics.map(({ kind, name, argument }) => `${kind} ${name} ${argument}`.replace("  ", " ").trim());

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: code of cells, with templates
const typescript = [
  "a\n% b",
  "x\n%b",
  "x\n%b.c",
  "x\n%(b)",
  "!done",
  "!!done",
  "!done && stop()",
  "!done &&\n  stop()",
  "!done &&",
  "!(done)",
  "!function () {}()",
  "!(async () => {\n  await x\n})()",
  "!async function () {}()",
  "!((y) => y)(1)",
  "!(y => y)(1)",
  "!await x",
  "!true",
  '!"text"',
  "!process.argv.length",
  "const mine = 1\n!mine",
  "!isReady()\nfunction isReady() { return true }",
  'import { y } from "z"\n!y',
  "const s = `\n%cd x\n!ls\n`",
  "const s = `\n%cd x\n${\n!ls\n}\n!pwd`",
  "/*\n%cd x\n!ls\n*/",
  "f(\n!ls\n)",
  "if (x) {\n!done\n}",
  "const z =\n!done",
  "  !ls",
  "  %cd x",
];

test("what TypeScript reads over names that there are is TypeScript", () => {
  for (const code of typescript) assert.deepEqual(read(code), { code, magics: [] }, code);
});

const others: { readonly [code: string]: readonly string[] } = {
  "%cd data": ["line cd data"],
  "%who": ["line who"],
  "\n// why\n%cd ..\n": ["line cd .."],
  "const y = 5\n%who": ["line who"],
  "const y = 5\n%time f(x)": ["line time f(x)"],
  "f()\n%env A=1\n%env B=2": ["line env A=1", "line env B=2"],
  "%cd a\r\n%who\r\n": ["line cd a", "line who"],
  "!ls": ["shell ls"],
  "!ls -la": ["shell ls -la"],
  "!cat /etc/hosts": ["shell cat /etc/hosts"],
  "!git status\n!git log": ["shell git status", "shell git log"],
  "!echo it's": ["shell echo it's"],
  "!echo `date`": ["shell echo `date`"],
  "!(cd x; ls)": ["shell (cd x; ls)"],
  "!./run.sh": ["shell ./run.sh"],
  "!/usr/bin/env node": ["shell /usr/bin/env node"],
  "!docker run \\\n  -it node": ["shell docker run \\\n  -it node"],
  "const y = 1\n!ls *.csv\ny": ["shell ls *.csv"],
  "!ls\n(f)()": ["shell ls"],
  "const s = `\n%cd x\n`\n%cd y": ["line cd y"],
  "/* `\n%cd x\n*/\n%cd y": ["line cd y"],
  "!ls\n%cd /* x\n!pwd": ["shell ls", "line cd /* x", "shell pwd"],
  "x\n%%sql\nselect 1": ["misplaced sql"],
  "%%sql --save late\nselect 1 % 2\n%who\n": ["cell sql --save late"],
  "\n  \n%%md\n# Title": ["cell md"],
  "%%time\nf()\n!ls": ["cell time", "shell ls"],
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: -

test("magics and commands are found between statements", () => {
  for (const [code, expected] of Object.entries(others)) assert.deepEqual(found(code), expected, code);
});

test("what is left is TypeScript at the same places, and no statement joins the next", () => {
  const code = "const y = 5\r\n%who all\r\n[1].map(f)";
  assert.equal(read(code).code, "const y = 5\r\n;       \r\n[1].map(f)");
  for (const code of Object.keys(others)) {
    const left = read(code).code;
    assert.equal(left.length, code.length);
    assert.equal(left.replace(/[^\n]/g, ""), code.replace(/[^\n]/g, ""));
  }
});

test("a cell magic has the text below its line", () => {
  const { code, magics } = read("%%sql --save late\r\nselect 1\r\nfrom t");
  assert.equal(magics[0]?.body, "select 1\r\nfrom t");
  assert.equal(code.trim(), ";");
});

test("the code that is timed stays code", () => {
  assert.equal(read("%time f(x)").code, ";     f(x)");
  assert.equal(read("%time").code, ";    ");
  assert.equal(read("%%time\nf()").code, ";     \nf()");
  const { magics } = read("f()\n%time   f(\n  x)\n!ls");
  assert.deepEqual(
    magics.map(({ kind, codeStart }) => [kind, codeStart]),
    [
      ["line", 12],
      ["shell", undefined],
    ],
  );
});

test("most cells are not looked at twice, and one full of what looks like magics is read at once", () => {
  assert.equal(mayHaveMagics("const a = b % c\n  !a\nf(`%`)"), false);
  const code = `const s = \`\n${"%cd x\n".repeat(20_000)}\``;
  assert.deepEqual(read(code), { code, magics: [] });
});
