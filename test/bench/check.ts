import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKernel } from "./kernel-client.ts";
import { commands } from "./kernels.ts";
import { markdownTable, ms, quantile } from "./statistics.ts";

/** Measured with so many cells in the session. */
const sizes = [10, 300];
const measured = 60;
const warmUp = 20;

/** Small cells that use what the cells above declare, with the type check and without; the floor runs none. */
export async function benchCheck(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  const before = process.env.QUERN_CHECK;
  try {
    const { Quern, "bare ZeroMQ loop in Node": bare } = commands(folder);
    if (!Quern || !bare || !("found" in Quern) || !("found" in bare)) return "Not run.";
    const rows: string[][] = [];
    rows.push(["bare ZeroMQ loop in Node", ...(await one(bare.found, folder, sizes[0] ?? 0))]);
    for (const mode of ["off", "error"]) {
      process.env.QUERN_CHECK = mode;
      for (const size of sizes) {
        const name = `${mode === "off" ? "unchecked" : "checked"}, ${size} cells in the session`;
        rows.push([name, ...(await one(Quern.found, folder, size))]);
      }
    }
    return markdownTable(["a small cell", "p50", "p95", "language server"], rows);
  } finally {
    if (before === undefined) delete process.env.QUERN_CHECK;
    else process.env.QUERN_CHECK = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function one(argv: readonly string[], folder: string, size: number): Promise<string[]> {
  const kernel = await startKernel(argv, folder);
  try {
    await kernel.execute("const value_0 = [1, 2, 3]");
    for (let index = 1; index < size; index++) {
      await kernel.execute(`const value_${index} = value_${index - 1}.map((x) => x + 1)`);
    }
    const samples: number[] = [];
    for (let count = 0; count < warmUp + measured; count++) {
      // Each uses another cell's value, as the next cell of a notebook does.
      const took = await kernel.execute(`value_${count % size}.length + ${count}`);
      if (count >= warmUp) samples.push(took);
    }
    return [ms(quantile(samples, 0.5)), ms(quantile(samples, 0.95)), serverMemory(kernel.pid)];
  } finally {
    await kernel.stop();
  }
}

/** Of a kernel's language server, as Linux tells. */
export function serverMemory(kernel: number): string {
  try {
    const children = readFileSync(`/proc/${kernel}/task/${kernel}/children`, "utf8").trim().split(" ");
    const server = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--lsp"));
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server}/status`, "utf8")) ?? [];
    return `${Math.round(Number(kilobytes) / 1024)} MB`;
  } catch {
    return "";
  }
}
