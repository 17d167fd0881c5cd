import assert from "node:assert/strict";
import { test } from "node:test";
import { splitLines } from "../../kernel/session/lines.ts";
import { readNativeOutput } from "../../kernel/session/native-output.ts";
import { marker } from "../../runtime/session/protocol.ts";

const nonce = "0123abcd";
const stream = Buffer.from(
  `start${marker(nonce, "begin", 1)}grüße 😀\u001e\n${marker("other", "end", 1)}${marker(nonce, "end", 1)}late${marker(nonce, "begin", 2)}two\u001e${nonce}:begin${marker(nonce, "end", 2)}\u001e${nonce}:end:`,
);

function read(chunks: Buffer[]): string[] {
  const parts: { run: number | undefined; text: string }[] = [];
  const seen: string[] = [];
  const reader = readNativeOutput(nonce, {
    text(run, text) {
      const last = parts.at(-1);
      if (last && last.run === run && seen.at(-1) === "text") last.text += text;
      else parts.push({ run, text });
      if (seen.at(-1) !== "text") seen.push("text");
    },
    ended: (run) => seen.push(`ended ${run} after ${JSON.stringify(parts.at(-1)?.text)}`),
  });
  for (const chunk of chunks) reader.read(chunk);
  reader.close();
  return [...parts.map(({ run, text }) => `${run}: ${text}`), ...seen.filter((what) => what !== "text")];
}

const expected = [
  "undefined: start",
  `1: grüße 😀\u001e\n${marker("other", "end", 1)}`,
  "1: late",
  `2: two\u001e${nonce}:begin`,
  `2: \u001e${nonce}:end:`,
  `ended 1 after ${JSON.stringify(`grüße 😀\u001e\n${marker("other", "end", 1)}`)}`,
  `ended 2 after ${JSON.stringify(`two\u001e${nonce}:begin`)}`,
];

test("markers give native output to its run, wherever the bytes are cut", () => {
  assert.deepEqual(read([stream]), expected);
  for (let cut = 1; cut < stream.length; cut++) {
    assert.deepEqual(read([stream.subarray(0, cut), stream.subarray(cut)]), expected, `cut at ${cut}`);
  }
  assert.deepEqual(read([...stream].map((byte) => Buffer.from([byte]))), expected);
});

test("text that is no part of a marker is not held back", () => {
  const texts: string[] = [];
  const reader = readNativeOutput(nonce, { text: (_run, text) => texts.push(text), ended: () => {} });
  reader.read(Buffer.from("progress 10 %\r"));
  reader.read(Buffer.from("\u001eX"));
  assert.deepEqual(texts, ["progress 10 %\r", "\u001eX"]);
});

test("lines come whole, however they are cut, and long ones in linear time", () => {
  const lines: string[] = [];
  const split = splitLines((line) => lines.push(line));
  for (const chunk of ["a\nb", "", "c", "\n\nd\n"]) split(chunk);
  assert.deepEqual(lines, ["a", "bc", "", "d"]);
  const startMs = performance.now();
  for (let i = 0; i < 2000; i++) split("x".repeat(10_000));
  split("\n");
  assert.equal(lines.at(-1)?.length, 20_000_000);
  assert.ok(performance.now() - startMs < 2000);
});
