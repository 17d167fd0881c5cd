import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../install.ts";
import { type RunningKernel, startKernel } from "./kernel-client.ts";
import { deno, type Peer, pythonWith } from "./peers.ts";
import { markdownTable, median, ms, quantile, times } from "./statistics.ts";

const warmUp = 20;
/** In each round, so that what else the machine does meets all of them. */
const executions = 200;

/** A start is one sample only, and differs much from the next. */
const startsPerRound = 4;

type Samples = { readonly starts: number[]; readonly executes: number[] };
export type Commands = { readonly [name: string]: Peer<readonly string[]> };

/** Spawn to kernel_info_reply, and execute, of Quern and its peers; each round starts every kernel once. */
export async function benchKernels(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const kernels = commands(folder);
    const found = Object.fromEntries(
      Object.entries(kernels).flatMap(([name, peer]) => ("found" in peer ? [[name, peer.found]] : [])),
    );
    const direct = await drivenDirectly(found, folder, rounds);
    const jupyter = drivenByJupyter(found, rounds);
    const byJupyter = "found" in jupyter ? table(kernels, jupyter.found) : `Not run: ${jupyter.missing}`;
    return `Driven by jupyter_client, until it calls the kernel ready:\n\n${byJupyter}\n\nBy a bare client without its waits, until kernel_info_reply:\n\n${table(kernels, direct)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Found = { readonly [name: string]: readonly string[] };
type AllSamples = { readonly [name: string]: Samples };

async function drivenDirectly(found: Found, folder: string, rounds: number): Promise<AllSamples> {
  const samples = Object.fromEntries(Object.keys(found).map((name) => [name, { starts: [], executes: [] } as Samples]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, argv] of Object.entries(found)) {
      for (let extra = 1; extra < startsPerRound; extra++) {
        const kernel = await startKernel(argv, folder);
        samples[name]?.starts.push(kernel.startMs);
        await kernel.stop();
      }
      const kernel = await startKernel(argv, folder);
      try {
        samples[name]?.starts.push(kernel.startMs);
        samples[name]?.executes.push(...(await executeMany(kernel)));
      } finally {
        await kernel.stop();
      }
    }
  }
  return samples;
}

function drivenByJupyter(found: Found, rounds: number): Peer<AllSamples> {
  const python = pythonWith();
  if ("missing" in python) return python;
  const args = [join(import.meta.dirname, "kernels.py"), rounds, warmUp, executions].map(String);
  return {
    found: JSON.parse(
      execFileSync(python.found, args, {
        input: JSON.stringify(found),
        encoding: "utf8",
        stdio: "pipe",
      }),
    ),
  };
}

const floor = "bare ZeroMQ loop in Node";

export function commands(folder: string): Commands {
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

function table(kernels: Commands, samples: AllSamples): string {
  const base = samples[floor] as Samples;
  const rows = Object.entries(kernels).map(([name, peer]) => {
    const own = samples[name];
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
