import assert from "node:assert/strict";
import { test } from "node:test";
import type { Output } from "../../../../kernel/notebook/nbformat.ts";
import { createOutputs, type ShownEvent } from "../../../../kernel/notebook/run/outputs.ts";

const print = (run: number, text: string, name: "stdout" | "stderr" = "stdout"): ShownEvent => ({
  type: "stream",
  run,
  name,
  text,
});
const show = (run: number, value: string, displayId?: string, update = false): ShownEvent => ({
  type: "display",
  run,
  data: { "text/plain": value },
  metadata: {},
  ...(displayId === undefined ? {} : { displayId }),
  update,
});
const clear = (run: number, wait: boolean): ShownEvent => ({ type: "clear_output", run, wait });

/** Runs 1 and 2 are the cells 0 and 5. */
function after(...events: ShownEvent[]): { first: string[]; second: string[] } {
  const outputs = createOutputs();
  outputs.begin(0, 1);
  outputs.begin(5, 2);
  for (const event of events) outputs.show(event);
  return { first: outputs.of(0).map(brief), second: outputs.of(5).map(brief) };
}

function brief(output: Output): string {
  if (output.output_type === "stream") return `${output.name}: ${output.text}`;
  if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  return `${output.output_type}: ${output.data["text/plain"]}`;
}

test("text of a stream is one output until something else comes", () => {
  const { first } = after(
    print(1, "a"),
    print(1, "b"),
    print(1, "e", "stderr"),
    print(1, "c"),
    show(1, "d"),
    print(1, "f"),
  );
  assert.deepEqual(first, ["stdout: ab", "stderr: e", "stdout: c", "display_data: d", "stdout: f"]);
});

test("a million texts on both streams in turn do not become a million outputs", () => {
  const events = Array.from({ length: 5000 }, (_, index) => print(1, "x", index % 2 === 0 ? "stdout" : "stderr"));
  const { first } = after(...events);
  assert.equal(first.length, 1000);
  assert.equal(first.join("").replace(/std(out|err): /g, "").length, 5000);
});

test("an update reaches every output under its id, in whichever cell, and adds none", () => {
  const { first, second } = after(show(1, "a", "id"), show(1, "b"), show(2, "c", "id"), show(2, "new", "id", true));
  assert.deepEqual([first, second], [["display_data: new", "display_data: b"], ["display_data: new"]]);
  assert.deepEqual(after(show(1, "lost", "unknown", true)).first, []);
});

test("a second display under an id changes the first too, as nbclient has it", () => {
  const { first } = after(show(1, "a", "id"), show(1, "b", "id"));
  assert.deepEqual(first, ["display_data: b", "display_data: b"]);
});

test("clear_output empties its own cell at once, or with wait when the next output comes", () => {
  assert.deepEqual(after(print(1, "a"), print(2, "b"), clear(1, false)), { first: [], second: ["stdout: b"] });
  assert.deepEqual(after(print(1, "a"), clear(1, true)).first, ["stdout: a"]);
  assert.deepEqual(after(print(1, "a"), clear(1, true), print(1, "b"), print(1, "c")).first, ["stdout: bc"]);
  assert.deepEqual(after(show(1, "a"), clear(1, true), show(1, "b")).first, ["display_data: b"]);
});

test("what was cleared away is updated no more", () => {
  const { first, second } = after(show(1, "a", "id"), show(2, "b", "id"), clear(1, false), show(2, "c", "id", true));
  assert.deepEqual([first, second], [[], ["display_data: c"]]);
});

test("results carry their execution count, and errors stand where they came", () => {
  const outputs = createOutputs();
  outputs.begin(3, 7);
  outputs.show({ type: "result", run: 7, data: { "text/plain": "1" }, metadata: {}, json: "1" });
  outputs.show({ type: "late_error", run: 7, ename: "Error", evalue: "late", traceback: ["t"] });
  outputs.fail(7, { ename: "Error", evalue: "end", traceback: [] });
  assert.deepEqual(outputs.of(3), [
    { output_type: "execute_result", execution_count: 7, data: { "text/plain": "1" }, metadata: {} },
    { output_type: "error", ename: "Error", evalue: "late", traceback: ["t"] },
    { output_type: "error", ename: "Error", evalue: "end", traceback: [] },
  ]);
});

test("a copy of the outputs is left alone by what comes later, and unknown runs are ignored", () => {
  const outputs = createOutputs();
  outputs.begin(0, 1);
  outputs.show(print(1, "a"));
  const copy = outputs.of(0);
  outputs.show(print(1, "b"));
  outputs.show(print(9, "nobody's"));
  assert.deepEqual(copy.map(brief), ["stdout: a"]);
  assert.deepEqual(outputs.of(0).map(brief), ["stdout: ab"]);
  assert.deepEqual(outputs.of(1), []);
});
