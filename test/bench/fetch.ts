import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { spark } from "quern";
import { pythonWith } from "./peers.ts";
import { markdownTable, median, ms, times } from "./statistics.ts";

/** Numbers, texts and dates, computed where they are fetched. */
const text = (rows: number) =>
  `SELECT i AS id, i * 0.5::DOUBLE AS x, (i % 1000)::INTEGER AS n, 'row ' || (i % 100000) AS s,
    DATE '2000-01-01' + (i % 9000)::INTEGER AS d FROM range(${rows}) AS t(i)`;
const table = text(10_000_000);
const rows = text(1_000_000);

/** From DuckDB into the language: ten million rows as an Arrow table, and a million as objects. */
export async function benchFetch(runs: number): Promise<string> {
  const connection = await (await DuckDBInstance.create()).connect();
  const works = {
    arrow: () => spark.sql(table).toArrow(),
    rows: () => spark.sql(rows).collect(),
    raw: async () => (await connection.runAndReadAll(rows)).getRowObjectsJS(),
  };
  const samples = { arrow: [] as number[], rows: [] as number[], raw: [] as number[] };
  for (let run = 0; run < runs; run++) {
    for (const [name, work] of Object.entries(works)) samples[name as keyof typeof works].push(await timed(work));
  }
  connection.closeSync();
  const python = pythonWith("duckdb==1.5.6", "pyarrow==26.0.1");
  const args = [join(import.meta.dirname, "fetch.py"), table, rows, `${runs}`];
  const peer: { arrow: number[]; rows: number[] } | undefined =
    "missing" in python ? undefined : JSON.parse(execFileSync(python.found, args, { encoding: "utf8" }));
  const line = (what: string, who: string, took: readonly number[] | undefined, base: readonly number[] | undefined) =>
    took && base ? [what, who, ms(median(took)), times(median(took) / median(base))] : [what, who, "not run", ""];
  const million = "1,000,000 rows as objects";
  return markdownTable(
    ["", "", "median", "ratio"],
    [
      line("10,000,000 rows x 5 as Arrow", "DuckDB in Python, to pyarrow", peer?.arrow, peer?.arrow),
      line("10,000,000 rows x 5 as Arrow", "Quern, toArrow", samples.arrow, peer?.arrow),
      line(million, "DuckDB in Python, to pyarrow, to_pylist", peer?.rows, peer?.rows),
      line(million, "DuckDB's Node package, getRowObjectsJS", samples.raw, peer?.rows),
      line(million, "Quern, collect", samples.rows, peer?.rows),
    ],
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
