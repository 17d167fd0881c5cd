import { sequences } from "../../helpers/cell-sequences.ts";

sequences("names: declared, declared again, run in any order", {
  "a const is declared again with another type": [
    ["const x = 1"],
    ["const x = 'one'"],
    ["x.length", "3"],
    ["x.toFixed()", "1:3 TS2551 Property 'toFixed' does not exist on type '\"one\"'. Did you mean 'fixed'?"],
  ],
  "a cell that is run again declares its const again": [["const x = 1"], ["const x = 1"], ["x + 1", "2"]],
  "an edited cell that is run again replaces what it declared": [
    ["const f = (a: number) => a"],
    ["f(1)", "1"],
    ["const f = (a: string) => a.length"],
    ["f(1)", "1:3 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'."],
    ["f('ab')", "2"],
  ],
  "a const becomes a let, a function, a class, an enum and an import": [
    ["const x = 1"],
    ["let x = 2"],
    ["x = 3; x", "3"],
    ["function x() { return 4 }"],
    ["x()", "4"],
    ["class x { y = 5 }"],
    ["new x().y", "5"],
    ["enum x { a = 6 }"],
    ["x.a", "6"],
    ["import { basename as x } from 'node:path'"],
    ["x('a/7')", "'7'"],
    ["const x = 8"],
    ["x", "8"],
  ],
  "a function is declared again with other parameters": [
    ["function f(a: number) { return a }"],
    ["function f(a: string, b: string) { return a + b }"],
    ["f(1)", "1:1 TS2554 Expected 2 arguments, but got 1."],
    ["f('a', 'b')", "'ab'"],
  ],
  "a class is declared again, and objects of the old keep working": [
    ["class A { a() { return 1 } }"],
    ["const old = new A()"],
    ["class A { b() { return 2 } }"],
    ["old.a() + new A().b()", "3"],
    ["new A().a()", "1:9 TS2339 Property 'a' does not exist on type 'A'."],
  ],
  "a var is declared twice in a cell": [["var v = 1; var v = 2"], ["v", "2"]],
  "two consts of one name in one cell are an error of the syntax": [
    ["const x = 1; const x = 2", 'SyntaxError: Identifier "x" has already been declared'],
  ],
  "a const of an earlier cell cannot be assigned": [
    ["const x = 1"],
    ["x = 2", "1:1 TS2632 Cannot assign to 'x' because an earlier cell declares it with const, function or class."],
    ["x", "1"],
  ],
  "a const of the same cell cannot be assigned": [
    ["const x = 1; x = 2", "1:14 TS2588 Cannot assign to 'x' because it is a constant."],
  ],
  "an import cannot be assigned": [
    ["import { sep } from 'node:path'"],
    [
      "sep = '|'",
      "1:1 TS2632 Cannot assign to 'sep' because an earlier cell declares it with const, function or class.",
    ],
  ],
  "a let keeps its type across cells": [
    ["let n = 1"],
    ["n = 2", "2"],
    ["n = 'two'", "1:1 TS2322 Type 'string' is not assignable to type 'number'."],
    ["n", "2"],
  ],
  "a let without a value takes anything": [["let v"], ["v = 1", "1"], ["v = 'a'", "'a'"], ["v", "'a'"]],
  "a let with a union is narrowed again in each cell": [
    ["let v: number | string = 1"],
    ["v = 'text'", "'text'"],
    [
      "v.length",
      "1:3 TS2339 Property 'length' does not exist on type 'string | number'.\n  Property 'length' does not exist on type 'number'.",
    ],
    ["(v as string).length", "4"],
    ["typeof v === 'string' ? v.length : v.toFixed(1)", "4"],
  ],
  "cells run out of order": [
    ["const b = a + 1", "1:11 TS2304 Cannot find name 'a'."],
    ["const a = 1"],
    ["const b = a + 1"],
    ["b", "2"],
  ],
  "a name of a later cell is not there yet": [["later + 1", "1:1 TS2304 Cannot find name 'later'."]],
  "a function may call another that a later cell declares": [
    ["function first() { return second() }", "1:27 TS2304 Cannot find name 'second'. Quern's is `F.second`."],
    ["function second() { return 2 }"],
    ["function first() { return second() }"],
    ["first()", "2"],
  ],
  "mutual recursion in one cell": [
    [
      "const even = (n: number): boolean => n === 0 || odd(n - 1); const odd = (n: number): boolean => n !== 0 && even(n - 1)",
    ],
    ["even(10)", "true"],
  ],
  "a function sees the new value of a variable that is declared again": [
    ["let k = 1; const get = () => k"],
    ["k = 2", "2"],
    ["get()", "2"],
    ["let k = 5"],
    ["get()", "5"],
  ],
  "closures over earlier cells": [["let count = 0"], ["const up = () => ++count"], ["up(); up()", "2"], ["count", "2"]],
  "a counter in a closure of an earlier cell": [
    ["function counter() { let n = 0; return { next: () => ++n } }"],
    ["const c = counter()"],
    ["c.next(); c.next()", "2"],
    ["c.nxet()", "1:3 TS2339 Property 'nxet' does not exist on type '{ next: () => number; }'."],
  ],
  "destructuring of objects, with defaults, renaming and rest": [
    ["const { a, b: { c = 3 }, ...rest } = { a: 1, b: {} as { c?: number }, d: 'd', e: true }"],
    ["[a, c, rest.d.length, rest.e]", "[ 1, 3, 1, true ]"],
    ["rest.a", "1:6 TS2339 Property 'a' does not exist on type '{ d: string; e: boolean; }'."],
  ],
  "destructuring of arrays, with holes and rest": [
    ["const [x, , y, ...others] = [1, 2, 3, 4, 5] as const"],
    ["x + y + others.length", "6"],
    ["others[0] satisfies 4", "4"],
    ["others[2]", "1:8 TS2493 Tuple type '[4, 5]' of length '2' has no element at index '2'."],
  ],
  "destructuring in a loop and in parameters": [
    ["for (const [key, value] of Object.entries({ a: 1 })) console.log(key, value.toFixed(1))", "a 1.0"],
    ["const f = ({ a, b = 2 }: { a: number; b?: number }) => a + b; f({ a: 1 })", "3"],
    [
      "f({ b: 1 })",
      "1:3 TS2741 Property 'a' is missing in type '{ b: number; }' but required in type '{ a: number; b?: number | undefined; }'.",
    ],
  ],
  "swapping two lets of an earlier cell": [
    ["let a = 1, b = 2"],
    ["[a, b] = [b, a]; a", "2"],
    [
      "[a, b] = ['x', 'y']",
      "1:2 TS2322 Type 'string' is not assignable to type 'number'.\n1:5 TS2322 Type 'string' is not assignable to type 'number'.",
    ],
  ],
  "operators assign to variables of an earlier cell": [
    ["let n = 5, s = 'a', u: number | undefined"],
    ["n += 2; n **= 2; s += n; u ??= 7; [n, s, u]", "[ 49, 'a49', 7 ]"],
    ["n &&= 'no'", "1:1 TS2322 Type 'string' is not assignable to type 'number'."],
  ],
  "a loop changes a variable of an earlier cell": [
    ["let total = 0"],
    ["for (const n of [1, 2, 3]) total += n"],
    ["total", "6"],
  ],
  "a block keeps its names to itself, but for var": [
    ["{ const inside = 1; var leaked = 2 }"],
    ["leaked", "2"],
    ["inside", "1:1 TS2304 Cannot find name 'inside'."],
  ],
  "names in a for loop stay in it": [["for (let i = 0; i < 3; i++) {}"], ["i", "1:1 TS2304 Cannot find name 'i'."]],
  "a try block keeps its names": [
    ["try { const t = 1; throw new Error('x') } catch (problem) { var message = problem.message }"],
    ["message", "'x'"],
    ["problem", "1:1 TS2304 Cannot find name 'problem'."],
  ],
  "a label, a comma and a void": [
    ["outer: for (const a of [1, 2]) for (const b of [1]) continue outer"],
    ["(1, 2)", "2"],
    ["void 0"],
  ],
  "a misspelt name gets the nearest of an earlier cell": [
    ["const passengers = 100"],
    ["pasengers", "1:1 TS2304 Cannot find name 'pasengers'. Did you mean 'passengers'?"],
  ],
  "a misspelt preloaded name gets the nearest": [
    ["creatDataFrame([{ a: 1 }])", "1:1 TS2552 Cannot find name 'creatDataFrame'. Did you mean 'createDataFrame'?"],
  ],
  "a misspelt member gets the nearest": [
    ["const words = ['a']"],
    ["words.lenght", "1:7 TS2551 Property 'lenght' does not exist on type 'string[]'. Did you mean 'length'?"],
  ],
  "a name of another kernel's language": [["print('a')", "1:1 TS2304 Cannot find name 'print'."]],
  "typeof asks for a name that may not be there": [
    ["typeof nothing", "'undefined'"],
    ["typeof nothing === 'undefined' ? 1 : 2", "1"],
  ],
  "globalThis sets a name": [["globalThis.foo = 1", "1"], ["foo + 1", "2"], ["foo.anything"]],
  "globalThis sets a name by way of any": [
    ["(globalThis as any).made = { a: 1 }", "{ a: 1 }"],
    ["made.a", "1"],
    ["delete (globalThis as any).made", "true"],
    ["made", "1:1 TS2304 Cannot find name 'made'."],
  ],
  "Object.assign sets names": [["void Object.assign(globalThis, { one: 1, two: 2 })"], ["one + two", "3"]],
  "a shadowed preloaded name that is called": [
    ["const count = 5"],
    [
      "count()",
      "1:1 TS2349 This expression is not callable.\n  Type 'Number' has no call signatures. `count` is yours since cell [1]; Quern's is `F.count`.",
    ],
    [
      "createDataFrame([{ a: 1 }]).agg(count())",
      "1:33 TS2349 This expression is not callable.\n  Type 'Number' has no call signatures. `count` is yours since cell [1]; Quern's is `F.count`.",
    ],
    ["F.count()", "Column<count(1)>"],
  ],
  "a shadowed preloaded name in the same cell": [
    [
      "const max = 3; max('a')",
      "1:16 TS2349 This expression is not callable.\n  Type 'Number' has no call signatures. `max` is yours since this cell; Quern's is `F.max`.",
    ],
  ],
  "a preloaded name that is not a function where it stands elsewhere": [
    ["const table = [1]"],
    [
      "table('t')",
      "1:1 TS2349 This expression is not callable.\n  Type 'number[]' has no call signatures. `table` is yours since cell [1]; Quern's is `spark.table`.",
    ],
  ],
  "a preloaded name that its cell did not come to assign": [
    ["const count = (() => { throw new Error('no') })()", "Error: no"],
    ["createDataFrame([{ a: 1 }]).agg(count()).columns()", "[ 'count(1)' ]"],
    ["import vega from 'not-there'", 'QuernError: Package "not-there" is not installed: …'],
    ["typeof vega", "'function'"],
  ],
  "a shadowed preloaded name is back after %reset": [
    ["const sum = 3"],
    ["sum", "3"],
    ["%reset", "1 variable removed."],
    ["typeof sum", "'function'"],
  ],
  "a shadowed name of Node": [
    ["const process = 1"],
    ["process.cwd()", "1:9 TS2339 Property 'cwd' does not exist on type '1'."],
    ["globalThis.process.pid > 0", "true"],
  ],
  "a name like a global of JavaScript": [
    ["const name = 'n', status = 1, event = 2, top = 3, length = 4, self = 5"],
    ["name.length + status + event + top + length + self", "16"],
  ],
  "undefined, NaN and Infinity": [
    ["undefined ?? null", "1:1 TS2871 This expression is always nullish."],
    ["NaN", "NaN"],
    ["Infinity + 1", "Infinity"],
  ],
  "this at the top, and in a function": [
    ["this === globalThis", "true"],
    ["const f = function (this: { a: number }) { return this.a }; f.call({ a: 1 })", "1"],
  ],
  "a name with Unicode": [
    ["const größe = 3, 数 = 4, π = Math.PI"],
    ["größe + 数", "7"],
    ["größ", "1:1 TS2304 Cannot find name 'größ'. Did you mean 'größe'?"],
    ["π.toFixed(2)", "'3.14'"],
  ],
  "a name with a dollar or an underscore": [["const $ = 1, _x = 2, $$ = 3"], ["$ + _x + $$", "6"]],
  "the last result is _ , and Out has the earlier": [
    ["41", "41"],
    ["_ + 1", "42"],
    ["Out[1]", "41"],
  ],
  "names that the language reserves elsewhere": [
    ["const type = 1, of = 2, as = 3, async = 4, get = 5, declare = 6, module = 7, namespace = 8"],
    ["type + of + as + async + get + declare + module + namespace", "36"],
  ],
  "eval and Function": [
    ["eval('1 + 1')", "2"],
    ["new Function('return 3')()", "3"],
  ],
  "using in a cell stays in it": [
    ["{ using thing = { [Symbol.dispose]() { console.log('disposed') } } }", "disposed"],
    ["thing", "1:1 TS2304 Cannot find name 'thing'."],
  ],
  "an edited cell gives back the names of Quern's that it had taken": [
    ["const count = 3; let month = 'May'; type Row = string; const rest = 1", "", "a"],
    ["count()", "1:1 TS2349 … `count` is yours since cell [1]; Quern's is `F.count`."],
    ["const total = 3; let month = 'June'; range(2).agg(count('id')).columns()", "[ 'count(id)' ]", "a"],
    ["range(2).agg(count('id')).columns()", "[ 'count(id)' ]"],
    ["const row: Row = (await range(1).first())!; row.id", "0"],
    ["total + month + rest", "'3June1'"],
  ],
  "not what another cell has declared since": [
    ["const count = 3", "", "a"],
    ["const count = 'b'", "", "b"],
    ["const total = 3", "", "a"],
    ["count.length", "1"],
  ],
});
