import type { Cell, Metadata, Notebook } from "../../../kernel/notebook/nbformat.ts";

/** A notebook as a file may have it: the ids of its cells may be missing, double, or not valid. */
export type LooseNotebook = Omit<Notebook, "cells"> & { readonly cells: readonly object[] };

/** A notebook of any structure that cells, texts and metadata can have; the same for the same seed. */
export function generateNotebook(seed: number): LooseNotebook {
  const random = randomOf(seed);
  const cells = Array.from({ length: random.below(9) }, () => generateCell(random));
  return { metadata: generateMetadata(random, notebookKeys), nbformat: 4, nbformat_minor: 5, cells };
}

type Random = { readonly below: (limit: number) => number; readonly pick: <T>(items: readonly T[]) => T };

function randomOf(seed: number): Random {
  // mulberry32
  let state = Math.imul(seed + 1, 0x9e3779b9);
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}

function generateCell(random: Random): Partial<Cell> {
  const type = random.pick(["code", "code", "markdown", "markdown", "raw"] as const);
  const base = {
    ...random.pick([{}, { id: "twice" }, { id: "no id!" }, { id: `cell-${random.below(1000)}` }]),
    metadata: generateMetadata(random, cellKeys),
    source: generateText(random),
  };
  if (type === "code") return { ...base, cell_type: type, execution_count: null, outputs: [] };
  const attachments = { "a b.png": { "image/png": "aGk=" }, "🦆.svg": { "image/svg+xml": "<svg>\n</svg>\n" } };
  return { ...base, cell_type: type, ...random.pick([{}, {}, {}, { attachments }]) };
}

function generateText(random: Random): string {
  const newline = random.below(8) === 0 ? "\r\n" : "\n";
  const lines = Array.from({ length: random.below(6) }, () => random.pick(textLines));
  return lines.join(newline) + random.pick(["", "", "", newline, newline + newline, " ", `${newline}\t`]);
}

// Each is something that a script could take for something else.
const textLines = [
  "",
  "",
  " ",
  "const x = 1",
  "%cd data",
  "// %cd data",
  "%%time",
  "%%sql --save late",
  "!ls",
  `x ?? \`a \${b} \\\\n c\``,
  "# Heading",
  "  indented  ",
  "\ttab\t",
  "grüße, 日本語, 🦆, e\u0301, \u200b, \u00a0",
  "/* a comment",
  "*/",
  "// a comment",
  "//",
  "//no space",
  "/// three",
  "// // two",
  "// %%",
  "//%%",
  "  // %% indented",
  "// // %% [markdown]",
  "// // // %%",
  '// %% title tags=["x"]',
  "// %%not a marker",
  "%%",
  "%% mermaid",
  "%%% deeper",
  "// ---",
  "// jupyter:",
  "---",
  "#!/usr/bin/env node",
  "a\\b\\\\c \\u0041",
  "`// %%`",
  "'{\"a\": 1}' = b",
  "\u2028",
  "a\u2029b",
  "a\rb",
  "a\fb\vc\x85d",
  "\ufeffbom",
  "\ud800 alone",
  "\0\x07\x1b[31m",
];

function generateMetadata(random: Random, keys: readonly string[]): Metadata {
  const entries = Array.from({ length: random.below(4) }, () => random.pick(keys)).map(
    (key) => [key, generateValue(key, random)] as const,
  );
  return Object.fromEntries(entries);
}

function generateValue(key: string, random: Random): unknown {
  if (key === "tags") return random.pick([[], ["parameters"], ["a b", 'ä="1"', "]"], ["raises-exception", "x"]]);
  if (key === "kernelspec") return { name: "deno", display_name: "Deno", language: "typescript" };
  if (key === "language_info") return { name: "typescript", version: "6.0", codemirror_mode: { name: "ts", n: 1 } };
  if (key === "title") return random.pick(titles);
  if (key === "jupyter") return { source_hidden: true };
  if (key === "collapsed") return random.below(2) === 1;
  if (key === "name") return "a_name";
  if (key === "jupytext")
    return { formats: "ipynb,ts:percent", ...random.pick([{}, { executable: "/usr/bin/env -S quern run" }]) };
  if (key === "authors") return [{ name: "Ada" }, { name: "Lin, Ø" }];
  return random.pick(values);
}

const titles = [
  "A title",
  "two  spaces",
  " padded ",
  "a = b",
  "x=1",
  "[markdown]",
  "{}",
  "// %%",
  'say "hi"',
  "",
  "ä/ö .x",
];
const values = [
  null,
  true,
  0,
  -1.5,
  "",
  "text",
  'quoted "text" \\ and \n line',
  "\u2028\u0085\ud800 🦆",
  [],
  {},
  [1, [2, { a: null }], "]"],
  { deep: { er: { still: ["{", "}"] } }, "a b": "= c" },
];
const cellKeys = [
  "tags",
  "tags",
  "tags",
  "name",
  "title",
  "cell_depth",
  "collapsed",
  "jupyter",
  "vscode",
  "editable",
].concat(
  ["jp-MarkdownHeadingCollapsed", "a key", "ключ", "id", "source", "attachments", "metadata", "cell_type", "language"],
  ["x.y/z@1", "__proto__", "newline", "=", "lines_to_next_cell"],
);
const notebookKeys = [
  "kernelspec",
  "language_info",
  "title",
  "authors",
  "jupytext",
  "toc",
  "a key: x",
  "yes",
  "# no",
  "__proto__",
];
