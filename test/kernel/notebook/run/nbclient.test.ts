import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { install } from "../../../../install.ts";
import { isCode, type Output } from "../../../../kernel/notebook/nbformat.ts";
import { readNotebook } from "../../../../kernel/notebook/read.ts";
import { allEnded } from "../../../helpers/processes.ts";
import { run } from "../../../helpers/program.ts";
import { pythonEnv } from "../../../helpers/python-env.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";
import { checkedQuernRun, quernRun, writeCells } from "./quern-run.ts";

const root = resolve(import.meta.dirname, "../../../..");
const python = pythonEnv();
const drive = join(import.meta.dirname, "nbclient-run.py");

/** Runs a notebook with nbclient, through the kernel, into `out`; nbformat checks it. Nothing of the kernel may stay. */
async function byNbclient(folder: string, notebook: string, out: string): Promise<void> {
  const [data, tmp] = [join(folder, "jupyter"), join(folder, "tmp")];
  mkdirSync(tmp);
  install(data);
  const env = { ...process.env, JUPYTER_DATA_DIR: data, TMPDIR: tmp };
  const { code, err } = await run([python.path, drive, "run", notebook, out], { env });
  assert.equal(code, 0, err);
  await allEnded(data);
  assert.deepEqual(readdirSync(tmp), []);
}

/** What both must have alike. */
function comparable(path: string): object {
  const { cells, metadata } = readNotebook(path);
  return {
    metadata,
    cells: cells.map((cell) => {
      const { execution: _, ...own } = cell.metadata;
      const outputs = isCode(cell) ? { outputs: joined(cell.outputs).filter(isNoProgress).map(withoutMeasures) } : {};
      return { ...cell, metadata: own, ...outputs };
    }),
  };
}

/**
 * One output for each stream between other outputs, stdout first: the kernel sends text in bundles, so in nbclient's the
 * order between the streams is not that of writing.
 */
function joined(outputs: readonly Output[]): Output[] {
  const all: Output[] = [];
  let streams = { stdout: "", stderr: "" };
  const flush = () => {
    for (const name of ["stdout", "stderr"] as const) {
      if (streams[name] !== "") all.push({ output_type: "stream", name, text: streams[name] });
    }
    streams = { stdout: "", stderr: "" };
  };
  for (const output of outputs) {
    if (output.output_type === "stream") {
      streams[output.name] += output.text;
    } else {
      flush();
      all.push(output);
    }
  }
  flush();
  return all;
}

/** Whether an action shows progress depends on how long it takes. */
const isNoProgress = (output: Output): boolean =>
  !("data" in output && /rows\/s|^✓ /.test(`${output.data["text/plain"]}`));

/** Without times, shares of them, sizes, random names, and what stands out as the slowest. */
function withoutMeasures(output: Output): Output | string {
  const text = JSON.stringify(output);
  if (!/Query plan \(|bytes:|Wrote /.test(text)) return output;
  return text
    .replace(/<\/?[a-z][^<>]*>/g, "")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "uuid")
    .replace(/◀|slowest| /g, "")
    .replace(/\d[\d.,]*/g, "0")
    .replace(/0(ms|s|kB|MB)\b/g, "0 units");
}

const tricky = [
  "console.log('a'); console.log('b'); console.error('e'); console.log('c')",
  "const h = display('one', { displayId: 'shared' }); await h; display('two', { displayId: 'shared' })",
  "await h.update('changed'); display({ 'text/html': '<b>x</b>', 'text/plain': 'x' }, { raw: true })",
  "console.log('gone'); clearOutput(); console.log('kept')",
  "for (let i = 0; i < 5; i++) { clearOutput({ wait: true }); console.log('frame', i) }",
  "console.log('stays'); clearOutput({ wait: true })",
  "setTimeout(() => console.log('within'), 20); await new Promise(done => setTimeout(done, 60)); 'end'",
  "'ünïcode 👋🏽 \\u2028 日本語 \\u0000 \\ud800'",
  { source: "throw new TypeError('expected')", tags: ["raises-exception"] },
  { source: "let syntax = = 1", tags: ["raises-exception"] },
  "console.log('x'.repeat(2_000_000)); 'y'.repeat(100_000)",
  "display({ 'image/png': Buffer.from([137, 80, 78, 71, 0, 255]).toString('base64') }, { raw: true })",
  "display({ 'application/json': { a: [1, 'two', null] }, 'text/markdown': '# a\\n\\nb' }, { raw: true })",
  "process.stdout.write('no newline'); process.stderr.write('err'); 3",
  "import { execSync } from 'node:child_process'; execSync('echo native', { stdio: 'inherit' }); console.log('js')",
  "undefined",
  "({ a: 1, b: [1, { c: new Map([[1, 2]]) }] })",
  "const df = createDataFrame([{ x: 1, y: 'a' }, { x: 2, y: null }]); df",
  "df.plot.bar({ x: 'x', y: 'x' })",
  "display(1); display(2); 3",
  "display('n', { displayId: 'n' }); clearOutput(); display('m', { displayId: 'n' }); display('u', { displayId: 'n', update: true })",
  { source: "prompt('name?')", tags: ["raises-exception"] },
  {
    source: "'skipped'",
    tags: ["skip-execution"],
    outputs: [{ output_type: "stream", name: "stdout", text: "of another run\n" }],
  },
  "await Promise.reject(new Error('the last'))",
  "'never run'",
];

test("outputs are those that nbclient gets through the kernel", { skip: python.skip, timeout: 300_000 }, async () => {
  using folder = tempFolder();
  const notebook = writeCells(folder.path, tricky);
  const [ours, theirs] = [join(folder.path, "ours.ipynb"), join(folder.path, "theirs.ipynb")];
  const { code, err } = await quernRun(notebook, "--out", ours);
  assert.equal(code, 1, err);
  await byNbclient(folder.path, notebook, theirs);
  assert.deepEqual(comparable(ours), comparable(theirs));
});

test("the tour shows the same as through nbclient", { skip: python.skip, timeout: 400_000 }, async () => {
  using folder = tempFolder();
  const work = join(folder.path, "notebooks");
  mkdirSync(work);
  const notebook = join(work, "tour.ipynb");
  cpSync(join(root, "notebooks/tour.ipynb"), notebook);
  symlinkSync(join(root, "node_modules"), join(folder.path, "node_modules"));
  const [ours, theirs] = [join(folder.path, "ours.ipynb"), join(folder.path, "theirs.ipynb")];
  const { code, err } = await checkedQuernRun(notebook, "--out", ours);
  assert.equal(code, 0, err);
  await byNbclient(folder.path, notebook, theirs);
  assert.deepEqual(comparable(ours), comparable(theirs));
});

test("the executed notebook is valid to nbformat", { skip: python.skip }, async () => {
  using folder = tempFolder();
  const notebook = writeCells(folder.path, ["console.log('ä')", "display('a')", "1 + 1", "throw new Error('b')", "2"]);
  const out = join(folder.path, "out.ipynb");
  await quernRun(notebook, "--out", out);
  const { code, out: said, err } = await run([python.path, drive, "check", out]);
  assert.deepEqual([code, said.trim()], [0, "4.5"], err);
});
