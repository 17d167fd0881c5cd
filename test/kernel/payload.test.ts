import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type JupyterClient, startKernel } from "../helpers/jupyter-client.ts";

let kernel: JupyterClient;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel[Symbol.asyncDispose]());

test("what a cell asks of its front end is in the reply, also when the cell failed", async () => {
  const paged = await kernel.execute("page all about it\nnext edited");
  const page = { source: "page", data: { "text/plain": "all about it" }, start: 0 };
  const next = { source: "set_next_input", text: "edited", replace: false };
  assert.deepEqual(paged.reply.payload, [page, next]);
  assert.deepEqual((await kernel.execute("next edited\nthrow x")).reply.payload, [next]);
});

test("a cell that asks about a name is complete", async () => {
  const status = async (code: string) => (await kernel.request("is_complete_request", { code })).reply.status;
  const codes = ["flights?", "flights.select??\n", "?flights", "const a = 1\na?", "a\n?? b", "f(\na?", "a ?"];
  const wanted = ["complete", "complete", "complete", "complete", "complete", "incomplete", "incomplete"];
  assert.deepEqual(await Promise.all(codes.map(status)), wanted);
});
