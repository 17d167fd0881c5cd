import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Exchange, type JupyterClient, shown, startKernel, textOf } from "../helpers/jupyter-client.ts";
import { groupEnded, groupMembers } from "../helpers/processes.ts";

// One kernel for all that leaves it in order; its session does what the lines of a cell say (fixtures/fake-session.ts).
let kernel: JupyterClient;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel[Symbol.asyncDispose]());

test("every request is between busy and idle, and output comes before idle", async () => {
  const { reply, replyMetadata, iopub } = await kernel.execute("out hello\nresult 42\nout bye");
  assert.equal(reply.status, "ok");
  assert.deepEqual([reply.payload, reply.user_expressions], [[], {}]);
  assert.match(replyMetadata.started, /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(shown(iopub), [
    "status:busy",
    "execute_input:out hello\nresult 42\nout bye",
    "stream:hello\n",
    "execute_result:42",
    "stream:bye\n",
    "status:idle",
  ]);
});

test("a front end that subscribes is welcomed, then hears once that the kernel starts", () => {
  assert.equal(kernel.iopub[0]?.type, "iopub_welcome");
  assert.deepEqual([kernel.iopub[0]?.content, kernel.iopub[0]?.parent], [{ subscription: "" }, {}]);
  assert.deepEqual(shown(kernel.iopub.slice(1, 2)), ["status:starting"]);
  assert.equal(shown(kernel.iopub).filter((line) => line === "status:starting").length, 1);
});

test("kernel_info is answered on shell and control with all that strict clients want", async () => {
  for (const channel of ["shell", "control"] as const) {
    const { reply } = await kernel.request("kernel_info_request", {}, channel);
    assert.equal(reply.protocol_version, "5.5");
    assert.deepEqual([reply.supported_features, reply.debugger, reply.help_links], [["kernel subshells"], false, []]);
    assert.equal(reply.language_info.codemirror_mode, "typescript");
    assert.ok(Object.values(reply).every((value) => value !== null));
  }
});

test("executions are counted, but not those that are silent or not for the history", async () => {
  const first = (await kernel.execute("count")).reply.execution_count;
  const unstored = await kernel.execute("count", { store_history: false });
  const silent = await kernel.execute("out unheard\nresult unheard", { silent: true });
  const second = (await kernel.execute("count")).reply.execution_count;
  assert.deepEqual([unstored.reply.execution_count, silent.reply.execution_count, second], [first, first, first + 1]);
  assert.deepEqual(shown(silent.iopub), ["status:busy", "status:idle"]);
});

test("displays are shown, updated and cleared, and transient is always an object", async () => {
  const { iopub } = await kernel.execute("display a\ndisplay-as d1\nupdate d1\nclear");
  const [plain, first, update, clear] = iopub.slice(2);
  assert.deepEqual(plain?.content.transient, {});
  assert.deepEqual([first?.type, first?.content.transient], ["display_data", { display_id: "d1" }]);
  assert.deepEqual([update?.type, update?.content.data], ["update_display_data", { "text/plain": "v2" }]);
  assert.deepEqual([clear?.type, clear?.content], ["clear_output", { wait: true }]);
});

test("an error is shown once and repeated in the reply", async () => {
  const { reply, iopub } = await kernel.execute("out before\nthrow no such thing");
  assert.deepEqual([reply.status, reply.ename, reply.evalue], ["error", "Error", "no such thing"]);
  assert.ok(Number.isInteger(reply.execution_count));
  assert.deepEqual(shown(iopub).slice(2), ["stream:before\n", "error:Error", "status:idle"]);
});

test("user expressions are answered", async () => {
  const { reply } = await kernel.execute("out x", { user_expressions: { a: "1 + 1" } });
  assert.deepEqual(reply.user_expressions.a, { status: "ok", data: { "text/plain": "value of 1 + 1" }, metadata: {} });
});

/** The first cell goes on when the kernel has received all. */
async function sentTogether(first: string, ...others: readonly string[]): Promise<string[]> {
  const file = join(kernel.folder, `go on ${randomUUID()}`);
  const sent = [await kernel.begin(`block-until ${file}\n${first}`)];
  for (const code of others) sent.push(await kernel.begin(code));
  await kernel.request("is_complete_request", { code: "1" });
  writeFileSync(file, "");
  return sent;
}

test("after an error the queued cells are not run, unless stop_on_error is false", async () => {
  const sent = await sentTogether("throw x", "out never", "out nor this");
  const [, second, third] = await Promise.all(sent.map((id) => kernel.finished(id)));
  for (const { reply, iopub } of [second, third] as Exchange[]) {
    assert.deepEqual([reply.status, reply.ename, reply.execution_count], ["error", "ExecutionAborted", 0]);
    assert.deepEqual(shown(iopub), ["status:busy", "status:idle"]);
  }
  const tolerant = [await kernel.begin("throw x", { stop_on_error: false }), await kernel.begin("out runs")];
  const [, runs] = await Promise.all(tolerant.map((id) => kernel.finished(id)));
  assert.equal(textOf(runs?.iopub ?? []), "runs\n");
});

test("cells run one after the other, in the order they were sent", async () => {
  const sent = [await kernel.begin("wait 50\nout one"), await kernel.begin("out two"), await kernel.begin("out three")];
  await Promise.all(sent.map((id) => kernel.finished(id)));
  const texts = kernel.iopub.filter(({ type, parent }) => type === "stream" && sent.includes(parent.msg_id));
  assert.deepEqual(shown(texts), ["stream:one\n", "stream:two\n", "stream:three\n"]);
});

test("questions are answered while a cell computes, and the cell's busy is told again", async () => {
  const file = join(kernel.folder, "go on");
  const id = await kernel.begin(`block-until ${file}`);
  await kernel.eventually(() => kernel.of(id).length >= 2, "the cell did not begin");
  const complete = await kernel.request("is_complete_request", { code: "const x = `a" });
  assert.deepEqual([complete.reply.status, complete.reply.indent], ["incomplete", ""]);
  const names = await kernel.request("complete_request", { code: "fli", cursor_pos: 3 });
  assert.deepEqual(names.reply.matches, ["flights"]);
  const inspected = await kernel.request("inspect_request", { code: "flights", cursor_pos: 3, detail_level: 0 });
  assert.deepEqual([inspected.reply.status, inspected.reply.found], ["ok", false]);
  await kernel.request("history_request", { hist_access_type: "tail", n: 1 });
  await kernel.request("comm_info_request", {});
  await kernel.request("kernel_info_request", {}, "control");
  assert.equal(await kernel.heartbeat(), "beat");
  assert.ok(!kernel.hasReply(id));
  // Servers take a kernel whose last status is idle for idle.
  const lastStatus = () => kernel.iopub.findLast(({ type }) => type === "status");
  await kernel.eventually(() => {
    const { content, parent } = lastStatus() ?? {};
    return content?.execution_state === "busy" && parent?.msg_id === id;
  }, "busy was not told again");
  writeFileSync(file, "");
  await kernel.finished(id);
  await kernel.execute("out settled");
});

test("completion comes from the session, with positions in code points after an emoji", async () => {
  const code = 'const s = "😀"; fro';
  const { reply } = await kernel.request("complete_request", { code, cursor_pos: [...code].length });
  assert.deepEqual([reply.matches, reply.cursor_start, reply.cursor_end], [["fromSession"], 15, 18]);
  const [kind] = reply.metadata._jupyter_types_experimental;
  assert.deepEqual(kind, { text: "fromSession", type: "variable", start: 15, end: 18, signature: "" });
});

test("inspection comes from the session", async () => {
  const { reply } = await kernel.request("inspect_request", { code: "flights", cursor_pos: 3, detail_level: 0 });
  assert.deepEqual(reply, { status: "ok", found: true, data: { "text/plain": "a frame" }, metadata: {} });
});

test("a forged message is dropped and logged", async () => {
  const { id, frames } = kernel.sign("execute_request", { code: "out forged" });
  await kernel.sendFrames("shell", frames.with(1, "0".repeat(64)));
  await kernel.logged(/shell was dropped: its signature is wrong/);
  await kernel.sendFrames("control", frames.with(1, ""));
  await kernel.logged(/control was dropped: it is not signed/);
  await kernel.request("kernel_info_request", {});
  assert.deepEqual(kernel.of(id), []);
});

test("a replayed message is dropped and logged", async () => {
  const { id, frames } = kernel.sign("execute_request", { code: "out once" });
  await kernel.sendFrames("shell", frames);
  await kernel.finished(id);
  await kernel.sendFrames("shell", frames);
  await kernel.logged(/a replay/);
  await kernel.request("kernel_info_request", {});
  assert.equal(textOf(kernel.of(id)), "once\n");
});

test("a malformed request is refused and logged, never read as an empty cell", async () => {
  const before = (await kernel.execute("count")).reply.execution_count;
  const { reply, iopub } = await kernel.request("execute_request", { silent: false });
  assert.deepEqual([reply.status, reply.ename], ["error", "MalformedRequest"]);
  assert.equal(reply.evalue, 'execute_request needs "code" to be text, found nothing');
  assert.deepEqual(shown(iopub), ["status:busy", "status:idle"]);
  await kernel.logged(/refused: execute_request needs "code"/);
  assert.equal((await kernel.execute("count")).reply.execution_count, before + 1);
});

test("an unknown message has busy and idle but no reply, and is logged", async () => {
  const id = await kernel.send("usage_request", {}, "control");
  assert.deepEqual(shown(await kernel.idle(id)), ["status:busy", "status:idle"]);
  await kernel.logged(/usage_request on control is not known/);
  assert.ok(!kernel.hasReply(id));
});

test("what is no Jupyter message does no harm", async () => {
  await kernel.sendFrames("shell", ["<IDS|MSG>"]);
  await kernel.sendFrames("shell", ["nonsense"]);
  assert.equal((await kernel.execute("out fine")).reply.status, "ok");
});

test("late output is shown under its own cell", async () => {
  const first = await kernel.begin("say-later late");
  await kernel.finished(first);
  const second = await kernel.begin("say-now");
  await kernel.finished(second);
  await kernel.eventually(() => textOf(kernel.of(first)) === "late\n", "nothing was shown");
  assert.equal(textOf(kernel.of(second)), "");
});

test("native output and that of child processes belongs to the cell, before its reply", async () => {
  const { iopub } = await kernel.execute("native from C\nchild from a child\nnative-err oops");
  assert.equal(textOf(iopub), "from C\nfrom a child\n");
  assert.equal(textOf(iopub, "stderr"), "oops\n");
  assert.equal(shown(iopub).at(-1), "status:idle");
});

test("all that native code wrote in a cell comes before its reply, each time", async () => {
  for (let i = 0; i < 50; i++) {
    const { iopub } = await kernel.execute(`native ${i}\nnative-err e${i}`);
    assert.equal(textOf(iopub) + textOf(iopub, "stderr"), `${i}\ne${i}\n`);
  }
  assert.equal(textOf((await kernel.execute("child-flood 3000000")).iopub).length, 3_000_000);
});

test("many small writes become few messages, in order and complete", async () => {
  const { iopub } = await kernel.execute("many 20000");
  const streams = iopub.filter(({ type }) => type === "stream");
  assert.equal(textOf(iopub), Array.from({ length: 20000 }, (_, i) => `${i}\n`).join(""));
  // As many as there are pauses between two in the time that it takes.
  assert.ok(streams.length < 2000, `${streams.length} messages`);
});

test("a prompt goes to the front end that ran the cell, and its heart beats meanwhile", async () => {
  const id = await kernel.begin("ask Your name?", { allow_stdin: true });
  const prompt = await kernel.eventually(() => kernel.prompts.at(-1), "no prompt");
  assert.deepEqual([prompt.type, prompt.content], ["input_request", { prompt: "Your name?", password: false }]);
  assert.equal(prompt.parent.msg_id, id);
  assert.equal(await kernel.heartbeat(), "beat");
  await kernel.send("input_reply", { value: "to another prompt" }, "stdin", { msg_id: "another" });
  await kernel.send("input_reply", { value: "Ada" }, "stdin", prompt.parent.promptHeader);
  assert.equal(textOf((await kernel.finished(id)).iopub), "answer: Ada\n");
});

test("without allow_stdin there is no prompt", async () => {
  const before = kernel.prompts.length;
  const { reply } = await kernel.execute("ask Your name?", { allow_stdin: false });
  assert.deepEqual([reply.status, kernel.prompts.length], ["error", before]);
});

test("an interrupt ends the running cell and aborts the ten behind it", async () => {
  const sent = [await kernel.begin("wait 60000")];
  for (let behind = 0; behind < 10; behind++) sent.push(await kernel.begin("out never"));
  await kernel.eventually(() => kernel.of(sent[0] ?? "").length >= 2, "the cell did not begin");
  const { reply } = await kernel.request("interrupt_request", {}, "control");
  assert.deepEqual(reply, { status: "ok" });
  const ended = await Promise.all(sent.map((id) => kernel.finished(id)));
  const [interrupted, ...aborted] = ended.map(({ reply }) => reply.ename);
  assert.equal(interrupted, "KeyboardInterrupt");
  assert.deepEqual(aborted, Array(10).fill("ExecutionAborted"));
});

test("SIGINT, as from Ctrl-C in a terminal, interrupts the cell and leaves the kernel", async () => {
  const id = await kernel.begin("wait 60000");
  await kernel.eventually(() => kernel.of(id).length >= 2, "the cell did not begin");
  kernel.child.kill("SIGINT");
  assert.equal((await kernel.finished(id)).reply.ename, "KeyboardInterrupt");
  assert.equal((await kernel.execute("out alive")).reply.status, "ok");
});

test("an interrupt with nothing to interrupt does nothing", async () => {
  assert.equal((await kernel.request("interrupt_request", {}, "control")).reply.status, "ok");
  assert.equal((await kernel.execute("out x")).reply.status, "ok");
});

test("history answers tail, range and search", async () => {
  const pair = [`out ${"first".repeat(2)}`, `out ${"second".repeat(2)}`];
  for (const code of [...pair, ...pair]) await kernel.execute(code);
  const history = async (content: object) => (await kernel.request("history_request", content)).reply.history;
  const tail = await history({ hist_access_type: "tail", n: 2, output: false, raw: true });
  assert.deepEqual(
    tail.map(([, , code]: string[]) => code),
    pair,
  );
  const [session, line] = tail[0];
  const range = await history({ hist_access_type: "range", session, start: line, stop: line + 1 });
  assert.deepEqual(range, [tail[0]]);
  const unique = await history({ hist_access_type: "search", pattern: "out firstf?rst*", unique: true });
  assert.deepEqual(unique, [tail[0]]);
  await kernel.execute("result 42");
  const [[, , withOutput]] = await history({ hist_access_type: "tail", n: 1, output: true });
  assert.deepEqual(withOutput, ["result 42", "42"]);
});

test("a session that ends during a cell is that cell's error, and the next cell runs in a new one", async () => {
  const { reply, iopub } = await kernel.execute("out last words\nexit 3");
  assert.equal(reply.ename, "SessionEnded");
  assert.match(reply.evalue, /process\.exit\(3\) was called\. Its variables are lost; a new session has started\./);
  assert.deepEqual(shown(iopub).slice(2), ["stream:last words\n", "error:SessionEnded", "status:idle"]);
  const next = await kernel.execute("out here");
  assert.equal(textOf(next.iopub), "here\n");
  assert.equal(next.reply.execution_count, reply.execution_count + 1);
});

test("the cause of a session's end is named", async () => {
  assert.match((await kernel.execute("kill SIGKILL")).reply.evalue, /killed \(SIGKILL\)/);
  assert.match(
    (await kernel.execute("heap")).reply.evalue,
    /ran out of JavaScript heap \(limit [\d.]+ [MG]B\).*QUERN_HEAP=/,
  );
  assert.match((await kernel.execute("kill SIGSEGV")).reply.evalue, /native code crashed \(SIGSEGV\)/);
});

test("a session that ends between cells is told under the last cell", async () => {
  const id = await kernel.begin("late-exit 20");
  await kernel.finished(id);
  await kernel.eventually(() => kernel.of(id).find(({ type }) => type === "error"), "no error was shown");
  assert.equal(textOf((await kernel.execute("out again")).iopub), "again\n");
});

test("the children of a session that has ended end with it", async () => {
  const { iopub } = await kernel.execute("pid\nbackground 1000");
  const pid = Number(textOf(iopub));
  assert.ok(groupMembers(pid).length >= 2, "the background process is not there");
  await kernel.execute("exit 0");
  await groupEnded(pid);
});

test("unsigned messages are taken where the key is empty", async () => {
  await using unsigned = await startKernel({ key: "" });
  assert.equal((await unsigned.execute("out x")).reply.status, "ok");
});

test("over IPC the kernel serves too, and leaves no socket files", async () => {
  await using local = await startKernel({ transport: "ipc" });
  assert.equal((await local.execute("out x")).reply.status, "ok");
  assert.equal(readdirSync(local.folder).filter((name) => name.startsWith("socket-")).length, 5);
  await local.request("shutdown_request", { restart: false }, "control");
  assert.equal(await local.exited(), 0);
  assert.deepEqual(
    readdirSync(local.folder).filter((name) => name.startsWith("socket-")),
    [],
  );
});

test("a shutdown is answered, ends kernel and session, and is told on iopub", async () => {
  for (const channel of ["shell", "control"] as const) {
    await using ending = await startKernel();
    const pid = Number(textOf((await ending.execute("pid")).iopub));
    const { reply, iopub } = await ending.request("shutdown_request", { restart: true }, channel);
    assert.deepEqual(reply, { status: "ok", restart: true });
    assert.ok(iopub.some(({ type }) => type === "shutdown_reply"));
    assert.equal(await ending.exited(), 0);
    await groupEnded(pid);
  }
});

test("a shutdown while a cell computes ends it by force", async () => {
  await using ending = await startKernel();
  const pid = Number(textOf((await ending.execute("pid")).iopub));
  const id = await ending.begin("deaf\nblock 60000");
  await ending.eventually(() => ending.of(id).length >= 2, "the cell did not begin");
  await ending.send("shutdown_request", { restart: false }, "control");
  assert.match((await ending.finished(id)).reply.evalue, /the kernel was shut down/);
  assert.equal(await ending.exited(), 0, ending.log);
  await groupEnded(pid);
});

test("when the kernel is killed the session ends by itself", async () => {
  await using killed = await startKernel();
  const pid = Number(textOf((await killed.execute("pid")).iopub));
  killed.child.kill("SIGKILL");
  await killed.exited();
  await groupEnded(pid);
});

test("when the process that started the kernel is gone, the kernel ends, and its busy session", async () => {
  const parent = spawn("sleep", ["60"], { stdio: "ignore" });
  await using orphan = await startKernel({ env: { JPY_PARENT_PID: String(parent.pid) } });
  const pid = Number(textOf((await orphan.execute("pid")).iopub));
  const id = await orphan.begin("deaf\nblock 60000");
  await orphan.eventually(() => orphan.of(id).length >= 2, "the cell did not begin");
  parent.kill("SIGKILL");
  assert.equal(await orphan.exited(), 0, orphan.log);
  await groupEnded(pid);
});

test("a session that cannot start is a clear error, and is not started for ever", async () => {
  await using broken = await startKernel({ env: { QUERN_FAKE: "cannot-start" } });
  const { reply } = await broken.execute("out x");
  assert.match(reply.evalue, /Cannot find module 'quern'.*could not start; run the cell again/s);
  assert.equal(await broken.heartbeat(), "beat");
  assert.ok(broken.log.split("the session ended while it started").length <= 3, broken.log);
});

test("a cell that waits for a session to come up can be interrupted", async () => {
  await using waiting = await startKernel({ env: { QUERN_FAKE: "never-ready" } });
  const id = await waiting.begin("out x");
  await waiting.eventually(() => waiting.of(id).length >= 2, "the cell did not begin");
  await waiting.request("interrupt_request", {}, "control");
  assert.equal((await waiting.finished(id)).reply.ename, "KeyboardInterrupt");
});
