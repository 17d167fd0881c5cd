import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type JupyterClient,
  type Received,
  realKernel,
  shown,
  startKernel,
  textOf,
} from "../helpers/jupyter-client.ts";

let kernel: JupyterClient;
before(async () => {
  kernel = await startKernel({ program: realKernel });
  await kernel.execute(`
    comm.registerTarget("echo", (line, opening) => {
      line.send({ opened: opening.data, metadata: opening.metadata })
      line.onMsg = ({ data, metadata, buffers }) => {
        console.log("heard", data)
        line.send({ back: data }, metadata, buffers.map((bytes) => bytes.map((byte) => byte + 1)))
      }
      line.onClose = ({ data }) => console.log("closed", data)
    })
    comm.registerTarget("broken", () => { throw new Error("not today") })
    comm.registerTarget("slow", (line) => { line.onMsg = async ({ data }) => {
      await new Promise((done) => setTimeout(done, data.ms)); console.log("slow", data.ms)
    } })`);
});
after(() => kernel[Symbol.asyncDispose]());

let lastId = 0;
const open = async (target: string, data: object = {}, metadata: object = {}) => {
  const comm_id = `c${++lastId}`;
  const id = await kernel.sendWith("comm_open", { comm_id, target_name: target, data }, { metadata });
  return { comm_id, iopub: await kernel.idle(id) };
};
const isComm = ({ type }: Received) => type.startsWith("comm_");
const comms = (iopub: readonly Received[]) => iopub.filter(isComm).map(({ type, content }) => [type, content]);
const info = async (content = {}) => (await kernel.request("comm_info_request", content)).reply.comms;

test("a comm that the front end opens reaches its target, and messages go both ways", async () => {
  const { comm_id, iopub } = await open("echo", { a: 1 }, { m: 2 });
  assert.deepEqual(comms(iopub), [["comm_msg", { comm_id, data: { opened: { a: 1 }, metadata: { m: 2 } } }]]);
  const buffers = [Buffer.from([1, 2, 3]), Buffer.alloc(0)];
  const id = await kernel.sendWith("comm_msg", { comm_id, data: { x: "y" } }, { metadata: { k: [1] }, buffers });
  const seen = await kernel.idle(id);
  assert.deepEqual(shown(seen), ["status:busy", "stream:heard { x: 'y' }\n", "comm_msg", "status:idle"]);
  const back = seen.find(isComm);
  assert.deepEqual([back?.content.data, back?.metadata], [{ back: { x: "y" } }, { k: [1] }]);
  assert.deepEqual(
    back?.buffers.map((bytes) => [...bytes]),
    [[2, 3, 4], []],
  );
  assert.deepEqual(await info({ target_name: "echo" }), { [comm_id]: { target_name: "echo" } });
  assert.deepEqual(await info({ target_name: "other" }), {});
  const closing = await kernel.send("comm_close", { comm_id, data: { bye: 1 } });
  assert.equal(textOf(await kernel.idle(closing)), "closed { bye: 1 }\n");
  assert.deepEqual(await info(), {});
});

test("a comm to an unknown target is closed at once", async () => {
  const { comm_id, iopub } = await open("jupyter.widget");
  assert.deepEqual(comms(iopub), [["comm_close", { comm_id, data: {} }]]);
  assert.deepEqual(await info(), {});
});

test("a target that fails is told, and its comm closed", async () => {
  const { comm_id, iopub } = await open("broken");
  assert.deepEqual(comms(iopub), [["comm_close", { comm_id, data: {} }]]);
  assert.equal(iopub.find(({ type }) => type === "error")?.content.evalue, "not today");
});

test("a cell opens a comm, sends, hears the answer and closes", async () => {
  const { iopub } = await kernel.execute(`
    const line = comm.open("plot", { size: 3 }, { v: 1 }, [new Float64Array([1.5])])
    line.onMsg = ({ data }) => console.log("clicked", data)
    line.send({ n: 1 })`);
  const [opening, message] = iopub.filter(isComm);
  const { comm_id } = opening?.content ?? {};
  assert.deepEqual(opening?.content, { comm_id, target_name: "plot", data: { size: 3 } });
  assert.deepEqual(opening?.metadata, { v: 1 });
  assert.equal(opening?.buffers[0]?.readDoubleLE(), 1.5);
  assert.deepEqual(message?.content, { comm_id, data: { n: 1 } });
  assert.deepEqual(await info(), { [comm_id]: { target_name: "plot" } });
  const id = await kernel.send("comm_msg", { comm_id, data: 7 });
  assert.equal(textOf(await kernel.idle(id)), "clicked 7\n");
  const closed = await kernel.execute("line.close({ done: true }); line.close(); line.isClosed");
  assert.deepEqual(comms(closed.iopub), [["comm_close", { comm_id, data: { done: true } }]]);
  assert.match((await kernel.execute("line.send(1)")).reply.evalue, /^The comm to "plot" is closed/);
  assert.deepEqual(await info(), {});
});

test("messages wait for the cell and the message before them", async () => {
  const { comm_id } = await open("slow");
  const cell = await kernel.begin('await new Promise((done) => setTimeout(done, 100)); console.log("cell")');
  const sent = [cell];
  for (const ms of [60, 1]) sent.push(await kernel.send("comm_msg", { comm_id, data: { ms } }));
  const last = await kernel.begin('console.log("last")');
  await kernel.finished(last);
  const texts = kernel.iopub.filter(({ type, parent }) => type === "stream" && [...sent, last].includes(parent.msg_id));
  assert.deepEqual(
    shown(texts),
    ["cell", "slow 60", "slow 1", "last"].map((text) => `stream:${text}\n`),
  );
});

test("a failing cell aborts the cells behind it and no comm message", async () => {
  const { comm_id } = await open("echo");
  const failing = await kernel.begin('input("Go on?"); throw new Error("no")', { allow_stdin: true });
  const question = await kernel.eventually(() => kernel.prompts.at(-1), "nothing was asked");
  const message = await kernel.send("comm_msg", { comm_id, data: 1 });
  const cell = await kernel.begin("1");
  // When this is answered the kernel has received both.
  await kernel.request("is_complete_request", { code: "1" });
  await kernel.send("input_reply", { value: "yes" }, "stdin", question.header);
  assert.equal((await kernel.finished(cell)).reply.ename, "ExecutionAborted");
  assert.equal(textOf(await kernel.idle(message)), "heard 1\n");
  await kernel.finished(failing);
  await kernel.idle(await kernel.send("comm_close", { comm_id, data: {} }));
});

test("messages of comms that nobody has, and malformed ones, are logged and do no harm", async () => {
  await kernel.idle(await kernel.send("comm_msg", { comm_id: "nobody", data: {} }));
  await kernel.logged(/comm_msg: there is no comm "nobody"/);
  await kernel.idle(await kernel.send("comm_open", { comm_id: "x" }));
  await kernel.logged(/refused: comm_open needs "target_name" to be text, found nothing/);
});

test("when the session ends, its comms are closed", async () => {
  const { comm_id } = await open("echo");
  await kernel.execute("process.exit(1)");
  const close = kernel.iopub.findLast(({ type }) => type === "comm_close");
  assert.deepEqual(close?.content, { comm_id, data: {} });
  assert.deepEqual(await info(), {});
});
