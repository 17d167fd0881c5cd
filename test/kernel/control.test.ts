import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type JupyterClient, shown, startKernel, textOf } from "../helpers/jupyter-client.ts";

let kernel: JupyterClient;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel[Symbol.asyncDispose]());

test("a debug request is answered by an error, as Jupyter and as the debug protocol have it", async () => {
  const request = { type: "request", seq: 7, command: "attach", arguments: {} };
  const { reply, iopub } = await kernel.request("debug_request", request, "control");
  assert.deepEqual([reply.status, reply.ename], ["error", "DebuggerNotSupported"]);
  assert.equal(reply.evalue, 'Quern has no debugger: the request "attach" was not handled');
  assert.deepEqual(
    [reply.type, reply.request_seq, reply.success, reply.command, reply.message],
    ["response", 7, false, "attach", reply.evalue],
  );
  assert.deepEqual(shown(iopub), ["status:busy", "status:idle"]);
});

test("an answer that comes after the end of its cell is dropped, and answers no later question", async () => {
  const first = await kernel.begin("ask first\nwait 0", { allow_stdin: true });
  const question = await kernel.eventually(() => kernel.prompts.at(-1), "nothing was asked");
  await kernel.send("input_reply", { value: "one" }, "stdin", question.header);
  await kernel.finished(first);
  await kernel.send("input_reply", { value: "late" }, "stdin", question.header);
  await kernel.eventually(() => kernel.log.includes("an input_reply was dropped"), "not logged");
  const second = await kernel.begin("ask second", { allow_stdin: true });
  const next = await kernel.eventually(() => kernel.prompts.find(({ content }) => content.prompt === "second"), "none");
  await kernel.send("input_reply", { value: "two" }, "stdin", next.header);
  assert.equal(textOf((await kernel.finished(second)).iopub), "answer: two\n");
});
