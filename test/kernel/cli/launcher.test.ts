import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { start } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { entry, shownIn, writeCells } from "../notebook/run/quern-run.ts";

/** Generous: what hangs is ended. */
const timeout = 180_000;

/** `quern` as what says it is Node 20 starts it: through the bundled Node. It says when it hears signals. */
function launched(folder: string, ...args: string[]) {
  const old = join(folder, "old.cjs");
  writeFileSync(
    old,
    `Object.defineProperty(process.versions, "node", { value: "20.20.2" });
    process.on("newListener", (name) => name === "SIGTERM" && console.error("hears signals"));`,
  );
  return start([process.execPath, "--require", old, entry, ...args]);
}

test("when an old Node that started quern run is killed, the run ends as at SIGTERM", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const cells = ["console.log('waiting ' + process.env.QUERN_LAUNCHER); await new Promise(() => {})", "2"];
  await using job = launched(folder.path, "run", writeCells(folder.path, cells), "--out", out, "--json");
  await job.printed(/^waiting undefined/m);
  job.child.kill("SIGKILL");
  const { out: said } = await job.ended;
  assert.equal(JSON.parse(said).status, "interrupted");
  assert.match(shownIn(out)[0]?.[1] ?? "", /KeyboardInterrupt/);
});

test("when an old Node that started quern repl is killed, the session ends with it", { timeout }, async () => {
  using folder = tempFolder();
  const code = "console.log('pid ' + process.pid); await new Promise(() => {})";
  await using repl = launched(folder.path, "repl", "-e", code);
  const [, pid] = await repl.printed(/^pid (\d+)/m);
  repl.child.kill("SIGKILL");
  await repl.ended;
  assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
});

test("a signal to an old Node that has just started quern run reaches the run", { timeout }, async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  await using job = launched(folder.path, "run", writeCells(folder.path, ["while (true) {}", "2"]), "--out", out);
  await job.printed(/hears signals/);
  job.child.kill("SIGTERM");
  const { code, signal } = await job.ended;
  assert.deepEqual([code, signal], [130, null]);
  assert.match(shownIn(out)[0]?.[0] ?? "", /KeyboardInterrupt/);
});
