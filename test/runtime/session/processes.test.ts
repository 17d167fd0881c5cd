import assert from "node:assert/strict";
import { test } from "node:test";
import { fromProgram, processes, withDescendants } from "../../../runtime/session/processes.ts";

test("processes are found with their parents, by the system's files and by its program", () => {
  for (const all of [processes(), fromProgram()]) {
    const own = all.find(({ pid }) => pid === process.pid);
    assert.equal(own?.parent, process.ppid);
  }
});

test("what processes have started is found with them, at any depth", () => {
  const all = [
    { pid: 4, parent: 3, group: 1 },
    { pid: 3, parent: 2, group: 1 },
    { pid: 2, parent: 1, group: 1 },
    { pid: 9, parent: 1, group: 1 },
  ];
  const found = withDescendants(
    all.filter(({ pid }) => pid === 2),
    all,
  );
  assert.deepEqual(found.map(({ pid }) => pid).sort(), [2, 3, 4]);
});
