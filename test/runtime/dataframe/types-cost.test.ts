import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { declarations } from "../../../kernel/types/server/declarations.ts";
import { executable } from "../../../kernel/types/server/server.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const frame = "DataFrame<{ a: Sql.Int | null; b: Sql.String; c: Sql.Timestamp }>";

/** TypeScript makes all types of an expression anew with each key that is typed. */
const most: { readonly [code: string]: number } = {
  "df.filter((f) => f.a.gt(1)).select((f) => [f.a]);": 450,
  'df.join(df.select("b"), "b");': 2000,
  'df.join(df.select("a", "b").alias("r"), "b").filter((f) => f["r.a"].gt(1));': 2500,
};

test("what cells say of frames needs few types", async () => {
  using folder = tempFolder();
  const { files, compilerOptions: ofDeclarations } = await declarations(assert.fail);
  const tsc = await executable();
  const compilerOptions = { target: "esnext", lib: ["esnext"], module: "preserve", strict: true, skipLibCheck: true };
  const options = { ...compilerOptions, noEmit: true, ...ofDeclarations };
  writeFileSync(
    join(folder.path, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: [...files, "cell.mts"] }),
  );
  for (const [code, limit] of Object.entries(most)) {
    const declared = `import type { DataFrame, Sql } from "quern";\ndeclare const df: ${frame};\n`;
    writeFileSync(join(folder.path, "cell.mts"), declared + code);
    const args = ["-p", folder.path, "--extendedDiagnostics", "--singleThreaded"];
    const said = execFileSync(tsc, args, { encoding: "utf8" });
    const made = Number(/Instantiations:\s+(\d+)/.exec(said)?.[1]);
    assert.ok(made < limit, `${code} makes ${made} instantiations`);
  }
});
