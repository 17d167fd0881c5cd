import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters as plain, promisify } from "node:util";
import { realKernel } from "../helpers/jupyter-client.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

// Jupyter's own client in Python, so that kernel and tests cannot agree on the same mistake.
const python = pythonEnv();
const command = JSON.stringify([process.execPath, realKernel, "{connection_file}"]);

async function runPython(script: string, ...args: string[]): Promise<any> {
  using folder = tempFolder();
  const { stdout } = await promisify(execFile)(python.path, [join(import.meta.dirname, script), ...args], {
    env: { ...process.env, JUPYTER_PATH: folder.path, XDG_DATA_HOME: folder.path, TMPDIR: folder.path },
    maxBuffer: 1 << 26,
    timeout: 300_000,
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n{") + 1));
}

type Output = [string, any];
const texts = (outputs: Output[], name = "stdout") =>
  outputs.map(([type, content]) => (type === "stream" && content.name === name ? content.text : "")).join("");
const types = (outputs: Output[]) => outputs.map(([type, content]) => content.execution_state ?? type);
const result = (outputs: Output[]) =>
  plain(outputs.find(([type]) => type === "execute_result")?.[1].data["text/plain"] ?? "");

for (const transport of ["tcp", "ipc"]) {
  test(`Jupyter's own client finds all in order over ${transport}`, { skip: python.skip }, async (t) => {
    const seen = await runPython("drive.py", command, transport);

    await t.test("output comes before the reply and idle", () => {
      assert.deepEqual(types(seen.hello.outputs), ["busy", "execute_input", "stream", "execute_result", "idle"]);
      assert.equal(texts(seen.hello.outputs), "hello, world\n");
      assert.equal(result(seen.hello.outputs), "42");
    });
    await t.test("an error names itself and the line", () => {
      assert.deepEqual([seen.error.reply.status, seen.error.reply.ename], ["error", "TypeError"]);
      assert.match(plain(seen.error.reply.traceback.join("\n")), /2:/);
    });
    await t.test("user expressions are values or errors", () => {
      const { twice, wrong } = seen.expressions.reply.user_expressions;
      assert.deepEqual([twice.status, plain(twice.data["text/plain"])], ["ok", "40"]);
      assert.deepEqual([wrong.status, wrong.ename], ["error", "ReferenceError"]);
    });
    await t.test("what is not for the history is not counted", () => {
      assert.equal(seen.unstored.reply.execution_count, seen.expressions.reply.execution_count);
      assert.deepEqual(types(seen.silent.outputs), ["busy", "idle"]);
    });
    await t.test("a prompt is answered, or refused where nobody can answer", () => {
      assert.equal(texts(seen.prompt.outputs), "hello Ada\n");
      assert.equal(seen.noprompt.reply.status, "error");
    });
    await t.test("completion counts in code points", () => {
      assert.ok(seen.complete.matches.includes("Math"));
      assert.deepEqual([seen.complete.cursor_start, seen.complete.cursor_end], [15, 18]);
      assert.equal(seen.inspect.found, true);
    });
    await t.test("questions are answered while a cell computes", () => {
      assert.equal(seen.is_complete.status, "incomplete");
      assert.ok(seen.complete_while_busy.matches.includes("console"));
      assert.equal(seen.beating, true);
    });
    await t.test("an interrupt ends a computing cell, aborts the queue and keeps the variables", () => {
      assert.deepEqual([seen.interrupted.status, seen.aborted.ename], ["error", "ExecutionAborted"]);
      assert.equal(result(seen.after_interrupt.outputs), "20");
    });
    await t.test("a crash is the cell's error, and the next cell runs", () => {
      assert.match(seen.crash.reply.evalue, /process\.exit\(3\)/);
      assert.match(result(seen.after_crash.outputs), /undefined/);
    });
    await t.test("forged and replayed messages are dropped", () => assert.deepEqual(seen.dropped, ["once\n"]));
    await t.test("late output is shown under its own cell", () => assert.equal(seen.late_under_own_cell, true));
    await t.test("a shutdown ends the process well", () => assert.equal(seen.exit_code, 0));
  });
}

test("the public conformance tests of kernels pass", { skip: python.skip }, async (t) => {
  const ended = await runPython("conformance.py", command);
  for (const [name, how] of Object.entries<string>(ended)) {
    await t.test(name, () => assert.equal(how, "ok"));
  }
  assert.ok(Object.keys(ended).length >= 13, JSON.stringify(ended));
});
