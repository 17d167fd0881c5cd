import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import test from "node:test";
import { install, specFolder, userData } from "../install.ts";
import { run } from "./helpers/program.ts";
import { pythonEnv } from "./helpers/python-env.ts";
import { tempFolder } from "./helpers/temp-folder.ts";

const root = resolve(import.meta.dirname, "..");
const script = join(root, "install.ts");
const python = pythonEnv();
const readSpec = (folder: string) => JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));

test("the kernelspec says what Jupyter needs, with paths that name no version", () => {
  using folder = tempFolder();
  const spec = readSpec(install(folder.path));
  const [node, flag, entry, ...rest] = spec.argv;
  assert.ok(existsSync(node) && existsSync(entry), `${node} and ${entry} exist`);
  assert.doesNotMatch(node.replace(root, ""), /\d+\.\d+/);
  assert.equal(flag, "--disable-sigusr1");
  assert.deepEqual(rest, ["kernel", "{connection_file}"]);
  assert.deepEqual(
    { ...spec, argv: [] },
    {
      argv: [],
      display_name: "TypeScript (Quern)",
      language: "typescript",
      interrupt_mode: "message",
      kernel_protocol_version: "5.5",
      metadata: { debugger: false },
    },
  );
});

test("the logos lie beside it, in the sizes that their names say", () => {
  using folder = tempFolder();
  const spec = install(folder.path);
  for (const size of [32, 64]) {
    const png = readFileSync(join(spec, `logo-${size}x${size}.png`));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
  }
  assert.match(readFileSync(join(spec, "logo-svg.svg"), "utf8"), /^<svg /);
});

test("installing again replaces what is there and leaves nothing else", () => {
  using folder = tempFolder();
  const spec = install(folder.path);
  writeFileSync(join(spec, "old.txt"), "");
  install(folder.path);
  assert.deepEqual(readdirSync(join(folder.path, "kernels")), ["quern"]);
  assert.ok(!existsSync(join(spec, "old.txt")));
});

test("the kernel is registered and removed below --prefix, from any folder", async () => {
  using folder = tempFolder();
  const spec = join(folder.path, "share/jupyter/kernels/quern");
  const installed = await run([process.execPath, script, "--prefix", "."], { cwd: folder.path });
  assert.deepEqual(installed, {
    code: 0,
    signal: null,
    out: `Registered the kernel "TypeScript (Quern)" in ${spec}\n`,
    err: "",
  });
  assert.equal(readSpec(spec).language, "typescript");

  const removed = await run([process.execPath, script, "--prefix", ".", "--uninstall"], { cwd: folder.path });
  assert.deepEqual([removed.code, removed.out], [0, `Removed ${spec}\n`]);
  const again = await run([process.execPath, script, "--prefix", ".", "--uninstall"], { cwd: folder.path });
  assert.deepEqual([again.code, again.out], [0, `Nothing to remove in ${join(folder.path, "share/jupyter")}.\n`]);
});

test("--sys-prefix asks the python on the PATH", { skip: python.skip }, async () => {
  using folder = tempFolder();
  const fake = join(folder.path, "bin");
  mkdirSync(fake);
  writeFileSync(join(fake, "python3"), `#!/bin/sh\necho "${folder.path}/environment"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${fake}:${process.env.PATH}` };
  const { code } = await run([process.execPath, script, "--sys-prefix"], { env });
  assert.equal(code, 0);
  assert.ok(existsSync(join(folder.path, "environment/share/jupyter/kernels/quern/kernel.json")));
});

test("without a python, --sys-prefix says what else there is", async () => {
  const { code, err } = await run([process.execPath, script, "--sys-prefix"], { env: { PATH: "/nowhere" } });
  assert.deepEqual(
    [code, err.trim()],
    [
      1,
      "install: --sys-prefix asks python3 for its folder, and no python3 is on the PATH. Use --user or --prefix DIR.",
    ],
  );
});

test("a folder without write permission is named in one sentence", async () => {
  using folder = tempFolder();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  const notFolder = await run([process.execPath, script, "--prefix", file]);
  assert.equal(notFolder.code, 1);
  assert.match(
    notFolder.err,
    /^install: cannot write the kernelspec to .*file\/share.*: not a folder \(.*\)\. Choose another place: .*\n$/,
  );

  const locked = join(folder.path, "locked");
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  // Root may write everywhere but where the system says no.
  const prefix = process.getuid?.() === 0 ? "/sys" : locked;
  const refused = await run([process.execPath, script, "--prefix", prefix]);
  assert.equal(refused.code, 1);
  assert.match(
    refused.err,
    /^install: cannot write the kernelspec to .*Choose another place: --user, --sys-prefix or --prefix DIR\.\n$/,
  );
});

test("a place where no folder can be made is an error, and ends", {
  skip: process.platform !== "linux" && "there is no /proc",
  timeout: 180_000,
}, async () => {
  const { code, err } = await run([process.execPath, script, "--prefix", "/proc"]);
  assert.equal(code, 1);
  assert.match(err, /^install: cannot write the kernelspec to \/proc\/share.*: no folder can be made there \(/);
});

test("contradicting and unknown options are refused", async () => {
  const both = await run([process.execPath, script, "--user", "--prefix", "/x"]);
  assert.deepEqual([both.code, both.err], [2, "install: give one of --user and --prefix, not both.\n"]);
  const unknown = await run([process.execPath, script, "--users"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /^install: Unknown option '--users'/);
});

test("Jupyter's data folder follows the platform and the environment", () => {
  assert.equal(userData({ JUPYTER_DATA_DIR: "/a/b" }, "linux"), "/a/b");
  assert.equal(userData({ XDG_DATA_HOME: "/data" }, "linux"), "/data/jupyter");
  assert.equal(userData({}, "linux"), join(homedir(), ".local/share/jupyter"));
  assert.equal(userData({}, "darwin"), join(homedir(), "Library/Jupyter"));
  assert.equal(userData({ APPDATA: "/roaming" }, "win32"), join("/roaming", "jupyter"));
});

test("jupyter kernelspec list shows it", { skip: python.skip }, async () => {
  using folder = tempFolder();
  install(folder.path);
  const env = { ...process.env, JUPYTER_DATA_DIR: folder.path };
  const { out } = await run([python.path, "-m", "jupyter_client.kernelspecapp", "list", "--json"], { env });
  const { quern } = JSON.parse(out).kernelspecs;
  assert.equal(quern.resource_dir, specFolder(folder.path));
  assert.equal(quern.spec.display_name, "TypeScript (Quern)");
});
