import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type JupyterClient, type Received, realKernel, startKernel, textOf } from "../helpers/jupyter-client.ts";

let client: JupyterClient;
before(async () => {
  client = await startKernel({ program: realKernel, env: { QUERN_OUTPUT_LIMIT: "10M" } });
});
after(() => client[Symbol.asyncDispose]());

const isNote = ({ type, content }: Received): boolean =>
  /display_data$/.test(type) && /more, not shown/.test(content.data["text/plain"]);

test("a hundred thousand lines arrive whole, in order and in few messages", async () => {
  const { reply, iopub } = await client.execute("for (let i = 0; i < 100_000; i++) console.log(i)");
  assert.equal(reply.status, "ok");
  assert.equal(textOf(iopub), Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
  assert.ok(iopub.length < 1000, `${iopub.length} messages`);
});

test("stdout and stderr come in the order in which they were written", async () => {
  const { iopub } = await client.execute("console.log(1); console.error(2); console.log(3); console.log(4)");
  const streams = iopub.flatMap(({ type, content }) => (type === "stream" ? [[content.name, content.text]] : []));
  const lines = streams.flatMap(([name, text]) =>
    text
      .trim()
      .split("\n")
      .map((line: string) => `${name} ${line}`),
  );
  assert.deepEqual(lines, ["stdout 1", "stderr 2", "stdout 3", "stdout 4"]);
});

test("a cell that prints for ever is shown up to the limit, says what is left out, and is interrupted", async () => {
  const id = await client.begin("let count = 0; for (;;) { console.log(count); count++ }");
  await client.eventually(() => client.of(id).some(isNote), "no note");
  await client.request("interrupt_request", {}, "control");
  const { reply, iopub } = await client.finished(id);
  assert.equal(reply.status, "error");
  const lines = textOf(iopub).trimEnd().split("\n");
  assert.equal(lines.length, (10 << 20) / 64);
  assert.deepEqual(
    lines.find((line, index) => line !== String(index)),
    undefined,
  );
  const notes = iopub.filter(isNote);
  assert.deepEqual(new Set(notes.map(({ content }) => content.transient.display_id)).size, 1);
  // The last count is that of the end; the line that was interrupted may have been written or not.
  const [, left = ""] = /… ([\d,]+) lines/.exec(notes.at(-1)?.content.data["text/plain"]) ?? [];
  const { iopub: after } = await client.execute("String(count)");
  const [, written] = /'(\d+)'/.exec(after.find(isResult)?.content.data["text/plain"]) ?? [];
  const uncounted = Number(written) - lines.length - Number(left.replaceAll(",", ""));
  assert.ok(uncounted === 0 || uncounted === -1, `${uncounted} lines are neither shown nor counted`);
});

const isResult = ({ type }: Received): boolean => type === "execute_result";

test("a handle updates its display from a timer and from a later cell", async () => {
  const first = await client.begin(
    'var handle = display("shown"); setTimeout(() => handle.update("from a timer"), 20); 0',
  );
  await client.finished(first);
  const updated = (id: string, text: string) =>
    client.eventually(
      () =>
        client
          .of(id)
          .find((one) => one.type === "update_display_data" && one.content.data["text/plain"].includes(text)),
      `no "${text}"`,
    );
  const shown = client.of(first).find(({ type }) => type === "display_data");
  const late = await updated(first, "from a timer");
  const later = await client.begin('await handle.update("from a later cell"); 0');
  const last = await updated(later, "from a later cell");
  for (const one of [late, last]) assert.deepEqual(one.content.transient, shown?.content.transient);
});
