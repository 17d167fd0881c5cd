import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createScreen } from "../../../kernel/terminal/screen.ts";
import { renderProgress, renderProgressEnd } from "../../../runtime/display/progress.ts";
import { clear, display, result, stream, update, watched } from "./watched.ts";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

describe("in a pipe", () => {
  test("streams are passed on as they are, each to its own", () => {
    const { screen, out, err } = watched();
    for (const event of [stream("a\r\tb"), stream("\u0000é😀"), stream("warning\n", "stderr"), stream("c")]) {
      screen.show(event);
    }
    screen.endCell();
    assert.equal(out(), "a\r\tb\u0000é😀c");
    assert.equal(err(), "warning\n");
  });

  test("a result begins on a new line and ends with the line, exactly once", () => {
    const { screen, out } = watched();
    for (const event of [stream("half a line"), result("1"), result("2\n"), display("3"), stream("x\n"), result("4")]) {
      screen.show(event);
    }
    assert.equal(out(), "half a line\n1\n2\n3\nx\n4\n");
  });

  test("a line that ends before the colours do has ended", () => {
    const { screen, out } = watched();
    screen.show(stream("\u001b[31mred\n\u001b[39m"));
    screen.show(result("1"));
    assert.equal(out(), "\u001b[31mred\n\u001b[39m1\n");
  });

  test("errors go to stderr, on a line of their own", () => {
    const { screen, out, err } = watched();
    screen.show(stream("asking…", "stderr"));
    screen.fail({ ename: "Error", evalue: "no", traceback: [red("Error: no"), "  at cell [1]:1:7"] });
    screen.show({ type: "late_error", run: 1, ename: "TypeError", evalue: "late", traceback: [] });
    assert.equal(err(), `asking…\n${red("Error: no")}\n  at cell [1]:1:7\nTypeError: late\n`);
    assert.equal(out(), "");
  });

  test("without colours, none are in anything that is shown, even where a piece of the stream ends within one", () => {
    const { screen, out, err } = watched({ colors: false });
    for (const text of [
      "a\u001b",
      "[3",
      "1mb\u001b[39mc",
      "\u001b]8;;http://x",
      "\u001b",
      "\\link\u001b]8;;\u0007\n",
    ]) {
      screen.show(stream(text));
    }
    screen.show(result(red("1")));
    screen.fail({ ename: "Error", evalue: "no", traceback: [red("Error: no")] });
    assert.equal(out(), "abclink\n1\n");
    assert.equal(err(), "Error: no\n");
  });

  test("of progress the end is shown, on stderr, and of an update the last, at the end of the cell", () => {
    const { screen, out, err } = watched();
    const id = "quern-progress-1-1";
    screen.show(display(renderProgress({ title: "count", fraction: 0.2, elapsedSeconds: 1 }), id));
    screen.show(update(renderProgress({ title: "count", fraction: 0.6, elapsedSeconds: 2 }), id));
    screen.show(update(renderProgressEnd({ title: "count", elapsedSeconds: 3, outcome: "done" }), id));
    screen.show(display("first", "a"));
    for (const state of ["second", "third"]) screen.show(update(state, "a"));
    screen.show(result("1"));
    screen.endCell();
    screen.endCell();
    assert.equal(out(), "first\n1\nthird\n");
    assert.equal(err(), "✓ count 3.00 s\n");
  });

  test("each way in which an action ends is shown", () => {
    for (const outcome of ["done", "failed", "interrupted"] as const) {
      const { screen, err } = watched();
      const end = renderProgressEnd({ title: "count", elapsedSeconds: 3, outcome });
      screen.show(update(end, "quern-progress-1-1"));
      assert.equal(err(), `${end["text/plain"]}\n`);
    }
  });

  test("nothing is taken back", () => {
    const { screen, out } = watched();
    for (const event of [stream("a\n"), clear(), stream("b\n"), clear(true), stream("c\n")]) screen.show(event);
    assert.equal(out(), "a\nb\nc\n");
  });

  test("each event is one write, and output that shows nothing is none", () => {
    const { screen, writes } = watched();
    for (const event of [stream("a"), result("1"), display("2", "x"), stream(""), result(""), display({})]) {
      screen.show(event);
    }
    assert.equal(writes(), 3);
  });

  test("a reader that has gone is no error", () => {
    let writes = 0;
    const write = () => {
      writes++;
      throw Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    };
    const screen = createScreen({ out: { write }, err: { write: () => {} }, colors: false });
    for (let i = 0; i < 3; i++) screen.show(stream("a\n"));
    screen.show(result("1"));
    screen.endCell();
    assert.equal(writes, 1);
  });
});

describe("the text of a bundle", () => {
  const shown = (data: Record<string, unknown>) => {
    const { screen, out } = watched();
    screen.show(display(data));
    return out();
  };

  test("is text/plain before all else", () => {
    assert.equal(shown({ "text/html": "<b>x</b>", "text/markdown": "**x**", "text/plain": "x" }), "x\n");
  });

  test("is markdown as it is written, or HTML as it is read", () => {
    assert.equal(shown({ "text/html": "<b>x</b>", "text/markdown": "**x**" }), "**x**\n");
    const html =
      "<style>b { color: red }</style><h1>Sales &amp; <b>costs</b></h1>\n<p>a &lt; b,\n  c&nbsp;&#8364;&#x1F600; 1 < 2</p>" +
      "<table><tr><th>day</th> <th>sum</th></tr><tr><td>Mon</td><td>1</td></tr></table><ul><li>x</li><li>y</li></ul>" +
      "<pre>  kept\n    as is</pre><script>alert('<p>')</script>one<br>two";
    assert.equal(
      shown({ "text/html": html }),
      "Sales & costs\na < b, c €😀 1 < 2\nday  sum\nMon  1\n- x\n- y\n\n  kept\n    as is\none\ntwo\n",
    );
  });

  test("joins the lines that nbformat keeps", () => {
    assert.equal(shown({ "text/plain": ["a\n", "b"] }), "a\nb\n");
  });

  test("names what cannot be read", () => {
    assert.equal(shown({ "image/png": "AAAA", "image/svg+xml": "<svg/>" }), "[image/png, image/svg+xml]\n");
    assert.equal(shown({ "application/json": { a: 1 } }), '{\n  "a": 1\n}\n');
  });
});
