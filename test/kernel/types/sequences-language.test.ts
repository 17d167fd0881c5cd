import { sequences } from "../../helpers/cell-sequences.ts";

sequences("what TypeScript has, across cells", {
  "a cell of types alone": [
    ["type Point = { x: number; y: number }"],
    ["interface Named { name: string }"],
    ["const p: Point & Named = { x: 1, y: 2, name: 'p' }; p.x + p.y", "3"],
    [
      "const q: Point = { x: 1 }",
      "1:7 TS2741 Property 'y' is missing in type '{ x: number; }' but required in type 'Point'.",
    ],
  ],
  "a type is declared again": [
    ["type T = number"],
    ["const a: T = 1"],
    ["type T = string"],
    ["const b: T = 'b'"],
    ["const c: T = 1", "1:7 TS2322 Type 'number' is not assignable to type 'string'."],
    ["a + 1", "2"],
  ],
  "a type and a value of one name": [
    ["type Unit = 'm' | 'km'; const Unit = { m: 1, km: 1000 }"],
    ["const u: Unit = 'km'; Unit[u]", "1000"],
    ["const v: Unit = 'mile'", "1:7 TS2322 Type '\"mile\"' is not assignable to type 'Unit'."],
  ],
  "interfaces of one name merge within a cell": [
    ["interface A { a: number }\ninterface A { b: string }"],
    ["const it: A = { a: 1, b: 'b' }; it.b", "'b'"],
    ["const no: A = { a: 1 }", "1:7 TS2741 Property 'b' is missing in type '{ a: number; }' but required in type 'A'."],
  ],
  "an interface of a later cell replaces the earlier": [
    ["interface A { a: number }"],
    ["interface A { b: string }"],
    ["const it: A = { b: 'b' }; it.b", "'b'"],
    ["it.a", "1:4 TS2339 Property 'a' does not exist on type 'A'."],
  ],
  "a class and an interface merge": [
    ["class Shape { area() { return 1 } }\ninterface Shape { title?: string }"],
    ["const s = new Shape(); s.title = 't'; s.area() + s.title", "'1t'"],
    ["s.titel", "1:3 TS2551 Property 'titel' does not exist on type 'Shape'. Did you mean 'title'?"],
  ],
  "a function and a namespace merge": [
    ["function greet() { return greet.word }\nnamespace greet { export const word = 'hi' }"],
    ["greet() + greet.word", "'hihi'"],
    ["greet.words", "1:7 TS2551 Property 'words' does not exist on type 'typeof greet'. Did you mean 'word'?"],
  ],
  "an enum merges with a namespace": [
    ["enum Color { Red, Green }\nnamespace Color { export const first = () => Color.Red }"],
    ["Color.first() + Color.Green", "1"],
    ["Color.Blue", "1:7 TS2339 Property 'Blue' does not exist on type 'typeof Color'."],
  ],
  "overloads of a function": [
    ["function f(a: number): number\nfunction f(a: string): string\nfunction f(a: any) { return a }"],
    ["f(1).toFixed(1)", "'1.0'"],
    ["f('a').toUpperCase()", "'A'"],
    ["f(true)", "1:3 TS2769 Argument of type 'boolean' is not assignable to parameter of type 'string'."],
  ],
  "a declared variable has no value yet": [
    ["declare const given: number"],
    ["given + 1", "ReferenceError: given is not defined"],
  ],
  "generics across cells": [
    ["function first<T>(list: readonly T[]): T | undefined { return list[0] }"],
    ["const one = first([1, 2])"],
    ["one!.toFixed(2)", "'1.00'"],
    [
      "first(['a'])!.toFixed()",
      "1:15 TS2551 Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?",
    ],
    ["class Stack<T> { items: T[] = []; push(item: T) { this.items.push(item); return this } }"],
    ["const s = new Stack<number>().push(1)"],
    ["s.push('two')", "1:8 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
    ["s.items.length", "1"],
  ],
  "constraints and defaults of type parameters": [
    ["type Named<T extends { name: string } = { name: string; age: number }> = T"],
    ["const n: Named = { name: 'n', age: 1 }; n.age", "1"],
    [
      "type Wrong = Named<{ age: number }>",
      "1:20 TS2741 Property 'name' is missing in type '{ age: number; }' but required in type '{ name: string; }'.",
    ],
  ],
  "conditional, mapped and template types across cells": [
    [`type Getters<T> = { [K in keyof T as \`get\${Capitalize<K & string>}\`]: () => T[K] }`],
    ["type Both = Getters<{ a: number; b: string }>"],
    ["const g: Both = { getA: () => 1, getB: () => 'b' }; g.getA()", "1"],
    ["g.getC()", "1:3 TS2339 Property 'getC' does not exist on type 'Getters<{ a: number; b: string; }>'."],
  ],
  "infer and recursive types": [
    ["type Deep<T> = T extends readonly (infer U)[] ? Deep<U> : T"],
    ["const d: Deep<number[][]> = 1; d", "1"],
    ["const e: Deep<string[]> = 1", "1:7 TS2322 Type 'number' is not assignable to type 'string'."],
  ],
  "satisfies keeps the narrow type": [
    ["const palette = { red: [255, 0, 0], green: '#0f0' } satisfies Record<string, string | number[]>"],
    ["palette.green.toUpperCase()", "'#0F0'"],
    ["palette.red.map(n => n / 5)", "[ 51, 0, 0 ]"],
    ["palette.blue", "1:9 TS2339 Property 'blue' does not exist on type '{ red: number[]; green: string; }'."],
    [
      "const wrong = { red: 1 } satisfies Record<string, string>",
      "1:17 TS2322 Type 'number' is not assignable to type 'string'.",
    ],
  ],
  "as const": [
    ["const modes = ['dark', 'light'] as const; type Mode = (typeof modes)[number]"],
    ["const m: Mode = 'dark'; m", "'dark'"],
    ["const n: Mode = 'drak'", '1:7 TS2322 Type \'"drak"\' is not assignable to type \'"dark" | "light"\'.'],
  ],
  "enums, across cells and as types": [
    ["enum Level { Low = 1, High = Low << 1 }"],
    ["Level.High + Level.Low", "3"],
    ["Level[2]", "'High'"],
    ["const l: Level = Level.Low; l", "1"],
    ["const wrong: Level = 'Low'", "1:7 TS2322 Type '\"Low\"' is not assignable to type 'Level'."],
    ["Level.Hihg", "1:7 TS2339 Property 'Hihg' does not exist on type 'typeof Level'."],
  ],
  "a const enum": [
    ["const enum Size { S = 'small' }"],
    ["Size.S", "'small'"],
    ["Size.M", "1:6 TS2339 Property 'M' does not exist on type 'typeof Size'."],
  ],
  decorators: [
    [
      "function logged<T extends (...args: any[]) => any>(method: T, context: ClassMethodDecoratorContext) { return function (this: any, ...args: any[]) { console.log(String(context.name)); return method.call(this, ...args) } as T }",
    ],
    ["class Service { @logged run(n: number) { return n + 1 } }"],
    ["new Service().run(1)", "run\n2"],
    [
      "new Service().run('1')",
      "1:19 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'.",
    ],
  ],
  "a decorator that does not fit": [
    ["const only = (target: any, context: ClassDecoratorContext) => {}"],
    [
      "class B { @only run() {} }",
      "1:12 TS1241 Unable to resolve signature of method decorator when called as an expression.\n…Type '\"method\"' is not assignable to type '\"class\"'.",
    ],
  ],
  "top-level await types": [
    ["const n = await Promise.resolve(5)"],
    ["n.toFixed(1)", "'5.0'"],
    ["const list = await Promise.all([1, Promise.resolve('a')]); list[1].length", "1"],
    ["list[0].length", "1:9 TS2339 Property 'length' does not exist on type 'number'."],
    ["const p = Promise.resolve(5)"],
    ["p.toFixed()", "1:3 TS2339 Property 'toFixed' does not exist on type 'Promise<number>'. Is an await missing?"],
    ["p", "5"],
  ],
  "await in a loop, for await, and generators": [
    ["async function* numbers() { yield 1; yield 2 }"],
    ["let sum2 = 0; for await (const n of numbers()) sum2 += n; sum2", "3"],
    [
      "for (const n of numbers()) console.log(n)",
      "1:17 TS2488 Type 'AsyncGenerator<1 | 2, void, unknown>' must have a '[Symbol.iterator]()' method that returns an iterator.",
    ],
    ["function* three() { yield* [1, 2, 3] }"],
    ["[...three()].map(n => n * 2)", "[ 2, 4, 6 ]"],
  ],
  "async functions across cells": [
    ["async function load(id: number) { return { id, tags: ['a'] } }"],
    ["(await load(1)).tags.map(tag => tag.length)", "[ 1 ]"],
    [
      "load(1).id",
      "1:9 TS2339 Property 'id' does not exist on type 'Promise<{ id: number; tags: string[]; }>'. Is an await missing?",
    ],
    ["(await load('1')).id", "1:13 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
  ],
  "narrowing by a type guard of an earlier cell": [
    [
      "type Cat = { meow(): string }; type Dog = { bark(): string }\nconst isCat = (pet: Cat | Dog): pet is Cat => 'meow' in pet",
    ],
    ["const pet = { meow: () => 'm' } as Cat | Dog; isCat(pet) ? pet.meow() : pet.bark()", "'m'"],
    [
      "pet.meow()",
      "1:5 TS2339 Property 'meow' does not exist on type 'Cat | Dog'.\n  Property 'meow' does not exist on type 'Dog'.",
    ],
  ],
  "discriminated unions": [
    ["type Shape = { kind: 'circle'; r: number } | { kind: 'square'; side: number }"],
    ["const area = (s: Shape) => s.kind === 'circle' ? s.r ** 2 : s.side ** 2; area({ kind: 'square', side: 2 })", "4"],
    [
      "const bad = (s: Shape) => s.kind === 'circle' ? s.side : 0",
      "1:51 TS2339 Property 'side' does not exist on type '{ kind: \"circle\"; r: number; }'.",
    ],
    ["area({ kind: 'triangle' })", '1:8 TS2322 Type \'"triangle"\' is not assignable to type \'"circle" | "square"\'.'],
  ],
  "an asserting function": [
    ["function assertString(v: unknown): asserts v is string { if (typeof v !== 'string') throw new Error('no') }"],
    ["const v: unknown = 'abc'; assertString(v); v.length", "3"],
  ],
  "private, readonly, static, accessors": [
    [
      "class P { #secret = 1; readonly fixed = 2; static made = 0; get double() { return this.#secret * 2 } set double(v: number) { this.#secret = v / 2 } }",
    ],
    ["const p = new P(); p.double = 10; p.double", "10"],
    ["p.fixed = 3", "1:3 TS2540 Cannot assign to 'fixed' because it is a read-only property."],
    ["P.made += 1", "1"],
    ["P.maid", "1:3 TS2339 Property 'maid' does not exist on type 'typeof P'."],
  ],
  "abstract classes and inheritance across cells": [
    ["abstract class Animal { abstract sound(): string; speak() { return this.sound() + '!' } }"],
    ["class Dog extends Animal { sound() { return 'wuff' } }"],
    ["new Dog().speak()", "'wuff!'"],
    ["new Animal()", "1:1 TS2511 Cannot create an instance of an abstract class."],
    [
      "class Cat extends Animal {}",
      "1:7 TS2515 Non-abstract class 'Cat' does not implement inherited abstract member sound from class 'Animal'.",
    ],
  ],
  "a class that implements an interface of an earlier cell": [
    ["interface Greeter { greet(name: string): string }"],
    [
      "class Bad implements Greeter { greet(n: number) { return '' } }",
      "1:32 TS2416 Property 'greet' in type 'Bad' is not assignable to the same property in base type 'Greeter'.\n  Type '(n: number) => string' is not assignable to type '(name: string) => string'.\n    Types of parameters 'n' and 'name' are incompatible.\n      Type 'string' is not assignable to type 'number'.",
    ],
    [
      "class Good implements Greeter { greet(name: string) { return 'hi ' + name } }\nnew Good().greet('you')",
      "'hi you'",
    ],
  ],
  "parameter properties, overriding, index signatures": [
    [
      "class Q { constructor(private a: number, public b = 'b') {} sum() { return this.a + this.b } }\nnew Q(1).sum()",
      "'1b'",
    ],
    ["new Q(1).a", "1:10 TS2341 Property 'a' is private and only accessible within class 'Q'."],
    ["const dict: { [word: string]: number } = {}; dict.any = 1; dict.any", "1"],
    ["dict.any = 'x'", "1:1 TS2322 Type 'string' is not assignable to type 'number'."],
  ],
  "optional chaining, nullish and non-null": [
    ["const o: { a?: { b: number[] } } = {}"],
    ["o.a?.b?.[0] ?? 'none'", "'none'"],
    ["o.a!.b", "TypeError: Cannot read properties of undefined (reading 'b')"],
    ["o?.a?.c", "1:7 TS2339 Property 'c' does not exist on type '{ b: number[]; }'."],
  ],
  "a tagged template, symbols, bigint and regular expressions": [
    [`const tag = (s: TemplateStringsArray, ...v: number[]) => s.join('|') + v.length; tag\`a\${1}b\``, "'a|b1'"],
    [`tag\`a\${'x'}\``, "1:8 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
    ["10n ** 20n", "100000000000000000000n"],
    ["1n + 1", "1:1 TS2365 Operator '+' cannot be applied to types '1n' and '1'."],
    ["'2026-01'.match(/(?<year>\\d+)/)!.groups!.year", "'2026'"],
    ["const key = Symbol('k'); ({ [key]: 1 })[key]", "1"],
  ],
  "new methods of the language are known": [
    ["[1, 2, 3].toSorted((a, b) => b - a).at(-1)", "1"],
    [
      "Object.groupBy([1, 2, 3], n => n % 2 ? 'odd' : 'even')",
      "[Object: null prototype] { odd: [ 1, 3 ], even: [ 2 ] }",
    ],
    ["new Set([1, 2]).union(new Set([3])).size", "3"],
    ["Promise.withResolvers<number>().promise instanceof Promise", "true"],
    ["Iterator.from([1, 2]).map(n => n * 2).toArray()", "[ 2, 4 ]"],
    ["new Intl.NumberFormat('en').format(1234)", "'1,234'"],
  ],
  "Node's names are known": [
    ["Buffer.from('a').toString('hex')", "'61'"],
    ["process.version.length > 0", "true"],
    ["new URL('http://a/b').pathname", "'/b'"],
    ["typeof setTimeout(() => {}, 0).unref", "'function'"],
    ["structuredClone({ a: 1 }).a", "1"],
    ["typeof fetch", "'function'"],
    ["new TextEncoder().encode('ä').length", "2"],
    ["__dirname.length > 0 && __filename.length > 0", "true"],
    ["import.meta.dirname.length > 0", "true"],
  ],
  "names of browsers are not there": [
    ["document.title", "1:1 TS2584 Cannot find name 'document'."],
    ["typeof window", "'undefined'"],
  ],
});
