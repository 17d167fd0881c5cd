import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningKernel, startKernel } from "./kernel-client.ts";
import { commands } from "./kernels.ts";
import { markdownTable, median, ms, quantile } from "./statistics.ts";

const cells = 10_000;
const startedAtOnce = 20;
const pings = 40;

/** A long day: 10,000 cells in one session, 20 kernels started at once, and a kernel asked while its cell computes. */
export async function benchEndurance(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const kernels = Object.entries(commands(folder)).filter(([name]) => !name.startsWith("bare"));
    const rows: string[][] = [];
    for (const [name, kernel] of kernels) {
      if ("missing" in kernel) rows.push([name, `not run: ${kernel.missing}`]);
      else
        rows.push([
          name,
          ...(await manyCells(kernel.found, folder, name)),
          ...(await asked(kernel.found, folder, name)),
        ]);
    }
    const starts: string[][] = [];
    for (const [name, kernel] of kernels) {
      starts.push([name, ...("found" in kernel ? await manyStarts(kernel.found, folder) : [kernel.missing])]);
    }
    return [
      markdownTable(
        [
          "",
          "memory after 1,000 cells",
          `after ${cells.toLocaleString("en")}`,
          "a cell, first 1,000",
          "last 1,000",
          "kernel_info while a cell computes",
        ],
        rows,
      ),
      markdownTable(
        [`${startedAtOnce} kernels at once`, "first answers", "last answers", "last has run a cell", "memory of all"],
        starts,
      ),
    ].join("\n\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isPython = (name: string): boolean => name.startsWith("ipykernel");

async function manyCells(argv: readonly string[], folder: string, name: string): Promise<string[]> {
  const kernel = await startKernel(argv, folder);
  try {
    const samples: number[] = [];
    let early = 0;
    for (let index = 0; index < cells; index++) {
      const text = `value_${index} = {"number": ${index}, "text": "some text"}\nvalue_${index}["number"] + 1`;
      const code = isPython(name) ? text : `const ${text}`;
      samples.push(await kernel.execute(code));
      if (index === 999) early = memoryBytes(kernel.pid);
    }
    return [
      mebibytes(early),
      mebibytes(memoryBytes(kernel.pid)),
      ms(median(samples.slice(0, 1000))),
      ms(median(samples.slice(-1000))),
    ];
  } finally {
    await kernel.stop();
  }
}

async function asked(argv: readonly string[], folder: string, name: string): Promise<string[]> {
  const kernel = await startKernel(argv, folder);
  try {
    await kernel.execute("1+1");
    const loop = isPython(name)
      ? "import time\nend = time.time() + 3\nwhile time.time() < end: pass"
      : "const end = Date.now() + 3000; while (Date.now() < end) {}";
    const computing = kernel.execute(loop);
    const samples: number[] = [];
    for (let count = 0; count < pings; count++) {
      samples.push(await kernel.ping());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await computing;
    return [`${ms(median(samples))} (p95 ${ms(quantile(samples, 0.95))})`];
  } finally {
    await kernel.stop();
  }
}

async function manyStarts(argv: readonly string[], folder: string): Promise<string[]> {
  const begun = performance.now();
  const ran: number[] = [];
  const kernels: RunningKernel[] = [];
  try {
    await Promise.all(
      Array.from({ length: startedAtOnce }, async () => {
        const kernel = await startKernel(argv, folder);
        kernels.push(kernel);
        await kernel.execute("1+1");
        ran.push(performance.now() - begun);
      }),
    );
    const starts = kernels.map(({ startMs }) => startMs);
    const memory = kernels.reduce((sum, { pid }) => sum + memoryBytes(pid), 0);
    return [ms(Math.min(...starts)), ms(Math.max(...starts)), ms(Math.max(...ran)), mebibytes(memory)];
  } catch (error) {
    return [(error as Error).message.split("\n")[0] ?? ""];
  } finally {
    await Promise.all(kernels.map((kernel) => kernel.stop()));
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString("en")} MB`;

/** Of a process and all below it, what is shared counted by its share (PSS); only Linux tells. */
function memoryBytes(pid: number): number {
  let own = 0;
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    own = Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
  return own + childrenOf(pid).reduce((sum, child) => sum + memoryBytes(child), 0);
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    } catch {
      return [];
    }
  });
}
