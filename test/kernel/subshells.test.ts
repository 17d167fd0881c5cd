import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type JupyterClient, realKernel, shown, startKernel, textOf } from "../helpers/jupyter-client.ts";

let kernel: JupyterClient;
before(async () => {
  kernel = await startKernel({ program: realKernel });
  await kernel.execute(`
    const kept = 42, gates: Record<string, () => void> = {}
    const gate = (name: string) => new Promise<void>((open) => { gates[name] = open })`);
});
after(() => kernel[Symbol.asyncDispose]());

const control = async (type: string, content = {}) => (await kernel.request(type, content, "control")).reply;
const create = async (): Promise<string> => (await control("create_subshell_request")).subshell_id;
const executeContent = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
const beginIn = (subshell_id: string | null, code: string, content = {}) =>
  kernel.sendWith("execute_request", { ...executeContent, code, ...content }, { header: { subshell_id } });
const executeIn = async (subshell_id: string, code: string) => kernel.finished(await beginIn(subshell_id, code));
const begun = (id: string, text: string) => kernel.eventually(() => textOf(kernel.of(id)).includes(text), `no ${text}`);

test("subshells are created, listed and deleted on control, and kernel_info says so", async () => {
  assert.deepEqual((await control("kernel_info_request")).supported_features, ["kernel subshells"]);
  const [one, other] = [await create(), await create()];
  assert.deepEqual(await control("list_subshell_request"), { status: "ok", subshell_id: [one, other] });
  assert.deepEqual(await control("delete_subshell_request", { subshell_id: one }), { status: "ok" });
  assert.deepEqual((await control("list_subshell_request")).subshell_id, [other]);
  await control("delete_subshell_request", { subshell_id: other });
  const again = await control("delete_subshell_request", { subshell_id: one });
  assert.deepEqual([again.status, again.ename], ["error", "UnknownSubshell"]);
  assert.match(again.evalue, new RegExp(`^there is no subshell "${one}"`));
});

test("a subshell's cell runs while the main one awaits, in the same session, and both are told apart", async () => {
  const subshell = await create();
  const main = await beginIn(null, 'console.log("waits"); await gate("main"); console.log("main goes on"); "main"');
  await begun(main, "waits");
  const { reply, iopub } = await executeIn(subshell, 'console.log("beside"); gates.main(); kept');
  assert.equal(reply.status, "ok");
  assert.equal(textOf(iopub), "beside\n");
  assert.equal(iopub.at(-1)?.parent.subshell_id, subshell);
  const ended = await kernel.finished(main);
  assert.equal(textOf(ended.iopub), "waits\nmain goes on\n");
  assert.equal(reply.execution_count, ended.reply.execution_count + 1, "they are counted together");
});

test("cells of one subshell run in order, and an error aborts its queue alone", async () => {
  const subshell = await create();
  const main = await beginIn(null, 'console.log("on"); await gate("order"); console.log("done")');
  const next = await beginIn(null, 'console.log("the next of main")');
  await begun(main, "on");
  const first = await beginIn(subshell, 'await gate("first"); throw new Error("no")');
  const aborted = await beginIn(subshell, "1");
  await executeIn(await create(), "while (!gates.first) await new Promise(setImmediate); gates.first()");
  assert.equal((await kernel.finished(aborted)).reply.ename, "ExecutionAborted");
  assert.equal((await kernel.finished(first)).reply.ename, "Error");
  await executeIn(subshell, "gates.order()");
  assert.equal((await kernel.finished(main)).reply.status, "ok");
  assert.equal(textOf((await kernel.finished(next)).iopub), "the next of main\n");
});

test("comms are answered in a subshell while the main one is busy", async () => {
  const subshell = await create();
  await kernel.execute('comm.registerTarget("beside", (line) => { line.onMsg = ({ data }) => line.send(data * 2) })');
  const main = await beginIn(null, 'console.log("busy"); await gate("comms")');
  await begun(main, "busy");
  const header = { subshell_id: subshell };
  await kernel.idle(await kernel.sendWith("comm_open", { comm_id: "b", target_name: "beside", data: {} }, { header }));
  const answered = await kernel.idle(await kernel.sendWith("comm_msg", { comm_id: "b", data: 21 }, { header }));
  assert.equal(answered.find(({ type }) => type === "comm_msg")?.content.data, 42);
  await executeIn(subshell, "gates.comms()");
  await kernel.finished(main);
});

test("completion and inspection see the live values while a cell awaits", async () => {
  const main = await beginIn(null, 'const fresh = { member: 1 }; console.log("has"); await gate("live")');
  await begun(main, "has");
  const { reply } = await kernel.request("complete_request", { code: "fresh.", cursor_pos: 6 });
  assert.deepEqual(reply.matches, ["member"]);
  const inspected = await kernel.request("inspect_request", { code: "fresh", cursor_pos: 5, detail_level: 1 });
  assert.match(inspected.reply.data["text/plain"], /const fresh = \{ member: 1 \}/);
  await executeIn(await create(), "gates.live()");
  await kernel.finished(main);
});

test("an interrupt ends what all shells run, whoever of them computes, and leaves the variables", async () => {
  const subshell = await create();
  const main = await beginIn(null, 'console.log("awaits"); await new Promise(() => {})');
  await begun(main, "awaits");
  const looping = await beginIn(subshell, 'console.log("loops"); for (;;);');
  await begun(looping, "loops");
  await control("interrupt_request");
  for (const id of [main, looping]) assert.equal((await kernel.finished(id)).reply.ename, "KeyboardInterrupt");
  assert.match(shown((await kernel.execute("kept")).iopub).join(), /42/);
  assert.match(shown((await executeIn(subshell, "kept")).iopub).join(), /42/);
});

test("a prompt of a subshell goes to its front end while the main one awaits", async () => {
  const subshell = await create();
  const main = await beginIn(null, 'console.log("first"); await gate("prompt")');
  await begun(main, "first");
  const asking = await beginIn(subshell, 'const said = input("Who?"); gates.prompt(); said', { allow_stdin: true });
  const question = await kernel.eventually(() => kernel.prompts.at(-1), "nothing was asked");
  assert.deepEqual([question.parent.msg_id, question.parent.subshell_id], [asking, subshell]);
  await kernel.send("input_reply", { value: "Ada" }, "stdin", question.header);
  assert.match(shown((await kernel.finished(asking)).iopub).join(), /Ada/);
  await kernel.finished(main);
});

test("a request to a subshell that is not there is refused, also when it was deleted meanwhile", async () => {
  const { reply, iopub } = await executeIn("nowhere", "1");
  assert.deepEqual([reply.status, reply.ename, reply.execution_count], ["error", "UnknownSubshell", 0]);
  assert.deepEqual(shown(iopub), ["status:busy", "status:idle"]);
  const asked = await kernel.request("complete_request", { code: "a", cursor_pos: 1 }, "shell", { subshell_id: 5 });
  assert.equal(asked.reply.ename, "UnknownSubshell");
  const subshell = await create();
  const running = await beginIn(subshell, 'console.log("runs"); await gate("deleted"); "to its end"');
  await begun(running, "runs");
  const waiting = await beginIn(subshell, "1");
  await control("delete_subshell_request", { subshell_id: subshell });
  await kernel.execute("gates.deleted()");
  assert.match(shown((await kernel.finished(running)).iopub).join(), /to its end/);
  assert.equal((await kernel.finished(waiting)).reply.ename, "UnknownSubshell");
});

test("the end of the session fails the cells of all shells, and the subshells stay", async () => {
  const subshell = await create();
  const main = await beginIn(null, 'console.log("up"); await new Promise(() => {})');
  await begun(main, "up");
  const exiting = await beginIn(subshell, "process.exit(3)");
  for (const id of [main, exiting]) assert.equal((await kernel.finished(id)).reply.ename, "SessionEnded");
  assert.equal((await executeIn(subshell, "1")).reply.status, "ok");
});
