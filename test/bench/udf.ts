import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { sparkParts } from "../helpers/spark-server.ts";
import { markdownTable, ms, times } from "./statistics.ts";
import type { UdfTimes } from "./udf-client.ts";

const ROWS = 10_000_000;

const libraries = resolve(import.meta.dirname, "../../node_modules/.cache/quern-bench/pyspark-udf");

/** TypeScript functions over ten million rows on one and two threads, against PySpark's functions in Python. */
export async function benchUdf(): Promise<string> {
  const { path: python, skip } = sparkParts();
  const rows: string[][] = [];
  const load = loadavg()[0] ?? 0;
  for (const threads of [1, 2]) {
    const own = measure(process.execPath, "udf-client.ts", threads);
    const row = (name: string, plain?: number, loop?: number) =>
      rows.push([
        `${threads}`,
        name,
        plain === undefined ? "" : ms(plain),
        plain === undefined ? "" : times(plain / (own.plain ?? 1)),
        loop === undefined ? "" : ms(loop),
        loop === undefined ? "" : times(loop / (own.loop ?? 1)),
      ]);
    row(`Quern (at most ${Math.round(own.mb ?? 0)} MB)`, own.plain, own.loop);
    if (skip !== false) {
      row(`PySpark, not run: ${skip}`);
      continue;
    }
    installLibraries(python);
    const spark = measure(python, "udf-spark.py", threads);
    row("PySpark, Python UDF", spark["python plain"], spark["python loop"]);
    row("PySpark, Python UDF with Arrow", spark["arrow plain"], spark["arrow loop"]);
    row("PySpark, arrow_udf over whole batches", spark["whole plain"]);
  }
  const head = ["threads", "10,000,000 rows", "x * 2 + 1", "x Quern", "20 rounds of a hash", "x Quern"];
  return `${markdownTable(head, rows)}\n\nLoad average before: ${load.toFixed(1)}`;
}

function measure(program: string, file: string, threads: number): UdfTimes {
  const env = { ...process.env, PYTHONPATH: libraries, PYSPARK_PYTHON: program };
  const text = execFileSync(program, [join(import.meta.dirname, file), String(ROWS), String(threads)], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(text.trim().split("\n").at(-1) ?? "");
}

function installLibraries(python: string): void {
  if (existsSync(libraries)) return;
  mkdirSync(libraries, { recursive: true });
  const packages = ["pandas", "pyarrow", "numpy"];
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--target", libraries, ...packages], { stdio: "pipe" });
}
