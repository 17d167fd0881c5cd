import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { sequences } from "../../helpers/cell-sequences.ts";

const arrow = dirname(fileURLToPath(import.meta.resolve("apache-arrow")));

sequences(
  "what cells import",
  {
    "import type": [
      ["import type { Stats } from 'node:fs'"],
      ["import { type Dirent, statSync } from 'node:fs'"],
      ["const s: Stats = statSync('.'); s.isDirectory()", "true"],
      [
        "const d: Dirent | undefined = undefined; s.isDirectry()",
        "1:44 TS2551 Property 'isDirectry' does not exist on type 'Stats'. Did you mean 'isDirectory'?",
      ],
      [
        "new Stats()",
        "1:1 TS2673 Constructor of class 'Stats' is private and only accessible within the class declaration.\n1:5 TS1361 'Stats' cannot be used as a value because it was imported using 'import type'.",
      ],
    ],
    "an import is there for later cells": [
      ["import { join, basename } from 'node:path'"],
      ["join('a', 'b')", "'a/b'"],
      ["import * as path from 'node:path'"],
      ["path.extname('a.ts')", "'.ts'"],
      [
        "path.extnam('a.ts')",
        "1:6 TS2551 Property 'extnam' does not exist on type 'typeof path'. Did you mean 'extname'?",
      ],
      ["import fs from 'node:fs'"],
      ["fs.existsSync('local.ts')", "true"],
    ],
    "a name that a module does not export": [
      ["import { joni } from 'node:path'", "1:10 TS2305 Module '\"node:path\"' has no exported member 'joni'."],
      [
        "import { nothing } from './local.ts'",
        "1:10 TS2614 Module '\"./local.ts\"' has no exported member 'nothing'. Did you mean to use 'import nothing from \"./local.ts\"' instead?",
      ],
    ],
    "a module that is not there": [
      [
        "import { x } from './missing.ts'",
        'QuernError: "./missing.ts" cannot be imported: there is no file …/missing.ts.',
      ],
      [
        "import thing from 'no-such-package-at-all'",
        'QuernError: Package "no-such-package-at-all" is not installed: it is in no node_modules of … To install it: %npm install no-such-package-at-all',
      ],
    ],
    "types of a local file": [
      ["import { Level, origin, type Point } from './local.ts'"],
      ["Level.High + origin.x", "2"],
      [
        "const p: Point = { x: 1 }",
        "1:7 TS2741 Property 'y' is missing in type '{ x: number; }' but required in type 'Point'.",
      ],
      ["origin.z", "1:8 TS2339 Property 'z' does not exist on type 'Point'."],
      ["import Box from './local.ts'"],
      ["new Box(2).value.toFixed(1)", "'2.0'"],
    ],
    "a local file without its ending, as tsx takes it": [
      ["import { origin } from './local'"],
      ["origin.y", "0"],
      ["origin.z", "1:8 TS2339 Property 'z' does not exist on type 'Point'."],
    ],
    "a local file by the name that tsconfig.json gives it": [
      ["import { area } from '@shapes/square'; area(2)", "4"],
      ["area('2')", "1:6 TS2345 Argument of type 'string' is not assignable to parameter of type 'number'."],
      [
        "require('fs').writeFileSync('lib/square.ts', 'export const area = (side: string) => side + side', { flush: true })",
      ],
      ["import { area } from '@shapes/square'; area('2')", "'22'"],
    ],
    "JSON has types": [
      ["import settings from './settings.json' with { type: 'json' }"],
      ["settings.depth + settings.names.length", "4"],
      [
        "settings.dept",
        "1:10 TS2551 Property 'dept' does not exist on type '{ depth: number; names: string[]; }'. Did you mean 'depth'?",
      ],
    ],
    "JSON without the attribute": [
      ["import settings from './settings.json'"],
      ["settings.depth", "3"],
      [
        "settings.dept",
        "1:10 TS2551 Property 'dept' does not exist on type '{ depth: number; names: string[]; }'. Did you mean 'depth'?",
      ],
    ],
    "JavaScript files": [
      ["import { half } from './plain.js'"],
      ["half(4)", "2"],
      ["import old from './old.cjs'"],
      ["old.twice(4)", "8"],
      ["old.thrice", "1:5 TS2339 Property 'thrice' does not exist on type '{ twice: (n: any) => number; }'."],
    ],
    "require and dynamic import": [
      ["const { sep } = require('node:path'); typeof sep", "'string'"],
      ["const url = await import('node:url')"],
      ["url.pathToFileURL('/a').href", "'file:///a'"],
      ["const local = await import('./local.ts'); local.origin.x", "0"],
      [
        "local.orign",
        "1:7 TS2551 Property 'orign' does not exist on type 'typeof import(\"local\")'. Did you mean 'origin'?",
      ],
    ],
    "a package of ECMAScript modules": [
      ["import A, { b } from 'esm'"],
      ["new A().a + b", "3"],
      ["new A().c", "1:9 TS2339 Property 'c' does not exist on type 'A'."],
      ["b.c", "1:3 TS2339 Property 'c' does not exist on type 'number'."],
    ],
    "a CommonJS package, whose types speak of a default": [
      ["import A, { b } from 'cjs'"],
      ["b", "2"],
      ["new A.default().a + b", "3"],
      ["new A.default().b"],
    ],
    "a package that is one function": [
      ["import one from 'eq'"],
      ["one() + 1", "2"],
      ["one(1)", "1:5 TS2554 Expected 0 arguments, but got 1."],
      ["import * as all from 'eq'; all.default()", "1"],
    ],
    "a package with other types for Node": [
      ["import { node } from 'cond'"],
      ["node.a", "1:6 TS2339 Property 'a' does not exist on type 'number'."],
      ["import { other } from 'cond'", "1:10 TS2305 Module '\"cond\"' has no exported member 'other'."],
    ],
    "a package without types": [
      ["import { anything } from 'untyped'"],
      ["anything({ x: 1 }).x", "1"],
      ["import whole from 'untyped'; whole.anything(2)", "2"],
      ["import untyped from 'untyped'; untyped.nothing", "0"],
    ],
    "tables of Apache Arrow, when the notebook has come to have it": [
      [
        "const rows: string = (await range(3).toArrow()).numRows",
        "1:7 TS2322 Type 'number' is not assignable to type 'string'.",
      ],
      [`require('fs').symlinkSync(${JSON.stringify(arrow)}, 'node_modules/apache-arrow', 'junction')`],
      ["import { tableFromArrays, type Table } from 'apache-arrow'"],
      ["const table: Table = await range(3).toArrow(); table.numRows", "3"],
      ["await createDataFrame(tableFromArrays({ a: [1] })).count()", "1"],
    ],
    "Quern as a whole": [
      [
        "const whole = await import('quern'); whole.rangee(3)",
        "1:44 TS2551 Property 'rangee' does not exist on type 'typeof import(\"quern\")'. Did you mean 'range'?",
      ],
      ["import { default as it } from 'quern'", "1:10 TS2305 Module '\"quern\"' has no exported member 'default'."],
    ],
    "Quern's own exports": [
      ["import { DataFrame, Column, col as column } from 'quern'"],
      ["column('a') instanceof Column", "true"],
      ["const f: DataFrame<any> = range(2); await f.count()", "2"],
    ],
  },
  {
    "local.ts":
      "export enum Level { Low = 1, High }\nexport type Point = { x: number; y: number };\nexport const origin: Point = { x: 0, y: 0 };\nexport default class Box<T> { constructor(readonly value: T) {} }\n",
    "tsconfig.json": '{ "compilerOptions": { "strict": false, "paths": { "@shapes/*": ["./lib/*"] } } } // options',
    "lib/square.ts": "export const area = (side: number) => side ** 2;\n",
    "settings.json": '{ "depth": 3, "names": ["a"] }',
    "plain.js": "export const half = (n) => n / 2;\n",
    "old.cjs": "module.exports = { twice: (n) => n * 2 };\n",
    "node_modules/esm/package.json": '{"name":"esm","type":"module","exports":{"types":"./i.d.ts","default":"./i.js"}}',
    "node_modules/esm/i.js": "export default class A { a = 1 }; export const b = 2",
    "node_modules/esm/i.d.ts": "export default class A { a: number }; export declare const b: number",
    "node_modules/cjs/package.json": '{"name":"cjs","main":"i.js","types":"i.d.ts"}',
    "node_modules/cjs/i.js": "exports.__esModule = true; exports.default = class A { a = 1 }; exports.b = 2",
    "node_modules/cjs/i.d.ts": "export default class A { a: number }; export declare const b: number",
    "node_modules/eq/package.json": '{"name":"eq","main":"i.js","types":"i.d.ts"}',
    "node_modules/eq/i.js": "module.exports = function f() { return 1 }",
    "node_modules/eq/i.d.ts": "declare function f(): number; export = f",
    "node_modules/cond/package.json":
      '{"name":"cond","exports":{".":{"node":{"types":"./n.d.ts","default":"./n.js"},"default":{"types":"./d.d.ts","default":"./d.js"}}}}',
    "node_modules/cond/n.js": "exports.node = 1",
    "node_modules/cond/n.d.ts": "export declare const node: number",
    "node_modules/cond/d.d.ts": "export declare const other: number",
    "node_modules/untyped/package.json": '{"name":"untyped","main":"i.js"}',
    "node_modules/untyped/i.js": "exports.anything = (x) => x; exports.nothing = 0",
  },
);

sequences(
  "a notebook whose Apache Arrow has no types",
  {
    "Quern's own serve": [
      ["createDataFrame([{ a: 1 }]).select('zz')", "…TS2769…"],
      [
        "const rows: string = await range(3).toArrow()",
        "1:7 TS2322 Type 'Table<any>' is not assignable to type 'string'.",
      ],
    ],
  },
  { "node_modules/apache-arrow/package.json": '{"name":"apache-arrow","version":"21.2.0","main":"i.js"}' },
);
