import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readNotebook } from "../../../kernel/notebook/read.ts";
import { parseScript, printScript } from "../../../kernel/notebook/script.ts";
import { writeNotebook } from "../../../kernel/notebook/write.ts";
import { pythonEnv } from "../../helpers/python-env.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { generateNotebook } from "./generate.ts";

const seeds = Array.from({ length: 150 }, (_, seed) => seed);
const python = pythonEnv();

/** The generated notebooks as files with the name of their seed, as Quern writes them. */
function writeAll(folder: string): void {
  for (const seed of seeds) {
    const path = join(folder, `${seed}.ipynb`);
    writeFileSync(path, JSON.stringify(generateNotebook(seed)));
    writeNotebook(path, readNotebook(path));
  }
}

test("a notebook comes back from a script as it was: texts, types, order, metadata, attachments and ids", () => {
  using folder = tempFolder();
  writeAll(folder.path);
  for (const seed of seeds) {
    const path = join(folder.path, `${seed}.ipynb`);
    const script = join(folder.path, `${seed}.ts`);
    const again = join(folder.path, `${seed} again.ipynb`);
    writeNotebook(script, readNotebook(path));
    writeNotebook(again, readNotebook(script));
    assert.equal(readFileSync(again, "utf8"), readFileSync(path, "utf8"), `seed ${seed}`);
  }
});

test("a script of Quern's comes back from a notebook byte for byte", () => {
  for (const seed of seeds) {
    const texts = generateNotebook(seed).cells.map((cell) => (cell as { source: string }).source.toWellFormed());
    // Any text is a script; the first time through, its cells get their markers.
    const script = printScript(parseScript(texts.filter((text) => !/%%.*=/.test(text)).join("\n")));
    assert.equal(printScript(parseScript(script)), script, `seed ${seed}`);
  }
});

test("in a script no comment ends before its line does", () => {
  for (const seed of seeds) {
    using folder = tempFolder();
    const path = join(folder.path, "a.ipynb");
    writeFileSync(path, JSON.stringify(generateNotebook(seed)));
    const lines = printScript(readNotebook(path)).split("\n");
    const comments = lines.filter((line) => line.startsWith("//"));
    assert.deepEqual(
      comments.filter((line) => /[\r\u2028\u2029]/.test(line)),
      [],
      `seed ${seed}`,
    );
  }
});

test("nbformat finds the notebooks valid, and would write them byte for byte the same", { skip: python.skip }, () => {
  using folder = tempFolder();
  writeAll(folder.path);
  // Python has no texts with half a character.
  for (const name of readdirSync(folder.path)) {
    const path = join(folder.path, name);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\\ud800", "?"));
    writeNotebook(path, readNotebook(path));
  }
  const program = `
import nbformat, pathlib, sys, warnings
warnings.simplefilter("error")
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    text = path.read_bytes().decode()
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\\n" == text, path
print(len(list(pathlib.Path(sys.argv[1]).iterdir())))`;
  assert.equal(execFileSync(python.path, ["-c", program, folder.path], { encoding: "utf8" }).trim(), `${seeds.length}`);
});
