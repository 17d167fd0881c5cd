import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Cell, Notebook } from "../../../kernel/notebook/nbformat.ts";
import { readNotebook } from "../../../kernel/notebook/read.ts";
import { parseScript, printScript } from "../../../kernel/notebook/script.ts";
import { pythonEnv } from "../../helpers/python-env.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const python = pythonEnv();

/** The cells of a script as `[type, text, metadata]`. */
const cellsOf = (text: string) =>
  parseScript(text).cells.map(({ cell_type, source, metadata }) => [cell_type, source, metadata]);

test("a script without a marker is one cell", () => {
  assert.deepEqual(cellsOf("const a = 1\n\na + 1\n"), [["code", "const a = 1\n\na + 1", {}]]);
  assert.deepEqual(cellsOf(""), []);
});

test("a marker begins a cell, and says its kind, title, depth and metadata", () => {
  const text = `import fs from "node:fs"

// %%
const a = 1
//%% A title [md] tags=["x", "y"] deep={"a": "}"}
// # Heading
//
//Text

    // %%% [raw] {"a key": null}
// raw

// %% x = 1
a

a

`;
  assert.deepEqual(cellsOf(text), [
    ["code", 'import fs from "node:fs"', {}],
    ["code", "const a = 1", {}],
    ["markdown", "# Heading\n\nText", { title: "A title", tags: ["x", "y"], deep: { a: "}" } }],
    ["raw", "raw", { cell_depth: 1, "a key": null }],
    ["code", "a\n\na\n", { title: "x = 1" }],
  ]);
});

test("Markdown may stand in a block comment, and a script may come from Windows", () => {
  const text = "\ufeff// %% [markdown]\n/*\n# Title\n\nText\n*/\n\n// %%\n1\n".replaceAll("\n", "\r\n");
  assert.deepEqual(cellsOf(text), [
    ["markdown", "# Title\n\nText", {}],
    ["code", "1", {}],
  ]);
});

const code = (source: string, id: string, more: object = {}): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source,
  execution_count: null,
  outputs: [],
  ...more,
});
const notebook = (...cells: Cell[]): Notebook => ({ metadata: {}, nbformat: 4, nbformat_minor: 5, cells });

test("a notebook is a script that a person would write", () => {
  const made = notebook(
    { cell_type: "markdown", id: "m", metadata: {}, source: "# Title\n\nText" },
    code("const n: number = 3", "p", { metadata: { title: "Parameters", tags: ["parameters"] } }),
    code("`\n// %%\n`", "t"),
  );
  assert.equal(
    printScript(made),
    `// %% [markdown] id="m"
// # Title
//
// Text

// %% Parameters tags=["parameters"] id="p"
const n: number = 3

// %% id="t"
\`
// // %%
\`
`,
  );
});

test("magics are comments in a script, and so is the text of a cell magic", () => {
  const made = notebook(
    code("%cd data\n// %cd old\nconst a = 1\n!ls -la\n%time f(a)", "l"),
    code("%%sql --save late\nselect 1\n\n// %% x", "s"),
    code("%%md\n# Title\n", "m"),
    code("%%time\nf()", "t"),
    code("a", "o", { metadata: { language: "sql" } }),
  );
  const script = printScript(made);
  assert.equal(
    script,
    `// %% id="l"
// %cd data
// // %cd old
const a = 1
!ls -la
// %time f(a)

// %% id="s" language="sql" magic_args="--save late"
// select 1
//
// // // %% x

// %% id="m" language="md"
// # Title
//

// %% id="t"
// %%time
f()

// %% metadata={"language": "sql"} id="o"
a
`,
  );
  assert.deepEqual(parseScript(script).cells, made.cells);
});

test("a language of a cell with code is the cell's own", () => {
  assert.deepEqual(cellsOf('// %% language="typescript"\na\n'), [["code", "a", { language: "typescript" }]]);
  assert.deepEqual(cellsOf('// %% [markdown] language="de"\n// a\n'), [["markdown", "a", { language: "de" }]]);
});

test("a comment that is no magic stays one", () => {
  const text = "// %% a title\n// %d is a number\n// %time\n";
  assert.deepEqual(cellsOf(text), [["code", "// %d is a number\n%time", { title: "a title" }]]);
});

test("ids that come from the cells' texts are not in the script", () => {
  const text = "// %%\n1\n\n// %%\n1\n\n// %%\n\n// %%\n";
  assert.equal(printScript(parseScript(text)), text);
  assert.equal(new Set(parseScript(text).cells.map(({ id }) => id)).size, 4);
});

test("a text that lines cannot hold comes back as it was, until somebody edits it", () => {
  const odd = { cell_type: "markdown", id: "a", metadata: {}, source: "a\rb\u2028c" } as const;
  const script = printScript(notebook(odd));
  assert.equal(script, '// %% [markdown] id="a" source="a\\rb\\u2028c"\n// a\n// b\n// c\n');
  assert.equal(parseScript(script).cells[0]?.source, odd.source);
  assert.equal(parseScript(script.replace("// c", "// edited")).cells[0]?.source, "a\nb\nedited");
});

test("a script keeps what makes it a program, and what a notebook says of itself", () => {
  const metadata = {
    kernelspec: { name: "deno", display_name: "Deno 🦕", language: "typescript" },
    "a: b": { c: [null, "d"] },
    jupytext: { executable: "/usr/bin/env -S quern run" },
  };
  const script = printScript({ ...notebook(code("1", "a")), metadata });
  assert.equal(
    script,
    `#!/usr/bin/env -S quern run
// ---
// jupyter:
//   kernelspec: {"name": "deno", "display_name": "Deno 🦕", "language": "typescript"}
//   "a: b": {"c": [null, "d"]}
// ---

// %% id="a"
1
`,
  );
  assert.deepEqual(parseScript(script).metadata, metadata);
});

test("Jupytext reads a script of Quern's with the same cells", { skip: python.skip }, () => {
  const cells = [
    { cell_type: "raw", id: "r", metadata: {}, source: "raw\n\nmore" },
    { cell_type: "markdown", id: "m", metadata: { tags: ["a", "ü"] }, source: "# Title\n\n- *x* = {y}\n  */" },
    code("const n = 3 // =\n\n\nn", "p", {
      metadata: { title: "The parameters", tags: ["parameters"], "jp-x": { a: ["}"] } },
    }),
    code("n", "k", { metadata: { "a key": 1, title: "x = 1", cell_depth: 1 } }),
    code("%%sql --save late\nselect 1", "s"),
    code("%cd data\n!ls\n%time f()", "l"),
    code("", "e"),
    code("end", "f"),
  ] as const;
  const metadata = { kernelspec: { name: "deno", display_name: "Deno: 🦕 \x85", language: "typescript" } };
  using folder = tempFolder();
  const path = join(folder.path, "a.ts");
  writeFileSync(path, printScript({ ...notebook(...cells), metadata }));
  const program = `
import json, jupytext, sys
notebook = jupytext.read(sys.argv[1])
print(json.dumps({"kernelspec": notebook.metadata.kernelspec,
  "cells": [[cell.cell_type, cell.source, {**cell.metadata, "id": None}] for cell in notebook.cells]}))`;
  assert.deepEqual(JSON.parse(execFileSync(python.path, ["-c", program, path], { encoding: "utf8" })), {
    kernelspec: metadata.kernelspec,
    cells: cells.map(({ cell_type, source, metadata }) => [cell_type, source, { ...metadata, id: null }]),
  });
});

test("Quern reads a script of Jupytext's with the same cells and metadata", { skip: python.skip }, () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ts");
  const program = `
import jupytext, sys
from nbformat.v4 import *
metadata = {
  "kernelspec": {"name": "deno", "display_name": "Deno 🦕 \\x85", "language": "typescript"},
  "long": "words with: a colon " * 9 + "é",
  "authors": [{"name": "Ada", "years": [1815, 1852]}, {"name": "it's"}, "# x", [], {}],
  "flags": {"yes": True, "no": None, "1": -1.5, "text": "true", "a-b": "a: b"},
  "jupytext": {"notebook_metadata_filter": "all", "cell_metadata_filter": "all"},
}
cells = [
  new_raw_cell("---\\ntitle: A report\\n---"),
  new_markdown_cell("# Title\\n\\nText", metadata={"tags": ["ü"]}),
  new_code_cell("1\\n\\n\\n2", metadata={"tags": ["parameters"], "title": "A title", "x": {"y": "="}}),
  new_code_cell("%%sql --save late\\nselect 1"),
  new_code_cell("%cd data\\n!ls\\n%time f()"),
  new_code_cell(""),
  new_code_cell("end"),
]
jupytext.write(new_notebook(cells=cells, metadata=metadata), sys.argv[1], fmt="ts:percent")`;
  execFileSync(python.path, ["-c", program, path]);
  const { metadata, cells } = readNotebook(path);
  assert.deepEqual(
    cells.map(({ cell_type, source, metadata }) => [cell_type, source, metadata]),
    [
      ["raw", "---\ntitle: A report\n---", {}],
      ["markdown", "# Title\n\nText", { tags: ["ü"] }],
      ["code", "1\n\n\n2", { title: "A title", tags: ["parameters"], x: { y: "=" } }],
      ["code", "%%sql --save late\nselect 1", {}],
      ["code", "%cd data\n!ls\n%time f()", {}],
      ["code", "", {}],
      ["code", "end", {}],
    ],
  );
  const { jupytext, ...rest } = metadata;
  assert.deepEqual(rest, {
    kernelspec: { name: "deno", display_name: "Deno 🦕 \x85", language: "typescript" },
    long: `${"words with: a colon ".repeat(9)}é`,
    authors: [{ name: "Ada", years: [1815, 1852] }, { name: "it's" }, "# x", [], {}],
    flags: { yes: true, no: null, "1": -1.5, text: "true", "a-b": "a: b" },
  });
});
