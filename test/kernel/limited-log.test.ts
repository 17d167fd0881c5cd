import assert from "node:assert/strict";
import { test } from "node:test";
import { limitLog } from "../../kernel/limited-log.ts";

test("of a flood the log has the first lines, then their number; a quiet time ends it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const lines: string[] = [];
  const log = limitLog((line) => lines.push(line));
  for (let n = 0; n < 1000; n++) log.write(`bad ${n}`);
  assert.equal(lines.length, 20);
  t.mock.timers.tick(10_000);
  assert.deepEqual(lines.slice(20), ["980 more lines like these were left out; the last: bad 999"]);
  log.write("one of the same flood");
  assert.equal(lines.length, 21);
  t.mock.timers.tick(10_000);
  assert.equal(lines.at(-1), "one of the same flood");
  t.mock.timers.tick(10_000);
  log.write("later");
  assert.equal(lines.at(-1), "later");
  for (let n = 0; n < 20; n++) log.write("again");
  log.end();
  assert.equal(lines.at(-1), "again");
});

test("a line of the log is one line, of a bounded length, without control characters", () => {
  const lines: string[] = [];
  const { write } = limitLog((line) => lines.push(line));
  write(`${"x".repeat(10_000)}`);
  write("bad\nquern: forged\r\u001b[2J");
  write("Error: internal\n    at a (b:1:2)\n    at c");
  assert.deepEqual(lines, [
    `${"x".repeat(500)}…`,
    "bad quern: forged  [2J",
    "Error: internal\n    at a (b:1:2)\n    at c",
  ]);
});
