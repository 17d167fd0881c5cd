import { type Step, sequences } from "../../helpers/cell-sequences.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

sequences("what a session has, magics, and its end", {
  "console.log takes anything": [
    ["console.log(1, 'a', { a: [1] }, null, undefined)", "1 a { a: [ 1 ] } null undefined"],
    [
      "console.table([{ a: 1 }])",
      "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘",
    ],
    ["console.log('%d of %s', 1, 'a')", "1 of a"],
  ],
  "display, html and md are known": [
    ["display('shown')", "'shown'"],
    ["html`<b>a</b>`", "a"],
    ["md`**a**`", "**a**"],
    ["display(1, 2, 3, 4)", "1:15 TS2554 Expected 1-2 arguments, but got 4."],
  ],
  "prompt and timers are known": [
    ["const id = setTimeout(() => {}, 0); clearTimeout(id)"],
    ["setInterval(() => {}).unref() && 1", "1"],
    ["await new Promise(done => setTimeout(done, 1)); 'after'", "'after'"],
    ["queueMicrotask(() => {})"],
  ],
  "late errors of timers do not spoil the next cell": [
    ["setTimeout(() => { throw new Error('late') }, 20); 1", "1"],
    ["await new Promise(done => setTimeout(done, 60)); 2", "2"],
  ],
  "%time and code": [["%time 1 + 1", "wall …2"], ["const a = 2"], ["%time a + b", "1:11 TS2304 Cannot find name 'b'."]],
  "a magic before code: places are the cell's": [
    ["%env SEQUENCE=1\nconst a = 1\na.b", "3:3 TS2339 Property 'b' does not exist on type '1'."],
    ["process.env.SEQUENCE"],
  ],
  "a command's output": [
    ["!echo hello", "hello"],
    ["const text = 'a'\n!echo two\ntext", "two\n'a'"],
  ],
  "%who lists names": [
    ["const a = 1; let b = 'x'"],
    ["%who", "name  type    size\na     number\nb     string  1 character"],
  ],
  "an unknown magic": [
    ["%tiem 1", "SyntaxError: There is no magic %tiem. Did you mean %time? %help lists them."],
    ["%%sqll\nselect 1", "SyntaxError: There is no magic %%sqll. Did you mean %%sql? %help lists them."],
  ],
  "%%html and %%md are not checked": [
    ["%%md\n# Title with nothing.there", "# Title with nothing.there"],
    ["%%html\n<b>bold</b>", "bold"],
  ],
  "name? is not checked": [["const a = 1"], ["a?"], ["nothingAtAll?", 'Nothing is known of "nothingAtAll".']],
  "%reset forgets types": [
    [
      "type Shape = { sides: number }; interface Point { x: number }; declare global { interface Array<T> { third(): T } }",
    ],
    ["const s: Shape = { sides: 3 }; type Both = Shape & Point"],
    ["%reset", "1 variable removed."],
    ["const s: Shape = { sides: 3 }", "1:10 TS2304 Cannot find name 'Shape'.…"],
    ["[1].third()", "1:5 TS2339 Property 'third' does not exist on type 'number[]'.…"],
    ["%reset\ntype Shape = { edges: number }"],
    ["const s: Shape = { edges: 3 }; s.edges", "3"],
  ],
  "%reset forgets names": [
    ["const a = 1; let b = 2"],
    ["%reset", "2 variables removed."],
    ["a", "1:1 TS2304 Cannot find name 'a'."],
    ["b", "1:1 TS2304 Cannot find name 'b'."],
    ["const a = 'new'; a.length", "3"],
  ],
  "a rest operator that looks like a magic": [
    ["const a = 7\nconst b = a\n  % 4\nb", "3"],
    ["let x = true; x =\n!x; x", "false"],
  ],
  "Out and _ across kinds": [
    ["'text'", "'text'"],
    ["_.length", "4"],
    ["const s: string = _ + '!'"],
    ["s", "'4!'"],
    ["Out[1].length", "4"],
  ],
  "a session that ends takes names and types with it": [
    ["const n = 'text'; type T = string"],
    [
      "process.exit(4)",
      "SessionEnded: The session ended: process.exit(4) was called. Its variables are lost; a new session has started.",
    ],
    ["n", "1:1 TS2304 Cannot find name 'n'."],
    ["const m: T = 'a'", "1:10 TS2304 Cannot find name 'T'."],
    ["const n = 5; n.toFixed(1)", "'5.0'"],
  ],
  "kept rows are there after a session's end, with their columns": [
    ["const kept = range(3).select(r => ({ n: r.id })).persist(StorageLevel.DISK_ONLY)"],
    ["await kept.count()", "3"],
    [
      "process.exit(1)",
      "SessionEnded: The session ended: process.exit(1) was called. Its variables are lost; a new session has started. What was on disk is there again.",
    ],
    ["await 1; kept.select('n').count()", "3"],
    ["kept.select('m')", "1:13 TS2769 Argument of type '\"m\"' is not assignable to parameter of type '\"n\"'."],
  ],
  "a name that is deleted": [
    ["var gone = 1"],
    ["delete (globalThis as any).gone", "true"],
    ["typeof gone", "'undefined'"],
  ],
  "a very long line": [
    [`const long = [${numbers(2000).join(", ")}]; long.length`, "2000"],
    ["long.lenght", "1:6 TS2551 Property 'lenght' does not exist on type 'number[]'. Did you mean 'length'?"],
  ],
  "five hundred statements": [
    [
      numbers(500)
        .map((n) => `const n${n} = ${n}`)
        .join("\n"),
    ],
    ["n499 + n0", "499"],
    ["n500", "1:1 TS2304 Cannot find name 'n500'. Did you mean 'n50'?"],
  ],
  "twenty cells assign the same name": [
    ["let round1 = 0"],
    ...numbers(20).map((n): Step => ["round1 = round1 + 1", `${n + 1}`]),
  ],
  "a deep chain of cells": [
    ["const d0 = { value: 'x' }"],
    ...numbers(19).map((n): Step => [`const d${n + 1} = { ...d${n}, k${n + 1}: ${n + 1} }`]),
    ["d19.value.length + d19.k7", "8"],
    [
      "d19.k20",
      "1:5 TS2339 Property 'k20' does not exist on type '{ value: string; k1: number; k2: number; k3: number; k4: number; k5: number; k6: number; k7: number; k8: number; k9: number; k10: number; k11: number; k12: number; k13: number; k14: number; k15: number; k16: number; k17: number; k18: number; k19: number; }'.",
    ],
  ],
  "JSX-like and generic arrows": [
    ["const id = <T,>(x: T) => x; id(1).toFixed(1)", "'1.0'"],
    ["const cast = <number>(5 as any); cast.toFixed(1)", "'5.0'"],
    [
      "a < b > c",
      "1:1 TS2304 Cannot find name 'a'.\n1:5 TS2304 Cannot find name 'b'.\n1:9 TS2304 Cannot find name 'c'.",
    ],
  ],
  "numbers, dates and text of a result": [
    ["0.1 + 0.2", "0.30000000000000004"],
    ["1_000n * 2n", "2000n"],
    ["new Date(0)", "1970-01-01T00:00:00.000Z"],
    ["'a'.repeat(3)", "'aaa'"],
    ["[, 1]", "[ <1 empty item>, 1 ]"],
    ["new Map([['a', 1]])", "Map(1) { 'a' => 1 }"],
    ["Symbol('s')", "Symbol(s)"],
    ["-0", "-0"],
  ],
  "code that only looks like types": [
    ["const as = 1, is = 2; as + is", "3"],
    ["let any = 1, string = 'a'; any + string.length", "2"],
    ["const never = (unknown: number) => unknown; never(1)", "1"],
  ],
  "an abstract name of TypeScript's library": [
    ["const Record = 1"],
    ["let r: Record<string, number> = { a: 1 }; r.a", "1"],
    [
      "type Partial<T> = T; const p: Partial<{ a: number }> = {}",
      "1:28 TS2741 Property 'a' is missing in type '{}' but required in type '{ a: number; }'.",
    ],
  ],
  "a global augmented for good": [
    [
      "declare global { interface Array<T> { second(): T | undefined } }\nArray.prototype.second = function () { return this[1] }",
      "[Function (anonymous)]",
    ],
    ["[1, 2].second()", "2"],
    ["[1, 2].third()", "1:8 TS2339 Property 'third' does not exist on type 'number[]'."],
    ["declare global { var answer: number }\nglobalThis.answer = 42", "42"],
    ["answer.toFixed(1)", "'42.0'"],
    ["answer.nothing"],
  ],
  "declare module": [
    ["declare module 'made-up' { export const a: number }"],
    ["type A = typeof import('made-up').a; const a: A = 1; a", "1"],
  ],
  "strings that look like imports": [
    ["const text = `import { x } from './nowhere'`; text.length", "29"],
    ['"export const a = 1".length', "18"],
  ],
  "export in a cell": [
    ["export const shared = 1; export function fn() { return shared } export type Sh = number"],
    ["fn() + shared", "2"],
    ["const s: Sh = 'a'", "1:7 TS2322 Type 'string' is not assignable to type 'number'."],
    ["export default 5"],
    ["export { shared as other }; other", "1:29 TS2304 Cannot find name 'other'."],
  ],
});
