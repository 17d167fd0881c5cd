import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { type RecordBatch, Table } from "apache-arrow";
import { openDuckDB } from "../../../../runtime/engine/duckdb/duckdb.ts";
import type { Engine, RunOptions, WriteTarget } from "../../../../runtime/engine/engine.ts";
import type { Expression } from "../../../../runtime/plan/expressions.ts";
import type { FileFormat, Plan } from "../../../../runtime/plan/nodes.ts";
import { parseSchema } from "../../../../runtime/plan/type-names.ts";

export const FLIGHTS = resolve(import.meta.dirname, "../../../../node_modules/vega-datasets/data/flights-3m.parquet");

/** One engine for a test file, closed at its end. */
export async function testEngine(): Promise<Engine> {
  const engine = await openDuckDB({ threads: 2, memoryLimit: "2GB" });
  after(() => engine.close());
  return engine;
}

/** A folder with a difficult name, removed at the end of the file. */
export function testFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "quern test ö 'q' [1] "));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function tableOf(engine: Engine, plan: Plan, options?: RunOptions): Promise<Table> {
  const { batches } = await engine.execute(plan, options);
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return new Table(all);
}

/** Rows as plain values: text of what Arrow's own JSON has no type for. */
export async function rowsOf(engine: Engine, plan: Plan): Promise<unknown[][]> {
  const table = await tableOf(engine, plan);
  return table.toArray().map((row) => Object.values(row.toJSON()).map(plainValue));
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return value;
}

export const sql = (text: string): Plan => ({ kind: "sql", text, inputs: {}, origin: { stack: `sql ${text}` } });

export const read = (
  format: FileFormat,
  paths: string | readonly string[],
  options: { readonly [name: string]: string } = {},
  schema?: string,
): Plan => ({
  kind: "read",
  format,
  paths: typeof paths === "string" ? [paths] : paths,
  options,
  ...(schema === undefined ? {} : { schema: parseSchema(schema) }),
  origin: { stack: `read ${paths}` },
});

export const target = (format: FileFormat, path: string, more: Partial<WriteTarget> = {}): WriteTarget => ({
  format,
  path,
  mode: "errorifexists",
  partitionBy: [],
  options: {},
  ...more,
});

export const column = (name: string): Expression => ({ kind: "column", name });
export const int = (value: number): Expression => ({ kind: "literal", value, type: { kind: "int" } });
export const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args });

/** Flights by origin: their number and the sum of their delays. */
export const byOrigin = (): Plan => ({
  kind: "aggregate",
  input: read("parquet", FLIGHTS),
  groups: [{ name: "origin", expression: column("origin") }],
  aggregates: [
    { name: "flights", expression: call("count") },
    { name: "delay", expression: call("sum", column("delay")) },
  ],
});
