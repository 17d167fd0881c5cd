import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../helpers/temp-folder.ts";
import { quernRun, shownIn, startQuernRun, writeCells } from "./quern-run.ts";

const forever = "console.log('waiting'); await new Promise(done => setTimeout(done, 600_000))";
const stuck =
  "import { execSync } from 'node:child_process'; console.log('waiting'); execSync('sleep 600', { stdio: 'inherit' })";
/** Far less than the cells would take. */
const timeout = 180_000;

for (const [signal, source, why] of [
  ["SIGINT", forever, "a cell that waits"],
  ["SIGTERM", "console.log('waiting'); while (true) {}", "a cell that computes"],
  ["SIGINT", stuck, "native code that cannot be interrupted"],
] as const) {
  test(`${signal} ends ${why}, and the notebook is written`, { timeout }, async () => {
    using folder = tempFolder();
    const out = join(folder.path, "out.ipynb");
    await using job = startQuernRun(
      writeCells(folder.path, ["console.log('one')", source, "3"]),
      "--out",
      out,
      "--json",
    );
    await job.printed(/^waiting/m);
    job.child.kill(signal);
    const { code, out: said } = await job.ended;
    assert.equal(code, 130);
    const summary = JSON.parse(said);
    assert.deepEqual(
      [summary.status, summary.error.id, summary.cells.map(({ status }: { status: string }) => status)],
      ["interrupted", "cell-1", ["ok", "interrupted", "not run"]],
    );
    const [first, second, third] = shownIn(out);
    assert.deepEqual([first, second?.[0], third], [["stdout: one\n"], "stdout: waiting\n", []]);
    assert.match(second?.[1] ?? "", /^error: KeyboardInterrupt: .*interrupted/);
  });
}

test("a second signal ends the session at once, and the notebook is written all the same", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  await using job = startQuernRun(writeCells(folder.path, [stuck]), "--out", out);
  await job.printed(/^waiting/m);
  job.child.kill("SIGINT");
  await job.printed(/Once more: at once/);
  job.child.kill("SIGINT");
  const { code } = await job.ended;
  assert.deepEqual(
    [code, shownIn(out)],
    [130, [["stdout: waiting\n", "error: KeyboardInterrupt: The run was interrupted; the session was ended at once"]]],
  );
});

test("when the time is over the cell is interrupted, and the exit code is 4", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const { code, err } = await quernRun(writeCells(folder.path, [forever, "2"]), "--out", out, "--timeout", "3s");
  assert.equal(code, 4, err);
  assert.match(err, /the 3 s of --timeout are over/);
  assert.deepEqual(
    shownIn(out).at(0)?.at(-1),
    "error: Timeout: The time of the run was over; the cell was interrupted",
  );
});

test("kill -9 leaves the notebook with all that ran, and no session behind", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const gone = join(folder.path, "session-gone");
  const cells = [
    "console.log('kept')",
    `import { spawn } from 'node:child_process'
     spawn('sh', ['-c', 'while kill -0 ' + process.pid + ' 2>/dev/null; do sleep 0.05; done; touch "$0"', ${JSON.stringify(gone)}], { detached: true })
     process.kill(process.ppid, 'SIGKILL'); while (true) {}`,
  ];
  const { signal } = await quernRun(writeCells(folder.path, cells), "--out", out);
  assert.equal(signal, "SIGKILL");
  assert.deepEqual(shownIn(out), [["stdout: kept\n"], []]);
  await appears(gone);
  assert.deepEqual(readdirSync(folder.path).sort(), ["in.ipynb", "out.ipynb", "session-gone"]);
});

test("a long cell's output is in the notebook while it runs", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  await using job = startQuernRun(writeCells(folder.path, [forever]), "--out", out);
  await job.printed(/^waiting/m);
  await until(folder.path, () => readFileSync(out, "utf8").includes("waiting\\n"));
});

test("a session that crashes fails its cell with the cause", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const { code } = await quernRun(
    writeCells(folder.path, ["1", "console.log('x'); process.exit(3)", "2"]),
    "--out",
    out,
  );
  assert.equal(code, 1);
  const [, second, third] = shownIn(out);
  assert.equal(second?.[0], "stdout: x\n");
  assert.match(second?.[1] ?? "", /^error: SessionEnded: The session ended: process\.exit\(3\) was called/);
  assert.deepEqual(third, []);
});

const appears = (path: string) => until(join(path, ".."), () => existsSync(path));

/** Resolves when `look` is true, asked again at every change in the folder. */
function until(folder: string, look: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => check());
    const check = () => {
      if (!look()) return;
      watcher.close();
      resolve();
    };
    check();
  });
}
