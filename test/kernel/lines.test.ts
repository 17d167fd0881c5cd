import assert from "node:assert/strict";
import { test } from "node:test";
import { splitLines } from "../../kernel/session/lines.ts";

test("lines come whole, however they are cut, and long ones in linear time", () => {
  const lines: string[] = [];
  const split = splitLines((line) => lines.push(line));
  for (const chunk of ["a\nb", "", "c", "\n\nd\n"]) split(chunk);
  assert.deepEqual(lines, ["a", "bc", "", "d"]);
  for (let i = 0; i < 2000; i++) split("x".repeat(10_000));
  split("\n");
  assert.equal(lines.at(-1)?.length, 20_000_000);
});
