import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { packed, type Root } from "../../../kernel/types/server/packed.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

type Files = { readonly [path: string]: string };

/** A folder with a root in each folder of these files; their entries are called `index.d.ts`. */
function rootsOf(files: Files, ...names: readonly string[]) {
  const folder = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  const roots = names.map((name): Root => {
    const own = join(folder.path, name);
    return { folder: own, entry: join(own, "index.d.ts"), name };
  });
  return { roots: roots as [Root, ...Root[]], [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("each file is declared as a module, which imports the others by their names", async () => {
  using made = rootsOf(
    {
      "one/index.d.ts": 'import type { B } from "./deep/b.ts";\nexport declare const a: B | import("./deep").C;\n',
      "one/deep/b.d.ts": 'export type { C as B } from "./index.js";\n',
      "one/deep/index.d.ts": 'import util from "node:util";\nexport interface C {}\n',
      "one/unused.d.ts": "export {};\n",
    },
    "one",
  );
  assert.equal(
    await packed(made.roots),
    `declare module "packed:one" {
import type { B } from "packed:one/deep/b";
export declare const a: B | import("packed:one/deep/index").C;

}
declare module "packed:one/deep/b" {
export type { C as B } from "packed:one/deep/index";

}
declare module "packed:one/deep/index" {
import util from "node:util";
export interface C {}

}`,
  );
});

test("a script stays one, with those that it refers to behind it in their order", async () => {
  using made = rootsOf(
    {
      "one/index.d.ts":
        '/// <reference types="node" />\n/// <reference lib="more" />\n/// <reference path="last.d.ts" />\ndeclare var first: 1;\n',
      "one/lib.more.d.ts": '/// <reference lib="missing" />\ndeclare var second: 2;\n',
      "one/last.d.ts": "export {};\ndeclare global { var third: 3 }\n",
    },
    "one",
  );
  assert.deepEqual((await packed(made.roots)).match(/^[^\n]+$/gm), [
    "declare var first: 1;",
    "declare var second: 2;",
    'declare module "packed:one/last" {',
    "export {};",
    "declare global { var third: 3 }",
    "}",
  ]);
});

test("another package is packed as well, or left to another pack", async () => {
  using made = rootsOf(
    {
      "one/index.d.ts": 'export * from "two";\nexport * from "three";\n',
      "two/index.d.ts": "export type Two = 2;\n",
    },
    "one",
    "two",
  );
  const [one, two] = made.roots as unknown as [Root, Root];
  const own = 'declare module "packed:one" {\nexport * from "packed:two";\nexport * from "three";\n\n}';
  assert.equal(await packed([one, two]), `${own}\ndeclare module "packed:two" {\nexport type Two = 2;\n\n}`);
  assert.equal(await packed([one], [two]), own);
});
