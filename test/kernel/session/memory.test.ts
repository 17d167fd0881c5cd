import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryLimits, parseSize, sizeText } from "../../../kernel/session/memory.ts";

const GB = 2 ** 30;
const MB = 2 ** 20;
const limits = (env: NodeJS.ProcessEnv, gigabytes: number, log = (_: string) => {}) =>
  memoryLimits(env, log, { availableBytes: gigabytes * GB });

test("heap and engine together leave the machine some memory", () => {
  for (const gigabytes of [1, 2, 8, 24, 512]) {
    const { heapBytes, engineBytes } = limits({}, gigabytes);
    assert.ok(heapBytes + engineBytes <= 0.86 * gigabytes * GB, `${gigabytes} GB`);
    assert.ok(heapBytes >= 256 * MB && heapBytes <= 4 * GB, `${gigabytes} GB`);
  }
  assert.equal(sizeText(limits({}, 512).heapBytes), "4 GB");
});

test("QUERN_MEMORY sets the whole, QUERN_HEAP the heap, and Node's own option is heard", () => {
  assert.deepEqual(limits({ QUERN_MEMORY: "10GB", QUERN_HEAP: "2g" }, 64), { heapBytes: 2 * GB, engineBytes: 8 * GB });
  assert.deepEqual(limits({ QUERN_HEAP: "20GB" }, 8), { heapBytes: 20 * GB, engineBytes: 256 * MB });
  assert.equal(limits({ NODE_OPTIONS: "--no-warnings --max-old-space-size=6000" }, 8).heapBytes, 6000 * MB);
});

test("a size that is none is told and ignored", () => {
  const told: string[] = [];
  const usual = limits({}, 8);
  assert.deepEqual(
    limits({ QUERN_HEAP: "much", QUERN_MEMORY: "0" }, 8, (line) => told.push(line)),
    usual,
  );
  assert.equal(told.length, 2);
  assert.match(told[1] ?? "", /QUERN_HEAP=much is no size: write 4GB or 512MB/);
});

test("sizes are read and written as people write them", () => {
  assert.deepEqual(["4GB", "4 GiB", "4g", "0.5 GB", "512m", "1024", "4 apples", "-1"].map(parseSize), [
    4 * GB,
    4 * GB,
    4 * GB,
    GB / 2,
    512 * MB,
    1024,
    undefined,
    undefined,
  ]);
  assert.deepEqual([4 * GB, 1.5 * GB, 200 * MB, 12.4 * GB, 3000, 12].map(sizeText), [
    "4 GB",
    "1.5 GB",
    "200 MB",
    "12 GB",
    "2.9 KB",
    "12 bytes",
  ]);
});
