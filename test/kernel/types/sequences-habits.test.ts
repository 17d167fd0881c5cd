import { sequences } from "../../helpers/cell-sequences.ts";

sequences("habits of people who write scripts", {
  "a block has names of its own": [
    ["const t = 5"],
    ["{ const t = 'a'; t.length }"],
    ["let u = t; { let u = 'x'; console.log(u.length) }", "1"],
    ["u", "5"],
  ],
  "a parameter hides a preloaded name": [
    ["const f = (count: () => number) => count(); f(() => 1)", "1"],
    ["createDataFrame([{ a: 1 }]).agg(d => ({ n: count() })).columns()", "[ 'n' ]"],
  ],
  "a let that begins with null": [
    ["let best = null"],
    [
      "best = createDataFrame([{ a: 1 }])",
      "┌──────┐\n│    a │\n│ long │\n├──────┤\n│    1 │\n└──────┘\n1 row · 1 column",
    ],
    ["best.select('a').columns()", "[ 'a' ]"],
    ["best.select('b')", "1:13 TS2769 Argument of type '\"b\"' is not assignable to parameter of type '\"a\"'."],
    ["let most = null; for (const x of [1, 2]) { if (!most || x > most) most = x } most", "2"],
    ["most + 1", "3"],
  ],
  "a list that is filled later": [
    ["const acc = []"],
    ["for (const n of [1, 2]) acc.push(n)"],
    ["acc[0] + 1", "2"],
    ["acc.map(x => x * 2)", "[ 2, 4 ]"],
    ["let rows = []"],
    ["rows.push({ a: 1 })", "1"],
    ["rows[0].a", "1"],
    ["rows = [1, 2]; rows.map(n => n)", "[ 1, 2 ]"],
  ],
  "an object that is filled later": [
    ["const groups = {}"],
    ["groups.a = 1", "1"],
    ["groups['b'] = 2", "2"],
    ["groups", "{ a: 1, b: 2 }"],
    ["groups.a + 1", "2"],
    ["for (const w of ['x', 'y', 'x']) groups[w] = (groups[w] ?? 0) + 1"],
    ["groups", "{ a: 1, b: 2, x: 2, y: 1 }"],
    ["%check strict"],
    ["groups.c", "1:8 TS2339 Property 'c' does not exist on type '{}'."],
  ],
  "an object with properties takes no others": [
    ["const state = { n: 1 }"],
    ["state.m = 2", "1:7 TS2339 Property 'm' does not exist on type '{ n: number; }'."],
    ["(state as any).m = 2", "2"],
    ["state.n = 'x'", "1:1 TS2322 Type 'string' is not assignable to type 'number'."],
    ["const d: Record<string, any> = {}; d.x = 1; d.x.y"],
  ],
  "properties of functions": [
    ["function f() {}\nf.calls = 0", "0"],
    ["f.calls + 1", "1"],
    ["const g = () => 1\ng.calls = 0", "0"],
    ["g.calls", "0"],
    [
      "g.cals",
      "1:3 TS2551 Property 'cals' does not exist on type '{ (): number; calls: number; }'. Did you mean 'calls'?",
    ],
  ],
  "this in functions and objects": [
    ["const o = { n: 1, get() { return this.n } }; o.get()", "1"],
    ["function T() { this.x = 1 } new T().x", "1"],
    ["o.get.call({ n: 2 })", "2"],
  ],
  "JSON from anywhere is of any type": [
    ["const data = await (await fetch('data:application/json,{\"a\":1}')).json()"],
    ["data.a", "1"],
    ["let r; try { r = JSON.parse('{}') } catch { r = null }"],
    ["r.a"],
  ],
  "the environment": [
    ["process.env.PATH.length > 0", "true"],
    ["process.argv[0].length > 0", "true"],
    ["const e: string = process.env.PATH; e.length > 0", "true"],
  ],
  "idioms with lists": [
    ["[3, 1].sort((a, b) => a - b)", "[ 1, 3 ]"],
    ["Object.entries({ a: 1 }).map(([k, v]) => k + v)", "[ 'a1' ]"],
    ["new Map(Object.entries({ a: 1 })).get('a') + 1", "2"],
    ["[...'ab'].map((c, i) => c + i)", "[ 'a0', 'b1' ]"],
    ["Array.from({ length: 2 }, (_, i) => i)", "[ 0, 1 ]"],
    ["[1, 2].reduce((a, b) => a + b)", "3"],
    ["[1, 'a', null].filter(Boolean)", "[ 1, 'a' ]"],
    ["[1, null].filter(x => x !== null).map(x => x + 1)", "[ 2 ]"],
    ["[1, null].map(x => x + 1)", "[ 2, 1 ]"],
  ],
  "what never holds for these types": [
    [
      "[1, 2, 3].includes('1')",
      "1:20 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
    ],
    ["new Set([1]).has('a')", "1:18 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
    ["['a'].indexOf(1)", "1:15 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'."],
    ["Math.max('1')", "1:10 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
    ["parseInt(5)", "1:10 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'."],
    ["isNaN('a')", "1:7 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
  ],
  dates: [
    ["const d = new Date(0), e = new Date(1000)"],
    ["d < e", "true"],
    ["+e - +d", "1000"],
    [
      "e - d",
      "1:1 TS2362 The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.\n1:5 TS2363 The right-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type.",
    ],
  ],
  timers: [
    ["let timer = setTimeout(() => {}, 10); clearTimeout(timer); timer = null", "null"],
    ["const i: number = setTimeout(() => {}, 1)", "1:7 TS2322 Type 'Timeout' is not assignable to type 'number'."],
  ],
  "arguments that are left out": [
    ["((a, b) => a)(1)", "1"],
    ["((a = 1, ...more) => a)()", "1"],
    ["[1].forEach(() => {})"],
    [
      "[1].map((n, i, all, more) => n)",
      "1:9 TS2345 Argument of type '(n: any, i: any, all: any, more: any) => any' is not assignable to parameter of type '(value: number, index: number, array: number[]) => any'.\n  Target signature provides too few arguments. Expected 4 or more, but got 3.",
    ],
  ],
});
