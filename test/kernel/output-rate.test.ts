import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace, outputRateOf } from "../../kernel/output-rate.ts";
import { realKernel, startKernel, textOf } from "../helpers/jupyter-client.ts";

/** What Jupyter's server counts in its three seconds. */
const windowMs = 3000;

test("text that leaves when it may stays below the server's limit, however it comes", () => {
  let nowMs = 0;
  let waitMs = 0;
  const pace = createPace(
    1_000_000,
    (ms) => (waitMs = ms),
    () => nowMs,
  );
  const sent: { atMs: number; bytes: number }[] = [];
  for (let i = 0; i < 3_000; i++) {
    const text = "é\n".repeat(1 + ((i * 7_919) % 20_000));
    waitMs = 0;
    pace.spend(text);
    sent.push({ atMs: nowMs, bytes: Buffer.byteLength(JSON.stringify(text)) });
    nowMs += waitMs > 0 ? waitMs : i % 3;
  }
  for (const { atMs } of sent.filter((_, index) => index % 50 === 0)) {
    const inWindow = sent.filter((one) => one.atMs > atMs - windowMs && one.atMs <= atMs);
    assert.ok(inWindow.reduce((sum, { bytes }) => sum + bytes, 0) < 3_000_000);
  }
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  assert.ok(bytes / (nowMs / 1000) > 550_000, `${bytes} bytes in ${nowMs} ms`);
});

test("each cell begins anew, as the server's count does", () => {
  let waits = 0;
  const pace = createPace(
    1_000_000,
    () => waits++,
    () => 0,
  );
  for (let cell = 0; cell < 10; cell++) {
    pace.spend("x".repeat(2_000_000));
    pace.reset();
  }
  assert.equal(waits, 0);
  pace.spend("x".repeat(2_700_000));
  assert.equal(waits, 1);
});

test("the rate is the server's where there is one, or what QUERN_OUTPUT_RATE says", () => {
  assert.equal(outputRateOf({}, assert.fail), undefined);
  assert.equal(outputRateOf({ JPY_SESSION_NAME: "a.ipynb" }, assert.fail), 1_000_000);
  assert.equal(outputRateOf({ JPY_SESSION_NAME: "a.ipynb", QUERN_OUTPUT_RATE: "none" }, assert.fail), undefined);
  assert.equal(outputRateOf({ QUERN_OUTPUT_RATE: "10M" }, assert.fail), 10 << 20);
  const lines: string[] = [];
  assert.equal(
    outputRateOf({ JPY_SESSION_NAME: "", QUERN_OUTPUT_RATE: "fast" }, (line) => lines.push(line)),
    1_000_000,
  );
  assert.match(lines.join(), /QUERN_OUTPUT_RATE is "fast"/);
});

test("a flood waits for its front end, loses nothing, and is interrupted while it waits", async () => {
  await using client = await startKernel({ program: realKernel, env: { QUERN_OUTPUT_RATE: "100k" } });
  const line = "0123456789".repeat(10);
  const whole = await client.execute(`for (let i = 0; i < 4_000; i++) console.log("${line}"); throw new Error("seen")`);
  assert.equal(textOf(whole.iopub), `${line}\n`.repeat(4_000));
  assert.equal(whole.iopub.at(-2)?.content.evalue, "seen");

  const id = await client.begin(`for (;;) console.log("${line}")`);
  await client.eventually(() => textOf(client.of(id)).length > 225_000, "no text");
  await client.request("interrupt_request", {}, "control");
  const { reply, iopub } = await client.finished(id);
  assert.equal(reply.status, "error");
  assert.ok(textOf(iopub).length < 3_000_000, `${textOf(iopub).length} characters came in the time`);
});
