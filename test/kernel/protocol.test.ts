import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { stripVTControlCharacters as plain, promisify } from "node:util";
import { realKernel } from "../helpers/jupyter-client.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const python = pythonEnv();

describe("Jupyter's own client goes through the protocol", { skip: python.skip }, () => {
  let seen: any;
  before(async () => {
    using folder = tempFolder();
    const command = JSON.stringify([process.execPath, realKernel, "{connection_file}"]);
    const { stdout } = await promisify(execFile)(python.path, [join(import.meta.dirname, "protocol.py"), command], {
      env: { ...process.env, JUPYTER_PATH: folder.path, XDG_DATA_HOME: folder.path, TMPDIR: folder.path },
      maxBuffer: 1 << 26,
      timeout: 300_000,
    });
    seen = JSON.parse(stdout.slice(stdout.lastIndexOf("\n{") + 1));
  });

  const result = ({ outputs }: any): string =>
    plain(outputs.find(([type]: any) => type === "execute_result")?.[1].data["text/plain"] ?? "");
  const codes = (entries: any[]) => entries.map(([, , code]) => code);

  test("kernel_info is the same on shell and control", () => {
    assert.deepEqual(seen.info.shell, seen.info.control);
    assert.equal(seen.info.control.status, "ok");
  });

  test("an error aborts what was sent with it, unless it is told to go on", () => {
    assert.deepEqual(seen.go_on, ["error", "ok"]);
    assert.deepEqual(seen.stop, ["Error", "ExecutionAborted", "ExecutionAborted"]);
  });

  test("a silent cell runs unseen, and user expressions are TypeScript", () => {
    assert.deepEqual([seen.silent.reply.status, seen.silent.outputs], ["ok", []]);
    const { same, typed } = seen.quiet.reply.user_expressions;
    assert.deepEqual(
      [result(seen.quiet), plain(same.data["text/plain"]), plain(typed.data["text/plain"])],
      ["1", "2", "1"],
    );
  });

  test("payloads page what is known of a name, and set the next input", () => {
    for (const [payload, ...more] of seen.pages) {
      assert.deepEqual([payload.source, payload.start, more], ["page", 0, []]);
      assert.match(payload.data["text/plain"], /^\(method\) Math\.max\(/);
    }
    assert.deepEqual(seen.next, [{ source: "set_next_input", text: "1 + 1", replace: false }]);
  });

  test("output is cleared in its place, at once or with the next", () => {
    const told = seen.wait.map(([type, content]: any) => [type, content.text ?? content.wait]);
    assert.deepEqual(told, [
      ["stream", "a\n"],
      ["clear_output", true],
      ["stream", "b\n"],
      ["clear_output", false],
    ]);
  });

  test("a display is updated under its id, also by a later cell", () => {
    const told = [...seen.display, ...seen.later].map(([type, content]: any) => [
      type,
      plain(content.data["text/plain"]),
      content.transient.display_id,
    ]);
    const rawId = told[2]?.[2];
    assert.deepEqual(told, [
      ["display_data", "'one'", "d"],
      ["update_display_data", "'two'", "d"],
      ["display_data", "raw", rawId],
      ["update_display_data", "'three'", "d"],
    ]);
  });

  test("cursors are counted in code points", () => {
    assert.deepEqual(seen.complete.matches, ["abs"]);
    assert.deepEqual([seen.complete.cursor_start, seen.complete.cursor_end], [21, 23]);
    assert.match(seen.inspect.data["text/plain"], /^var Math: Math\n/);
    assert.ok(seen.inside.includes("Math"));
  });

  test("code is complete, wrong, or wants more with an indent", () => {
    const complete = { status: "complete" };
    const incomplete = (indent: string) => ({ status: "incomplete", indent });
    assert.deepEqual(seen.is_complete, {
      "1": complete,
      "function f() {": incomplete("  "),
      "  if (a) {": incomplete("    "),
      "const x = (": incomplete("  "),
      "`a": incomplete(""),
      "const 1": { status: "invalid" },
      "Math?": complete,
    });
  });

  test("a cell asks: for text, a password, a yes; it is told the end of the input and that nobody answers", () => {
    assert.deepEqual([seen.input.question, result(seen.input)], [{ prompt: "Who? ", password: false }, "'Ada'"]);
    assert.deepEqual([seen.password.question, result(seen.password)], [{ prompt: "Key", password: true }, "6"]);
    assert.deepEqual([seen.confirm.question.prompt, result(seen.confirm)], ["Sure? [y/N] ", "true"]);
    assert.match(seen.eof.reply.evalue, /the input was ended \(Ctrl-D\)/);
    assert.match(seen.refused.evalue, /cannot ask: nobody is asked here/);
  });

  test("an interrupt ends the wait for an answer, and a late answer is nobody's", () => {
    assert.equal(seen.interrupted_input.ename, "KeyboardInterrupt");
    assert.deepEqual([seen.after_late.question.prompt, result(seen.after_late)], ["Again?", "'in time'"]);
  });

  test("history is found by tail, range and search", () => {
    assert.deepEqual(codes(seen.tail), ["'first'", "'second'", "'first'"]);
    assert.deepEqual(seen.range, seen.tail.slice(0, 2));
    assert.deepEqual(codes(seen.current), ["'first'"]);
    assert.deepEqual(codes(seen.search), ["'first'", "'first'"]);
    assert.deepEqual(seen.unique, [seen.tail[2]]);
    assert.deepEqual(seen.last_found, seen.tail.slice(1));
    assert.deepEqual(seen.with_output[0][2], ["'first'", "'first'"]);
  });

  test("comms go both ways with their bytes", () => {
    assert.deepEqual(seen.comm, [["comm_msg", { comm_id: "c1", data: { x: 1 } }, ["0102", "ff"], { m: 1 }]]);
    assert.deepEqual(seen.comm_info, [{ c1: { target_name: "echo" } }, {}]);
    assert.deepEqual(seen.unknown_target, [["comm_close", { comm_id: "c2", data: {} }, [], {}]]);
  });

  test("a subshell's cell runs while the main one awaits it", () => {
    assert.deepEqual([seen.subshell, seen.subshells, seen.deleted], [["ok", "ok"], true, "ok"]);
  });

  test("a debug request is answered by an error", () => {
    assert.deepEqual([seen.debug.status, seen.debug.ename], ["error", "DebuggerNotSupported"]);
  });

  test("a restart begins anew and keeps the history; a shutdown is answered", () => {
    assert.equal(result(seen.restarted), "'undefined'");
    assert.equal(seen.restarted.reply.execution_count, 1);
    assert.deepEqual(codes(seen.before_restart), ["'first'"]);
    assert.deepEqual(seen.shutdown, { status: "ok", restart: false });
  });
});
