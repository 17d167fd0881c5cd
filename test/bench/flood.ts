import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningKernel, startKernel } from "./kernel-client.ts";
import { commands } from "./kernels.ts";
import { pythonWith } from "./peers.ts";
import { markdownTable, median, ms } from "./statistics.ts";

const lines = 200_000;
const javascript = `for (let i = 0; i < ${lines}; i++) console.log("line " + i)`;
const python = `for i in range(${lines}): print("line", i)`;
const expected = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join("");

/** A loop that prints 200,000 lines: in the plain language into a file, and in a cell until the kernel is idle. */
export async function benchFlood(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const rows = [];
    rows.push(["Node, to a file", ...plain(folder, [process.execPath, "-e"], javascript, rounds)]);
    const interpreter = pythonWith();
    if ("found" in interpreter) {
      rows.push(["Python, to a file", ...plain(folder, [interpreter.found, "-c"], python, rounds)]);
    }
    const { Quern, ...others } = commands(folder);
    for (const [name, kernel] of Object.entries({ Quern, ...others })) {
      // The floor runs no cells.
      if (kernel === undefined || name.startsWith("bare")) continue;
      rows.push([name, ...("found" in kernel ? await inKernel(folder, kernel.found, name, rounds) : [kernel.missing])]);
    }
    return markdownTable(["200,000 lines", "median", "messages", "delivered"], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With the start of the program taken off. */
function plain(folder: string, [program = "", flag = ""]: string[], code: string, rounds: number): string[] {
  const run = (text: string): number => {
    const out = openSync(join(folder, "out"), "w");
    const begun = performance.now();
    execFileSync(program, [flag, text], { stdio: ["ignore", out, "inherit"] });
    closeSync(out);
    return performance.now() - begun;
  };
  const samples = Array.from({ length: rounds }, () => run(code) - run(""));
  return [ms(median(samples)), "", ""];
}

async function inKernel(folder: string, argv: readonly string[], name: string, rounds: number): Promise<string[]> {
  const kernel = await startKernel(argv, folder);
  const samples: Flood[] = [];
  try {
    await kernel.execute("1+1");
    for (let round = 0; round < rounds; round++) {
      samples.push(await flood(kernel, name.startsWith("ipykernel") ? python : javascript));
    }
  } catch (error) {
    if (samples.length === 0) return [(error as Error).message.split("\n")[0] ?? "", "", ""];
  } finally {
    await kernel.stop();
  }
  const delivered = median(samples.map((sample) => sample.delivered));
  return [
    ms(median(samples.map((sample) => sample.tookMs))),
    String(median(samples.map((sample) => sample.messages))),
    samples.every((sample) => sample.isWhole) ? "all, in order" : `${Math.round(delivered)} lines`,
  ];
}

type Flood = {
  readonly tookMs: number;
  readonly messages: number;
  readonly delivered: number;
  readonly isWhole: boolean;
};

async function flood(kernel: RunningKernel, code: string): Promise<Flood> {
  const texts: string[] = [];
  const tookMs = await kernel.execute(code, (type, content) => {
    if (type === "stream") texts.push(content.text ?? "");
  });
  const text = texts.join("");
  return { tookMs, messages: texts.length, delivered: text.split("\n").length - 1, isWhole: text === expected };
}
