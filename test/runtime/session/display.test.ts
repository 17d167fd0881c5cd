import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

/** What was shown, in order: texts of displays and results, and streams. */
const shown = ({ events }: CellRun) =>
  events.flatMap((event) => {
    if (event.type === "display" || event.type === "result") {
      return [`${event.type}:${stripVTControlCharacters(String(event.data["text/plain"]))}`];
    }
    return event.type === "stream" ? [`stream:${event.text.trim()}`] : [];
  });

const slow = (text: string, ms: number) =>
  `{ async [Symbol.for("Jupyter.display")]() { await new Promise(r => setTimeout(r, ${ms})); return { "text/plain": "${text}" } } }`;

test("displays appear in call order, however long they take to render, and before the result", async () => {
  const run = await session.run(`display(${slow("one", 40)}); display("two"); display(${slow("three", 1)}); "end"`);
  assert.deepEqual(
    shown(run),
    ["display:one", "display:two", "display:three", "result:end"].map((text) => text.replace(/(two|end)/, "'$1'")),
  );
});

test("dates and times of Temporal are shown with their value", async () => {
  const made =
    "[Temporal.PlainDate.from('2026-11-22'), Temporal.Duration.from({ hours: 3 }), Temporal.PlainTime.from('10:30')]";
  assert.deepEqual(
    shown(await session.run(`const times = ${made}; console.log(times[0], Temporal.PlainDate.prototype); times`)),
    [
      "stream:Temporal.PlainDate 2026-11-22 Object [Temporal.PlainDate] {}",
      "result:[ Temporal.PlainDate 2026-11-22, Temporal.Duration PT3H, Temporal.PlainTime 10:30:00 ]",
    ],
  );
});

test("a cell ends after its last display", async () => {
  assert.deepEqual(shown(await session.run(`display(${slow("late", 30)});`)), ["display:late"]);
});

test("what is printed after a display comes after it", async () => {
  assert.deepEqual(shown(await session.run('console.log(1); display("x"); console.log(2);')), [
    "stream:1",
    "display:'x'",
    "stream:2",
  ]);
});

test("what a busy cell prints is not held back by a display", async () => {
  const run = session.begin('display("x"); for (;;) console.log("busy")');
  await session.until((event) => event.type === "stream" && event.run === run);
  assert.equal(
    session.events.some((event) => event.type === "done" && event.run === run),
    false,
  );
  session.urgent({ type: "interrupt", run });
  assert.equal((await session.finished(run)).error?.interrupted, true);
});

test("what is passed by keeps its place: displays, and the order of texts", async () => {
  const { events } = await session.run(`
    display(${slow("slow", 400)}); console.log("one"); display("two");
    await new Promise((resolve) => setTimeout(resolve, 200)); console.log("three");`);
  const seen = events.flatMap((event) => {
    if (event.type === "display") {
      return [event.update ? "update" : stripVTControlCharacters(String(event.data["text/plain"]))];
    }
    return event.type === "stream" ? [event.text.trim()] : [];
  });
  assert.deepEqual(seen, ["", "one", "'two'", "three", "update"]);
  const [kept, , updated] = events.filter((event) => event.type === "display");
  assert.equal(kept?.displayId, updated?.displayId);
  assert.equal(updated?.data["text/plain"], "slow");
});

test("what a frame shows or prints keeps the place of the call, which nobody awaits", async () => {
  const run = await session.run(
    'const frame = range(2); frame.show(); console.log("x"); frame.printSchema(); display("y"); console.log("z");',
  );
  const [table, ...rest] = shown(run);
  assert.match(table ?? "", /display:[\s\S]*2 rows/);
  assert.deepEqual(rest, ["stream:x", "stream:root\n |-- id: long (nullable = false)", "display:'y'", "stream:z"]);
});

test("a show that fails, and that nobody awaits, is the cell's error and holds nothing back", async () => {
  const run = await session.run('range(2).select("nope").show(); console.log("x");');
  assert.deepEqual(shown(run), ["stream:x"]);
  assert.match(run.error?.evalue ?? "", /nope/);
});

test("a display can be updated by its handle and by its id", async () => {
  const { events } = await session.run(`
    const handle = await display("first", { displayId: "mine" })
    await handle.update("second")
    display("third", { display_id: "mine", update: true })
    display("other").update("changed");`);
  const displays = events.filter((event) => event.type === "display");
  assert.deepEqual(
    displays.map(({ displayId, update }) => [displayId === "mine", update]),
    [
      [true, false],
      [true, true],
      [true, true],
      [false, false],
      [false, true],
    ],
  );
  assert.equal(displays[3]?.displayId, displays[4]?.displayId);
});

test("what display returns is not shown again", async () => {
  assert.deepEqual(shown(await session.run('display("once")')), ["display:'once'"]);
});

test("a raw bundle is shown as it is", async () => {
  const { events } = await session.run('display({ "text/html": "<b>x</b>" }, { raw: true });');
  assert.deepEqual(events[0]?.type === "display" && events[0].data, { "text/html": "<b>x</b>" });
});

test("a display of a query that fails makes the cell fail", async () => {
  const { error } = await session.run("display(range(3).select('nope')); 1;");
  assert.match(error?.evalue ?? "", /nope/);
});

test("html, md and svg show themselves", async () => {
  const { events } = await session.run("display(html`<b>${'<'}</b>`); md`# T`");
  assert.equal(events[0]?.type === "display" && events[0].data["text/html"], "<b>&lt;</b>");
  assert.equal(events[1]?.type === "result" && events[1].data["text/markdown"], "# T");
});

test("clearOutput is an event of its run, in order", async () => {
  const { events } = await session.run('display("x"); clearOutput(); clearOutput({ wait: true }); console.log("y")');
  assert.deepEqual(
    events.map((event) => (event.type === "clear_output" ? event.wait : event.type)),
    ["display", false, true, "stream", "done"],
  );
});

test("a late display belongs to its own cell", async () => {
  const { done } = await session.run('setTimeout(() => display("late"), 20);');
  await session.run("await new Promise(r => setTimeout(r, 50))");
  await session.until((event) => event.type === "display" && event.run === done.run);
});

test("prompt asks the front end and waits for the answer", async () => {
  const run = session.begin(
    'const name = prompt("Name?"); const secret = prompt("Key", { password: true }); [name, secret, prompt("n", "dflt"), confirm("Sure?")].join()',
    { allowStdin: true },
  );
  for (const [text, password, value] of [
    ["Name?", false, "Änne 🙂"],
    ["Key", true, "s3cret"],
    ["n", false, ""],
    ["Sure? [y/N] ", false, "y"],
  ] as const) {
    await session.until(
      (event) =>
        event.type === "input_request" && event.run === run && event.prompt === text && event.password === password,
    );
    session.urgent({ type: "input_reply", value });
  }
  assert.equal((await session.finished(run)).result, "'Änne 🙂,s3cret,dflt,true'");
});

test("prompt says so where the front end takes no input", async () => {
  const { error } = await session.run('prompt("Name?")');
  assert.match(error?.evalue ?? "", /^prompt\("Name\?"\) cannot ask: nobody is asked here/);
});

test("a long query shows a bar that ends as one line", async () => {
  const { events, result } = await session.run(
    'await sql("select sum(range * 3 % 7) as s from range(2000000000)").count()',
  );
  assert.equal(result, "1");
  const bars = events.filter((event) => event.type === "display");
  for (const [index, bar] of bars.entries()) assert.equal(bar.update, index > 0);
  // How many rows there were is known of writes alone.
  assert.ok(bars.length === 0 || /^✓ \w+ [\d.]+ m?s$/.test(String(bars.at(-1)?.data["text/plain"])));
});
