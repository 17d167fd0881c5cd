import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbox, type Publication } from "../../kernel/outbox.ts";
import { type OutputLimit, outputLimitOf } from "../../kernel/output-limit.ts";

/** An outbox whose clock stands still until it is moved. */
function outboxAt(limit?: OutputLimit) {
  const sent: Publication[] = [];
  let timers: { atMs: number; callback: () => void }[] = [];
  let nowMs = 0;
  const clock = {
    nowMs: () => nowMs,
    later: (delayMs: number, callback: () => void) => void timers.push({ atMs: nowMs + delayMs, callback }),
  };
  const outbox = createOutbox((publication) => sent.push(publication), { clock, ...(limit ? { limit } : {}) });
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

test("the streams of a run keep their order, and runs keep apart", () => {
  const { write, pass, lines } = outboxAt();
  for (const run of [1, 2]) write(run, "0");
  write(1, "e1", "stderr");
  write(1, "o1");
  write(2, "o2");
  write(1, "e2", "stderr");
  pass(20);
  assert.deepEqual(lines().slice(2), ["m1 stderr e1", "m1 stdout o1", "m1 stderr e2", "m2 stdout o2"]);
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

test("late output finds its run after thousands of others, and after more messages of comms", () => {
  const { outbox, write, lines } = outboxAt();
  for (let run = 3; run < 9_000; run++) outbox.open(run, { parent: {}, executionCount: run, silent: false });
  for (let run = 9_000; run < 30_000; run++) {
    outbox.open(run, { parent: { msg_id: `m${run}` }, executionCount: 0, silent: false, isMessage: true });
  }
  write(1, "late");
  write(29_000, "too");
  assert.deepEqual(lines(), ["m1 stdout late", "m29000 stdout too"]);
});

test("a cell that changes between the streams for ever does not make a message of each text", () => {
  const { write, pass, sent } = outboxAt();
  write(1, "first");
  for (let i = 0; i < 5_000; i++) write(1, "x", i % 2 === 0 ? "stdout" : "stderr");
  pass(20);
  assert.ok(sent.length < 1_100, `${sent.length} messages`);
  for (let i = 0; i < 5_000; i++) write(1, "x", i % 2 === 0 ? "stdout" : "stderr");
  pass(20);
  assert.ok(sent.length < 1_110, `${sent.length} messages`);
  assert.equal(sent.map(({ content }) => content.text).join("").length, "first".length + 10_000);
});

const limitOf = (text: string | undefined): OutputLimit => outputLimitOf(text, assert.fail);
/** What clients would show in the end: a display's last text in the place of its first. */
function shownIn(sent: readonly Publication[]): string[] {
  const places = new Map<unknown, number>();
  const shown: string[] = [];
  for (const { type, content } of sent) {
    const data = content.data as { "text/plain"?: string } | undefined;
    const id = (content.transient as { display_id?: string } | undefined)?.display_id;
    if (type === "clear_output") shown.length = 0;
    else if (type === "update_display_data") shown[places.get(id) ?? Number.NaN] = data?.["text/plain"] ?? "";
    else places.set(id, shown.push(String(content.text ?? data?.["text/plain"] ?? content.ename)) - 1);
  }
  return shown;
}

test("beyond its limit a cell's text is counted, and one note says how much is left out and how to get it", () => {
  const { write, pass, sent, outbox } = outboxAt(limitOf("1k"));
  for (let i = 0; i < 100; i++) write(1, `${i}\n`);
  pass(1000);
  for (let i = 0; i < 100_000; i++) write(1, `${i}\n`);
  outbox.flush(1);
  const [texts, note, ...more] = [shownIn(sent).slice(0, -1).join(""), shownIn(sent).at(-1)];
  assert.deepEqual(more, []);
  assert.equal(texts, Array.from({ length: 16 }, (_, i) => `${i}\n`).join(""));
  assert.match(
    note ?? "",
    /^\[… 100,084 lines \(\d+\.?\dk characters\) more, not shown: a cell shows up to 1k characters or 16 lines/,
  );
  assert.match(note ?? "", /QUERN_OUTPUT_LIMIT=100M/);
  assert.ok(sent.length < 10, `${sent.length} messages`);
  // Another cell has a limit of its own.
  write(2, "other");
  assert.equal(shownIn(sent).at(-1), "other");
});

test("a long line is cut where it stops to fit, between characters", () => {
  const { write, sent } = outboxAt(limitOf("101"));
  write(1, "🙂".repeat(100));
  assert.equal(sent[0]?.content.text, "🙂".repeat(50));
  assert.match(shownIn(sent).at(-1) ?? "", /^\[… 100 characters more/);
});

test("results and errors are shown beyond the limit, displays are counted", () => {
  const { write, sent, outbox } = outboxAt(limitOf("10"));
  write(1, "x".repeat(20));
  const data = { "text/plain": "shown" };
  const display = { type: "display", run: 1, data, metadata: {}, update: false } as const;
  outbox.show(display);
  outbox.show({ ...display, type: "result" });
  outbox.show({ type: "late_error", run: 1, ename: "Late", evalue: "", traceback: [] });
  outbox.flush(1);
  const [text, note, ...others] = shownIn(sent);
  assert.equal(text, "x".repeat(10));
  assert.match(note ?? "", /^\[… 10 characters and 1 display more/);
  assert.deepEqual(others, ["shown", "Late"]);
});

test("what is cleared counts no more", () => {
  const { write, sent, outbox } = outboxAt(limitOf("100"));
  for (let i = 0; i < 50; i++) {
    write(1, `step ${i}\n`);
    outbox.show({ type: "clear_output", run: 1, wait: false });
  }
  write(1, "end");
  outbox.flush(1);
  assert.deepEqual(shownIn(sent), ["end"]);
});

test("the limit is set by a number with a unit or none, and what is neither is said", () => {
  assert.equal(limitOf(undefined).units, 16 << 20);
  assert.deepEqual(
    ["500k", "2.5M", "1 GB", "700", "none"].map((text) => limitOf(text).units),
    [500 << 10, 2.5 * (1 << 20), 1 << 30, 700, Number.POSITIVE_INFINITY],
  );
  const lines: string[] = [];
  assert.equal(outputLimitOf("lots", (line) => lines.push(line)).units, 16 << 20);
  assert.match(lines.join(), /QUERN_OUTPUT_LIMIT is "lots"/);
});
