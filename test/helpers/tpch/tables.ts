import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { DataFrame, SparkSession } from "../../../runtime/index.ts";
import type { Part } from "../machine.ts";
import { pythonEnv } from "../python-env.ts";

export const tableNames = [
  "customer",
  "lineitem",
  "nation",
  "orders",
  "part",
  "partsupp",
  "region",
  "supplier",
] as const;

export type Tables = { readonly [name in (typeof tableNames)[number]]: DataFrame<any> };

/** Whether TPC-H's data can be made: by the PyPI package tpchgen-cli. */
export const tpchParts = (): Part => pythonEnv();

/** Writes TPC-H's tables as Parquet files into a folder; a scale factor of 1 is 1 GB of text. */
export function makeTables(python: string, folder: string, scaleFactor: number): void {
  const generator = join(python, "..", "tpchgen-cli");
  execFileSync(generator, ["parquet", "-s", String(scaleFactor), "-o", folder], { stdio: "ignore" });
}

export const fileOf = (folder: string, name: string): string => join(folder, `${name}.parquet`);

/** The tables in a folder, as frames of a session. */
export const tablesIn = (session: SparkSession, folder: string): Tables =>
  Object.fromEntries(tableNames.map((name) => [name, session.read.parquet(fileOf(folder, name))])) as Tables;

/** Names the tables for SQL text. */
export async function nameTables(tables: Tables): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await table.createOrReplaceTempView(name);
}
