import assert from "node:assert/strict";
import { test } from "node:test";
import { renderProgress, renderProgressEnd } from "../../../runtime/display/progress.ts";

test("a bar says how far, how many rows, how fast and how long still", () => {
  const bar = renderProgress({
    title: "write <out>",
    fraction: 0.42,
    rows: 1_260_000,
    rowsTotal: 3_000_000,
    elapsedSeconds: 1.7,
  });
  assert.equal(
    bar["text/plain"],
    "write <out> ████████░░░░░░░░░░░░ 42 % · 1,260,000 of 3,000,000 rows · 0.74 M rows/s · 1.70 s · 2.35 s left",
  );
  assert.match(bar["text/html"], /write &lt;out&gt;/);
  assert.match(bar["text/html"], /width:42\.0%/);
});

test("of what is not known a bar says nothing", () => {
  assert.equal(
    renderProgress({ title: "count", elapsedSeconds: 0.2 })["text/plain"],
    "count ░░░░░░░░░░░░░░░░░░░░ 200 ms",
  );
  assert.doesNotMatch(renderProgress({ title: "count", fraction: 0.01, elapsedSeconds: 5 })["text/plain"], /left/);
  assert.match(renderProgress({ title: "count", fraction: 7, elapsedSeconds: 5 })["text/plain"], /100 %/);
});

test("what stays is one line that says how it ended", () => {
  const end = (outcome: "done" | "failed" | "interrupted") =>
    renderProgressEnd({ title: "count", rows: 3_000_000, elapsedSeconds: 75, outcome });
  assert.equal(end("done")["text/plain"], "✓ count 1 min 15 s · 3,000,000 rows · 40,000 rows/s");
  assert.match(end("failed")["text/plain"], /^✗ count failed after 1 min 15 s/);
  assert.match(end("interrupted")["text/plain"], /^■ count interrupted after/);
  assert.equal(end("done")["text/html"].split("\n").length, 1);
});
