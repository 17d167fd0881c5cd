import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderProgress, renderProgressEnd } from "../../../runtime/display/progress.ts";
import { tmux } from "../../helpers/tmux.ts";
import { type Seen, seen } from "./replay.ts";
import { clear, display, result, stream, update, watched } from "./watched.ts";

type Event = Parameters<ReturnType<typeof watched>["screen"]["show"]>[0];

const part = tmux();
const lines = (count: number, name = "line") => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
const bar = (fraction: number, title = "count") => renderProgress({ title, fraction, elapsedSeconds: fraction * 10 });
const end = (title = "count") => renderProgressEnd({ title, elapsedSeconds: 10, outcome: "done" });

/** What a person sees of these events, at 40 x 10. */
async function shown(events: readonly (Event | "end of cell")[], size = { columns: 40, rows: 10 }): Promise<Seen> {
  const { screen, both } = watched(size);
  for (const event of events) {
    if (event === "end of cell") screen.endCell();
    else screen.show(event);
  }
  return seen(both(), size);
}

describe("on a terminal", { skip: part.skip }, () => {
  test("a display is replaced where it stands, with what follows it below the new one", async () => {
    const events = [stream("before\n"), display("one\ntwo", "a"), stream("after\nhalf "), update("ONE", "a")];
    const { screen, cursor } = await shown([...events, stream("a line")]);
    assert.equal(screen, "before\nONE\nafter\nhalf a line");
    assert.deepEqual(cursor, { column: 11, row: 3 });
  });

  test("a display may grow, shrink, vanish and come back", async () => {
    const states = ["1\n2\n3\n4", "", "x", "1\n2"];
    const events = [display("0", "a"), display("other", "b"), ...states.map((state) => update(state, "a"))];
    assert.equal((await shown([...events, update("OTHER", "b"), result("end")])).screen, "1\n2\nOTHER\nend");
  });

  test("a display that the screen has scrolled with is replaced too", async () => {
    const events = [
      stream(`${lines(30).join("\n")}\n`),
      display("a\nb\nc", "a"),
      stream("x\ny\n"),
      update("A\nB", "a"),
    ];
    const { all } = await shown(events);
    assert.equal(all, [...lines(30), "A", "B", "x", "y"].join("\n"));
  });

  test("wrapped lines, wide characters, emoji, combining marks and tabs are counted as the terminal shows them", async () => {
    for (const text of [
      "x".repeat(95),
      "x".repeat(40),
      "x".repeat(80),
      `${"x".repeat(39)}日本`,
      "日本".repeat(25),
      `${"é".repeat(50)}e\u0301e\u0301`,
      "🙂".repeat(30),
      "a\tb\tc\td\te\tf",
      `\u001b[31m${"x".repeat(41)}\u001b[39m`,
      "one\rtwo",
      `${"░█".repeat(25)}\r${"x".repeat(45)}`,
    ]) {
      const { screen } = await shown([stream("before\n"), display(text, "a"), stream("after"), update("A", "a")]);
      assert.equal(screen, "before\nA\nafter", JSON.stringify(text));
    }
  });

  test("an update of what has scrolled away is shown below, and from then on replaced there", async () => {
    const events = [display("first", "a"), stream(`${lines(12).join("\n")}\n`)];
    const { all } = await shown([...events, update("second", "a"), update("third", "a"), stream("end")]);
    assert.equal(all, ["first", ...lines(12), "third", "end"].join("\n"));
  });

  test("a display that just fits on the screen is replaced, and one row more is not", async () => {
    const fits = [display(lines(9).join("\n"), "a"), update("A", "a")];
    assert.equal((await shown(fits)).all, "A");
    const tooTall = [display(lines(10).join("\n"), "a"), update("A", "a")];
    assert.equal((await shown(tooTall)).all, [...lines(10), "A"].join("\n"));
  });

  test("what moves the cursor in ways of its own is never drawn over", async () => {
    for (const [text, looks] of [
      ["x\u001b[2Cy\n", "x  y"],
      [`${"x".repeat(40)}\t\n`, "x".repeat(40)],
    ] as const) {
      const events = [display("first", "a"), stream(text), update("second", "a")];
      assert.equal((await shown(events)).screen, `first\n${looks}\nsecond`);
    }
  });

  test("a display of an earlier cell, or of none, is shown below", async () => {
    const events = [
      display("first", "a"),
      "end of cell",
      stream("x\n"),
      update("second", "a"),
      update("b", "b"),
    ] as const;
    assert.equal((await shown(events)).screen, "first\nx\nsecond\nb");
  });

  test("a display that is empty within a line takes no place there", async () => {
    const events = [stream("half"), display("", "a"), stream(" a line"), display("b"), update("A", "a")];
    assert.equal((await shown(events)).screen, "half a line\nb\nA");
  });

  test("a bar stands below all output, is drawn in place, and ends as one line", async () => {
    const id = "quern-progress-1-1";
    const start = [stream("a\n"), display(bar(0.1), id), update(bar(0.2), id)];
    const running = await shown(start);
    assert.match(running.screen, /^a\ncount ███░{12} 20 % · 8\.00 s left$/);
    const output = [...start, stream("b\n"), update(bar(0.5), id)];
    assert.match((await shown(output)).screen, /^a\nb\ncount █{8}░{7} 50 % /);
    assert.equal((await shown([...output, update(end(), id), result("7")])).screen, "a\nb\n✓ count 10.0 s\n7");
  });

  test("a bar leaves a line that the program has begun as it was", async () => {
    const id = "quern-progress-1-1";
    const events = [stream("counting… "), display(bar(0.1), id), update(bar(0.2), id)];
    assert.match((await shown(events)).screen, /^counting…\ncount ███░/);
    const ended = await shown([...events, stream("done\n"), update(end(), id)]);
    assert.equal(ended.screen, "counting… done\n✓ count 10.0 s");
  });

  test("a bar does not come between a full row and what the program goes on to write", async () => {
    const full = "x".repeat(40);
    const events = [stream(full), display(bar(0.1), "quern-progress-1-1"), stream("y\n")];
    assert.equal((await shown(events)).screen, `${full}\ny`);
  });

  test("bars at the bottom of the screen leave nothing behind", async () => {
    const ids = ["quern-progress-1-1", "quern-progress-1-2"];
    const drawing = [0.1, 0.2, 0.3].flatMap((done) => ids.map((id) => update(bar(done, `count ${id.at(-1)}`), id)));
    const ending = ids.map((id) => update(end(`count ${id.at(-1)}`), id));
    const { all } = await shown([stream(`${lines(20).join("\n")}\n`), ...drawing, ...ending, stream("end")]);
    assert.equal(all, [...lines(20), "✓ count 1 10.0 s", "✓ count 2 10.0 s", "end"].join("\n"));
  });

  test("a bar fits into one row of a narrow terminal, with the time that is left", async () => {
    const id = "quern-progress-1-1";
    const facts = { title: "write", fraction: 0.5, rows: 1_234_567, rowsTotal: 2_469_134, elapsedSeconds: 10 };
    const { screen } = await shown([display(renderProgress(facts), id), update(renderProgress(facts), id)]);
    assert.equal(screen, "write ████████░░░░░░░ 50 % · 10.0 s left");
  });

  test("a bar that has not ended is gone at the end of the cell, and a begun line is ended", async () => {
    const { screen, cursor } = await shown([stream("half"), display(bar(0.1), "quern-progress-1-1"), "end of cell"]);
    assert.equal(screen, "half");
    assert.deepEqual(cursor, { column: 0, row: 1 });
    const next = [
      display(bar(0.1, "a"), "quern-progress-1-1"),
      "end of cell",
      display(bar(0.2, "b"), "quern-progress-1-2"),
    ];
    assert.match((await shown(next as Event[])).screen, /^b ████░+ 20 %.*$/);
  });

  test("clearing takes away what the cell has shown, and nothing else", async () => {
    const earlier = [stream("earlier\n"), "end of cell"] as const;
    const cell = [stream("x\ny"), result("1\n2"), display("3", "a"), stream("4")];
    assert.equal((await shown([...earlier, ...cell, clear()])).screen, "earlier");
    assert.equal((await shown([...earlier, ...cell, clear(), stream("new\n"), clear()])).screen, "earlier");
    assert.equal((await shown([...earlier, clear(), clear(), stream("new")])).screen, "earlier\nnew");
  });

  test("clearing waits for the next output if it is asked to", async () => {
    const frames = lines(5, "frame").flatMap((frame) => [clear(true), display(`${frame}\n-----`)]);
    const { all } = await shown([stream("earlier\n"), "end of cell", ...frames, clear(true)]);
    assert.equal(all, "earlier\nframe 5\n-----");
    const cells = [stream("a\n"), clear(true), stream("b\n"), stream("c\n"), clear(true), "end of cell"] as const;
    assert.equal((await shown([...cells, stream("d\n"), stream("e\n")])).all, "b\nc\nd\ne");
  });

  test("clearing more than the screen leaves what has scrolled away", async () => {
    const { screen } = await shown([stream(`${lines(500).join("\n")}\n`), clear(), stream("new")]);
    assert.equal(screen, "new");
    const blocks = lines(30).map((line) => display(line));
    assert.equal((await shown([...blocks, clear(), stream("new")])).screen, "new");
    const half = Array.from({ length: 300 }, () => stream("x".repeat(3_000)));
    assert.equal((await shown([...half, clear(), stream("new")])).screen, "new");
  });

  test("results, errors and stderr share the lines of one terminal", async () => {
    const { screen, both } = watched({ columns: 40, rows: 10 });
    screen.show(stream("out "));
    screen.show(stream("err", "stderr"));
    screen.show(result("1"));
    screen.show(stream("half"));
    screen.fail({ ename: "Error", evalue: "no", traceback: ["Error: no", "  at [1]"] });
    assert.equal((await seen(both(), { columns: 40, rows: 10 })).screen, "out err\n1\nhalf\nError: no\n  at [1]");
  });
});

test("a bar is drawn on the terminal that stderr is while results go to a pipe", () => {
  const text = { out: "", err: "" };
  const { screen } = watched({
    out: { write: (added) => (text.out += added) },
    err: { write: (added) => (text.err += added), columns: 60 },
  });
  screen.show(display(bar(0.1), "quern-progress-1-1"));
  screen.show(result("1"));
  screen.show(update(bar(0.2), "quern-progress-1-1"));
  screen.show(update(end(), "quern-progress-1-1"));
  screen.endCell();
  assert.equal(text.out, "1\n");
  assert.deepEqual(text.err.split("\r\u001b[K"), [
    "count ██░░░░░░░░░░░░░░░░░░ 10 % · 1.00 s · 9.00 s left",
    "count ████░░░░░░░░░░░░░░░░ 20 % · 2.00 s · 8.00 s left",
    "✓ count 10.0 s\n",
  ]);
});

test("after a flood a display is found, and memory holds a screen of it", () => {
  const { screen, both, writes } = watched({ columns: 80, rows: 24 });
  for (let i = 0; i < 200_000; i++) screen.show(stream(`line ${i}\n`));
  assert.equal(writes(), 200_000);
  both();
  screen.show(display("a", "a"));
  screen.show(update("b", "a"));
  assert.equal(both(), "a\n\u001b[1A\r\u001b[K\u001b[1B\u001b[J\u001b[1Ab\n");
});
