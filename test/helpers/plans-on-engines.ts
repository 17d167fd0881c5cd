import nodeTest, { after } from "node:test";
import { Decimal } from "decimal.js";
import { rowsOf } from "../../runtime/dataframe/values.ts";
import { openDuckDB } from "../../runtime/engine/duckdb/duckdb.ts";
import type { Engine } from "../../runtime/engine/engine.ts";
import type { Expression } from "../../runtime/plan/expressions.ts";
import type { Plan } from "../../runtime/plan/nodes.ts";
import type { Schema, SqlType } from "../../runtime/plan/types.ts";
import { openSharedSpark, sharedSpark } from "./shared-spark.ts";
import { sparkParts } from "./spark-server.ts";
import { project, range } from "./valid-sql.ts";

/** An engine, for tests that are written in plans: what SQL means, not what frames offer. */
export type PlansOnEngine = {
  readonly engine: "DuckDB" | "Spark";
  /** node:test's, with the engine in the title. */
  readonly test: (title: string, body: () => void | Promise<void>) => void;
  /** Runs a command. */
  run(sql: string): Promise<void>;
  /** The columns as they are promised, before anything runs. */
  schemaOf(plan: Plan): Promise<Schema>;
  /** The columns as they come. */
  resultSchema(plan: Plan): Promise<Schema>;
  /** The rows; times, decimals and big integers as text. */
  rowsOf(plan: Plan): Promise<unknown[][]>;
  /** The first column of all rows. */
  valuesOf(plan: Plan): Promise<unknown[]>;
  /** The value of one expression over no row's columns. */
  resultOf(expression: Expression): Promise<unknown>;
  /** The same of many, in one query. */
  resultsOf(expressions: readonly Expression[]): Promise<unknown[]>;
};

/** Defines the tests of `define` for each engine. Their zone is one with summer time, so that conversions show. */
export function plansOnEngines(define: (on: PlansOnEngine) => void): void {
  defineOn("DuckDB", false, openDuckDB, define);
  const { skip } = sparkParts();
  if (skip === false) sharedSpark().catch(() => {});
  defineOn("Spark", skip, openSharedSpark, define);
  after(async () => {
    if (skip === false) await (await sharedSpark()).stop();
  });
}

function defineOn(
  name: PlansOnEngine["engine"],
  skip: string | false,
  open: () => Promise<Engine>,
  define: (on: PlansOnEngine) => void,
): void {
  let opened: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => {
    opened ??= open().then(async (engine) => {
      await engine.setConf("spark.sql.session.timeZone", "Europe/Berlin");
      return engine;
    });
    return opened;
  };
  after(async () => {
    if (opened !== undefined) await (await opened).close();
  });
  const rows = async (plan: Plan): Promise<unknown[][]> => {
    const { schema, batches } = await (await engine()).execute(plan);
    const found: unknown[][] = [];
    for await (const batch of batches) {
      for (const row of rowsOf(batch, schema, { long: "bigint", time: "Temporal" })) {
        found.push(schema.map((field) => plain(row[field.name], field.type)));
      }
    }
    return found;
  };
  const results = async (expressions: readonly Expression[]): Promise<unknown[]> => {
    const columns = expressions.map((expression, index) => [`c${index}`, expression]);
    return (await rows(project(range(1), Object.fromEntries(columns))))[0] ?? [];
  };
  define({
    engine: name,
    test: (title, body) => void nodeTest(`${title} · ${name}`, { skip }, body),
    run: async (sql) => (await engine()).command(sql),
    schemaOf: async (plan) => (await engine()).schema(plan),
    resultSchema: async (plan) => {
      const { schema, batches } = await (await engine()).execute(plan);
      for await (const _ of batches);
      return schema;
    },
    rowsOf: rows,
    valuesOf: async (plan) => (await rows(plan)).map(([value]) => value),
    resultOf: async (expression) => (await results([expression]))[0],
    resultsOf: results,
  });
}

/** A value as tests write it. */
function plain(value: unknown, type: SqlType): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "long":
      return String(value);
    case "float":
    case "double":
      return Number.isFinite(value) ? value : String(value);
    case "decimal":
      return new Decimal(value as Decimal).toFixed(type.scale);
    case "date":
      return String(value);
    case "timestamp":
    case "timestamp_ntz":
      return String(value).replace("T", " ").replace("Z", "+00");
    case "array":
      return (value as unknown[]).map((item) => plain(item, type.element));
    case "map":
      return [...(value as Map<unknown, unknown>)].map(([key, item]) => [
        plain(key, type.key),
        plain(item, type.value),
      ]);
    case "struct":
      return Object.fromEntries(
        type.fields.map((field) => [field.name, plain((value as { [name: string]: unknown })[field.name], field.type)]),
      );
    default:
      return value;
  }
}
