import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { withoutInspector } from "../../kernel/session/inspector.ts";
import { type JupyterClient, realKernel, startKernel, textOf } from "../helpers/jupyter-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const read = (path: string): string => readFileSync(path, "utf8");

/** The kernel, its session, and what that has started. */
function processesOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).trim().split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processesOf)];
}

/** What a process listens on: ports of TCP, and the names of Unix sockets. */
function listeningOf(pid: number): (number | string)[] {
  const folder = `/proc/${pid}/fd`;
  const links = readdirSync(folder).map((fd) => {
    try {
      return readlinkSync(join(folder, fd));
    } catch {
      return "";
    }
  });
  const own = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined));
  const rows = (table: string) =>
    read(`/proc/${pid}/net/${table}`)
      .split("\n")
      .slice(1)
      .map((row) => row.trim().split(/\s+/));
  const isTcpListener = (row: string[]) => row[3] === "0A" && own.has(row[9] ?? "");
  const ports = [...rows("tcp"), ...rows("tcp6")]
    .filter(isTcpListener)
    .map(([, address]) => Number.parseInt(address?.split(":").at(-1) ?? "", 16));
  // 0x10000: it accepts connections.
  const unix = rows("unix").filter((row) => row[3] === "00010000" && own.has(row[6] ?? ""));
  return [...ports, ...unix.map((row) => row[7] ?? "a socket without a name")];
}

function portsOf(kernel: JupyterClient): number[] {
  const connection = JSON.parse(read(join(kernel.folder, "connection.json")));
  return ["shell", "control", "stdin", "iopub", "hb"].map((name) => connection[`${name}_port`]).sort();
}

async function listensOnItsFive(kernel: JupyterClient): Promise<void> {
  // Whatever the processes have been told, they have done before they answer.
  await kernel.execute("await sql('select 1').collect()");
  const [own, ...others] = processesOf(kernel.child.pid as number);
  assert.deepEqual(listeningOf(own as number).sort(), portsOf(kernel));
  assert.ok(others.length > 0, "the session runs");
  for (const pid of others) assert.deepEqual(listeningOf(pid), [], read(`/proc/${pid}/cmdline`));
  assert.doesNotMatch(kernel.log, /Debugger listening/);
}

const onLinux = { skip: process.platform !== "linux" && "processes and sockets are read from /proc" };

test(
  "nothing listens beyond the five sockets, also after the signal that opens Node's inspector",
  onLinux,
  async () => {
    await using kernel = await startKernel({ program: realKernel });
    await listensOnItsFive(kernel);
    for (const pid of processesOf(kernel.child.pid as number)) process.kill(pid, "SIGUSR1");
    await listensOnItsFive(kernel);
    const { iopub } = await kernel.execute("console.log('alive')");
    assert.equal(textOf(iopub), "alive\n");
  },
);

test(
  "an inspector that the server's environment asks for stays closed in its kernels and their sessions",
  onLinux,
  async () => {
    const env = { NODE_OPTIONS: "--inspect=127.0.0.1:0 --stack-trace-limit=77" };
    await using kernel = await startKernel({ program: realKernel, env });
    const connected = kernel.log;
    kernel.log = "";
    await listensOnItsFive(kernel);
    assert.match(connected, /Debugger listening/, "the kernel's own was open until it could be closed");
    const { iopub } = await kernel.execute("console.log(process.env.NODE_OPTIONS.trim())");
    assert.equal(textOf(iopub), "--stack-trace-limit=77\n");
  },
);

test("of NODE_OPTIONS only what opens the inspector is left out", () => {
  const left = (options: string) =>
    withoutInspector({ NODE_OPTIONS: options }).NODE_OPTIONS?.replace(/\s+/g, " ").trim();
  assert.equal(left("--inspect --max-old-space-size=100"), "--max-old-space-size=100");
  assert.equal(left("--import=a --inspect-brk=0.0.0.0:9229 --inspect-port=0"), "--import=a");
  assert.equal(left("--inspect-port 9230 --inspect_wait"), "");
  assert.equal(left("--inspect-publish-uid=http --inspect=[::1]:1 -r ./inspect.js"), "-r ./inspect.js");
  const env = { NODE_OPTIONS: "--require ./inspect.js", A: "1" };
  assert.equal(withoutInspector(env), env);
});

test("the key of the connection is in no environment, no command line, no error and no log", onLinux, async () => {
  const key = "the-key-of-this-test-aa55";
  await using kernel = await startKernel({ program: realKernel, key });
  await kernel.execute("throw new Error('x')");
  await kernel.sendFrames("shell", ["<IDS|MSG>", "bad", "{}", "{}", "{}", "{}"]);
  await kernel.eventually(() => kernel.log.includes("dropped"), "no line about the bad message");
  for (const pid of processesOf(kernel.child.pid as number)) {
    for (const file of ["environ", "cmdline"]) assert.ok(!read(`/proc/${pid}/${file}`).includes(key), file);
  }
  const { iopub } = await kernel.execute(
    "console.log(JSON.stringify([process.env, process.argv, process.execArgv, Object.keys(globalThis)]))",
  );
  assert.ok(!textOf(iopub).includes(key));
  assert.ok(!kernel.log.includes(key) && !JSON.stringify(kernel.iopub).includes(key));
});

test("quern's other commands open no inspector at the signal either", onLinux, async () => {
  using folder = tempFolder();
  const entry = fileURLToPath(new URL("../../kernel/cli/quern.js", import.meta.url));
  const repl = spawn(process.execPath, [entry, "repl"], {
    cwd: folder.path,
    env: { ...process.env, XDG_DATA_HOME: folder.path },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  repl.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  repl.stdin.end(`
    import { existsSync } from "node:fs";
    console.log("waits");
    while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 10));
  `);
  await once(repl.stdout, "data");
  for (const pid of processesOf(repl.pid as number)) process.kill(pid, "SIGUSR1");
  writeFileSync(join(folder.path, "go"), "");
  const [code] = await once(repl, "close");
  assert.deepEqual([code, errors], [0, ""]);
});
