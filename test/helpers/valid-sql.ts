import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance, type DuckDBType } from "@duckdb/node-api";
import { leafType } from "../../runtime/engine/duckdb/types.ts";
import { analyse, type Describe, type Known } from "../../runtime/plan/analyse.ts";
import type { Expression, SortKey } from "../../runtime/plan/expressions.ts";
import type { Named, Plan } from "../../runtime/plan/nodes.ts";
import { parseType, typeName } from "../../runtime/plan/type-names.ts";
import type { Schema, SqlType } from "../../runtime/plan/types.ts";
import { type CompileContext, compile } from "../../runtime/sql/compile.ts";
import type { Dialect } from "../../runtime/sql/dialect.ts";
import { duckdb } from "../../runtime/sql/duckdb.ts";
import { spark } from "../../runtime/sql/spark.ts";

/** A DuckDB of this test file's own; the zone is one with summer time, so that conversions show. */
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const connection: DuckDBConnection = await instance.connect();
await connection.run("SET TimeZone = 'Europe/Berlin'");
await connection.run("SET max_expression_depth = 100000");

export const run = async (sql: string): Promise<void> => void (await connection.run(sql));

const known: Known = new WeakMap();

/** Asks DuckDB, as the engine does, without its casts of foreign types. */
const describe: Describe = async (node, schemas) => {
  const prepared = await connection.prepare(compile(node, duckdb, context(schemas)));
  return Array.from({ length: prepared.columnCount }, (_, index) => ({
    name: prepared.columnName(index),
    type: planType(prepared.columnType(index)),
    nullable: true,
  }));
};

const context = (schemas: CompileContext["schemas"]): CompileContext => ({
  schemas,
  leaf: (plan) => (plan.kind === "read" ? { from: `read_${plan.format}('${plan.paths.join(",")}')` } : undefined),
});

export async function schemaOf(plan: Plan): Promise<Schema> {
  return (await analyse(plan, describe, known)).of(plan);
}

export async function sqlOf(plan: Plan, dialect: Dialect = duckdb): Promise<string> {
  return compile(plan, dialect, context(await analyse(plan, describe, known)));
}

/** The rows as DuckDB computes them; times, decimals and big integers as text. */
export async function rowsOf(plan: Plan): Promise<unknown[][]> {
  return (await connection.runAndReadAll(await sqlOf(plan))).getRowsJson() as unknown[][];
}

/** The first column of all rows. */
export const valuesOf = async (plan: Plan): Promise<unknown[]> => (await rowsOf(plan)).map(([value]) => value);

/** The value of one expression over no row's columns. */
export async function resultOf(expression: Expression): Promise<unknown> {
  return (await valuesOf(project(range(1), { value: expression })))[0];
}

/** Both dialects' SQL, and that DuckDB binds its own to the types that analysis found. */
export async function expectSql(
  plan: Plan,
  expected: { readonly duckdb: string; readonly spark: string },
): Promise<void> {
  assert.deepEqual(
    { duckdb: await sqlOf(plan, duckdb), spark: await sqlOf(plan, spark) },
    { duckdb: trimmed(expected.duckdb), spark: trimmed(expected.spark) },
  );
  assert.deepEqual(
    await boundTypes(plan),
    (await schemaOf(plan)).map((field) => field.type),
  );
}

/** The types that DuckDB gives a plan's columns. */
export async function boundTypes(plan: Plan): Promise<Schema[number]["type"][]> {
  const prepared = await connection.prepare(await sqlOf(plan));
  return Array.from({ length: prepared.columnCount }, (_, index) => planType(prepared.columnType(index)));
}

const HELD = "struct<value:binary,metadata:binary>";

/** The two parts of a VARIANT are one, as plans hold it. */
function planType(type: DuckDBType): SqlType {
  const found = leafType(type, "table").type;
  const text = typeName(found);
  return text.includes(HELD) ? parseType(text.replaceAll(HELD, "variant")) : found;
}

export async function failure(promise: Promise<unknown>): Promise<Error & { code?: string; origin?: unknown }> {
  return promise.then(
    (value) => assert.fail(`no error, but ${JSON.stringify(value)}`),
    (error: Error) => error,
  );
}

/** A query that is written indented in a test. */
export const trimmed = (text: string): string => {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
};

export const col = (name: string, side?: "left" | "right"): Expression =>
  side ? { kind: "column", name, side } : { kind: "column", name };
export const int = (value: number): Expression => ({ kind: "literal", value, type: { kind: "int" } });
export const double = (value: number): Expression => ({ kind: "literal", value, type: { kind: "double" } });
export const text = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });
export const truth = (value: boolean): Expression => ({ kind: "literal", value, type: { kind: "boolean" } });
export const nothing: Expression = { kind: "literal", value: null, type: { kind: "void" } };
export const sqlText = (value: string): Expression => ({ kind: "sql", text: value });
export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });

export const named = (columns: { readonly [name: string]: Expression }): Named[] =>
  Object.entries(columns).map(([name, expression]) => ({ name, expression }));
export const table = (name: string): Plan => ({ kind: "table", name });
export const range = (end: number): Plan => ({ kind: "range", start: 0n, end: BigInt(end), step: 1n });
export const query = (sql: string, inputs: { readonly [name: string]: Plan } = {}): Plan => ({
  kind: "sql",
  text: sql,
  inputs,
});
export const project = (input: Plan, columns: { readonly [name: string]: Expression }): Plan => ({
  kind: "project",
  input,
  columns: named(columns),
});
export const withColumns = (input: Plan, columns: { readonly [name: string]: Expression }): Plan => ({
  kind: "withColumns",
  input,
  columns: named(columns),
});
export const filter = (input: Plan, condition: Expression): Plan => ({ kind: "filter", input, condition });
export const limit = (input: Plan, count: number, offset = 0): Plan => ({ kind: "limit", input, count, offset });
export const asc = (expression: Expression): SortKey => ({ expression, descending: false, nulls: "first" });
export const desc = (expression: Expression): SortKey => ({ expression, descending: true, nulls: "last" });
export const sort = (input: Plan, ...keys: readonly SortKey[]): Plan => ({
  kind: "sort",
  input,
  keys,
});
export const aggregate = (
  input: Plan,
  groups: { readonly [name: string]: Expression },
  aggregates: { readonly [name: string]: Expression },
): Plan => ({ kind: "aggregate", input, groups: named(groups), aggregates: named(aggregates) });

export const when = (condition: Expression, value: Expression, otherwise?: Expression): Expression => ({
  kind: "case",
  // biome-ignore lint/suspicious/noThenProperty: it is data, and nothing awaits it.
  branches: [{ when: condition, then: value }],
  ...(otherwise ? { otherwise } : {}),
});
