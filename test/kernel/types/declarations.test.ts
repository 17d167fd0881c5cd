import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { declarations } from "../../../kernel/types/server/declarations.ts";
import { withNames } from "../../../kernel/types/server/make-declarations.ts";
import { sqlTypes } from "../../../kernel/types/server/preloaded.ts";
import * as quern from "../../../runtime/index.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

test("the declarations list what Quern exports", async () => {
  const { files } = await declarations(assert.fail);
  const [text = ""] = readFileSync(files[0] as string, "utf8").split("\n}\n", 1);
  assert.doesNotMatch(text, /^export \*(?! as)/m);
  const listed = new Set(text.match(/[\w$]+/g));
  assert.deepEqual(
    Object.keys(quern).filter((name) => !listed.has(name)),
    [],
  );
});

test("what is listed already is not listed again, and a module that passes on others stays as it is", () => {
  using folder = tempFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
  write(
    "a.d.ts",
    "export declare function one(): void;\nexport type Two = 2;\ndeclare const b: 1;\nexport { b as three, type C };\n",
  );
  write("b.d.ts", "export declare const one: 1, four: 4;\nexport declare abstract class Five {}\n");
  write("c.d.ts", 'export * from "./a.ts";\n');
  const text =
    'export { Two } from "./z.ts";\nexport * from "./a.ts";\nexport * from "./b.ts";\nexport * from "./c.ts";\n';
  assert.equal(
    withNames(text, folder.path),
    'export { Two } from "./z.ts";\nexport { one, three, C } from "./a.ts";\nexport { four, Five } from "./b.ts";\nexport * from "./c.ts";\n',
  );
});

test("all SQL types are known by their names", () => {
  const text = readFileSync(new URL("../../../runtime/dataframe/types.ts", import.meta.url), "utf8");
  assert.deepEqual(
    Array.from(text.matchAll(/^export interface (\w+)/gm), ([, name]) => name),
    sqlTypes,
  );
});
