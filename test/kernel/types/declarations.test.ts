import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { declarations } from "../../../kernel/types/server/declarations.ts";
import { executable } from "../../../kernel/types/server/server.ts";
import * as quern from "../../../runtime/index.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

/** What TypeScript says of a module that sees the packed declarations. */
async function told(text: string): Promise<string[]> {
  using folder = tempFolder();
  const { files, arrow, compilerOptions } = await declarations(assert.fail);
  const options = { target: "esnext", lib: ["esnext"], module: "preserve", strict: true, skipLibCheck: true };
  const config = {
    compilerOptions: { ...options, noEmit: true, types: ["node"], ...compilerOptions },
    files: [...files, arrow, "cell.mts"],
  };
  writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder.path, "cell.mts"), text);
  try {
    execFileSync(await executable(), ["-p", folder.path], { encoding: "utf8" });
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.trim().split("\n");
  }
}

test("all that Quern exports is declared", async () => {
  const names = Object.keys(quern).map((name, index) => `${name} as n${index}`);
  assert.deepEqual(await told(`import { ${names.join(", ")} } from "quern";`), []);
});

const wrong: readonly (readonly [line: string, type: string])[] = [
  ["range(2)", "DataFrame<{ id: Long; }>"],
  ["await range(2).toArrow()", "Table<any>"],
  ["readFileSync('a', 'utf8')", "string"],
  ["await fetch('a')", "Response"],
  ["process.env", "ProcessEnv"],
  ["[1].values().map(String)", "IteratorObject<string, undefined, unknown>"],
  ["new Map([['a', 1]])", "Map<string, number>"],
];

test("Quern, Apache Arrow, Node and the library have their types", async () => {
  const lines = wrong.map(([line], index) => `const n${index}: boolean = ${line};\n`);
  const imports = 'import { range } from "quern";\nimport { readFileSync } from "node:fs";\n';
  const messages = (await told(imports + lines.join(""))).map((line) => line.replace(/^.*?: /, ""));
  assert.deepEqual(
    messages,
    wrong.map(([, type]) => `error TS2322: Type '${type}' is not assignable to type 'boolean'.`),
  );
});

test("those who ask at the same time get the same, whole", async () => {
  const [one, two] = await Promise.all([declarations(assert.fail), declarations(assert.fail)]);
  assert.deepEqual(one, two);
  const { paths } = one.compilerOptions;
  for (const path of [...one.files, one.arrow, ...Object.values(paths).flat()]) assert.ok(existsSync(path as string));
});
