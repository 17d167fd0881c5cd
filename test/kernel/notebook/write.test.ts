import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import type { Notebook } from "../../../kernel/notebook/nbformat.ts";
import { NotebookError } from "../../../kernel/notebook/notebook-error.ts";
import { readNotebook } from "../../../kernel/notebook/read.ts";
import { writeNotebook } from "../../../kernel/notebook/write.ts";
import { pythonEnv } from "../../helpers/python-env.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const python = pythonEnv();

const notebook: Notebook = {
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
  cells: [
    {
      cell_type: "code",
      id: "a",
      metadata: { tags: ["ü"], "\u{10000}": 1, "\uffff": 2 },
      source: "a\r\nb\u2028c\x0cd\n",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "50%\r100%\n\n" },
        {
          output_type: "display_data",
          data: {
            "image/png": "aGk=\n",
            "image/svg+xml": "<svg>\n</svg>",
            "text/html": "",
            "application/json": { b: [], a: {} },
          },
          metadata: {},
        },
        { output_type: "error", ename: "E", evalue: "x\ny", traceback: ["\x1b[31mE\n", "at"] },
      ],
    },
    {
      cell_type: "markdown",
      id: "b",
      metadata: {},
      source: "",
      attachments: { "a.svg": { "image/svg+xml": "<b>\n</b>" } },
    },
  ],
};

test("a notebook is written as the nbformat package writes it", { skip: python.skip }, () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  writeNotebook(path, notebook);
  const program = `
import nbformat, sys
notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[1] + ".py")`;
  execFileSync(python.path, ["-W", "error", "-c", program, path]);
  assert.equal(readFileSync(path, "utf8"), readFileSync(`${path}.py`, "utf8"));
  assert.deepEqual(readNotebook(path).cells, notebook.cells);
});

test("a notebook that names no kernel gets Quern's, and one that does keeps it", () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  writeNotebook(path, notebook);
  assert.deepEqual(readNotebook(path).metadata.kernelspec, {
    display_name: "TypeScript (Quern)",
    language: "typescript",
    name: "quern",
  });
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  writeNotebook(path, { ...notebook, metadata: { kernelspec } });
  assert.deepEqual(readNotebook(path).metadata, { kernelspec });
});

test("a file that is replaced keeps its permissions, and a link to it stays a link", () => {
  using folder = tempFolder();
  const [path, link, dangling] = ["a.ipynb", "link.ipynb", "dangling.ipynb"].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(path, "");
  chmodSync(path, 0o640);
  symlinkSync("a.ipynb", link);
  symlinkSync("new.ipynb", dangling);
  writeNotebook(link, notebook);
  writeNotebook(dangling, notebook);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.equal(readNotebook(path).cells.length, 2);
  assert.equal(readNotebook(join(folder.path, "new.ipynb")).cells.length, 2);
  assert.deepEqual(readdirSync(folder.path).sort(), ["a.ipynb", "dangling.ipynb", "link.ipynb", "new.ipynb"]);
});

test("where a notebook cannot be written a sentence says so, and nothing is left beside", () => {
  using folder = tempFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  mkdirSync(at("d.ipynb"));
  writeFileSync(at("file"), "");
  symlinkSync("circle.ipynb", at("circle.ipynb"));
  const before = readdirSync(folder.path);
  const fails = (path: string, message: RegExp) =>
    assert.throws(
      () => writeNotebook(path, notebook),
      (error) => error instanceof NotebookError && message.test(error.message),
    );
  fails(at("none", "a.ipynb"), /cannot be written: there is no folder /);
  fails(at("file", "a.ipynb"), /cannot be written: .*file is no folder/);
  fails(at("d.ipynb"), /cannot be written: it is a folder/);
  fails(at("circle.ipynb"), /cannot be written: its symbolic links lead in a circle/);
  fails(at("a.txt"), /no notebook by its name/);
  assert.deepEqual(readdirSync(folder.path), before);
});

test("a disk that takes only a part leaves the old notebook as it was", { skip: process.platform === "win32" }, () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  writeFileSync(path, "old");
  const url = new URL("../../../kernel/notebook/write.ts", import.meta.url);
  const program = `
    import { writeNotebook } from ${JSON.stringify(url.href)};
    const source = "x".repeat(100_000);
    const cells = [{ cell_type: "raw", id: "a", metadata: {}, source }];
    try {
      writeNotebook(${JSON.stringify(path)}, { metadata: {}, nbformat: 4, nbformat_minor: 5, cells });
    } catch (error) {
      console.log(error.name, error.message);
    }`;
  // A limit of 16 KB for a file: the system writes that much and refuses the rest, as a full disk does.
  const node = [process.execPath, "--input-type=module", "--eval", program].map(
    (part) => `'${part.replaceAll("'", "'\\''")}'`,
  );
  const { stdout, stderr } = spawnSync("bash", ["-c", `ulimit -f 16; exec ${node.join(" ")}`], {
    encoding: "utf8",
    cwd: resolve(import.meta.dirname, "../../.."),
  });
  assert.match(stdout, /^NotebookError .*a\.ipynb cannot be written: /, stderr);
  assert.equal(readFileSync(path, "utf8"), "old");
  assert.deepEqual(readdirSync(folder.path), ["a.ipynb"]);
});

test("a full device is said to be full", { skip: process.platform !== "linux" }, () => {
  assert.throws(() => writeNotebook("/dev/full", notebook), /\/dev\/full cannot be written: the disk is full/);
});
