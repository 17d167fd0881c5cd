import { sequences } from "../../helpers/cell-sequences.ts";

sequences(
  "texts of cells, and cells that fail",
  {
    "an empty cell": [[""], ["   \n\n"], ["1", "1"]],
    "a cell with only comments": [["// nothing to see"], ["/* nor\n here */"], ["// %% [markdown]\n// # Title"]],
    "a cell of one semicolon, a string, a regular expression": [
      [";"],
      ["'use strict'", "'use strict'"],
      ["/a+/.test('caat')", "true"],
      ["`a\nb`", "'a\\nb'"],
    ],
    "CRLF: the place of an error is right": [
      ["const a = 1\r\nconst b = 2\r\na + nothing", "3:5 TS2304 Cannot find name 'nothing'."],
      ["const s = `x\r\ny`; s.length", "3"],
      [
        "a + b",
        "1:1 TS2304 Cannot find name 'a'. It is declared in cell [1], which ended in an error.\n1:5 TS2304 Cannot find name 'b'. It is declared in cell [1], which ended in an error.",
      ],
    ],
    "characters beyond the BMP before an error": [
      [
        "const s = '😀😀'; s.lenght",
        "1:21 TS2551 Property 'lenght' does not exist on type '\"😀😀\"'. Did you mean 'length'?",
      ],
      ["'日本'; nothing", "1:7 TS2304 Cannot find name 'nothing'."],
      ["const 𠮷 = 1"],
      ["𠮷 + 1", "2"],
    ],
    "tabs and a byte order mark": [
      ["\tconst a = 1;\n\t\ta.b", "2:5 TS2339 Property 'b' does not exist on type '1'."],
      ["﻿const c = 3; c", "3"],
    ],
    "a semicolon hides the result": [["1 + 1;"], ["const x = 5; x;"], ["x // the end", "5"]],
    "the value of a cell": [
      ["const a = 1; a", "1"],
      ["if (true) { 5 }"],
      ["({ a: 1 })", "{ a: 1 }"],
      ["{ a: 1 }"],
      ["[1, 2].map(n => n * 2)", "[ 2, 4 ]"],
      ["function f() {}"],
      ["class A {}"],
      ["a = 1", "1:1 TS2632 Cannot assign to 'a' because an earlier cell declares it with const, function or class."],
    ],
    "output, result and error in their order": [
      ["console.log('one'); console.error('two'); 3", "one\ntwo\n3"],
      ["console.log('before'); throw new Error('no')", "before\nError: no"],
    ],
    "a cell that fails has declared what came before": [
      ["const before = 1; throw new Error('stop'); const behind = 2", "Error: stop"],
      ["before", "1"],
      ["behind", "1:1 TS2304 Cannot find name 'behind'. It is declared in cell [1], which ended in an error."],
    ],
    "a cell that fails leaves an old variable that it did not reach": [
      ["const v = 'old'"],
      ["throw new Error('stop'); const v = 2", "Error: stop"],
      ["v", "'old'"],
    ],
    "a cell that fails has replaced what it reached": [
      ["const v = 'old'"],
      ["const v = 2; throw new Error('stop')", "Error: stop"],
      ["v", "2"],
      ["v.toFixed(1)", "'2.0'"],
    ],
    "a cell that the check stopped has declared nothing": [
      ["const good = 1; const bad: number = 'x'", "1:23 TS2322 Type 'string' is not assignable to type 'number'."],
      ["good", "1:1 TS2304 Cannot find name 'good'. It is declared in cell [1], which ended in an error."],
      ["let n = 1"],
      ["n = 5; n.nothing", "1:10 TS2339 Property 'nothing' does not exist on type 'number'."],
      ["n", "1"],
    ],
    "a syntax error declares nothing": [
      ["const a = 1; const b = ", "SyntaxError: Unexpected token"],
      ["a", "1:1 TS2304 Cannot find name 'a'."],
    ],
    "a function declared in a cell that failed": [
      ["function early() { return 'e' } throw new Error('x')", "Error: x"],
      ["early()", "'e'"],
      ["early().toFixed()", "1:9 TS2551 Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?"],
    ],
    "types of a cell that failed are there": [
      ["type T = 'a' | 'b'; throw new Error('x')", "Error: x"],
      ["const t: T = 'a'; t", "'a'"],
      ["const u: T = 'c'", "1:7 TS2322 Type '\"c\"' is not assignable to type 'T'."],
    ],
    "an import that failed is imported by the next cell": [
      ["import { ready } from './latter.ts'", 'QuernError: …Did you mean "later.ts"?'],
      ["import { ready } from './later.ts'"],
      ["ready", "1"],
    ],
    "a name that an unchecked cell declares again": [
      ["const n = 1"],
      ["%check off"],
      ["const n = 'text'"],
      ["%check error"],
      ["n.length", "4"],
      ["n.anything"],
      ["const n = 2; n.length", "1:16 TS2339 Property 'length' does not exist on type '2'."],
    ],
    "types, enums and classes of unchecked cells are known": [
      ["%check off"],
      ["type T = { a: number }; enum E { A = 1 } class K { k = 1 } const wrong: number = 'x'"],
      ["%check error"],
      ["const t: T = { a: 1 }; t.a", "1"],
      ["const e: E = E.A; e", "1"],
      ["new K().j", "1:9 TS2339 Property 'j' does not exist on type 'K'."],
      [
        "const u: T = { b: 1 }",
        "1:16 TS2353 Object literal may only specify known properties, and 'b' does not exist in type 'T'.",
      ],
      ["wrong.length", "1"],
    ],
  },
  { "later.ts": "export const ready = 1;\n" },
);
