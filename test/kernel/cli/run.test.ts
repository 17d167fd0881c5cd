import assert from "node:assert/strict";
import { cpSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { checkedQuernRun, entry, quernRun, shownIn, writeCells } from "../notebook/run/quern-run.ts";

/** Runs in a folder with the notebook in.ipynb; arguments name files in that folder. */
async function refused(folder: string, ...args: string[]): Promise<string> {
  const before = readFileSync(join(folder, "in.ipynb"), "utf8");
  const { code, out, err } = await quernRun(...args.map((arg) => arg.replace(/^\.\//, `${folder}/`)));
  assert.deepEqual([code, out], [2, ""], err);
  assert.match(err, /^quern run: [^\n]+[.\]]\n$/, "one sentence");
  assert.equal(readFileSync(join(folder, "in.ipynb"), "utf8"), before, "nothing is overwritten");
  return err.slice("quern run: ".length).trimEnd().replaceAll(`${folder}/`, "./");
}

test("a wrong command line is refused in one sentence, with exit code 2", async () => {
  using folder = tempFolder();
  const refuse = (...args: string[]) => refused(folder.path, ...args);
  writeCells(folder.path, ["1"]);
  assert.match(await refuse(), /^which notebook\?/);
  assert.match(await refuse("./in.ipynb", "day=1"), /one notebook.*"day=1".*--param name=value/);
  assert.match(await refuse("./in.ipynb", "--otu", "x"), /^there is no option --otu\. Did you mean --out\?/);
  assert.match(await refuse("./in.ipynb", "--out"), /--out.*argument missing/);
  for (const time of ["soon", "0", "5x", ""]) {
    assert.match(await refuse("./in.ipynb", `--timeout=${time}`), /^--timeout ".*" is no length of time: write 90s/);
  }
});

test("what cannot be read or run is refused before anything runs", async () => {
  using folder = tempFolder();
  const refuse = (...args: string[]) => refused(folder.path, ...args);
  writeCells(folder.path, ["1"]);
  writeCells(folder.path, [], "empty.ipynb");
  writeFileSync(join(folder.path, "text.ipynb"), "hello");
  const python = { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } };
  writeFileSync(
    join(folder.path, "python.ipynb"),
    JSON.stringify({ cells: [], metadata: python, nbformat: 4, nbformat_minor: 5 }),
  );
  writeFileSync(join(folder.path, "old.ipynb"), JSON.stringify({ worksheets: [], metadata: {}, nbformat: 3 }));
  assert.match(await refuse("./none.ipynb"), /there is no file \.\/none\.ipynb/);
  assert.match(await refuse("./text.ipynb"), /not JSON/);
  assert.match(await refuse("./empty.ipynb"), /no code cells/);
  assert.match(await refuse("./python.ipynb"), /python/i);
  assert.match(await refuse("./old.ipynb"), /format 3/);
  assert.match(await refuse("./in.ipynb", "--param", "day=1"), /no cell tagged "parameters"/);
  assert.match(await refuse("./in.ipynb", "--params", "./none.json"), /none\.json cannot be read/);
});

test("an output that cannot be written, or would overwrite what is read, is refused before anything runs", async () => {
  using folder = tempFolder();
  const refuse = (...args: string[]) => refused(folder.path, "./in.ipynb", ...args);
  const input = writeCells(folder.path, ["1"]);
  symlinkSync(input, join(folder.path, "link.ipynb"));
  linkSync(input, join(folder.path, "hard.ipynb"));
  mkdirSync(join(folder.path, "sub"));
  const same = /is the same file as the notebook/;
  assert.match(await refuse("--out", "./in.ipynb"), same);
  assert.match(await refuse("--out", "./sub/../in.ipynb"), same);
  assert.match(await refuse("--out", "./link.ipynb"), same);
  assert.match(await refuse("--out", "./hard.ipynb"), same);
  assert.match(await refuse("--html", "./in.ipynb"), same);
  assert.match(await refuse("--out", "./new.ipynb", "--html", "./new.ipynb"), /is the same file as --out/);
  assert.match(await refuse("--out", "./sub"), /is a folder/);
  assert.match(await refuse("--out", "./none/new.ipynb"), /there is no folder .*none/);
  assert.match(await refuse("--out", "./in.ipynb/new.ipynb"), /in\.ipynb is no folder/);
  if (process.platform === "linux") {
    assert.match(await refuse("--out", "/proc/x.ipynb"), /the folder \/proc takes no new files/);
  }
  assert.match(await refuse("--out", "./new.txt"), /is an \.ipynb file/);
  assert.match(await refuse("--out="), /it has no name/);
});

test("the first cell that fails ends the run: its error is in its place, and what was not run shows nothing", async () => {
  using folder = tempFolder();
  const old = [{ output_type: "stream", name: "stdout", text: "of another run\n" }];
  const cells = ["console.log('one')", "const two = 2\nthrow new RangeError('b' + two)", { source: "3", outputs: old }];
  const out = join(folder.path, "out.ipynb");
  const { code, out: said, err } = await quernRun(writeCells(folder.path, cells), "--out", out, "--json");
  assert.equal(code, 1);
  assert.deepEqual(shownIn(out), [["stdout: one\n"], ["error: RangeError: b2"], []]);
  const { error } = JSON.parse(said);
  const place = { cell: 1, executionCount: 2, id: "cell-1", line: 2 };
  assert.deepEqual(error, { ...place, name: "RangeError", message: "b2" });
  assert.match(err, /quern run: failed in cell \[2\] after .*; 1 not run\n$/);
});

test("--json prints one object on stdout and nothing else there", async () => {
  using folder = tempFolder();
  const parameters = { source: "const day: string = 'none'\nconst count = 1", tags: ["parameters"] };
  const cells = [parameters, "console.log('noise'); process.stderr.write('more')", "", "({ day, count })"];
  const [out, html] = [join(folder.path, "out.ipynb"), join(folder.path, "out.html")];
  const given = ["--param", "day=2026-03-17", "--param", "count=7"];
  const ended = await quernRun(writeCells(folder.path, cells), "--json", "--out", out, "--html", html, ...given);
  assert.equal(ended.code, 0, ended.err);
  assert.equal(ended.out.indexOf("\n"), ended.out.length - 1, "it is one line");
  const { version, started, durationMs, cells: reports, ...summary } = JSON.parse(ended.out);
  assert.deepEqual(summary, {
    status: "ok",
    notebook: join(folder.path, "in.ipynb"),
    engine: "duckdb",
    params: { day: "2026-03-17", count: 7 },
    value: { day: "2026-03-17", count: 7 },
    error: null,
    out,
    html,
  });
  assert.match(`${version} ${started}`, /^\d+\.\d+\.\d+ \d{4}-\d\d-\d\dT.*Z$/);
  assert.ok(durationMs > 0);
  const brief = reports.map(({ index, id, status, executionCount }: { [field: string]: unknown }) =>
    [index, id, status, executionCount].join(" "),
  );
  // The second is the injected one, whose id is new.
  brief[1] = brief[1].replace(/ [\w-]+ ok/, " id ok");
  assert.deepEqual(brief, ["0 cell-0 ok 1", "1 id ok 2", "2 cell-1 ok 3", "3 cell-2 skipped ", "4 cell-3 ok 4"]);
  assert.match(readFileSync(html, "utf8"), /noise/);
});

test("progress, traceback and the last sentence name a cell by its execution count, whatever cells are not run", async () => {
  using folder = tempFolder();
  const skipped = { source: "0", tags: ["skip-execution"] };
  const cells = [skipped, "", "'first'", skipped, "throw new Error('here')"];
  const { out, err } = await quernRun(writeCells(folder.path, cells), "--json");
  assert.match(err, /^\[2\/2\] throw new[\s\S]*at cell \[2\]:1:7[\s\S]*^\[2\/2\] error[\s\S]*failed in cell \[2\]/m);
  const { error, cells: reports } = JSON.parse(out);
  assert.deepEqual([error.cell, error.executionCount, reports[4].index, reports[4].executionCount], [4, 2, 4, 2]);
});

test("a summary that nobody reads is a failure, which stderr tells", {
  skip: process.platform === "win32",
}, async () => {
  using folder = tempFolder();
  const reader = 'exec 3>&1; { "$@" 2>&3; echo "code $?" >&3; } | exec true';
  const notebook = writeCells(folder.path, ["await new Promise((resolve) => setTimeout(resolve, 300))"]);
  const { out } = await run(["sh", "-c", reader, "sh", process.execPath, entry, "run", notebook, "--json"]);
  assert.match(out, /summary of --json could not be written: whoever read stdout has gone\.\ncode 1\n$/);
});

test("there is no value where the last cell has none, or none that JSON can say", async () => {
  using folder = tempFolder();
  for (const last of ["const x = 1", "new Date()", "range(3)"]) {
    const { code, out } = await quernRun(writeCells(folder.path, ["1", last]), "--json");
    assert.deepEqual([code, "value" in JSON.parse(out)], [0, false], last);
  }
});

test("without --out the notebook stays as it is, and the exit code and stderr say how it went", async () => {
  using folder = tempFolder();
  const input = writeCells(folder.path, ["console.log('seen')", "6 * 7"]);
  const before = readFileSync(input, "utf8");
  const { code, out, err } = await quernRun(input);
  assert.deepEqual([code, out, readFileSync(input, "utf8")], [0, "", before]);
  assert.match(
    err,
    /^\[1\/2\] console\.log\('seen'\)\nseen\n\[1\/2\] [\d.]+ s\n\[2\/2\] 6 \* 7\n42\n\[2\/2\] [\d.]+ s\nquern run: 2 cells in [\d.]+ s\n$/,
  );
});

test("the session works in the notebook's folder, and nobody answers a prompt", async () => {
  using folder = tempFolder();
  const cells = ["import { readFileSync } from 'node:fs'; readFileSync('data.txt', 'utf8')", "prompt('Who?')"];
  writeFileSync(join(folder.path, "data.txt"), "beside it");
  const out = join(folder.path, "out.ipynb");
  const { code } = await quernRun(writeCells(folder.path, cells), "--out", out);
  const [first, second] = shownIn(out);
  assert.deepEqual([code, first?.[0]?.includes("beside it")], [1, true]);
  assert.match(
    second?.[0] ?? "",
    /^error: QuernError: prompt\("Who\?"\) cannot ask: nobody is asked here.*--param name=value/,
  );
});

test("tags: raises-exception lets the run go on, skip-execution leaves a cell as it is", async () => {
  using folder = tempFolder();
  const old = [{ output_type: "stream", name: "stdout", text: "of another run\n" }];
  const cells = [
    { source: "throw new Error('expected')", tags: ["raises-exception"] },
    { source: "throw new Error('never run')", tags: ["skip-execution"], outputs: old },
    "'end'",
  ];
  const out = join(folder.path, "out.ipynb");
  const { code } = await quernRun(writeCells(folder.path, cells), "--out", out);
  assert.equal(code, 0);
  const [first, second, third] = shownIn(out);
  assert.deepEqual([first, second], [["error: Error: expected"], ["stdout: of another run\n"]]);
  assert.match(third?.[0] ?? "", /^result: .*'end'/);
});

test("what a timer prints late stands under its own cell; what it throws fails that cell", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const timer = (work: string) =>
    `let fired; const done = new Promise(resolve => { fired = resolve }); setTimeout(() => { ${work} }, 50);`;
  const cells = [timer("console.log('late'); fired()"), "await done; console.log('second')"];
  assert.equal((await quernRun(writeCells(folder.path, cells), "--out", out)).code, 0);
  assert.deepEqual(shownIn(out), [["stdout: late\n"], ["stdout: second\n"]]);

  const failing = [timer("setTimeout(fired, 50); throw new Error('late')"), "await done;", "console.log('never')"];
  const { code, out: said } = await quernRun(writeCells(folder.path, failing), "--out", out, "--json");
  assert.equal(code, 1);
  assert.deepEqual(shownIn(out), [["error: Error: late"], [], []]);
  assert.equal(JSON.parse(said).error.id, "cell-0");
});

test("a cell that the types object to is not run, and ends the run, unless it may fail", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const cells = ["const word = 'a'", "console.log('never'); word.lenght"];
  const problem = "Property 'lenght' does not exist on type '\"a\"'. Did you mean 'length'? (TS2551)";
  const { code, err } = await checkedQuernRun(
    writeCells(folder.path, [...cells, "console.log('never')"]),
    "--out",
    out,
  );
  assert.equal(code, 1, err);
  assert.deepEqual(shownIn(out), [[], [`error: TypeCheckError: ${problem}`], []]);
  const allowed = [cells[0] ?? "", { source: cells[1] ?? "", tags: ["raises-exception"] }, "console.log(word)"];
  assert.equal((await checkedQuernRun(writeCells(folder.path, allowed), "--out", out)).code, 0);
  assert.deepEqual(shownIn(out).slice(1), [[`error: TypeCheckError: ${problem}`], ["stdout: a\n"]]);
});

test("a cell that ends its session is told so, and of no new session, since there is none", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const { code } = await quernRun(writeCells(folder.path, ["process.exit(0)", "2"]), "--out", out);
  assert.equal(code, 1);
  assert.deepEqual(shownIn(out), [["error: SessionEnded: The session ended: process.exit(0) was called."], []]);
});

test("after an allowed end of the session the next cell has a new one", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out.ipynb");
  const allowed = { source: "process.exit(3)", tags: ["raises-exception"] };
  const { code, err } = await quernRun(writeCells(folder.path, [allowed, "console.log('new')"]), "--out", out);
  assert.equal(code, 0, err);
  assert.deepEqual(shownIn(out)[1], ["stdout: new\n"]);
});

test("a script in the percent format runs part by part", async () => {
  using folder = tempFolder();
  const script = join(folder.path, "the job.ts");
  writeFileSync(
    script,
    '// %% [markdown]\n// # Title\n\n// %% tags=["parameters"]\nconst day: string = "none"\n\n// %%\nconsole.log(day)\n',
  );
  const out = join(folder.path, "out.ipynb");
  const { code, err } = await quernRun(script, "--param", "day=2026-03-17", "--out", out);
  assert.equal(code, 0, err);
  assert.deepEqual(shownIn(out), [[], [], ["stdout: 2026-03-17\n"]]);
  cpSync(script, join(folder.path, "again.ts"));
  assert.equal((await quernRun(join(folder.path, "again.ts"))).code, 0);
});

test("a pipe is written once, at the end, whole", { skip: process.platform === "win32" }, async () => {
  using folder = tempFolder();
  const notebook = writeCells(folder.path, ["1", "console.log('two')"]);
  // The pipes of Node's children are sockets, which have no name to write to.
  const command = [process.execPath, entry, "run", notebook, "--out", "/dev/stdout"];
  const { code, out, err } = await run(["sh", "-c", '"$@" | cat', "sh", ...command]);
  assert.equal(code, 0, err);
  assert.deepEqual(
    JSON.parse(out).cells.map((cell: { execution_count: number }) => cell.execution_count),
    [1, 2],
  );
});

test("where the notebook can be written no more, the run goes on, and the exit code says so", async () => {
  using folder = tempFolder();
  mkdirSync(join(folder.path, "sub"));
  const cells = ["import { rmSync } from 'node:fs'; rmSync('sub', { recursive: true })", "console.log('went on')"];
  const out = join(folder.path, "sub/out.ipynb");
  const { code, out: said, err } = await quernRun(writeCells(folder.path, cells), "--out", out, "--json");
  const summary = JSON.parse(said);
  assert.deepEqual([code, summary.status, summary.error.name, summary.out], [1, "error", "WriteError", null]);
  assert.match(err, /cannot be written: there is no folder.*The run goes on[\s\S]*went on\n/);
  assert.match(err, /quern run: .*out\.ipynb cannot be written: there is no folder [^\n]*\n$/);
});
