import assert from "node:assert/strict";
import { test } from "node:test";
import { createSaver } from "../../../../kernel/notebook/run/save.ts";

/** A clock that is moved by hand; each write takes `writeMs`. */
function saverWith(writeMs: number, fail: () => boolean = () => false) {
  let nowMs = 0;
  let waiting: { atMs: number; callback: () => void } | undefined;
  const writes: number[] = [];
  const errors: string[] = [];
  const saver = createSaver(
    () => {
      writes.push(nowMs);
      nowMs += writeMs;
      if (fail()) throw new Error("full");
    },
    ({ message }) => errors.push(message),
    {
      nowMs: () => nowMs,
      later(delayMs, callback) {
        const own = { atMs: nowMs + delayMs, callback };
        waiting = own;
        return () => {
          if (waiting === own) waiting = undefined;
        };
      },
    },
  );
  const waitUntil = (ms: number) => {
    while (waiting && waiting.atMs <= ms) {
      const { atMs, callback } = waiting;
      waiting = undefined;
      nowMs = Math.max(nowMs, atMs);
      callback();
    }
    nowMs = Math.max(nowMs, ms);
  };
  return { saver, writes, errors, waitUntil, isIdle: () => waiting === undefined };
}

test("a small notebook is written after every cell", () => {
  const { saver, writes, waitUntil } = saverWith(2);
  for (const ms of [0, 5, 10]) {
    waitUntil(ms);
    saver.soon();
  }
  assert.deepEqual(writes, [0, 5, 10]);
});

test("while a cell runs it is written every few seconds, if anything changed", () => {
  const { saver, writes, waitUntil, isIdle } = saverWith(2);
  saver.now();
  for (let ms = 100; ms <= 8000; ms += 100) {
    waitUntil(ms);
    saver.changed();
  }
  waitUntil(20_000);
  assert.deepEqual(writes, [0, 3002, 6004, 9006]);
  assert.ok(isIdle(), "nothing is written when nothing has changed");
});

test("a large one, slow to write, is written seldom, and takes no more than a twentieth of the time", () => {
  const { saver, writes, waitUntil } = saverWith(1000);
  for (let ms = 0; ms <= 100_000; ms += 100) {
    waitUntil(ms);
    saver.changed();
    saver.soon();
  }
  assert.equal(writes.length, 5);
});

test("a failure is told, and the next time it is tried again; the last one throws", () => {
  let isFull = true;
  const { saver, writes, errors, waitUntil } = saverWith(1, () => isFull);
  saver.soon();
  waitUntil(10);
  assert.throws(() => saver.now(), /full/);
  isFull = false;
  saver.soon();
  assert.deepEqual([writes.length, errors], [3, ["full"]]);
});
