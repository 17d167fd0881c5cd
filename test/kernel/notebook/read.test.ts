import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { isCode } from "../../../kernel/notebook/nbformat.ts";
import { NotebookError } from "../../../kernel/notebook/notebook-error.ts";
import { readNotebook, requireCode } from "../../../kernel/notebook/read.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const code = { cell_type: "code", metadata: {}, source: "1", outputs: [], execution_count: null };
const notebook = (cells: unknown, more = {}): string =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...more });
const output = (fields: object) => notebook([{ ...code, outputs: [fields] }]);

function read(text: string | Buffer, name = "a b.ipynb") {
  using folder = tempFolder();
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return readNotebook(path);
}

/** The error's sentence, with the folder left out. */
function refusal(text: string | Buffer, name = "a b.ipynb"): string {
  using folder = tempFolder();
  const path = join(folder.path, name);
  writeFileSync(path, text);
  try {
    readNotebook(path);
  } catch (error) {
    assert.ok(error instanceof NotebookError, `${error}`);
    assert.match(error.message, /^[^\n]*\.$/, "one sentence on one line");
    return error.message.replaceAll(`${folder.path}/`, "");
  }
  return "";
}

const refused: { readonly [what: string]: readonly [text: string | Buffer, message: RegExp] } = {
  "an empty file": ["", /^a b.ipynb is empty/],
  "a text": ["hello", /^a b.ipynb:1:1 is not JSON: unexpected token 'h'\.$/],
  "a file that is cut off": ['{"cells": [\n{"source": "x', /^a b.ipynb:2:14 is not JSON: unterminated string/],
  "a file that is cut off between tokens": ['{"cells": [\n', /^a b.ipynb:2:1 is not JSON: unexpected end of file/],
  "a comma too many": ['{\n "cells": [1,]\n}', /^a b.ipynb:2:14 is not JSON/],
  "a mistake after a large text": [`{"a": "${"x\\n".repeat(5e6)}",\n b}`, /^a b.ipynb:2:2 is not JSON/],
  "Python's NaN": ['{\n "a": {"b": "\\u00e4", "c": [true, -1.5e3, NaN]}}', /^a b.ipynb:2:43 is not JSON/],
  "a merge conflict": ['{\n<<<<<<< HEAD\n "cells": []\n', /^a b.ipynb:2:1 is not JSON.*Git's conflict marks/],
  "UTF-16": [Buffer.from(notebook([code]), "utf16le"), /not JSON|not UTF-8/],
  "a picture": [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), /^a b.ipynb is not UTF-8 text/],
  "a list": ["[1]", /is JSON, but not a notebook/],
  "an object": ['{"a": 1}', /is JSON, but not a notebook/],
  "nbformat 3": [
    '{"worksheets": [], "nbformat": 3, "metadata": {}}',
    /of format 3, and Quern reads 4: open it in JupyterLab/,
  ],
  "nbformat 5": ['{"cells": [], "nbformat": 5}', /of format 5, and Quern reads 4/],
  "no cells": ['{"nbformat": 4, "metadata": {}}', /has no list of "cells"/],
  "metadata that are none": [notebook([], { metadata: 3 }), /its "metadata" are not an object/],
  "a cell that is none": [notebook([code, 3]), /^cell 2 of a b.ipynb is broken: it is 3, not an object/],
  "an unknown cell": [
    notebook([{ ...code, cell_type: "heading" }]),
    /^cell 1 of .* it has "heading" as its "cell_type"/,
  ],
  "a cell without text": [notebook([{ cell_type: "raw" }]), /^cell 1 of a b.ipynb is broken: it has no "source"/],
  "a cell with a number as text": [notebook([{ ...code, source: 3 }]), /it has 3 as its "source"/],
  "tags that are one text": [notebook([{ ...code, metadata: { tags: "x" } }]), /it has "x" as its "tags"/],
  "an output without text": [output({ output_type: "stream", name: "stdout" }), /^output 1 of cell 1 of .* no "text"/],
  "an unknown output": [output({ output_type: "pyout" }), /^output 1 of cell 1 of .* "pyout"/],
  "an error without a traceback": [output({ output_type: "error", ename: "E", evalue: "" }), /"traceback"/],
  "endless nesting": [
    notebook([], { a: JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) }),
    /nested more than 900/,
  ],
  "a Python notebook": [
    notebook([code], { metadata: { kernelspec: { name: "python3", display_name: "", language: "python" } } }),
    /is a notebook in python, and Quern runs TypeScript and JavaScript/,
  ],
  "an old Python notebook": [notebook([code], { metadata: { kernelspec: { name: "python3" } } }), /in Python/],
  "an R notebook": [notebook([code], { metadata: { language_info: { name: "R" } } }), /in R, and Quern/],
};

for (const [what, [text, message]] of Object.entries(refused)) {
  test(`${what} is refused in a sentence`, () => assert.match(refusal(text), message));
}

test("what is no file is refused in a sentence", () => {
  using folder = tempFolder();
  mkdirSync(join(folder.path, "d.ipynb"));
  writeFileSync(join(folder.path, "file"), "");
  const message = (name: string) => {
    try {
      return readNotebook(join(folder.path, name)) && "";
    } catch (error) {
      assert.ok(error instanceof NotebookError);
      return error.message.replaceAll(`${folder.path}/`, "");
    }
  };
  assert.equal(message("none.ipynb"), "there is no file none.ipynb.");
  assert.equal(message("file/a.ipynb"), "there is no file file/a.ipynb: what should be a folder on the way is a file.");
  assert.equal(message("d.ipynb"), "d.ipynb is a folder: name a notebook in it.");
  assert.equal(message("a.txt"), "a.txt is no notebook by its name: notebooks end in .ipynb, .ts, .mts, .js, .mjs.");
});

test("an older notebook gets ids, the same each time, and what it leaves out", () => {
  const text = notebook(
    [{ cell_type: "code", source: ["a\n", "b"] }, code, { ...code, id: "x" }, { ...code, id: "x" }],
    {
      nbformat_minor: 0,
    },
  );
  const { cells, nbformat_minor } = read(text);
  assert.equal(nbformat_minor, 5);
  assert.deepEqual(cells[0], {
    cell_type: "code",
    id: cells[0]?.id,
    metadata: {},
    source: "a\nb",
    outputs: [],
    execution_count: null,
  });
  const ids = cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, 4);
  assert.equal(ids[2], "x");
  for (const id of ids) assert.match(id, /^[a-zA-Z0-9-_]{1,64}$/);
  assert.deepEqual(read(text).cells, cells);
});

test("texts are joined, and JSON that is a list of texts stays one", () => {
  const [cell] = read(
    notebook([
      {
        ...code,
        outputs: [
          { output_type: "stream", name: "stderr", text: ["a\n", "b\n"] },
          { output_type: "display_data", data: { "text/html": ["<b>\n", "</b>"], "application/json": ["a", "b"] } },
        ],
      },
    ]),
  ).cells;
  assert.deepEqual(cell && isCode(cell) && cell.outputs, [
    { output_type: "stream", name: "stderr", text: "a\nb\n" },
    { output_type: "display_data", data: { "text/html": "<b>\n</b>", "application/json": ["a", "b"] }, metadata: {} },
  ]);
});

test("fields that this version does not know stay where they are", () => {
  const made = read(notebook([{ ...code, id: "a", new: 1 }], { nbformat_minor: 7, newer: { a: 2 } }));
  assert.deepEqual(
    { ...made },
    JSON.parse(notebook([{ ...code, id: "a", new: 1 }], { nbformat_minor: 7, newer: { a: 2 } })),
  );
});

test("a later minor version may have other outputs", () => {
  const text = notebook([{ ...code, outputs: [{ output_type: "hologram" }] }], { nbformat_minor: 6 });
  const [cell] = read(text).cells;
  assert.equal(cell && isCode(cell) && cell.outputs.length, 1);
});

test("a byte order mark and the line ends of Windows are no obstacle", () => {
  assert.equal(read(`\ufeff${notebook([code]).replaceAll(",", ",\r\n")}`).cells.length, 1);
});

test("other kernels' TypeScript is TypeScript", () => {
  const kernelspec = { name: "deno", display_name: "Deno", language: "typescript" };
  // Left over from the kernel that the notebook had before.
  assert.equal(read(notebook([code], { metadata: { kernelspec, language_info: { name: "python" } } })).cells.length, 1);
  assert.equal(read(notebook([code], { metadata: { language_info: { name: "javascript" } } })).cells.length, 1);
});

test("a notebook without code is refused where it is to be run", () => {
  const text = notebook([{ cell_type: "markdown", source: "# Title" }]);
  assert.throws(() => requireCode(read(text), "a.ipynb"), /^NotebookError: a.ipynb has no code cells/);
  assert.doesNotThrow(() => requireCode(read(notebook([code])), "a.ipynb"));
});

test("what is wrong in a script is said with its line", () => {
  const text = "// %% [markdown]\n// Text\n\nconst x = 1\n";
  assert.match(refusal(text, "a.ts"), /^a.ts:4 is no comment, and stands in a markdown cell: put "\/\/ " before it/);
  assert.match(
    refusal("1\n// %% tags=[parameters]\n", "a.ts"),
    /^a.ts:2: .* "tags=" is not JSON, like tags=\["parameters"\]/,
  );
  assert.match(
    refusal('1\n// %% tags="parameters"\n', "a.ts"),
    /^the cell at a.ts:2 is broken: it has "parameters" as/,
  );
  assert.match(refusal("// ---\n// jupyter:\n//   a: |\n//     x\n// ---\n", "a.ts"), /^a.ts:3: this line of the/);
  const python = "// ---\n// jupyter:\n//   kernelspec:\n//     name: python3\n//     language: python\n// ---\n1";
  assert.match(refusal(python, "a.ts"), /is a notebook in python/);
});
