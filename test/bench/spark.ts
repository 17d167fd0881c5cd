import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { sparkParts, startSpark } from "../helpers/spark-server.ts";
import type { Measured } from "./spark-client.ts";
import { markdownTable, median, ms, times } from "./statistics.ts";

const FETCHED = 5_000_000;
const SENT = 1_000_000;

const packages = ["grpcio", "grpcio-status", "googleapis-common-protos", "pandas", "pyarrow", "zstandard"];
const libraries = resolve(import.meta.dirname, "../../node_modules/.cache/quern-bench/pyspark-client");

/** The Spark engine against PySpark's own Connect client, on one server that this starts: time, and the client's memory. */
export async function benchSpark(runs: number): Promise<string> {
  const { path: python, skip } = sparkParts();
  if (skip !== false) return `Not run: ${skip}`;
  if (!existsSync(libraries)) {
    mkdirSync(libraries, { recursive: true });
    execFileSync(python, ["-m", "pip", "install", "--quiet", "--target", libraries, ...packages], { stdio: "pipe" });
  }
  const server = await startSpark(python, {
    "spark.driver.memory": "4g",
    "spark.connect.execute.reattachable.senderMaxStreamDuration": "2m",
  });
  try {
    const args = [server.address, String(runs), String(FETCHED), String(SENT)];
    const measure = (program: string, file: string): Measured => {
      const env = { ...process.env, PYTHONPATH: libraries };
      const script = join(import.meta.dirname, file);
      const text = execFileSync(program, [script, ...args], {
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      return JSON.parse(text.trim().split("\n").at(-1) ?? "");
    };
    // The server is warm for both: PySpark's client goes first, and once more behind ours.
    const first = measure(python, "spark-client.py");
    const quern = measure(process.execPath, "spark-client.ts");
    const again = measure(python, "spark-client.py");
    const better = (of: (one: Measured) => number) => Math.min(of(first), of(again));
    const row = (title: string, of: (one: Measured) => number, text: (value: number) => string) => {
      const [own, other] = [of(quern), better(of)];
      return [title, text(own), text(other), times(own / other)];
    };
    const mb = (value: number) => `${Math.round(value)} MB`;
    return markdownTable(
      ["", "Quern", "PySpark, the better of two", "ratio"],
      [
        row("SELECT 1, median", ({ small }) => median(small), ms),
        row("5,000,000 rows x 3 into an Arrow table", ({ fetch }) => fetch, ms),
        row("5,000,000 rows in a loop", ({ rows }) => rows, ms),
        row("most memory in that loop (PySpark: with the table before it)", ({ rowsMb }) => rowsMb, mb),
        row("most memory of all", ({ fetchMb, rowsMb }) => Math.max(fetchMb, rowsMb), mb),
        row("1,000,000 rows x 3 sent and summed", ({ upload }) => upload, ms),
        row("most memory then", ({ uploadMb }) => uploadMb, mb),
        row("from stop to the query's end", ({ stop }) => stop, ms),
      ],
    );
  } finally {
    await server.stop();
  }
}
