import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { spark } from "quern";
import { sparkEnv } from "../helpers/python-env.ts";
import { queries } from "../helpers/tpch/queries.ts";
import { fileOf, makeTables, tableNames, tablesIn, tpchParts } from "../helpers/tpch/tables.ts";
import { texts } from "../helpers/tpch/texts.ts";
import { type Peer, pythonWith } from "./peers.ts";
import { markdownTable, ms, times } from "./statistics.ts";

/** 1 is a gigabyte of text. */
const scaleFactor = Number(process.env.QUERN_TPCH_SCALE ?? 1);

/** TPC-H's queries from Parquet files to rows: the DataFrame API, and the SQL in DuckDB, Polars and local PySpark. */
export async function benchTpch(runs: number): Promise<string> {
  const generator = tpchParts();
  if (generator.skip !== false) return `Not run: ${generator.skip}`;
  const folder = mkdtempSync(join(tmpdir(), "quern-bench-"));
  try {
    makeTables(generator.path, folder, scaleFactor);
    const polars = peerTimes("polars", pythonWith("polars==2.1.0"), folder, runs);
    const { path, skip } = sparkEnv();
    const pyspark = peerTimes("pyspark", skip === false ? { found: path } : { missing: skip }, folder, runs);
    const { frames, sql } = await ownTimes(folder, runs);
    const cell = (value: number | undefined) => (value === undefined ? "" : ms(value));
    const line = (name: string, at: (values: readonly number[]) => number | undefined) => {
      const [own, raw] = [at(frames), at(sql)];
      return [name, cell(own), cell(raw), times((own ?? 0) / (raw ?? 0)), cell(at(polars)), cell(at(pyspark))];
    };
    const total = (values: readonly number[]) =>
      values.length > 0 ? values.reduce((sum, one) => sum + one) : undefined;
    const rows = texts.map((_, index) => line(`${index + 1}`, (values) => values[index]));
    const head = ["query", "Quern's API", "DuckDB, the SQL", "x DuckDB", "Polars 2.1.0", "PySpark 4.2.1"];
    return `Scale factor ${scaleFactor}, the best of ${runs}.\n\n${markdownTable(head, [...rows, line("all", total)])}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ownTimes(folder: string, runs: number): Promise<{ readonly frames: number[]; readonly sql: number[] }> {
  const connection = await (await DuckDBInstance.create()).connect();
  for (const name of tableNames) await connection.run(`CREATE VIEW ${name} AS FROM '${fileOf(folder, name)}'`);
  const tables = tablesIn(spark, folder);
  const best = { frames: [] as number[], sql: [] as number[] };
  for (const [index, query] of queries.entries()) {
    const viaFrame = () => query(tables).collect();
    const viaSql = async () => (await connection.runAndReadAll(texts[index] as string)).getRowObjectsJS();
    if ((await viaFrame()).length !== (await viaSql()).length) throw new Error(`${index + 1}: the answers differ`);
    const samples = { frames: [] as number[], sql: [] as number[] };
    for (let run = 0; run < runs; run++) {
      samples.sql.push(await timed(viaSql));
      samples.frames.push(await timed(viaFrame));
    }
    best.frames.push(Math.min(...samples.frames));
    best.sql.push(Math.min(...samples.sql));
  }
  connection.closeSync();
  return best;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function peerTimes(peer: string, python: Peer<string>, folder: string, runs: number): readonly number[] {
  if ("missing" in python) return [];
  const args = [join(import.meta.dirname, "tpch.py"), peer, folder, `${runs}`];
  const input = JSON.stringify(texts);
  return JSON.parse(execFileSync(python.found, args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] }));
}
