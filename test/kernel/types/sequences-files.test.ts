import { sequences } from "../../helpers/cell-sequences.ts";

sequences(
  "files and packages that change, global names",
  {
    "what Node has and libraries of types do not know": [
      ["typeof WebAssembly.Memory", "'function'"],
      ["let m: WebAssembly.Memory | undefined"],
      ["new Date(0).getYear()", "70"],
      [
        "new Date(0).getYeer()",
        "1:13 TS2551 Property 'getYeer' does not exist on type 'Date'. Did you mean 'getYear'?",
      ],
      ["JSON.stringify(JSON.rawJSON('1'))", "'1'"],
      ["[...Iterator.concat([1], [2])]", "[ 1, 2 ]"],
    ],
    "a local file that changes has its new types": [
      ["const { writeFileSync } = await import('node:fs'); writeFileSync('changing.ts', 'export const a: number = 1')"],
      ["import { a } from './changing.ts'"],
      ["a.toFixed(1)", "'1.0'"],
      ["writeFileSync('changing.ts', 'export const a: string = \"xyz\"; export const b = 2')"],
      ["import { a, b } from './changing.ts'"],
      ["a.length + b", "5"],
      ["a.toFixed()", "1:3 TS2551 Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?"],
    ],
    "names of a local file that has changed since are what they were": [
      [
        "const { writeFileSync } = await import('node:fs'); writeFileSync('base.ts', 'export const conv = (n: number) => n')",
      ],
      [
        "writeFileSync('through.ts', 'export { conv } from \"./base.ts\"'); writeFileSync('constants.ts', 'export const two = 2')",
      ],
      ["import { conv } from './through.ts'"],
      ["import { two } from './constants.ts'"],
      ["const one = conv(1)"],
      ["writeFileSync('base.ts', 'export const conv = (text: string) => text')"],
      [
        "conv(1)",
        "TypeCheckError: Argument of type 'number' is not assignable to parameter of type 'string'. …since it was imported. Import it again…\n1",
      ],
      ["one.toFixed(1)", "TypeCheckError: …since it was imported. …'1.0'"],
      ["two.length", "1:5 TS2339 Property 'length' does not exist on type '2'."],
      ["import { conv } from './through.ts'"],
      ["conv(1)", "1:6 TS2345 Argument of type 'number' is not assignable to parameter of type 'string'."],
      ["conv('a')", "'a'"],
    ],
    "a package that is installed after the start": [
      ["import { v } from 'late-package'", 'QuernError: Package "late-package" is not installed: …'],
      [
        "const { mkdirSync, writeFileSync } = await import('node:fs'); mkdirSync('node_modules/late-package', { recursive: true }); writeFileSync('node_modules/late-package/package.json', '{\"name\":\"late-package\",\"type\":\"module\",\"main\":\"i.js\",\"types\":\"i.d.ts\"}'); writeFileSync('node_modules/late-package/i.js', 'export const v = 1.5'); writeFileSync('node_modules/late-package/i.d.ts', 'export declare const v: number')",
      ],
      ["import { v } from 'late-package'"],
      ["v.toFixed(1)", "'1.5'"],
      ["v.length", "1:3 TS2339 Property 'length' does not exist on type 'number'."],
    ],
    "a file that is made by an earlier cell": [
      ["(await import('node:fs')).writeFileSync('made.ts', 'export const made = [1, 2]')"],
      ["import { made } from './made.ts'"],
      ["made.map(n => n + 1)", "[ 2, 3 ]"],
      ["made.nothing", "1:6 TS2339 Property 'nothing' does not exist on type 'number[]'."],
    ],
    "a file that exports what another has": [
      ["import { deep, twice, type Deep } from './outer.ts'"],
      ["twice(deep.level)", "6"],
      ["const d: Deep = { level: 'x' }", "1:19 TS2322 Type 'string' is not assignable to type 'number'."],
      ["twice('a')", "1:7 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
    ],
    "a file that sets a global name": [["import './sets.ts'"], ["fromFile.a", "1"], ["fromFile.b"]],
    "names set by way of global, and in a function": [
      ["global.viaGlobal = 1", "1"],
      ["viaGlobal + 1", "2"],
      ["function set() { (globalThis as any).viaFunction = 2 }"],
      ["set(); 1", "1"],
      ["viaFunction + 1", "3"],
    ],
    "a module's namespace and a type of it": [
      ["import * as outer from './outer.ts'"],
      ["const d: outer.Deep = { level: 1 }; d.level", "1"],
      [
        "outer.twise(1)",
        "1:7 TS2551 Property 'twise' does not exist on type 'typeof import(\"outer\")'. Did you mean 'twice'?",
      ],
      ["type Outer = typeof outer; type Name = keyof Outer"],
      ["const n: Name = 'twice'; n", "'twice'"],
      [
        "const m: Name = 'deeper'",
        '1:7 TS2820 Type \'"deeper"\' is not assignable to type \'"deep" | "twice"\'. Did you mean \'"deep"\'?',
      ],
    ],
    "import() of what is not there": [
      [
        "await import('./not-there.ts')",
        'QuernError: "./not-there.ts" cannot be imported: there is no file …/not-there.ts.',
      ],
      ["await import('no-package-of-this-name')", 'QuernError: Package "no-package-of-this-name" is not installed: …'],
    ],
  },
  {
    "sets.ts": "(globalThis as any).fromFile = { a: 1 };\nexport {};\n",
    "inner.ts": "export interface Deep { level: number }\nexport const deep: Deep = { level: 3 };\n",
    "outer.ts": "export { deep, type Deep } from './inner.ts';\nexport const twice = (n: number) => n * 2;\n",
  },
);
