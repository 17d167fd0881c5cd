import { sequences } from "../../helpers/cell-sequences.ts";

sequences(
  "what stops a cell, and what does not",
  {
    "possibly null does not stop, but in strict mode": [
      ["const m = 'abc'.match(/z/)"],
      ["m.length", "TypeError: Cannot read properties of null (reading 'length')"],
      ["%check strict"],
      ["m.length", "1:1 TS18047 'm' is possibly 'null'."],
      ["m!.index", "TypeError: Cannot read properties of null (reading 'index')"],
      ["%check error"],
      ["'abc'.match(/b/).index", "1"],
    ],
    "possibly undefined does not stop": [
      ["const found = [1, 2].find(n => n > 1)"],
      ["found + 1", "3"],
      ["found.toFixed(1)", "'2.0'"],
      ["const o: { f?: () => number } = { f: () => 3 }; o.f()", "3"],
    ],
    "an unchecked index does not stop": [
      ["const list = [1, 2, 3]"],
      ["list[0].toFixed(1)", "'1.0'"],
      ["list[0] + list[1]", "3"],
      ["const first: number = list[0]; first", "1"],
      ["const d: Record<string, string> = { a: 'x' }; d.a.length", "1"],
      ["%check strict"],
      ["list[0].toFixed(1)", "1:1 TS2532 Object is possibly 'undefined'."],
    ],
    "the difference of dates does not stop": [
      ["const days = [new Date('2026-03-02'), new Date('2026-03-01')]"],
      ["(new Date('2026-03-02') - new Date('2026-03-01')) / 3600000", "24"],
      ["days.sort((a, b) => a - b)[0].getUTCDate()", "1"],
      ["const [from, to] = days; to - from", "86400000"],
      ["days[1] - days[0]", "86400000"],
      ["const at = (text: string) => new Date(text)\nfunction also(text: string) { return new Date(text) }"],
      ["at('2026-03-02') - also('2026-03-01')", "86400000"],
      ["at - 1", "1:1 TS2362 …"],
      ["const row: { at: Date | null } = { at: days[0] }; Date.now() - row.at > 0", "true"],
      ["[from] - 1", "1:1 TS2362 The left-hand side of an arithmetic operation must be …"],
      ["%check strict"],
      ["to - from", "1:1 TS2362 …\n1:6 TS2363 …"],
    ],
    "null where a value is wanted does not stop where it is the null alone": [
      ["const n: number = Math.random() > 2 ? 1 : null; n", "null"],
      ["const f = (s: string) => s; f('a' as string | undefined)", "'a'"],
      [
        "f(null as number | null)",
        "1:3 TS2345 Argument of type 'number | null' is not assignable to parameter of type 'string'.\n  Type 'null' is not assignable to type 'string'.",
      ],
      ["%check strict"],
      [
        "f('a' as string | undefined)",
        "1:3 TS2345 Argument of type 'string | undefined' is not assignable to parameter of type 'string'.\n  Type 'undefined' is not assignable to type 'string'.",
      ],
    ],
    "an object of type unknown": [
      ["const u = JSON.parse('{\"a\": 1}')"],
      ["u.a", "1"],
      ["const v: unknown = { a: 1 }"],
      ["v.a", "1"],
      ["(v as any).a", "1"],
      ["const given: unknown = [{ a: 1 }]; await createDataFrame(given).count()", "1"],
      ["for (const row of given) console.log(row.a)", "1"],
    ],
    "an implicit any does not stop": [
      ["const f = (a, b) => a + b"],
      ["f(1, 2)", "3"],
      ["f('a', 'b')", "'ab'"],
      ["function g(x) { return x.y }; g({ y: 1 })", "1"],
      ["const list = []; list.push(1); list.push('a'); list.length", "2"],
      ["const h = { m(v) { return v } }; h.m(1)", "1"],
    ],
    "an index by any name of an object": [
      ["const o = { a: 1, b: 2 }"],
      ["for (const key in o) console.log(o[key])", "1\n2"],
      ["const key: string = 'a'; o[key]", "1"],
      ["Object.keys(o).map(k => o[k])", "[ 1, 2 ]"],
      ["o['c']"],
      ["o['a']", "1"],
    ],
    "names that are not used do not stop": [
      ["const unused = 1; function f(a: number, b: number) { const c = 1; return a } f(1, 2)", "1"],
      ["import { sep } from 'node:path'"],
    ],
    "a deprecated API does not stop": [
      ["'abc'.substr(1)", "'bc'"],
      ["escape('ä')", "'%E4'"],
    ],
    "code that is not reached, and a missing return": [
      ["const f = () => { return 1; console.log('never') }; f()", "1"],
      [
        "function g(a: number): number { if (a > 0) return 1 }",
        "1:24 TS2366 Function lacks ending return statement and return type does not include 'undefined'.",
      ],
      ["function h(a: number) { if (a > 0) return 1 } h(1)", "1"],
      ["if (true) {} else { console.log('x') }"],
      ["switch (1 as number) { case 1: console.log('one'); case 2: console.log('two') }", "one\ntwo"],
    ],
    "comparisons that are always false": [
      ["const a = 'x' as 'x' | 'y'"],
      [
        "a === 'z'",
        '1:1 TS2367 This comparison appears to be unintentional because the types \'"x" | "y"\' and \'"z"\' have no overlap.',
      ],
      ["1 === '1'", "false"],
      ["({}) === ({})", "false"],
    ],
    "arithmetic with what is no number": [
      [
        "'a' * 2",
        "1:1 TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.",
      ],
      [
        "[true] - 1",
        "1:1 TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.",
      ],
      ["[] + 1", "'1'"],
      ["'5' - 2", "3"],
      ["+'5' + +true", "6"],
      ["1 + '1'", "'11'"],
    ],
    "too few and too many arguments": [
      ["const f = (a: number, b?: string) => a"],
      ["f()", "1:1 TS2554 Expected 1-2 arguments, but got 0."],
      ["f(1, 'b', 2)", "1:11 TS2554 Expected 1-2 arguments, but got 3."],
      ["Math.max(...[1, 2])", "2"],
      ["f(...[1])", "1"],
    ],
    "an object with a property too many": [
      ["const f = (o: { a: number; b?: string }) => o.a"],
      [
        "f({ a: 1, c: 2 })",
        "1:11 TS2353 Object literal may only specify known properties, and 'c' does not exist in type '{ a: number; b?: string | undefined; }'.",
      ],
      ["const o = { a: 1, c: 2 }; f(o)", "1"],
      ["f({ a: '1' })", "1:5 TS2322 Type 'string' is not assignable to type 'number'."],
    ],
    "a missing await on a method": [
      ["const later = async () => [1, 2]"],
      [
        "later().map(n => n)",
        "1:9 TS2339 Property 'map' does not exist on type 'Promise<number[]>'. Is an await missing?",
      ],
      ["(await later()).map(n => n * 2)", "[ 2, 4 ]"],
    ],
    "@ts-expect-error lets the next line through": [
      ["// @ts-expect-error on purpose\nconst n: number = 'text'"],
      ["n", "'text'"],
      ["// @ts-ignore\nconst m: number = 'text'"],
      ["// @ts-nocheck\nconst k: number = 'text'; k", "'text'"],
    ],
    "@ts-expect-error without an error": [
      ["// @ts-expect-error\nconst n: number = 1; n", "1:1 TS2578 Unused '@ts-expect-error' directive."],
    ],
    "%check off lets everything run": [
      ["%check off"],
      ["const n: number = 'text'; n", "'text'"],
      ["%check", "%check off"],
      ["%check error"],
      ["n.length", "4"],
      ["const m: number = 'text'", "1:7 TS2322 Type 'string' is not assignable to type 'number'."],
    ],
    "%check warn shows what is wrong and runs": [
      ["%check warn"],
      [
        "const n: number = 'text'; n",
        "TypeCheckError: Type 'string' is not assignable to type 'number'. (TS2322)\n    at cell [2]:1:7\n\n> 1 | const n: number = 'text'; n\n    |       ^\n'text'",
      ],
      [
        "[1].lenght",
        "TypeCheckError: Property 'lenght' does not exist on type 'number[]'. Did you mean 'length'? (TS2551)\n    at cell [3]:1:5\n\n> 1 | [1].lenght\n    |     ^^^^^^",
      ],
      ["%check", "%check warn"],
      ["1 + 1", "2"],
    ],
    "names of cells that ran in spite of a warning are of any type": [
      ["%check warn"],
      [
        "const n: number = 'text'; type T = 'a'",
        "TypeCheckError: Type 'string' is not assignable to type 'number'. (TS2322)…",
      ],
      ["%check error"],
      ["n.length", "4"],
      ["const t: T = 'b'", "1:7 TS2322 Type '\"b\"' is not assignable to type '\"a\"'."],
      ["const n = 1; n.length", "1:16 TS2339 Property 'length' does not exist on type '1'."],
    ],
    "%check with another word": [
      [
        "%check strct",
        "SyntaxError: %check strct: it takes strict, error, warn, off; alone it says which of them is set",
      ],
      ["%check", "%check error"],
    ],
    "%check in the cell it is about": [
      ["%check off\nconst n: number = 'text'; n", "'text'"],
      ["%check error\nconst m: number = 'text'", "2:7 TS2322 Type 'string' is not assignable to type 'number'."],
      ["1 + 1", "2"],
    ],
    "names of cells that were not checked are of any type": [
      ["%check off"],
      ["const n: number = 'text'; type T = { a: number }"],
      ["%check error"],
      ["n.whatever"],
      ["n.length", "4"],
    ],
    "all problems of a cell are told, by their places": [
      [
        "const a: number = 'a'\nconst b: string = 2\n\n  nothing.there",
        "1:7 TS2322 Type 'string' is not assignable to type 'number'.\n2:7 TS2322 Type 'number' is not assignable to type 'string'.\n4:3 TS2304 Cannot find name 'nothing'.",
      ],
    ],
    "more than five problems are counted": [
      [
        "a1; a2; a3; a4; a5; a6; a7",
        "1:1 TS2304 Cannot find name 'a1'.\n1:5 TS2304 Cannot find name 'a2'.\n1:9 TS2304 Cannot find name 'a3'.\n1:13 TS2304 Cannot find name 'a4'.\n1:17 TS2304 Cannot find name 'a5'.\nand 2 more",
      ],
    ],
    "satisfies of a whole expression": [
      ["5 satisfies string", "1:3 TS1360 Type 'number' does not satisfy the expected type 'string'."],
      ["'a' satisfies string", "'a'"],
    ],
    "what import type gives has no value": [
      [
        "import type { Stats as S } from 'node:fs'; S",
        "1:44 TS1361 'S' cannot be used as a value because it was imported using 'import type'.",
      ],
      ["import type { Stats } from 'node:fs'"],
      ["const s: Stats | 1 = 1; s", "1"],
    ],
    "a void that is tested": [
      ["if (console.log('a')) 1", "1:5 TS1345 An expression of type 'void' cannot be tested for truthiness."],
    ],
    "a function that is tested and not called": [
      ["const ready = () => false"],
      ["if (ready) console.log('always')", "always"],
      ["ready() ? 1 : 2", "2"],
    ],
    "errors thrown and caught are of any type": [
      ["try { null.x } catch (e) { e.message }", "1:7 TS18050 The value 'null' cannot be used here."],
      ["try { throw { code: 5 } } catch (e) { console.log(e.code) }", "5"],
      ["try { JSON.parse('{') } catch (error) { console.log(error.name, error.nothing) }", "SyntaxError undefined"],
    ],
    "an error of the run has its own name and the line": [
      ["const parse = (text: string) => JSON.parse(text)"],
      ["parse('{').a", "SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
      ["throw new RangeError('too far')", "RangeError: too far"],
      ["throw 'a string'", "Uncaught: 'a string'"],
      ["(undefined as any).x", "TypeError: Cannot read properties of undefined (reading 'x')"],
      ["await Promise.reject(new Error('late'))", "Error: late"],
    ],
    "declarations without values": [
      ["let a: number"],
      ["a"],
      ["const b: string | undefined = undefined; b"],
      ["let c!: number; c"],
    ],
    "use before the declaration in a cell": [
      ["early; const early = 1", "ReferenceError: Cannot access 'early' before initialization"],
      ["console.log(typeof f()); function f() { return 1 }", "number"],
      ["new Later(); class Later {}", "ReferenceError: Cannot access 'Later' before initialization"],
    ],
    "a const that reads the name that was there before": [
      ["const range5 = range(5)"],
      ["const n = 1"],
      ["const n2 = n + 1; n2", "2"],
      ["const n = n + 1"],
      ["n", "2"],
    ],
  },
  { "package.json": '{"name":"p"}' },
);
