import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../install.ts";
import { type RunningKernel, startKernel } from "./kernel-client.ts";
import { deno, type Peer, pythonWith } from "./peers.ts";
import { markdownTable, median, ms, quantile, times } from "./statistics.ts";

const warmUp = 20;
const executions = 200;

type Samples = { readonly starts: number[]; readonly executes: number[] };

/** Spawn to kernel_info_reply, and execute, of Quern and its peers; each round starts every kernel once. */
export async function benchKernels(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const kernels = commands(folder);
    const samples = new Map<string, Samples>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, peer] of Object.entries(kernels)) {
        if ("missing" in peer) continue;
        const kernel = await startKernel(peer.found, folder);
        try {
          const { starts, executes } = samples.getOrInsertComputed(name, () => ({ starts: [], executes: [] }));
          starts.push(kernel.startMs);
          // Once is enough for two hundred samples.
          if (round === 0) executes.push(...(await executeMany(kernel)));
        } finally {
          await kernel.stop();
        }
      }
    }
    return table(kernels, samples);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const floor = "bare ZeroMQ loop in Node";

function commands(folder: string): { readonly [name: string]: Peer<readonly string[]> } {
  const spec = JSON.parse(readFileSync(join(install(folder), "kernel.json"), "utf8"));
  const bare = [spec.argv[0], join(import.meta.dirname, "bare-loop.mjs"), "{connection_file}"];
  const withArgs = (peer: Peer<string>, ...args: string[]): Peer<readonly string[]> =>
    "found" in peer ? { found: [peer.found, ...args] } : peer;
  return {
    [floor]: { found: bare },
    Quern: { found: spec.argv },
    "Deno 2.9.6": withArgs(deno("2.9.6"), "jupyter", "--kernel", "--conn", "{connection_file}"),
    "ipykernel 7.4.0": withArgs(pythonWith(), "-m", "ipykernel_launcher", "-f", "{connection_file}"),
  };
}

async function executeMany(kernel: RunningKernel): Promise<number[]> {
  for (let count = 0; count < warmUp; count++) await kernel.execute("1+1");
  const samples: number[] = [];
  for (let count = 0; count < executions; count++) samples.push(await kernel.execute("1+1"));
  return samples;
}

function table(kernels: { readonly [name: string]: Peer<unknown> }, samples: ReadonlyMap<string, Samples>): string {
  const base = samples.get(floor) as Samples;
  const rows = Object.entries(kernels).map(([name, peer]) => {
    const own = samples.get(name);
    if (!own) return [name, "missing" in peer ? `not run: ${peer.missing}` : "", "", "", "", "", ""];
    const { starts, executes } = own;
    return [
      name,
      ms(median(starts)),
      ms(quantile(starts, 0.9)),
      times(median(starts) / median(base.starts)),
      ms(median(executes)),
      ms(quantile(executes, 0.9)),
      times(median(executes) / median(base.executes)),
    ];
  });
  return markdownTable(["", "start, median", "p90", "x bare", "1+1, median", "p90", "x bare"], rows);
}
