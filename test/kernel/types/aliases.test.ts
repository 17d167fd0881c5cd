import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readAliases } from "../../../kernel/types/server/aliases.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

function folderWith(files: { readonly [name: string]: object | string }) {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder.path, name, ".."), { recursive: true });
    writeFileSync(join(folder.path, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

test("what a tsconfig.json above the folder extends gives paths from its own place", () => {
  using folder = folderWith({
    "base/tsconfig.json": { compilerOptions: { paths: { "@lib/*": ["./lib/*"], config: ["./config.ts"] } } },
    "tsconfig.json": { extends: "./base/tsconfig.json" },
    "notebooks/empty.txt": "",
  });
  const { paths, of } = readAliases(join(folder.path, "notebooks"));
  const lib = join(folder.path, "base/lib");
  assert.deepEqual(paths, { "@lib/*": [join(lib, "*")], config: [join(folder.path, "base/config.ts")] });
  assert.deepEqual(of("@lib/a"), [join(lib, "a")]);
  assert.deepEqual(of("@other/a"), []);
});

test("from baseUrl any module may be named", () => {
  using folder = folderWith({ "tsconfig.json": { compilerOptions: { baseUrl: "source" } } });
  const { paths, of } = readAliases(folder.path);
  assert.deepEqual(paths, { "*": [join(folder.path, "source/*")] });
  assert.deepEqual(of("deep/module"), [join(folder.path, "source/deep/module")]);
});

test("without tsconfig.json, and with one that cannot be read, there are none", () => {
  using without = folderWith({});
  assert.deepEqual(readAliases(without.path).of("@lib/a"), []);
  using broken = folderWith({ "tsconfig.json": '{ "extends": "./nowhere.json" }' });
  assert.deepEqual(readAliases(broken.path).paths, {});
});
