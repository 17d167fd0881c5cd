import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { shareSpark } from "./helpers/shared-spark.ts";

/**
 * Tests of these work, rather than wait for others: two files at a time leave no core idle, and do not disturb each
 * other. Most others start processes and wait for them: of these node:test leaves a core free.
 */
const together = /^test\/(?:runtime\/(?:dataframe|display|engine|semantics|sql)\/|kernel\/types\/sequences-)/;

/** All test files, with one Spark server; what `npm test` runs behind the checks. */
const files = globSync("test/**/*.test.ts", { cwd: join(import.meta.dirname, "..") })
  .map((file) => file.replaceAll("\\", "/"))
  .sort();
const stopSpark = await shareSpark();
try {
  const others = Math.max(1, availableParallelism() - 1);
  const codes = [
    await runTests((file) => together.test(file), Math.max(2, others)),
    await runTests((file) => !together.test(file), others),
  ];
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
} finally {
  await stopSpark();
}

async function runTests(isChosen: (file: string) => boolean, concurrency: number): Promise<number> {
  const args = ["--test", `--test-concurrency=${concurrency}`, ...files.filter(isChosen)];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code ?? 1;
}
