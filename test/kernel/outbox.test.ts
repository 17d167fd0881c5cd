import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbox, type Publication } from "../../kernel/outbox.ts";

/** An outbox whose clock stands still until it is moved. */
function outboxAt() {
  const sent: Publication[] = [];
  let timers: { atMs: number; callback: () => void }[] = [];
  let nowMs = 0;
  const clock = {
    nowMs: () => nowMs,
    later: (delayMs: number, callback: () => void) => void timers.push({ atMs: nowMs + delayMs, callback }),
  };
  const outbox = createOutbox((publication) => sent.push(publication), clock);
  const parent = (run: number) => ({ msg_id: `m${run}` });
  for (const run of [1, 2]) outbox.open(run, { parent: parent(run), executionCount: run, silent: false });
  return {
    sent,
    outbox,
    write: (run: number, text: string, name: "stdout" | "stderr" = "stdout") =>
      outbox.show({ type: "stream", run, name, text }),
    pass(ms: number) {
      nowMs += ms;
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const { callback } of due) callback();
    },
    lines: () =>
      sent.map(({ type, parent, content }) => `${parent.msg_id} ${content.name ?? type} ${content.text ?? ""}`),
  };
}

test("the first text is sent at once, what follows within 20 ms as one message", () => {
  const { write, pass, lines } = outboxAt();
  for (const text of "abc") write(1, text);
  assert.deepEqual(lines(), ["m1 stdout a"]);
  pass(19);
  assert.deepEqual(lines(), ["m1 stdout a"]);
  pass(1);
  assert.deepEqual(lines(), ["m1 stdout a", "m1 stdout bc"]);
});

test("streams and runs keep apart, each in order", () => {
  const { write, pass, lines } = outboxAt();
  for (const run of [1, 2]) write(run, "0");
  write(1, "e1", "stderr");
  write(1, "o1");
  write(2, "o2");
  write(1, "e2", "stderr");
  pass(20);
  assert.deepEqual(lines().slice(2), ["m1 stderr e1e2", "m1 stdout o1", "m2 stdout o2"]);
});

test("whatever else a run shows, and its end, send the collected text first", () => {
  const { write, outbox, lines } = outboxAt();
  write(1, "a");
  write(1, "b");
  outbox.show({ type: "clear_output", run: 1, wait: false });
  write(1, "c");
  write(2, "d");
  write(2, "e");
  outbox.flush(1);
  assert.deepEqual(lines(), ["m1 stdout a", "m1 stdout b", "m1 clear_output ", "m2 stdout d", "m1 stdout c"]);
});

test("much text is sent without waiting, so that memory stays bounded", () => {
  const { write, sent } = outboxAt();
  const block = "x".repeat(300_000);
  for (let i = 0; i < 20; i++) write(1, block);
  assert.equal(sent.length, 5);
});

test("nothing of a silent run, and nothing of a run that nobody knows, is shown", () => {
  const { outbox, write, lines } = outboxAt();
  outbox.open(3, { parent: { msg_id: "m3" }, executionCount: 0, silent: true });
  write(3, "a");
  write(99, "b");
  outbox.show({ type: "late_error", run: 3, ename: "E", evalue: "", traceback: [] });
  outbox.flushAll();
  assert.deepEqual(lines(), []);
});

test("late output finds its run after thousands of others", () => {
  const { outbox, write, lines } = outboxAt();
  for (let run = 3; run < 9_000; run++) outbox.open(run, { parent: {}, executionCount: run, silent: false });
  write(1, "late");
  assert.deepEqual(lines(), ["m1 stdout late"]);
});
