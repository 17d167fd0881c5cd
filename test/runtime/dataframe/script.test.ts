import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const flights = join(repository, "node_modules/vega-datasets/data/flights-3m.parquet");

/** Runs a script in a folder where "quern" is installed, as a user's project has it. */
async function script(folder: string, text: string) {
  const link = join(folder, "node_modules/quern");
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(repository, link, "dir");
  const path = join(folder, "script.ts");
  writeFileSync(path, text);
  return run([process.execPath, path], { cwd: folder });
}

test("a plain script reads, computes, prints, and ends by itself", async () => {
  using folder = tempFolder();
  const { code, out, err } = await script(
    folder.path,
    `import { avg, count, hour, read } from "quern";
     const flights = read.parquet(${JSON.stringify(flights)});
     const late = flights.filter((f) => f.delay.gt(0)).groupBy((f) => ({ hour: hour(f.date) })).agg((f) => ({ n: count(), delay: avg(f.delay) }));
     await late.orderBy("hour").show(2);
     console.log(late, await late.count());`,
  );
  assert.equal(err, "");
  assert.match(out, /\|hour\| {3}n\| +delay\|/);
  assert.match(out, /DataFrame\[hour, n, delay\] 24\n$/);
  assert.equal(code, 0);
});

test("what a notebook has preloaded is exported: display prints the text, prompt says that it needs a notebook", async () => {
  using folder = tempFolder();
  const { code, out, err } = await script(
    folder.path,
    `import { clearOutput, confirm, display, html, md, prompt, range, svg } from "quern";
     await display(range(2));
     await display(md\`# \${1 + 1}\`);
     await display(html\`<b>\${"<"}</b>\`);
     await display(svg\`<svg/>\`);
     clearOutput();
     try { prompt("who?"); } catch (error) { console.log(error.message); }
     confirm("sure?");`,
  );
  assert.match(out, /│ long │\n[\s\S]*# 2\n<\n<svg\/>\nprompt\("who\?"\) works in a notebook only\n$/);
  assert.match(err, /NO_STDIN/);
  assert.equal(code, 1);
});

test("a command's failure is the error of what awaits it, and of the script where nothing does", async () => {
  using awaited = tempFolder();
  const caught = await script(
    awaited.path,
    `import { sql } from "quern";
     try { await sql("CREATE TABLE a AS SELECT nothing").collect(); } catch (error) { console.log("caught", error.code); }`,
  );
  assert.deepEqual([caught.out, caught.err, caught.code], ["caught REFUSED\n", "", 0]);
  using unheard = tempFolder();
  const failed = await script(unheard.path, 'import { sql } from "quern"; sql("CREATE TABLE a AS SELECT nothing");');
  assert.match(failed.err, /AnalysisError: .*"nothing"/);
  assert.equal(failed.code, 1);
});

test("a write that nobody awaits is finished before the exit", async () => {
  using folder = tempFolder();
  const { code, err } = await script(
    folder.path,
    `import { read } from "quern";
     read.parquet(${JSON.stringify(flights)}).limit(100000).write.csv("out");`,
  );
  assert.deepEqual([code, err], [0, ""]);
  assert.ok(existsSync(join(folder.path, "out")));
});

test("an action that fails and that nobody awaits ends the script with its error", async () => {
  using folder = tempFolder();
  const { code, err } = await script(
    folder.path,
    `import { sql, range } from "quern";
     sql("drop table never_there");
     range(1).count();`,
  );
  assert.notEqual(code, 0);
  assert.match(err, /never_there/);
  assert.match(err, /script\.ts:2:/);
});

test("an error names the line of the step and that of the action, and no line of ours", async () => {
  using folder = tempFolder();
  const { code, err } = await script(
    folder.path,
    `import { range } from "quern";
     const bad = range(3)
       .filter((f: any) => f.idd.gt(1));
     const later = bad.limit(2);
     await later.count();`,
  );
  assert.equal(code, 1);
  assert.match(
    err,
    /AnalysisError: Column "idd" is not in .*Did you mean "id"\?\n\s+at .*script\.ts:3:9.*\n\s+at .*script\.ts:5:18/,
  );
  assert.doesNotMatch(err, /dataframe\/[a-z-]+\.ts/);
});

test("preloaded names do nothing until they are used", async () => {
  using folder = tempFolder();
  const { code, out } = await script(
    folder.path,
    `import "quern";
     console.log(process.getActiveResourcesInfo().filter((name) => name !== "TTYWrap" && name !== "PipeWrap").length);`,
  );
  assert.deepEqual([code, out], [0, "0\n"]);
});

test("functions of JavaScript's own are in a stack where the user calls them, and not where Quern does", async () => {
  using folder = tempFolder();
  const { err } = await script(
    folder.path,
    `import { range } from "quern";
     const [bad] = [1].map((n) => range(n).select(["nope"] as any));
     for await (const row of bad.stream()) {}`,
  );
  assert.match(err, /at .*script\.ts:2:44\)?\n +at Array\.map \(<anonymous>\)\n +at .*script\.ts:2:\d+\)?\n/);
  assert.doesNotMatch(err, /streamRows|flatMap/);
});
