import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../../install.ts";
import { deno, pythonWith } from "./peers.ts";
import { markdownTable } from "./statistics.ts";

/** `plain` is false for what is Quern's alone; `next` asks for `kept` in a way that has to wait for what went on. */
type Case = { readonly typescript: string; readonly python?: string; readonly plain?: boolean; readonly next?: string };

const query = (code: string): Case => ({
  typescript: `console.log("go"); await ${code}`,
  plain: false,
  next: "await range(kept).count()",
});
const children = 'const { execSync } = await import("node:child_process");';

const cases: { readonly [name: string]: Case } = {
  "synchronous loop": { typescript: 'console.log("go"); while (true) {}', python: 'print("go")\nwhile True: pass' },
  "catch around a loop": {
    typescript: 'console.log("go"); while (true) { try { for (;;); } catch {} }',
    python: 'print("go")\nwhile True:\n  try:\n    while True: pass\n  except Exception: pass',
  },
  "await, then a loop": {
    typescript: 'await null; console.log("go"); while (true) {}',
    python: 'import asyncio\nawait asyncio.sleep(0)\nprint("go")\nwhile True: pass',
  },
  "pending await": {
    typescript: 'console.log("go"); await new Promise(() => {})',
    python: 'import asyncio\nprint("go")\nawait asyncio.Future()',
  },
  "asynchronous loop with timers": {
    typescript: 'console.log("go"); for (;;) await new Promise((r) => setTimeout(r, 1))',
    python: 'import asyncio\nprint("go")\nwhile True: await asyncio.sleep(0.001)',
  },
  "endless microtasks": {
    typescript: 'console.log("go"); for (;;) await null',
    python: 'import asyncio\nprint("go")\nwhile True: await asyncio.sleep(0)',
  },
  "regular expression": {
    typescript: 'console.log("go"); /^(a+)+$/.test("a".repeat(60) + "b")',
    python: 'import re\nprint("go")\nre.match("^(a+)+$", "a" * 60 + "b")',
  },
  "synchronous child process": {
    typescript: `${children} console.log("go"); execSync("exec sleep 60")`,
    python: 'import subprocess\nprint("go")\nsubprocess.run(["sleep", "60"])',
  },
  "child process that ignores SIGINT and SIGTERM": {
    typescript: `${children} console.log("go"); execSync("trap : INT TERM; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done")`,
    python:
      'import subprocess\nprint("go")\nsubprocess.run("trap : INT TERM; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done", shell=True)',
  },
  "module whose top level loops": {
    typescript: 'console.log("go"); await import("data:text/javascript,for(;;);")',
  },
  "query: scan": query("range(1e12 as number).filter(col('id').mod(lit(7)).eq(lit(9))).count()"),
  "query: exploding join": query(
    "range(3_000_000).join(range(3_000_000), (a, b) => a.id.plus(b.id).eq(lit(-1)), 'inner', { suffix: '_b' }).count()",
  ),
  "query: exploding hash join": query(
    "range(2_000_000).withColumn('k', col('id').mod(lit(3))).join(range(2_000_000).withColumn('k', col('id').mod(lit(3))), 'k', 'inner', { suffix: '_b' }).count()",
  ),
  "query: sort": query("range(1e9 as number).orderBy(col('id').mod(lit(1000)).desc(), 'id').count()"),
  "query: write": query("range(1e11 as number).write.mode('overwrite').parquet('out')"),
  "stream being consumed": {
    ...query(""),
    typescript: "for await (const row of range(1e12 as number).stream()) if (row.id === 0) console.log('go')",
  },
  "native: JSON.parse of 64 MB": {
    typescript:
      'const text = "[" + "1234567,".repeat(8e6) + "1]"; console.log("go"); for (let i = 0; i < 4; i++) JSON.parse(text)',
    python: 'import json\ntext = "[" + "1234567," * 8000000 + "1]"\nprint("go")\nfor i in range(4): json.loads(text)',
  },
};

type Found = {
  readonly ename: string | null;
  readonly seconds: number | null;
  readonly state: "kept" | "lost";
  readonly nextSeconds: number | null;
};

/** From the interrupt to the cell's reply, and from there to the next cell's, which reads a variable. */
export async function benchInterrupts(): Promise<string> {
  const python = pythonWith();
  if ("missing" in python) return `Not run: ${python.missing}`;
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    const kernels = commands(folder, python.found);
    const args = [join(import.meta.dirname, "interrupts.py")];
    const input = JSON.stringify({ kernels, cases });
    const output = execFileSync(python.found, args, { input, encoding: "utf8", cwd: folder, stdio: "pipe" });
    const found: { [name: string]: { [kernel: string]: Found } } = JSON.parse(output);
    const names = Object.keys(kernels);
    const rows = Object.entries(found).map(([name, of]) => [name, ...names.map((kernel) => told(of[kernel]))]);
    return markdownTable(["case", ...names], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commands(folder: string, python: string) {
  const { argv } = JSON.parse(readFileSync(join(install(folder), "kernel.json"), "utf8"));
  const peer = deno("2.9.6");
  return {
    Quern: { argv, mode: "message", language: "typescript" },
    ...("found" in peer && {
      "Deno 2.9.6": {
        argv: [peer.found, "jupyter", "--kernel", "--conn", "{connection_file}"],
        mode: "message",
        language: "typescript",
      },
    }),
    "ipykernel 7.4.0": {
      argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
      mode: "signal",
      language: "python",
    },
  };
}

function told(found: Found | undefined): string {
  if (found === undefined) return "";
  if (found.ename === null) return "no reply in 15 s";
  const variables = found.state === "kept" ? `, next cell ${ms(found.nextSeconds)}` : ", variables lost";
  return `${found.ename}, ${ms(found.seconds)}${variables}`;
}

const ms = (seconds: number | null): string => `${((seconds ?? Number.NaN) * 1000).toFixed(0)} ms`;
