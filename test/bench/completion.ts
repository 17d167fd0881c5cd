import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serverMemory } from "./check.ts";
import { type RunningKernel, startKernel } from "./kernel-client.ts";
import { commands } from "./kernels.ts";
import { markdownTable, ms, quantile } from "./statistics.ts";

const sizes = [10, 300];
const measured = 200;
const warmUp = 20;
const starts = 7;

const flights = `const flights = createDataFrame([{ date: new Date(), delay: 1, distance: 2, origin: "ATL", destination: "JFK",
  carrier: "AA", tail: "N1", cancelled: false, taxi: 1.5, gate: "B2" }])`;

/** Somebody types a key each so many milliseconds. */
const betweenKeysMs = 50;
const typedLetters = 4;

/** Texts that end at the cursor, and what has to be among the matches; it is typed from there on. */
const texts: readonly (readonly [text: (index: number) => string, expected: string])[] = [
  [(index) => `flights.filter((f) => f.delay.gt(${index})).select((f) => [f.`, "origin"],
  [(index) => `flights.limit(${index}).groupBy("`, "carrier"],
  [(index) => `value_${index % 10}.`, "map"],
  [(index) => `const total = value_${index % 10}.length + `, "value_3"],
  [(index) => `flights.limit(${index}).`, "withColumn"],
];

/** From the request to the reply: warm, while a cell computes, and the first after the start. */
export async function benchCompletion(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const { Quern } = commands(folder);
    if (!Quern || !("found" in Quern)) return "Not run.";
    const rows: string[][] = [];
    for (const size of sizes) rows.push(...(await warm(Quern.found, folder, size)));
    rows.push(...(await first(Quern.found, folder)));
    const load = `The load of the machine was ${loadavg()[0]?.toFixed(1)} at the end.`;
    return `${markdownTable(["completion", "p50", "p95", "language server"], rows)}\n\n${load}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function warm(argv: readonly string[], folder: string, size: number): Promise<string[][]> {
  const kernel = await startKernel(argv, folder);
  try {
    await kernel.execute(flights);
    await kernel.execute("const value_0 = [1, 2, 3]");
    for (let index = 1; index < size - 1; index++) {
      await kernel.execute(`const value_${index} = value_${index - 1}.map((x) => x + 1)`);
    }
    await samples(kernel, warmUp);
    const rows: string[][] = [];
    const measure = async (what: string) => {
      rows.push([`${what}, each key of what is typed`, ...figures(await typed(kernel, measured))]);
      rows.push([`${what}, elsewhere in each request`, ...figures(await samples(kernel, measured))]);
    };
    await measure(`${size} cells`);
    const computing = "for (const start = Date.now(); Date.now() - start < 20_000;);";
    await kernel.whileRuns(computing, () => measure(`${size} cells while one computes`));
    const memory = serverMemory(kernel.pid);
    return rows.map((row) => [...row, memory]);
  } finally {
    await kernel.stop();
  }
}

/** One request behind the other, each at another place. */
async function samples(kernel: RunningKernel, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < count; index++) {
    const [text, expected] = texts[index % texts.length] as (typeof texts)[number];
    took.push(await sample(kernel, text(index), expected));
  }
  return took;
}

/** A front end that completes without being asked to sends a request with each key: at the beginning of a word, and within it. */
async function typed(kernel: RunningKernel, count: number): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; took.length < count; index++) {
    const [text, expected] = texts[index % texts.length] as (typeof texts)[number];
    for (let letters = 0; letters <= typedLetters; letters++) {
      await sleep(betweenKeysMs);
      took.push(await sample(kernel, text(count + index) + expected.slice(0, letters), expected));
    }
  }
  return took;
}

async function sample(kernel: RunningKernel, text: string, expected: string): Promise<number> {
  const { tookMs, matches } = await kernel.complete(text);
  // One that the types did not answer is no measurement of theirs.
  if (!matches.includes(expected)) throw new Error(`${text}| gave ${matches.slice(0, 5)}, in ${tookMs} ms`);
  return tookMs;
}

async function first(argv: readonly string[], folder: string): Promise<string[][]> {
  const atOnce: number[] = [];
  const behindCell: number[] = [];
  for (let count = 0; count < starts; count++) {
    const kernel = await startKernel(argv, folder);
    try {
      atOnce.push((await kernel.complete("con")).tookMs);
      await kernel.execute(flights);
      behindCell.push((await kernel.complete("flights.")).tookMs);
    } finally {
      await kernel.stop();
    }
  }
  return [
    ["the first, as soon as the kernel answers", ...figures(atOnce), ""],
    ["the first that needs types, behind the first cell", ...figures(behindCell), ""],
  ];
}

const figures = (took: readonly number[]): string[] => [ms(quantile(took, 0.5)), ms(quantile(took, 0.95))];
