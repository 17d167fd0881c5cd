import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CheckedCells, checkedCells } from "../../helpers/cell-sequences.ts";

let cells: CheckedCells;
before(() => {
  cells = checkedCells();
});
after(() => cells[Symbol.asyncDispose]());

const interrupt = () => cells.session.interrupt();

test("an interrupted cell has declared what it reached, with its types", async () => {
  const { shown } = await cells.run(
    "let reached = 'r'; console.log('up'); while (true) {}; let unreached = 2",
    interrupt,
  );
  assert.match(shown, /^up\nKeyboardInterrupt: /);
  assert.equal((await cells.run("reached.length")).shown, "1");
  assert.match((await cells.run("reached.toFixed()")).shown, /^1:9 TS2551 /);
  assert.match(
    (await cells.run("unreached")).shown,
    /^1:1 TS2304 Cannot find name 'unreached'\. It is declared in cell \[1\], which/,
  );
});

test("a frame that an interrupted cell has reassigned has the columns that it has", async () => {
  await cells.run("let frame = createDataFrame([{ a: 1 }])");
  const spin = "frame = frame.withColumn('b', f => f.a.plus(1)); console.log('up'); while (true) {}";
  assert.match((await cells.run(spin, interrupt)).shown, /KeyboardInterrupt/);
  assert.equal((await cells.run("frame.select('b').columns()")).shown, "[ 'b' ]");
  assert.match((await cells.run("frame.select('c')")).shown, /^1:14 TS2769 /);
});

test("an awaiting cell that is interrupted has declared what it reached", async () => {
  const { shown } = await cells.run(
    "const first = 1; console.log('up'); const second = await new Promise(() => {})",
    interrupt,
  );
  assert.match(shown, /KeyboardInterrupt/);
  assert.equal((await cells.run("first + 1")).shown, "2");
  assert.match((await cells.run("second")).shown, /^1:1 TS2304 Cannot find name 'second'\. It is declared in cell/);
});

test("a preloaded name that an interrupted cell did not reach is Quern's", async () => {
  for (const wait of ["while (true) {}", "await new Promise(() => {})"]) {
    await cells.run(
      `console.log('up'); ${wait}; const count = 3; const structuredClone = 4; class Window {}`,
      interrupt,
    );
    assert.equal((await cells.run("range(3).agg(count()).columns()")).shown, "[ 'count(1)' ]");
    assert.equal((await cells.run("structuredClone([1]).length")).shown, "1");
    assert.equal((await cells.run("typeof Window.partitionBy")).shown, "'function'");
  }
});

test("an interrupt while a cell is checked ends it before it runs", async () => {
  const checked = cells.run("const later = 1; later");
  cells.session.interrupt();
  assert.match((await checked).shown, /^KeyboardInterrupt: /);
  assert.equal((await cells.run("typeof later")).shown, "'undefined'");
});
