import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { install } from "../../install.ts";
import { type Cell, runNotebook } from "../helpers/notebook.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const root = resolve(import.meta.dirname, "../..");
const python = pythonEnv();
const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

/** What each notebook must have shown; every one must run without an error. */
const expectations: { readonly [notebook: string]: (outputOf: (id: string, mime: string) => string) => void } = {
  "tour.ipynb": (outputOf) => {
    assert.match(outputOf("read", "text/html"), /<table[\s\S]*destination[\s\S]*3,000,000 rows/);
    assert.match(outputOf("late", "text/plain"), /hour[\s\S]*flights[\s\S]*delay/);
    assert.match(outputOf("analyze", "text/html"), /delay[\s\S]*ms/);
    assert.match(outputOf("prune", "text/plain"), /files read: 1 of 7/);
    assert.match(outputOf("cached", "text/plain"), /from the cache/);
    assert.match(outputOf("redeclare", "stdout"), /^7 months; and 0\.1 \+ 0\.2 is 0\.3\n$/);
    for (const chart of ["bar", "histogram", "line"]) {
      const png = Buffer.from(outputOf(chart, "image/png"), "base64");
      assert.equal(png.subarray(1, 4).toString("latin1"), "PNG", chart);
      assert.ok(png.length > 3000, `${chart} is drawn`);
    }
    assert.match(outputOf("errors", "error"), /TypeCheckError.*dealy.*Did you mean 'delay'\?/s);
  },
};

for (const notebook of notebooks) {
  test(`${notebook} runs through nbclient without an error`, { skip: python.skip, timeout: 400_000 }, async () => {
    using folder = tempFolder();
    const work = join(folder.path, "notebooks");
    mkdirSync(work);
    cpSync(join(root, "notebooks", notebook), join(work, notebook));
    symlinkSync(join(root, "node_modules"), join(folder.path, "node_modules"));
    const data = join(folder.path, "data");
    install(data);

    const cells = await runNotebook(python.path, join(work, notebook), work, {
      ...process.env,
      JUPYTER_DATA_DIR: data,
    });
    assert.deepEqual(cells.filter((cell) => !mayFail(cell)).flatMap(errors), []);
    expectations[notebook]?.((id, mime) => outputs(cells, id, mime));
  });
}

const mayFail = ({ metadata }: Cell) => metadata?.tags?.includes("raises-exception") ?? false;

const errors = ({ id, outputs = [] }: Cell) =>
  outputs.filter(({ output_type }) => output_type === "error").map(({ ename, evalue }) => `${id}: ${ename}: ${evalue}`);

/** All that a cell showed as `mime`, or printed on the stream of that name; as "error", the errors. */
function outputs(cells: readonly Cell[], id: string, mime: string): string {
  const found = cells.find((cell) => cell.id === id)?.outputs ?? [];
  return found
    .map(({ name, text, data, output_type, ename, evalue }) =>
      output_type === "error" && mime === "error"
        ? `${ename}: ${evalue}`
        : ((name === mime ? text : data?.[mime]) ?? ""),
    )
    .join("");
}
