import assert from "node:assert/strict";
import { test } from "node:test";
import {
  durationText,
  givenTimeText,
  parseDurationMs,
  wholeSecondsText,
} from "../../../../kernel/notebook/run/duration.ts";

test("a length of time is read in seconds, or with units", () => {
  const read = ["90", "0.5", "90s", "30m", "1.5h", "2h", "1d", "2h30m", " 5s ", "500ms", "1s500ms"].map(
    parseDurationMs,
  );
  assert.deepEqual(read, [90e3, 500, 90e3, 1800e3, 5400e3, 7200e3, 86400e3, 9000e3, 5000, 500, 1500]);
});

test("what is no length of time, or none at all, is refused", () => {
  for (const text of ["", "abc", "-5", "0", "0s", "5 m", "5x", "h", "1e3", "Infinity", "5m90", "1_000"]) {
    assert.equal(parseDurationMs(text), undefined, text);
  }
});

test("a time is told with as many digits as mean something", () => {
  const told = [0, 312, 9_994, 12_340, 59_940, 185_000, 3_600_000 * 2 + 180_000].map(durationText);
  assert.deepEqual(told, ["0.00 s", "0.31 s", "9.99 s", "12.3 s", "59.9 s", "3 min 05 s", "2 h 03 min"]);
  assert.deepEqual([2000, 61_000, 5_400_000].map(wholeSecondsText), ["2 s", "1 min 01 s", "1 h 30 min"]);
});

test("a time that was given is told as it was meant, below a second, too", () => {
  assert.deepEqual([300, 1, 1500, 45_000, 90_000].map(givenTimeText), [
    "0.3 s",
    "0.001 s",
    "1.5 s",
    "45 s",
    "1 min 30 s",
  ]);
});
