import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type CellRun, SessionProcess } from "../../helpers/session-process.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const folder = tempFolder();
const home = realpathSync(folder.path);
let session: SessionProcess;
before(() => {
  session = new SessionProcess({ cwd: home, env: { QUERN_TEST_TOKEN: "do-not-show" } });
});
after(async () => {
  await session[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** The last state of what a cell displayed. */
const shown = ({ events }: CellRun) =>
  events.flatMap((event) => (event.type === "display" ? [event.data] : [])).at(-1) ?? {};
const text = async (code: string) => String(shown(await session.run(code))["text/plain"]);
const errorOf = async (code: string) => (await session.run(code)).error?.evalue ?? "";
const stdoutOf = async (code: string) => {
  const { stdout, error } = await session.run(code);
  assert.equal(error?.evalue, undefined);
  return stdout;
};

test("_ is the last result, and Out has those of the cells before", async () => {
  const first = await session.run("[1, 2]");
  const { run } = first.done;
  assert.equal((await session.run("_.length")).result, "2");
  await session.run("undefined");
  await session.run("'silenced';");
  await session.run("'silent'", { silent: true });
  assert.equal((await session.run("_")).result, "2");
  assert.equal((await session.run(`Out[${run}]`)).result, "[ 1, 2 ]");
  assert.equal((await session.run(`Out[${run + 2}] === undefined`)).result, "true");
});

test("a frame that cannot be computed is no result", async () => {
  const { run } = (await session.run("'shown'")).done;
  assert.match(await errorOf("range(3).select(col('nope'))"), /nope/);
  assert.equal((await session.run("_")).result, "'shown'");
  assert.equal((await session.run(`Out[${run + 1}] === undefined`)).result, "true");
});

test("of results the last 20 are kept, and an older one says so", async () => {
  const { run } = (await session.run("'old'")).done;
  for (let i = 0; i < 20; i++) await session.run(String(i));
  assert.match(
    await errorOf(`Out[${run}]`),
    new RegExp(`^Out\\[${run}\\] is not kept: of the results, the last 20 are`),
  );
  assert.equal((await session.run("Object.keys(Out).length")).result, "20");
});

test("_ and Out are the user's where he has them", async () => {
  await using own = new SessionProcess();
  await own.run("let _ = 5, Out = [7]");
  await own.run("6");
  assert.equal((await own.run("[_, Out[0]]")).result, "[ 5, 7 ]");
  await using assigned = new SessionProcess();
  await assigned.run("1");
  await assigned.run("_ = 'mine';");
  await assigned.run("2");
  assert.equal((await assigned.run("_")).result, "'mine'");
});

test("a command runs in the shell, in the place where it stands", async () => {
  const { stdout, stderr, result } = await session.run(
    "console.log('before')\n!echo $((40 + 2)); echo problem >&2\nconsole.log('behind')\n'value'",
  );
  assert.equal(stdout, "before\n42\nbehind\n");
  assert.equal(stderr, "problem\n");
  assert.equal(result, "'value'");
});

test("the output of a command comes while it runs", async () => {
  await session.run("!mkfifo pipe");
  const run = session.begin("!echo first; read -r line < pipe; echo $line");
  await session.until((event) => event.type === "stream" && event.run === run && event.text === "first\n");
  writeFileSync(join(home, "pipe"), "second\n");
  assert.equal((await session.finished(run)).stdout, "first\nsecond\n");
});

test("a command that fails is the cell's error, with its exit code and line", async () => {
  const { error, traceback, stdout } = await session.run("const code = 3\n!exit 3\nconsole.log('never')");
  assert.equal(error?.evalue, "The command ended with exit code 3: exit 3");
  assert.match(traceback, /cell \[\d+\]:2:1\n/);
  assert.equal(stdout, "");
});

test("an interrupt ends a command with what it has started, and nothing behind it runs", async () => {
  const run = session.begin("!echo $$; sleep 1000 & wait; echo survived\nconsole.log('never')");
  const first = await session.until((event) => event.type === "stream" && event.run === run);
  session.urgent({ type: "interrupt", run });
  const { error, stdout } = await session.finished(run);
  assert.equal(error?.ename, "KeyboardInterrupt");
  const pid = first.type === "stream" ? first.text : "";
  assert.equal(stdout, pid);
  await session.run("1");
  assert.equal(await stdoutOf(`!while kill -0 ${pid.trim()} 2>/dev/null; do sleep 0.02; done; echo gone`), "gone\n");
});

test("what a command leaves in the background does not hold the cell", async () => {
  const { stdout, error } = await session.run("!sleep 1000 & echo $!");
  assert.equal(error, undefined);
  process.kill(Number(stdout));
});

test("what is a command and what an expression is told by the names that there are", async () => {
  await session.run("const ls = false");
  assert.equal((await session.run("!ls")).result, "true");
  assert.match(await stdoutOf("!\\ls -d /"), /^\/\n$/);
  assert.match(await stdoutOf("!pwd"), /^\//);
});

test("a frame's relative path stays in the folder that it was written in", async () => {
  for (const [place, value] of [
    [".", 1],
    ["elsewhere", 2],
  ] as const) {
    mkdirSync(join(home, place), { recursive: true });
    writeFileSync(join(home, place, "moved.csv"), `n\n${value}\n`);
  }
  const rows =
    "console.log(JSON.stringify([(await here.collect())[0].n, (await read.csv('moved.csv').collect())[0].n]))";
  await session.run('var here = read.csv("moved.csv").cache()');
  assert.equal(await stdoutOf(rows), "[1,1]\n");
  await session.run("%cd elsewhere");
  assert.equal(await stdoutOf(rows), "[1,2]\n");
  await session.run("%cd -\nhere.unpersist()");
});

test("%cd changes the working folder", async () => {
  mkdirSync(join(home, "a folder"));
  assert.equal(await stdoutOf('%cd "a folder"'), `${join(home, "a folder")}\n`);
  assert.equal(await stdoutOf("!pwd"), `${join(home, "a folder")}\n`);
  assert.equal(await stdoutOf("%cd -"), `${home}\n`);
  assert.match(await stdoutOf("%cd\n%cd -"), new RegExp(`^${realpathSync(homedir())}\n${home}\n$`));
  assert.equal(await errorOf("%cd nowhere"), `%cd nowhere: there is no such folder (the working folder is ${home})`);
});

test("%%html and %%md show their text as it is", async () => {
  assert.deepEqual(shown(await session.run("%%html\n<b>a % b</b>\n%cd x")), {
    "text/html": "<b>a % b</b>\n%cd x",
    "text/plain": "a % b\n%cd x",
  });
  assert.equal(shown(await session.run("%%md\n# `title`"))["text/markdown"], "# `title`");
  assert.equal(shown(await session.run("%%md\nReally?"))["text/markdown"], "Really?");
});

test("%env shows and sets variables, and hides secrets", async () => {
  assert.equal(await stdoutOf("%env QUERN_X=a b"), "QUERN_X=a b\n");
  assert.equal((await session.run("process.env.QUERN_X")).result, "'a b'");
  assert.equal(await stdoutOf("%env QUERN_X"), "QUERN_X=a b\n");
  assert.equal(await stdoutOf("%env QUERN_TEST_TOKEN"), "QUERN_TEST_TOKEN=***\n");
  assert.equal(await stdoutOf("%env PWD=/data"), "PWD=/data\n");
  const all = await text("%env");
  assert.match(all, /^QUERN_X +a b$/m);
  assert.doesNotMatch(all, /do-not-show/);
  assert.match(await errorOf("%env QUERN_Z"), /There is no environment variable "QUERN_Z". Did you mean "QUERN_X"\?/);
});

test("%load puts a file's text in the place of the cell's", async () => {
  writeFileSync(join(home, "job.ts"), "const a = 1\n");
  const { done } = await session.run("%load job.ts");
  const loaded = { source: "set_next_input", text: "// %load job.ts\nconst a = 1", replace: true };
  assert.deepEqual(done.outcome.payload, [loaded]);
  const cells = [{ cell_type: "markdown", source: "# T" }, ...["a\nb", ["c\n", "d"]].map(codeCell)];
  writeFileSync(join(home, "n.ipynb"), JSON.stringify({ cells }));
  const [payload] = (await session.run("%load n.ipynb")).done.outcome.payload ?? [];
  assert.equal(payload?.source === "set_next_input" && payload.text, "// %load n.ipynb\na\nb\n\nc\nd");
  assert.match(await errorOf("%load none.ts"), /^%load none.ts: there is no such file in /);
});
const codeCell = (source: string | string[]) => ({ cell_type: "code", source });

test("%help lists all magics", async () => {
  const listed = await text("%help");
  for (const name of ["%cd", "%check", "%npm", "%%sql", "!command", "_  Out[n]"])
    assert.ok(listed.includes(name), name);
  assert.match(await text("%help cd"), /^%cd \[folder\] +change/);
  assert.equal(await text("%cd?"), await text("%help cd"));
});

test("an unknown magic is found before anything runs, with the nearest", async () => {
  const { error, traceback, stdout } = await session.run("console.log('never')\n%whoo");
  assert.equal(error?.evalue, "There is no magic %whoo. Did you mean %who? %help lists them.");
  assert.match(traceback, /> 2 \| %whoo\n +\| \^{5}/);
  assert.equal(stdout, "");
  assert.equal(await errorOf("%%who\nx"), "There is no magic %%who. Did you mean %who? %help lists them.");
  assert.equal(await errorOf("%pip install x"), "There is no magic %pip. To install a package: %npm install name.");
  assert.equal(await errorOf("1\n%%md\nx"), "%%md takes the whole cell: it is to be the cell's first line");
});

test("%check is the kernel's: here nothing happens", async () => {
  assert.equal(await stdoutOf("%check strict"), "");
});

test("%who lists variables with types and sizes, and runs none of the user's code", async () => {
  await using own = new SessionProcess();
  assert.equal((await own.run("%who")).stdout, "There are no variables.\n");
  await own.run(`const list = [1, 2, 3], word = "abcd", frame = createDataFrame([{ a: 1, b: "x" }])
const bytes = new Uint8Array(4096), trap = new Proxy({}, { get() { throw new Error("read") } })
class Point { x = 1; get y(): number { throw new Error("read") } }
const point = new Point(), entries = new Map([[1, 2]])`);
  assert.equal(
    String(shown(await own.run("%who"))["text/plain"]),
    `name     type        size
Point    class
bytes    Uint8Array  4.0 KB
entries  Map         1 item
frame    DataFrame   a: bigint, b: string
list     Array       3 items
point    Point       1 property
trap     Proxy
word     string      4 characters`,
  );
  assert.match(String(shown(await own.run("%who dataframe"))["text/plain"]), /^name +type +size\nframe .*$/);
});

test("%reset removes the variables, and Quern's own names are there again", async () => {
  await using own = new SessionProcess();
  await own.run("const count = 1, URL = 2, mine = 3\nmine");
  const { stdout, done } = await own.run("%reset");
  assert.equal(stdout, "3 variables removed.\n");
  assert.deepEqual([...done.names.removed].sort(), ["URL", "count", "mine"]);
  assert.equal(
    (await own.run("[typeof count, typeof URL, typeof mine, _ === undefined]")).result,
    "[ 'function', 'function', 'undefined', true ]",
  );
});

test("%time says what a line has taken, and the line is as it would be without", async () => {
  const line = /^wall [\d.]+ m?s · CPU [\d.]+ m?s · engine [\d.]+ m?s · 1,000 rows\n$/;
  const counted = await session.run("%time range(1000).count()");
  assert.match(counted.stdout, line);
  assert.equal(counted.result, "1000");
  const declared = await session.run(
    "const before = 1\n%time const timed: number = await range(1000).count() // rows\ntimed + before",
  );
  assert.match(declared.stdout, line);
  assert.equal(declared.result, "1001");
  assert.equal((await session.run("%time 5;")).result, undefined);
  assert.equal((await session.run("%time [1, 2]\n  .map((x) => x + 1)")).result, "[ 2, 3 ]");
  assert.match((await session.run("%time range(4)")).stdout, /a DataFrame computes nothing until it is asked/);
  const failed = await session.run("1\n%time nothing.here()");
  assert.match(failed.traceback, /cell \[\d+\]:2:7\n/);
});

test("%%time times the whole cell, with what it shows", async () => {
  const { stdout, result } = await session.run("%%time\nconst shown = range(3)\nshown");
  assert.match(stdout, /^wall .* · engine .* · 3 rows\n$/);
  assert.match(result ?? "", /3 rows/);
  const failed = await session.run("%%time\nconst a = 1\nnothing()");
  assert.match(failed.traceback, /cell \[\d+\]:3:1\n/);
});

test("%%sql runs SQL over the variables that are frames, and keeps the rows' frame", async () => {
  await session.run("const flights = createDataFrame([{ delay: 5 }, { delay: 50 }])");
  const { result } = await session.run(
    "%%sql --save late\nselect delay * 2 as twice -- in minutes\nfrom flights where delay > 10;\n",
  );
  assert.match(result ?? "", /twice[\s\S]*100[\s\S]*1 row/);
  assert.equal((await session.run("(await late.collect())[0].twice")).result, "100");
  assert.equal((await session.run("_ === (await late.collect())[0].twice")).result, "true");
});

test("%%sql runs several statements, of which the last gives the rows", async () => {
  const made = await session.run(
    "%%sql\ncreate or replace table t as select ';' as a, $$;$$ as b; /* ; */\ninsert into t values ('x', 'y');",
  );
  assert.deepEqual([made.error?.evalue, made.result], [undefined, undefined]);
  assert.match((await session.run("%%sql\nselect count(*) as n from t; select * from t")).result ?? "", /2 rows/);
  assert.match(await errorOf("%%sql --save t2\ndrop table t"), /drop gives no rows to keep/);
  assert.match(await errorOf("%%sql --svae x\nselect 1"), /^%%sql takes --save name, not "--svae x"/);
  assert.match(await errorOf("%%sql --save a-b\nselect 1"), /"a-b" is no name for a variable/);
  assert.match(await errorOf("%%sql\n-- nothing\n"), /^%%sql: there is no SQL below it/);
  assert.match(await errorOf("%%sql\nselect nope from t"), /no column "nope"/);
});

test("a mistake in the syntax of SQL is told at its line, before a statement runs", async () => {
  const { error, traceback } = await session.run("%%sql\ncreate table never as select 1;\nselect\n  1 +\n  from t");
  assert.equal(error?.evalue, 'Syntax error at or near "from"');
  assert.match(traceback, /cell \[\d+\]:5:3\n[\s\S]*> 5 \| {3}from t\n +\| +\^{6}/);
  assert.match(await errorOf("%%sql\nselect * from never"), /no table or view "never"/);
});

test("%npm installs beside the notebook and nowhere above, and the package can be imported at once", async () => {
  using projects = tempFolder();
  const above = realpathSync(projects.path);
  const beside = join(above, "notebooks");
  const code = join(above, "package-of-the-test");
  for (const path of [beside, code]) mkdirSync(path);
  writeFileSync(join(above, "package.json"), "{}");
  writeFileSync(
    join(code, "package.json"),
    '{"name": "package-of-the-test", "version": "1.0.0", "type": "module", "exports": "./a.js"}',
  );
  writeFileSync(join(code, "a.js"), "export const a = 42");
  await using own = new SessionProcess({ cwd: beside, env: { npm_config_offline: "true" } });
  const missing = await own.run('import { a } from "package-of-the-test"');
  assert.match(missing.error?.evalue ?? "", /is not installed/);
  const installed = await own.run(
    '%npm install ../package-of-the-test\nimport { a } from "package-of-the-test"\na + 1',
  );
  assert.equal(installed.error, undefined, installed.stderr);
  assert.equal(installed.result, "43");
  assert.match(installed.stdout, /package\.json is new/);
  assert.match(String(shown(installed)["text/plain"]), /^✓ npm install/);
  assert.equal((await own.run('import { a } from "package-of-the-test"\na')).result, "42");
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(beside, "package.json"), "utf8")).dependencies), [
    "package-of-the-test",
  ]);
  assert.equal(readFileSync(join(above, "package.json"), "utf8"), "{}");
  assert.equal(existsSync(join(above, "node_modules")), false);
  const failed = await own.run("%npm install ../nothing-here");
  assert.match(failed.error?.evalue ?? "", /^npm install \.\.\/nothing-here failed with exit code \d+, in /);
});

test("%npm stays out of Quern's own folder", async () => {
  await using own = new SessionProcess({ cwd: join(import.meta.dirname, "../../..") });
  const { error } = await own.run("%npm install left-pad");
  assert.match(error?.evalue ?? "", /^%npm does not install into Quern's own folder/);
  assert.match((await own.run("%npm install -g x")).error?.evalue ?? "", /leave out -g/);
});
