import assert from "node:assert/strict";
import { linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { isCode } from "../../../kernel/notebook/nbformat.ts";
import { readNotebook } from "../../../kernel/notebook/read.ts";
import { writeNotebook } from "../../../kernel/notebook/write.ts";
import { run } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const quern = resolve(import.meta.dirname, "../../../kernel/cli/quern.js");

/** Runs `quern convert` in a folder with `report.ipynb`, whose first of three cells has an output. */
function folderWithReport() {
  const folder = tempFolder();
  const base = { cell_type: "code", metadata: {}, execution_count: null, outputs: [] } as const;
  const output = { output_type: "stream", name: "stdout", text: "1\n" } as const;
  writeNotebook(join(folder.path, "report.ipynb"), {
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
    cells: [
      { ...base, id: "first", source: "console.log(1)", execution_count: 4, outputs: [output] },
      { cell_type: "markdown", id: "text", metadata: { tags: ["x"] }, source: "# Title" },
      { ...base, id: "last", source: "2" },
    ],
  });
  const text = (name: string) => readFileSync(join(folder.path, name), "utf8");
  const write = (name: string, content: string) => writeFileSync(join(folder.path, name), content);
  const convert = (...args: string[]) => run([process.execPath, quern, "convert", ...args], { cwd: folder.path });
  return { path: folder.path, text, write, convert, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("a notebook becomes a script and a notebook again, without its outputs", async () => {
  using folder = folderWithReport();
  assert.deepEqual(await folder.convert("report.ipynb", "my report.ts"), {
    code: 0,
    signal: null,
    out: "my report.ts: 3 cells; the outputs of 1 cell are not in a script\n",
    err: "",
  });
  assert.equal((await folder.convert("my report.ts", "again.ipynb")).out, "again.ipynb: 3 cells\n");
  const [old, again] = ["report.ipynb", "again.ipynb"].map((name) => readNotebook(join(folder.path, name)));
  const bare = old?.cells.map((cell) => (isCode(cell) ? { ...cell, execution_count: null, outputs: [] } : cell));
  assert.deepEqual(again, { ...old, cells: bare });
});

test("a file that is there is replaced only when asked", async () => {
  using folder = folderWithReport();
  folder.write("report.ts", "mine");
  const refused = await folder.convert("report.ipynb", "report.ts");
  assert.equal(refused.code, 2);
  assert.equal(refused.err, "quern convert: report.ts is there already: replace it with --force, or name another.\n");
  assert.equal(folder.text("report.ts"), "mine");
  assert.equal((await folder.convert("report.ipynb", "report.ts", "--force")).code, 0);
  assert.match(folder.text("report.ts"), /^\/\/ %% id="first"\nconsole/);
});

test("--update keeps the outputs and ids of the cells whose text is the same", async () => {
  using folder = folderWithReport();
  folder.write("report.ts", "// %%\nnew\n\n// %%\nconsole.log(1)\n\n// %% [markdown]\n// # Title\n");
  assert.match((await folder.convert("report.ts", "report.ipynb")).err, /or with --update, which keeps the outputs/);
  const updated = await folder.convert("report.ts", "report.ipynb", "--update");
  assert.equal(updated.out, "report.ipynb: 3 cells; the outputs of 1 are kept\n");
  const { cells } = readNotebook(join(folder.path, "report.ipynb"));
  assert.deepEqual(
    cells.map((cell) => [cell.source, isCode(cell) && cell.outputs.length, isCode(cell) && cell.execution_count]),
    [
      ["new", 0, null],
      ["console.log(1)", 1, 4],
      ["# Title", false, false],
    ],
  );
  assert.deepEqual([cells[1]?.id, cells[2]?.id], ["first", "text"]);
});

test("a file is not converted to itself, by whatever name", async () => {
  using folder = folderWithReport();
  const before = folder.text("report.ipynb");
  symlinkSync("report.ipynb", join(folder.path, "link.ipynb"));
  linkSync(join(folder.path, "report.ipynb"), join(folder.path, "hard.ipynb"));
  for (const name of ["report.ipynb", "./report.ipynb", "link.ipynb", "hard.ipynb"]) {
    const { code, err } = await folder.convert("report.ipynb", name, "--force");
    assert.equal(code, 2);
    assert.match(err, /are the same file: name another to write to\.\n$/);
  }
  assert.equal(folder.text("report.ipynb"), before);
});

test("what cannot be converted is refused in a sentence, and nothing is written", async () => {
  using folder = folderWithReport();
  folder.write("python.ipynb", '{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}');
  const before = readdirSync(folder.path);
  const cases: readonly [args: string[], message: RegExp][] = [
    [[], /it takes two files: `quern convert <from> <to>`/],
    [["report.ipynb"], /it takes two files/],
    [["report.ipynb", "a.ts", "b.ts"], /it takes two files, and there is also "b.ts"/],
    [["none.ipynb", "a.ts"], /there is no file none.ipynb\./],
    [["report.ipynb", "a.py"], /a.py is no notebook by its name: notebooks end in .ipynb, .ts, .mts, .js, .mjs\./],
    [["report.ipynb", "none/a.ts"], /none\/a.ts cannot be written: there is no folder /],
    [["report.ipynb", "a.ts", "--update"], /a.ts is a script, which has no outputs to update/],
    [["python.ipynb", "a.ts"], /python.ipynb is a notebook in python/],
    [["report.ipynb", "a.ts", "--forse"], /Unknown option '--forse'/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await folder.convert(...args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(out, "");
    assert.match(err, message);
    assert.match(err, /^quern convert: [^\n]*\n$/);
  }
  assert.deepEqual(readdirSync(folder.path), before);
});
