import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Dealer, XSubscriber } from "zeromq";
import { type JupyterClient, realKernel, startKernel, textOf } from "../helpers/jupyter-client.ts";
import { badMessages } from "./fuzz/messages.ts";
import { createRandom } from "./fuzz/random.ts";
import { announceMessage, rawConnection } from "./fuzz/raw.ts";

const channels = ["shell", "control", "stdin", "iopub", "hb"] as const;
type Connection = { readonly key: string } & { readonly [port in `${(typeof channels)[number]}_port`]: number };

const connectionOf = (client: JupyterClient): Connection =>
  JSON.parse(readFileSync(join(client.folder, "connection.json"), "utf8"));

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

test("twelve thousand bad messages on all sockets neither end nor block a kernel whose cells run", {
  skip: process.platform !== "linux" && "memory is read from /proc",
}, async (t) => {
  await using kernel = await startKernel({ program: realKernel });
  await kernel.execute("globalThis.cells = 0");
  const pid = kernel.child.pid as number;
  const before = residentBytes(pid);

  let isOver = false;
  const cells = (async () => {
    let ran = 0;
    while (!isOver) {
      const { reply } = await kernel.execute(
        "cells += 1; await new Promise((resolve) => setTimeout(resolve, 5)); cells",
      );
      assert.equal(reply.status, "ok");
      ran += 1;
    }
    return ran;
  })();
  const sent = await sendBadMessages(t, kernel);
  const lastOnes = await kernel.execute("1 + 1");
  assert.equal(lastOnes.reply.status, "ok");
  isOver = true;
  const ran = await cells;

  assert.ok(sent > 10_000, `${sent} messages were sent`);
  assert.ok(ran > 2, `${ran} cells ran meanwhile`);
  const { iopub } = await kernel.execute("console.log(cells, 'polluted' in {})");
  assert.equal(textOf(iopub), `${ran} false\n`);
  assert.equal(await kernel.heartbeat(), "beat");
  assert.equal(kernel.child.exitCode, null);
  const grown = residentBytes(pid) - before;
  assert.ok(grown < 200e6, `memory grew by ${grown} bytes`);

  const lines = kernel.log.trimEnd().split("\n");
  assert.match(kernel.log, /a message on (shell|control|stdin) was dropped: /);
  assert.ok(lines.length < 100, `${lines.length} lines in the log:\n${lines.slice(-5).join("\n")}`);
  for (const line of lines) assert.match(line, /^quern: (?!forged)/);
});

async function sendBadMessages(t: TestContext, kernel: JupyterClient): Promise<number> {
  const connection = connectionOf(kernel);
  const random = createRandom(2);
  const bad = badMessages(random, connection.key);
  let sent = 0;

  for (const channel of channels) {
    const sockets = await Promise.all(
      Array.from({ length: 30 }, () => rawConnection(connection[`${channel}_port`], random)),
    );
    sent += sockets.length;
    // Some stay half open until the end.
    for (const [index, socket] of sockets.entries()) if (index % 3 > 0) socket.destroy();
    t.after(() => {
      for (const socket of sockets) socket.destroy();
    });
  }
  for (const channel of ["shell", "control", "stdin"] as const) {
    for (const [kind, times] of [
      ["unsigned", 2400],
      ["malformed", 1000],
    ] as const) {
      const socket = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
      socket.connect(`tcp://127.0.0.1:${connection[`${channel}_port`]}`);
      for (let n = 0; n < times; n++) await socket.send(bad[kind]());
      sent += times;
      // What it answers is answered in order: when this one is, all have been read.
      if (channel !== "stdin") {
        const { id, frames } = kernel.sign("kernel_info_request", {});
        await socket.send(frames);
        for await (const reply of socket) if (reply.some((frame) => frame.includes(`"msg_id":"${id}"`))) break;
      }
      t.after(() => socket.close());
    }
  }
  const heart = new Dealer({ linger: 0, sendHighWaterMark: 0 });
  heart.connect(`tcp://127.0.0.1:${connection.hb_port}`);
  const subscriber = new XSubscriber({ linger: 0, sendHighWaterMark: 0 });
  subscriber.connect(`tcp://127.0.0.1:${connection.iopub_port}`);
  for (let n = 0; n < 1000; n++) {
    await heart.send(random.pick([["", "beat"], ["beat"], ["", random.bytes(50), ""], ["", ""]]));
    await subscriber.send(
      random.pick([random.bytes(1 + random.below(40)), Buffer.from([1, 255, 254]), Buffer.from([7]), Buffer.from([0])]),
    );
    sent += 2;
  }
  t.after(() => {
    heart.close();
    subscriber.close();
  });
  return sent;
}

test("a message of more bytes than the limit ends its connection, and no other", async () => {
  await using kernel = await startKernel();
  const connection = connectionOf(kernel);
  for (const [channel, type] of [
    ["shell", "DEALER"],
    ["control", "DEALER"],
    ["stdin", "DEALER"],
    ["iopub", "SUB"],
    ["hb", "REQ"],
  ] as const) {
    await announceMessage(connection[`${channel}_port`], type, 1n << 30n);
  }
  const { reply } = await kernel.request("kernel_info_request", {});
  assert.equal(reply.status, "ok");
  assert.equal(await kernel.heartbeat(), "beat");
});
