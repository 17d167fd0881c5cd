import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeCell } from "../../../../kernel/notebook/nbformat.ts";
import { createProgress } from "../../../../kernel/notebook/run/progress.ts";
import { widthOf } from "../../../../kernel/terminal/width.ts";

const cell = (source: string): CodeCell => ({
  cell_type: "code",
  id: "a",
  metadata: {},
  source,
  execution_count: null,
  outputs: [],
});

/** What is written, with times as T. */
function shownOn(
  terminal: { isTTY?: boolean; columns?: number },
  use: (progress: ReturnType<typeof createProgress>) => void,
) {
  let written = "";
  const write = (text: string) => {
    written += text;
  };
  use(createProgress({ ...terminal, write }, 12, false));
  return written.replaceAll(/\d+\.\d\d s/g, "T");
}

test("in a log a cell is one line at its end, and one that prints is named above what it prints", () => {
  const log = shownOn({}, (progress) => {
    progress.begin(3, cell("\n  const late = 1 \nlate"));
    progress.end("");
    progress.begin(4, cell("print()"));
    progress.write("a\n");
    progress.write("b");
    progress.end("error ");
    progress.say("over");
  });
  assert.equal(log, "[3/12] const late = 1  T\n[4/12] print()\na\nb\n[4/12] error T\nover\n");
});

test("on a terminal the running cell's line stands below its output, and stays when it has ended", () => {
  const clear = "\r\u001b[2K";
  const shown = shownOn({ isTTY: true, columns: 40 }, (progress) => {
    progress.begin(1, cell("f()"));
    progress.write("a\n");
    progress.write("half");
    progress.write(" a line\u001b[0m\n\u001b[0m");
    progress.end("");
  });
  assert.equal(
    shown,
    `[1/12] f()${clear}a\n[1/12] f()${clear}half a line\u001b[0m\n\u001b[0m[1/12] f()${clear}[1/12] f()  T\n`,
  );
});

test("a line that is updated in place is never wider than the terminal, and holds no escapes of the cell's", () => {
  for (const source of ["日本語のコメント".repeat(20), "x".repeat(300), "👋🏽".repeat(50), "a\u001b[31m\tb\u0007"]) {
    const shown = shownOn({ isTTY: true, columns: 30 }, (progress) => progress.begin(1, cell(source)));
    assert.ok(widthOf(shown) < 30, shown);
    assert.doesNotMatch(shown, /\p{Cc}/u);
  }
});
