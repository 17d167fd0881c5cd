import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import test from "node:test";
import { run, start } from "../../helpers/program.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const root = resolve(import.meta.dirname, "../../..");

/** A copy of Quern's command in a folder of its own, so that no `.venv` of the developer's is found or made. */
function copy(folder: string, programs: { [name: string]: string } = {}) {
  for (const path of [
    "kernel/cli",
    "kernel/compile-cache.js",
    "runtime/own-modules.js",
    "notebooks",
    "install.ts",
    "package.json",
  ]) {
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (source) => !source.endsWith("/out") });
  }
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const env = { PATH: `${bin}:/nowhere`, JUPYTER_DATA_DIR: join(folder, "data") };
  return { env, lab: (...args: string[]) => [process.execPath, join(folder, "kernel/cli/quern.js"), "lab", ...args] };
}

/** What `jupyter lab` prints, in short; its arguments and what it was told to do are written down. */
const jupyter = `
[ "$2" = --version ] && { echo 4.6.6; exit 0; }
printf '%s\\n' "$@" > "$0.arguments"; echo "$JUPYTER_PATH" > "$0.path"
trap 'echo "[I 2026-11-21 11:00:00.000 ServerApp] ending" >&2; touch "$0.ended"; exit 0' TERM
echo "[I 2026-11-21 11:00:00.000 ServerApp] Serving notebooks" >&2
echo "[I 2026-11-21 11:00:00.000 ServerApp] http://localhost:8890/lab?token=abc" >&2
echo "[C 2026-11-21 11:00:00.000 ServerApp]" >&2
echo "    To access the server, open this file in a browser:" >&2
echo "[W 2026-11-21 11:00:00.000 ServerApp] nothing to know" >&2
echo "[E 2026-11-21 11:00:00.000 ServerApp] something to know" >&2
echo "    and more about it" >&2
while :; do /bin/sleep 0.05; done`;

test("quern lab registers the kernel, starts the jupyter on the PATH on the tour, and prints the address", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path, { jupyter, touch: '/usr/bin/touch "$@"' });
  await using program = start(lab("--no-browser", "--", "--ServerApp.base_url=/x"), { env });
  await program.printed(/and more/);
  program.child.kill("SIGINT");
  const { code, out, err } = await program.ended;

  assert.equal(code, 0);
  assert.match(
    out,
    /^Registered the kernel .*\nJupyterLab is at http:\/\/localhost:8890\/lab\?token=abc\nCtrl-C ends it\.\n$/,
  );
  assert.equal(err, "[E 2026-11-21 11:00:00.000 ServerApp] something to know\n    and more about it\n");
  assert.ok(existsSync(join(folder.path, "bin/jupyter.ended")), "jupyter was told to end and given the time");

  const args = readFileSync(join(folder.path, "bin/jupyter.arguments"), "utf8").trim().split("\n");
  assert.deepEqual(
    args.filter((arg) => arg !== "--allow-root"),
    [
      "lab",
      "--ServerApp.answer_yes=True",
      "--no-browser",
      `--ServerApp.root_dir=${join(folder.path, "notebooks")}`,
      "--LabApp.default_url=/lab/tree/tour.ipynb",
      "--ServerApp.base_url=/x",
    ],
  );
  assert.equal(args.includes("--allow-root"), process.getuid?.() === 0);
  assert.equal(readFileSync(join(folder.path, "bin/jupyter.path"), "utf8").trim(), env.JUPYTER_DATA_DIR);
  assert.ok(existsSync(join(env.JUPYTER_DATA_DIR, "kernels/quern/kernel.json")));
});

test("npm start that is told to end takes JupyterLab with it", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path, { jupyter, touch: '/usr/bin/touch "$@"' });
  // As npm does: a shell between us, which does not pass signals on.
  const [program, ...args] = lab("--no-browser");
  const shell = ["/bin/sh", "-c", '"$@"; true', "sh", program as string, ...args];
  await using npm = start(shell, { env: { ...env, npm_lifecycle_event: "start" } });
  await npm.printed(/and more/);
  npm.child.kill("SIGTERM");
  // Its output is closed when the last of its processes has ended.
  await npm.ended;
  assert.ok(existsSync(join(folder.path, "bin/jupyter.ended")));
});

test("a Jupyter that fails has its last words shown", async () => {
  using folder = tempFolder();
  const failing = '[ "$2" = --version ] && { echo 4.6.6; exit 0; }; echo "Bad config: no such trait" >&2; exit 3';
  const { env, lab } = copy(folder.path, { jupyter: failing });
  const { code, err } = await run(lab(), { env });
  assert.equal(code, 1);
  assert.equal(err, "quern lab: JupyterLab ended (3). It said:\nBad config: no such trait\n");
});

test("without Python it says so, and what to do", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path);
  const { code, err } = await run(lab(), { env });
  assert.equal(code, 1);
  assert.match(
    err,
    /^quern lab: JupyterLab needs Python 3\.10 or newer, and no python3 is on the PATH\. Install it \(Debian, .*`npx quern install` and use VS Code\.\n$/,
  );
});

test("a Python that is too old is named with its version", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path, { python3: "echo 3.8.10" });
  assert.match((await run(lab(), { env })).err, /needs Python 3\.10 or newer, and python3 is 3\.8\.10\./);
});

test("a Python without its venv module gets Debian's remedy, and no half-made environment stays", async () => {
  using folder = tempFolder();
  const debian =
    'if [ "$1" = -c ]; then echo 3.11.2; else /bin/mkdir -p "$3"; echo "The virtual environment was not created successfully because ensurepip is not available."; exit 1; fi';
  // An old JupyterLab on the PATH does not do.
  const { env, lab } = copy(folder.path, { python3: debian, jupyter: "echo 3.6.8" });
  const { code, err } = await run(lab(), { env });
  assert.equal(code, 1);
  assert.equal(
    err,
    "quern lab: python3 cannot make a virtual environment. Its venv module is missing: sudo apt install python3-venv\n",
  );
  assert.ok(!existsSync(join(folder.path, ".venv")));
});

test("pip is quiet, unless it fails", async () => {
  using folder = tempFolder();
  const inVenv = 'echo "Collecting jupyterlab"; echo "ERROR: no route to host" >&2; exit 1';
  const python3 = `if [ "$1" = -c ]; then echo 3.11.2; else /bin/mkdir -p "$3/bin"; printf '#!/bin/sh\\n%s\\n' '${inVenv}' > "$3/bin/python"; /bin/chmod +x "$3/bin/python"; fi`;
  const { env, lab } = copy(folder.path, { python3 });
  const { code, out, err } = await run(lab(), { env });
  assert.equal(code, 1);
  assert.match(
    out,
    /There is no JupyterLab 4 on the PATH: making one in .*\.venv\nInstalling jupyterlab==4\.6\.6 .*\n$/,
  );
  assert.match(err, /^quern lab: installing JupyterLab into .*\.venv failed:\nERROR: no route to host\nMend that/);
});

test("a port in use is named", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path);
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  try {
    const { code, err } = await run(lab("--port", `${port}`), { env });
    assert.deepEqual([code, err], [1, `quern lab: port ${port} is in use. Leave out --port for the next free one.\n`]);
  } finally {
    server.close();
  }
  assert.equal(
    (await run(lab("--port", "80a"), { env })).err,
    "quern lab: --port 80a is not a port number (1 to 65535).\n",
  );
});

test("a folder that is not there, and two folders, are refused", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path);
  const gone = join(folder.path, "gone");
  assert.equal((await run(lab(gone), { env })).err, `quern lab: there is no folder or notebook ${gone}.\n`);
  assert.match((await run(lab("a", "b"), { env })).err, /^quern lab: JupyterLab opens one folder or notebook, not 2/);
});

test("a data folder that cannot be written is named before anything is started", async () => {
  using folder = tempFolder();
  const { env, lab } = copy(folder.path);
  writeFileSync(env.JUPYTER_DATA_DIR, "");
  assert.match(
    (await run(lab(), { env })).err,
    /^quern lab: cannot write the kernelspec to .*data\/kernels\/quern: not a folder/,
  );
});
