import assert from "node:assert/strict";
import { test } from "node:test";
import { realKernel, shown, startKernel, textOf } from "../helpers/jupyter-client.ts";

test("all that front ends ask while a kernel starts is answered, in the order of each channel", async () => {
  await using kernel = await startKernel({ program: realKernel });
  // As JupyterLab and VS Code begin: the session's process is not up yet.
  const sent = [
    await kernel.send("kernel_info_request", {}, "control"),
    await kernel.send("kernel_info_request", {}),
    await kernel.send("comm_info_request", {}),
    await kernel.send("comm_info_request", { target_name: "jupyter.widget" }),
    await kernel.send("history_request", { hist_access_type: "tail", n: 100, output: false, raw: true }),
    await kernel.send("complete_request", { code: "con", cursor_pos: 3 }),
    await kernel.send("create_subshell_request", {}, "control"),
  ];
  const cells = [
    await kernel.begin("", { silent: true, store_history: false }),
    await kernel.begin('console.log("first")'),
    await kernel.begin('console.log("second")'),
  ];
  for (const id of sent) assert.equal((await kernel.finished(id)).reply.status, "ok");
  for (const id of cells) assert.equal((await kernel.finished(id)).reply.status, "ok");
  const texts = kernel.iopub.filter(({ type, parent }) => type === "stream" && cells.includes(parent.msg_id));
  assert.deepEqual(shown(texts), ["stream:first\n", "stream:second\n"]);
});

test("widgets of a front end live in a subshell of their own, as JupyterLab has it", async () => {
  await using kernel = await startKernel({ program: realKernel });
  await kernel.execute(`
    let open: () => void
    comm.registerTarget("jupyter.widget", (line, { data }) => {
      let value = data.state.value
      line.onMsg = async ({ data }) => {
        await null
        if (data.step === 0) return open()
        value += data.step
        line.send({ method: "update", state: { value } })
      }
    })`);
  const { subshell_id } = (await kernel.request("create_subshell_request", {}, "control")).reply;
  const header = { subshell_id };
  const open = { comm_id: "w", target_name: "jupyter.widget", data: { state: { value: 1 } } };
  await kernel.idle(await kernel.sendWith("comm_open", open, { header, metadata: { version: "2.1.0" } }));
  const busy = await kernel.begin(`
    import { spawn } from "node:child_process"
    console.log("on")
    await new Promise<void>((goOn) => { open = goOn })
    await new Promise((done) => spawn("echo", ["child"], { stdio: "inherit" }).on("close", done))`);
  await kernel.eventually(() => textOf(kernel.of(busy)).includes("on"), "the cell did not begin");
  const steps = [];
  for (let step = 1; step <= 50; step++) {
    steps.push(await kernel.sendWith("comm_msg", { comm_id: "w", data: { step } }, { header }));
  }
  for (const id of steps) await kernel.idle(id);
  assert.ok(!kernel.hasReply(busy));
  const values = kernel.iopub.filter(({ type }) => type === "comm_msg").map(({ content }) => content.data.state.value);
  assert.deepEqual([values.length, values.at(-1)], [50, 1 + (50 * 51) / 2]);
  await kernel.sendWith("comm_msg", { comm_id: "w", data: { step: 0 } }, { header });
  // What its child process writes is the cell's, whatever was sent to the session meanwhile.
  assert.equal(textOf((await kernel.finished(busy)).iopub), "on\nchild\n");
});
