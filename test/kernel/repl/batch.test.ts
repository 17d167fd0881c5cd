import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { quern } from "./terminal-repl.ts";

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function begin(
  args: readonly string[],
  input?: string,
  cwd?: string,
  check = "off",
): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { ...process.env, QUERN_CHECK: check };
  const child = spawn(process.execPath, [quern, "repl", ...args], { cwd, env });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text.err += chunk;
  });
  child.stdin.end(input);
  return { child, ended: once(child, "close").then(([code]) => ({ code, ...text })) };
}

const repl = (args: readonly string[], input?: string, cwd?: string) => begin(args, input, cwd).ended;
const checkedRepl = (args: readonly string[], input?: string) => begin(args, input, undefined, "error").ended;

test("-e shows the value of the last expression, plain, and what the code prints", async () => {
  const { code, out, err } = await repl([
    "-e",
    'console.log("é 日本"); const x: number = await 41; x + 1; ({ a: [x] })',
  ]);
  assert.deepEqual({ code, out, err }, { code: 0, out: "é 日本\n{ a: [ 41 ] }\n", err: "" });
});

test("standard input is one cell, and its parts are cells where lines say so", async () => {
  const [whole, parts] = await Promise.all([
    repl([], "const a = 1\na + 1\n\na + 2\n"),
    repl(["-"], "// %% [markdown]\n// # Title\n// %%\nconst a = 1\na + 1\n\n// %%\na + 2\n"),
  ]);
  assert.deepEqual(whole, { code: 0, out: "3\n", err: "" });
  assert.deepEqual(parts, { code: 0, out: "2\n3\n", err: "" });
});

test("the first cell that fails is the last: its error is on stderr with the user's line, and the exit code is 1", async () => {
  const { code, out, err } = await repl([], '// %%\n"first"\n// %%\nconst y = 1\nnull.x\n// %%\n"never"\n');
  assert.equal(code, 1);
  assert.equal(out, "'first'\n");
  assert.match(err, /^TypeError: .*\n.*cell \[2\]:2:6/);
  assert.ok(!err.includes("\u001b"), err);
});

test("what the types object to ends it before the cell runs: on stderr with the user's line, and with exit code 1", async () => {
  const { code, out, err } = await checkedRepl(
    [],
    '// %%\nconst word = "first"\n// %%\nword\nword.lenght\n// %%\n"never"\n',
  );
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /TypeCheckError: .*Did you mean 'length'\? \(TS2551\)\n {4}at cell \[2\]:2:6\n/);
  assert.ok(!err.includes("\u001b"), err);
});

test("a script and a notebook run from a file, whatever its name: in the folder of the caller, with imports from the file's", async () => {
  using folder = tempFolder();
  mkdirSync(join(folder.path, "sub"));
  writeFileSync(join(folder.path, "sub", "lib.ts"), "export enum Answer { Yes = 42 }\n");
  writeFileSync(join(folder.path, "data.txt"), "data");
  writeFileSync(
    join(folder.path, "my job é.ts"),
    '#!/usr/bin/env -S quern repl\nimport { basename } from "node:path"\nbasename(process.cwd())\n',
  );
  writeFileSync(
    join(folder.path, "sub", "m.ts"),
    'import { Answer } from "./lib"\nimport { readFileSync } from "node:fs"\n' +
      '[Answer.Yes, require("node:path").basename(__dirname), import.meta.dirname === __dirname, ' +
      'readFileSync("data.txt", "utf8"), "QUERN_IMPORTS_FROM" in process.env]\n',
  );
  symlinkSync(join("sub", "m.ts"), join(folder.path, "link.ts"));
  const cell = { cell_type: "code", id: "a", metadata: {}, execution_count: null, outputs: [], source: "6 * 7" };
  const notebook = { metadata: {}, nbformat: 4, nbformat_minor: 5, cells: [cell] };
  writeFileSync(join(folder.path, "n.ipynb"), JSON.stringify(notebook));
  const [script, ipynb, below, linked] = await Promise.all([
    repl(["my job é.ts"], "", folder.path),
    repl(["n.ipynb"], "", folder.path),
    repl(["sub/m.ts"], "", folder.path),
    repl(["link.ts"], "", folder.path),
  ]);
  assert.match(script.out, /^'quern test /, script.err);
  assert.deepEqual(ipynb, { code: 0, out: "42\n", err: "" });
  assert.deepEqual(below, { code: 0, out: "[ 42, 'sub', true, 'data', false ]\n", err: "" });
  assert.deepEqual(linked, below);
});

test("a wrong command line and a file that cannot be read are one sentence, and the exit code is 2", async () => {
  const [missing, both, option, folder, argument] = await Promise.all([
    repl(["no such file.ts"]),
    repl(["-e", "1", "x.ts"]),
    repl(["--colour"]),
    repl(["."]),
    repl(["-e"]),
  ]);
  for (const { code, out } of [missing, both, option, folder, argument])
    assert.deepEqual({ code, out }, { code: 2, out: "" });
  assert.match(missing.err, /^quern repl: there is no file no such file\.ts\.\n$/);
  assert.match(both.err, /^quern repl: give -e CODE or a file, not both\.\n$/);
  assert.match(option.err, /^quern repl: .*--colour.*`quern repl --help`/);
  assert.match(argument.err, /argument missing\. `quern repl --help` lists the options\.\n$/);
  assert.match(folder.err, /^quern repl: \. is a folder/);
});

test("nothing to run is no error, and help tells how", async () => {
  const [empty, help] = await Promise.all([repl([], " \n"), repl(["--help"])]);
  assert.deepEqual(empty, { code: 0, out: "", err: "" });
  assert.match(help.out, /^Usage: quern repl/);
});

test("prompt() without a terminal is a clear error", async () => {
  const { code, err } = await repl(["-e", 'prompt("Name? ")']);
  assert.equal(code, 1);
  assert.match(err, /prompt\("Name\? "\) cannot ask/);
});

test("an error that comes behind the cells makes the exit code 1, too", async () => {
  const { code, err } = await repl(
    [],
    '// %%\nPromise.reject(new Error("left alone"))\nundefined\n// %%\nawait new Promise((r) => setTimeout(r, 50)); 0',
  );
  assert.equal(code, 1);
  assert.match(err, /left alone/);
});

test("process.exit() ends it quietly with its code, and a crash with the cause and 1; no other session is spoken of", async () => {
  const [three, zero, late, crash] = await Promise.all([
    repl([], '// %%\nconsole.log("out"); process.exit(3)\n// %%\n"never"\n'),
    repl(["-e", "process.exit(0)"]),
    repl(["-e", "setTimeout(() => process.exit(4), 50); 1"]),
    repl(["-e", "process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})"]),
  ]);
  assert.deepEqual(three, { code: 3, out: "out\n", err: "" });
  assert.deepEqual(zero, { code: 0, out: "", err: "" });
  assert.deepEqual(late, { code: 4, out: "1\n", err: "" });
  assert.match(crash.err, /^SessionEnded: The session ended: native code crashed \(SIGSEGV\)\.\n$/);
  assert.equal(crash.code, 1);
});

/** Resolves when the cell has ended: what it shows comes before, and the interval's lines behind that. */
async function ticks(stdout: NodeJS.ReadableStream): Promise<void> {
  for (let said = ""; !said.includes("tick\ntick"); ) said += String((await once(stdout, "data"))[0]);
}

test("at the end it waits for what the cells have begun, as node does; an error there fails, and Ctrl-C ends it", async () => {
  const { child, ended } = begin(["-e", "setInterval(() => console.log('tick'), 10); 1"]);
  const [late, failed, server] = await Promise.all([
    repl([
      "-e",
      "setTimeout(() => console.log('late'), 200); require('child_process').exec('sleep 0.3', () => console.log('child')); 1",
    ]),
    repl(["-e", "setTimeout(() => { null.x }, 20); setInterval(() => {}, 10); 1"]),
    ticks(child.stdout as NodeJS.ReadableStream).then(() => {
      child.kill("SIGINT");
      return ended;
    }),
  ]);
  assert.deepEqual(late, { code: 0, out: "1\nlate\nchild\n", err: "" });
  assert.equal(failed.code, 1);
  assert.match(failed.err, /^TypeError: /);
  assert.equal(server.code, 130);
  assert.equal(server.err, "");
});

test("Ctrl-C ends the cell and what follows, with exit code 130", async () => {
  const { child, ended } = begin([], '// %%\nconsole.log("up"); while (true) {}\n// %%\n"never"\n');
  await once(child.stdout as NodeJS.ReadableStream, "data");
  child.kill("SIGINT");
  const { code, out, err } = await ended;
  assert.equal(code, 130);
  assert.equal(out, "up\n");
  assert.match(err, /interrupted/);
});

test("a reader that has seen enough ends it quietly", async () => {
  const command = `"${process.execPath}" "${quern}" repl -e 'for (let i = 0; i < 1e6; i++) console.log(i)' | head -1`;
  const child = spawn("bash", ["-c", `${command}; echo "\${PIPESTATUS[0]}"`]);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    err += chunk;
  });
  await once(child, "close");
  assert.deepEqual({ out, err }, { out: "0\n0\n", err: "" });
});
