import assert from "node:assert/strict";
import { test } from "node:test";
import { isLocalAt } from "../../../kernel/types/draft/locals.ts";

const at = (marked: string) => isLocalAt(marked.replace("|", ""), marked.indexOf("|"));

const local = [
  "[1].map(f => f|)",
  "[1].map(f| => f)",
  "[1].map((f, i) => f.a.|",
  "function zz(f: any){ f.|",
  "function zz(f: any){ if (f) { f.|",
  "rows.map(({ f }) => { return f|",
  "{ const f = 1; f.| }",
  "const f: any = 1\nf.|",
  "class A { m(f) { f.|",
  "x.map(async (a, ...f) => `${f.|",
  'x.map(f => f["|',
  "x.map(f => f.a['be|",
  "for (const f of x) { f.|",
  'for await (const f of x) { f["|',
  "for (let f = 0; f < 3; f++) f.|",
  "try {} catch (f) { f.|",
  "const { f } = x; f.|",
  "const { a: { b: f }, c } = x; f.|",
  'const [, f] = x; f["|',
  "for (const { f } of x) { f.|",
];
const global = [
  "f|",
  "f|.filter(f => f.delay)",
  "f.filter(f => f.delay).|",
  "[1].map(f => f); f.|",
  "[1].map(f => 1, f.|",
  "function zz(f: any){ f }\nf.|",
  "if (f) { f.|",
  "{ const f = 1; }\nf.|",
  "a.f.|",
  "f(f).|",
  "const { a } = f|",
  'f["|',
  "for (const f of x) { f }\nf.|",
  "{ const { f } = x }\nf.|",
  "g({ a: f.|",
];

test("parameters and variables of a text are told from those of the session", () => {
  assert.deepEqual([local.filter((marked) => !at(marked)), global.filter(at)], [[], []]);
});
