import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { install } from "../../install.ts";
import { type Content, freePorts, JupyterClient, textOf } from "../helpers/jupyter-client.ts";
import { allEnded, descendantsOf } from "../helpers/processes.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

// What VS Code's Jupyter extension does with a kernel on this machine, in its order: src/kernels/raw/launcher/
// kernelProcess.node.ts, src/kernels/raw/session/{rawSocket,rawKernelConnection}.node.ts, src/kernels/kernel.ts and
// src/kernels/execution/cellExecution.ts of https://github.com/microsoft/vscode-jupyter, 2026.6.

type Launched = {
  readonly client: JupyterClient;
  readonly child: ChildProcess;
  readonly runtime: string;
  readonly file: string;
};

/** The kernelspec as VS Code reads it, a connection file with VS Code's fields, and the command that starts the kernel. */
async function prepare(folder: string) {
  const spec: Content = JSON.parse(readFileSync(join(install(join(folder, "data")), "kernel.json"), "utf8"));
  const runtime = join(folder, "runtime");
  for (const path of [runtime, join(folder, "tmp"), join(folder, "my notebooks")]) mkdirSync(path, { recursive: true });
  const names = ["hb", "control", "shell", "stdin", "iopub"];
  const ports = await freePorts(names.length);
  const portOf = (name: string) => ports[names.indexOf(name)] as number;
  const connection = {
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    transport: "tcp",
    ip: "127.0.0.1",
    ...Object.fromEntries(names.map((name) => [`${name}_port`, portOf(name)])),
    kernel_name: "quern",
  };
  const file = join(runtime, `kernel-v3${randomBytes(20).toString("hex")}.json`);
  writeFileSync(file, JSON.stringify(connection));
  const command: string[] = spec.argv.map((part: string) => part.replace("{connection_file}", file));
  const env = {
    ...process.env,
    TMPDIR: join(folder, "tmp"),
    XDG_DATA_HOME: join(folder, "data"),
    ELECTRON_RUN_AS_NODE: "1",
    VSCODE_HANDLES_UNCAUGHT_ERRORS: "true",
  };
  return { spec, runtime, file, command, env, cwd: join(folder, "my notebooks"), portOf, key: connection.key };
}

async function launch(folder: string): Promise<Launched> {
  const { command, env, cwd, portOf, key, runtime, file } = await prepare(folder);
  const [program, ...args] = command;
  const child = spawn(program as string, args, { cwd, env });
  for (const name of ["shell", "iopub"]) await knock(portOf(name));
  const client = new JupyterClient(child, tempFolder(), key, (name) => `tcp://127.0.0.1:${portOf(name)}`);
  // Its client library asks as soon as it is connected; the extension on both channels, until there is an answer and
  // anything at all on iopub.
  const asked = [
    await client.send("kernel_info_request", {}),
    await client.send("kernel_info_request", {}, "control"),
    await client.send("kernel_info_request", {}),
  ];
  await client.eventually(() => client.iopub.length > 0, "nothing on iopub");
  for (const id of asked) assert.equal((await client.finished(id)).reply.language_info.name, "typescript");
  return { client, child, runtime, file };
}

/** Opens and closes connections until there is somebody to answer: VS Code's way to wait for a socket. */
async function knock(port: number): Promise<void> {
  const isAnswered = () =>
    new Promise<boolean>((resolve) => {
      const knocking = connect(port, "127.0.0.1");
      knocking.once("connect", () => resolve(true)).once("error", () => resolve(false));
      knocking.once("connect", () => knocking.destroy());
    });
  while (!(await isAnswered())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const cellId = "vscode-notebook-cell:/w/a.ipynb#W0sZmlsZQ%3D%3D";
const cellMetadata = { cellId, tags: ["a"], vscode: { languageId: "typescript" } };

/** As VS Code sends a cell: the next comes when this one is done. */
const runCell = (client: JupyterClient, code: string): Promise<string> =>
  client.sendWith(
    "execute_request",
    { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: false },
    { metadata: cellMetadata },
  );

/** VS Code asks the processes below the kernel to end, then the kernel; it waits for neither, and sends no message. */
function dispose({ child, file }: Launched): void {
  for (const pid of descendantsOf(child.pid as number)) process.kill(pid);
  child.kill();
  rmSync(file);
}

test("VS Code finds in the kernelspec what it looks for", async () => {
  using folder = tempFolder();
  const { spec } = await prepare(folder.path);
  // The part with the connection file is replaced in whole; the language is the one of its editor, whose name is the same.
  assert.equal(spec.argv.filter((part: string) => part.includes("{connection_file}")).join(), "{connection_file}");
  assert.deepEqual([spec.language, spec.interrupt_mode], ["typescript", "message"]);
});

test("VS Code runs cells, answers prompts, completes, interrupts and restarts", async () => {
  using folder = tempFolder();
  const launched = await launch(folder.path);
  await using kernel = launched.client;

  // jupyter.runStartupCommands are run in every kernel, and most people's are Python.
  const startup = { store_history: false, allow_stdin: true, stop_on_error: false };
  assert.equal((await kernel.execute("%load_ext autoreload\n%autoreload 2", startup)).reply.status, "error");
  await kernel.request("kernel_info_request", {});
  assert.deepEqual(kernel.iopub.at(-1)?.content, { execution_state: "idle" });

  const first = await kernel.finished(await runCell(kernel, "const answer = 41\nconsole.log('on')\nanswer + 1"));
  assert.deepEqual([first.reply.status, first.reply.execution_count], ["ok", 1]);
  assert.deepEqual(
    first.iopub.map(({ type, content }) => content.execution_state ?? type),
    ["busy", "execute_input", "stream", "execute_result", "idle"],
  );

  const asking = await runCell(kernel, 'await input("Who? ")');
  const prompt = await kernel.eventually(() => kernel.prompts[0], "no prompt");
  await kernel.send("input_reply", { value: "Ada", status: "ok" }, "stdin", prompt.parent.promptHeader);
  assert.match((await kernel.finished(asking)).iopub.at(-2)?.content.data["text/plain"], /Ada/);

  // While the kernel is idle; the kinds and places of all matches, or VS Code takes bare names.
  const { reply: completed } = await kernel.request("complete_request", { code: "answer.toF", cursor_pos: 10 });
  assert.deepEqual([completed.matches, completed.cursor_start, completed.cursor_end], [["toFixed"], 7, 10]);
  const [described] = completed.metadata._jupyter_types_experimental;
  assert.deepEqual([described.text, described.start, described.end], ["toFixed", 7, 10]);
  // Offsets of its editor, in UTF-16 units.
  const afterEmoji = { code: "'👋🏽'; answer.toF", cursor_pos: 18 };
  const { reply: later } = await kernel.request("complete_request", afterEmoji);
  assert.deepEqual([later.matches, later.cursor_start, later.cursor_end], [["toFixed"], 15, 18]);
  const inspected = await kernel.request("inspect_request", { code: "answer", cursor_pos: 6, detail_level: 0 });
  assert.equal(inspected.reply.found, true);

  // The stop button empties VS Code's own queue and sends a message; no signal, as the kernelspec wishes.
  const looping = await runCell(kernel, "console.log('loops')\nfor (;;) {}");
  await kernel.eventually(() => textOf(kernel.of(looping)).includes("loops"), "the cell did not begin");
  await kernel.request("interrupt_request", {}, "control");
  assert.equal((await kernel.finished(looping)).reply.ename, "KeyboardInterrupt");
  assert.equal((await kernel.finished(await runCell(kernel, "answer"))).reply.status, "ok");

  // The kernel's stderr is shown in VS Code's log.
  assert.equal(kernel.log, "");
  // A new kernel is started while the old one ends.
  dispose(launched);
  const restarted = await launch(folder.path);
  await using second = restarted.client;
  const fresh = await second.finished(await runCell(second, "'answer' in globalThis"));
  assert.match(fresh.iopub.at(-2)?.content.data["text/plain"], /false/);
  assert.equal(fresh.reply.execution_count, 1);
  assert.equal(await kernel.exited(), 0);

  const last = await runCell(second, "console.log('loops')\nfor (;;) {}");
  await second.eventually(() => textOf(second.of(last)).includes("loops"), "the cell did not begin");
  dispose(restarted);
  assert.equal(await second.exited(), 0);
  await allEnded(folder.path);
  assert.deepEqual([readdirSync(restarted.runtime), readdirSync(join(folder.path, "tmp"))], [[], []]);
});

test("when VS Code is gone without a word, its kernel ends", async () => {
  using folder = tempFolder();
  const { command, env, cwd, portOf, runtime } = await prepare(folder.path);
  const start = `require("child_process").spawn(process.argv[1], process.argv.slice(2)); setInterval(() => {}, 1000)`;
  const host = spawn(process.execPath, ["-e", start, ...command], { cwd, env, stdio: "ignore" });
  await knock(portOf("shell"));
  host.kill("SIGKILL");
  await allEnded(folder.path);
  // Nor does anyone remove the connection file then.
  assert.deepEqual(readdirSync(runtime), []);
});
