import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { avg, count, hour, read } from "quern";
import { pythonWith } from "./peers.ts";
import { markdownTable, median, ms, times } from "./statistics.ts";

const path = resolve(import.meta.dirname, "../../node_modules/vega-datasets/data/flights-3m.parquet");
const flights = read.parquet(path);
const queries = {
  hour: {
    frame: flights.groupBy((f) => ({ hour: hour(f.date) })).agg((f) => ({ flights: count(), delay: avg(f.delay) })),
    sql: `select hour(date) as hour, count(*) as flights, avg(delay) as delay from '${path}' group by all`,
  },
  route: {
    frame: flights.groupBy("origin", "destination").agg((f) => ({ flights: count(), delay: avg(f.delay) })),
    sql: `select origin, destination, count(*) as flights, avg(delay) as delay from '${path}' group by all`,
  },
};

/** Group-bys over three million rows, from the file to rows in the language: the DataFrame API, DuckDB and Polars. */
export async function benchGroupBy(runs: number): Promise<string> {
  const connection = await (await DuckDBInstance.create()).connect();
  const polars = polarsSamples(runs);
  const rows: string[][] = [];
  for (const [name, { frame, sql }] of Object.entries(queries)) {
    const viaFrame = () => frame.collect();
    const viaSql = async () => (await connection.runAndReadAll(sql)).getRowObjectsJS();
    if ((await viaFrame()).length !== (await viaSql()).length) throw new Error(`${name}: the answers differ`);
    const samples = { frame: [] as number[], sql: [] as number[] };
    for (let run = 0; run < runs; run++) {
      samples.sql.push(await timed(viaSql));
      samples.frame.push(await timed(viaFrame));
    }
    const raw = median(samples.sql);
    const other = "missing" in polars ? undefined : median(polars[name]?.ms ?? []);
    rows.push([`by ${name}`, "DuckDB, the same SQL", ms(raw), times(1)]);
    rows.push([`by ${name}`, "Quern", ms(median(samples.frame)), times(median(samples.frame) / raw)]);
    rows.push([
      `by ${name}`,
      "Polars 2.1.0",
      other ? ms(other) : `not run: ${polars.missing}`,
      other ? times(other / raw) : "",
    ]);
  }
  connection.closeSync();
  return markdownTable(["3,000,000 rows", "", "median", "x DuckDB"], rows);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

type Polars = { readonly [query: string]: { readonly ms: number[] } } | { readonly missing: string };

function polarsSamples(runs: number): Polars {
  const python = pythonWith("polars==2.1.0");
  if ("missing" in python) return python;
  return JSON.parse(
    execFileSync(python.found, [join(import.meta.dirname, "group-by-polars.py"), path, `${runs}`], {
      encoding: "utf8",
    }),
  );
}
