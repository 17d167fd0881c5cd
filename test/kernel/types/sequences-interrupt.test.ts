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
  const { shown } = await cells.run("let reached = 'r'; console.log('up'); while (true) {}; let never = 2", interrupt);
  assert.match(shown, /^up\nKeyboardInterrupt: /);
  assert.equal((await cells.run("reached.length")).shown, "1");
  assert.match((await cells.run("reached.toFixed()")).shown, /^1:9 TS2551 /);
  assert.match((await cells.run("never")).shown, /Cannot (access|find name) 'never'/);
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
  assert.match((await cells.run("second")).shown, /Cannot (access|find name) 'second'/);
});

test("an interrupt while a cell is checked ends it before it runs", async () => {
  const checked = cells.run("const later = 1; later");
  cells.session.interrupt();
  assert.match((await checked).shown, /^KeyboardInterrupt: /);
  assert.equal((await cells.run("typeof later")).shown, "'undefined'");
});
