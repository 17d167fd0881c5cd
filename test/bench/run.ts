import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { install } from "../../install.ts";
import { pythonWith } from "./peers.ts";
import { markdownTable, median, quantile, times } from "./statistics.ts";

const root = resolve(import.meta.dirname, "../..");
const quern = [process.execPath, join(root, "kernel/cli/quern.js"), "run"];

type Commands = { readonly [name: string]: readonly string[] };
type Sample = { readonly wallMs: number; readonly peakMb: number };

/** Notebooks as jobs, from the command to its exit: `quern run` against nbclient and papermill; in each round all of them. */
export async function benchRun(rounds: number): Promise<string> {
  const python = pythonWith();
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const work = join(folder, "notebooks");
    mkdirSync(work);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    install(join(folder, "jupyter"));
    const tour = join(work, "tour.ipynb");
    cpSync(join(root, "notebooks/tour.ipynb"), tour);
    const one = join(work, "one.ipynb");
    writeFileSync(one, JSON.stringify(notebookOf("1")));
    const out = join(folder, "out.ipynb");

    const commands = (notebook: string, kernels: readonly string[]): Commands => ({
      "quern run": [...quern, notebook, "--out", out],
      ...("missing" in python ? {} : throughPython(python.found, notebook, out, kernels)),
    });
    const tables = [
      ["One cell, `1`", await table(commands(one, ["quern", "python3"]), rounds, folder)],
      ["The tour", await table(commands(tour, ["quern"]), rounds, folder)],
    ];
    const note = "missing" in python ? `\n\nOthers are not run: ${python.missing}` : "";
    return tables.map(([title, rows]) => `${title}:\n\n${rows}`).join("\n\n") + note;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function throughPython(python: string, notebook: string, out: string, kernels: readonly string[]): Commands {
  const nbclient = kernels.map((kernel) => {
    const name = kernel === "python3" ? "nbclient with ipykernel" : "nbclient with Quern's kernel";
    return [name, [python, join(import.meta.dirname, "run.py"), notebook, out, kernel]] as const;
  });
  const papermill = [python, "-m", "papermill", notebook, out, "-k", "quern", "--cwd", resolve(notebook, "..")];
  return { ...Object.fromEntries(nbclient), "papermill with Quern's kernel": papermill };
}

const notebookOf = (source: string) => ({
  cells: [{ cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

async function table(commands: Commands, rounds: number, folder: string): Promise<string> {
  const samples = new Map<string, Sample[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) samples.get(name)?.push(await measure(command, folder));
  }
  const base = median((samples.get("quern run") ?? []).map(({ wallMs }) => wallMs));
  const rows = [...samples].map(([name, own]) => {
    const wall = own.map(({ wallMs }) => wallMs);
    const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`;
    const peak = Math.max(...own.map(({ peakMb }) => peakMb));
    const memory = Number.isFinite(peak) ? `${peak.toFixed(0)} MB` : "not known";
    return [name, seconds(median(wall)), seconds(quantile(wall, 0.9)), times(median(wall) / base), memory];
  });
  return markdownTable(["", "command to exit, median", "p90", "x quern run", "peak RSS of all processes"], rows);
}

const sampleMs = 50;

async function measure([program, ...args]: readonly string[], folder: string): Promise<Sample> {
  const env = { ...process.env, JUPYTER_DATA_DIR: join(folder, "jupyter") };
  const startedMs = performance.now();
  const child = spawn(program as string, args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  let peakMb = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(child.pid as number));
  }, sampleMs);
  const [code] = await once(child, "close");
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${said.slice(-2000)}`);
  return { wallMs: performance.now() - startedMs, peakMb };
}

/** Of a process and all below it, as Linux tells; elsewhere nothing. */
function residentMb(top: number): number {
  if (process.platform !== "linux") return Number.NEGATIVE_INFINITY;
  const parents = new Map<number, number>();
  const resident = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, "utf8");
      parents.set(Number(entry), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      resident.set(Number(entry), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has ended.
    }
  }
  const isBelow = (pid: number | undefined): boolean => pid === top || (pid !== undefined && isBelow(parents.get(pid)));
  return [...resident].reduce((sum, [pid, mb]) => sum + (isBelow(pid) ? mb : 0), 0);
}
