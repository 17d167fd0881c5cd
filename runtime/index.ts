import { getHeapStatistics } from "node:v8";
import { setChartDrawer } from "./dataframe/chart-file.ts";
import { isColumn } from "./dataframe/column.ts";
import type { DataFrame } from "./dataframe/dataframe.ts";
import { type EngineSource, SparkSession } from "./dataframe/session.ts";
import { defaultMemoryLimit } from "./engine/duckdb/defaults.ts";
import { parseConnectionString, shownAddress } from "./engine/spark/connection-string.ts";
import { AnalysisError } from "./errors.ts";

/** DuckDB, in this process. */
const duckdb: EngineSource = {
  address: "duckdb",
  name: "DuckDB",
  open: async () => {
    const { openDuckDB } = await import("./engine/duckdb/duckdb.ts");
    return openDuckDB();
  },
  defaults: () => ({
    "spark.driver.memory": heapLimit(),
    memory_limit: defaultMemoryLimit(),
  }),
};

/** A Spark server. What is wrong with its address is told when it is opened. */
const sparkServer = (address: string): EngineSource => ({
  address,
  name: serverName(address),
  isElsewhere: true,
  dialect: "spark",
  open: async () => {
    const { openSpark } = await import("./engine/spark/spark.ts");
    return openSpark(address);
  },
});

function serverName(address: string): string {
  try {
    return `Spark at ${shownAddress(parseConnectionString(address))}`;
  } catch {
    return "Spark";
  }
}

const remote = process.env.SPARK_REMOTE;
const first = remote ? sparkServer(remote) : duckdb;

/** The session, over DuckDB or the server that SPARK_REMOTE names; its engine is opened by the first action. */
export const spark = new SparkSession(first.name, first.open, first.defaults, first);

/**
 * Works on another engine from now on: `await use("sc://cluster:15002")` connects to a Spark server, or fails;
 * `use("duckdb")` is back in this process. Frames stay on the engine that they were made on: run their cells again.
 */
export async function use(engine: string): Promise<void> {
  await spark.switchTo(engineSource("use", engine));
}

/**
 * The rows of a frame as a frame of the engine in use, or of the engine `to`: `const here = await transfer(there)`. They
 * are computed once, where the frame is, and stream over: into DuckDB, which spills to disk what is too much for memory, or
 * to the Spark server, where they stay as long as the session.
 */
export async function transfer<S>(frame: DataFrame<S>, { to }: { readonly to?: string } = {}): Promise<DataFrame<S>> {
  return spark.transfer(frame, to === undefined ? undefined : engineSource("transfer", to));
}

function engineSource(what: "use" | "transfer", engine: string): EngineSource {
  if (engine === "duckdb") return duckdb;
  if (typeof engine !== "string" || !/^sc:/.test(engine)) {
    const call = what === "use" ? 'use("sc://host:15002")' : 'transfer(frame, { to: "sc://host:15002" })';
    throw new AnalysisError("ENGINE", `${what} takes "duckdb" or the address of a Spark server: ${call}`);
  }
  parseConnectionString(engine);
  return sparkServer(engine);
}

/** As it was asked for, or as V8 has chosen. */
function heapLimit(): string {
  const [given] = process.execArgv.flatMap((flag) => /^--max-old-space-size=(\d+)$/.exec(flag)?.[1] ?? []);
  return `${given ?? Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20)}m`;
}

/** Reads files: `read.parquet("flights.parquet")`, `read.option("sep", ";").csv("data/*.csv")`. */
export const read = spark.read;
export const sql: SparkSession["sql"] = spark.sql.bind(spark);
export const table: SparkSession["table"] = spark.table.bind(spark);
export const range: SparkSession["range"] = spark.range.bind(spark);
export const createDataFrame: SparkSession["createDataFrame"] = spark.createDataFrame.bind(spark);
/** Opens the engine ahead of the first action. */
export const warmUp = (): Promise<void> => spark.warmUp();

setChartDrawer(async (chart, format, options) => {
  const { drawChartFile } = await import("./display/chart/save.ts");
  return drawChartFile(chart, format, options);
});

export { broadcast } from "./dataframe/arranged.ts";
export type { StorageEntry } from "./dataframe/cache.ts";
export type { CaseColumn } from "./dataframe/case-column.ts";
export { Chart, type VegaLiteSpec } from "./dataframe/chart.ts";
export type { ChartSaveOptions } from "./dataframe/chart-file.ts";
export { Column } from "./dataframe/column.ts";
export { DataFrame } from "./dataframe/dataframe.ts";
export * from "./dataframe/functions/aggregates.ts";
export * from "./dataframe/functions/arrays.ts";
export * from "./dataframe/functions/bitmaps.ts";
export * from "./dataframe/functions/collections.ts";
export * from "./dataframe/functions/conditional.ts";
export * from "./dataframe/functions/core.ts";
export * from "./dataframe/functions/dates.ts";
export * from "./dataframe/functions/generators.ts";
export * from "./dataframe/functions/higher-order.ts";
export * from "./dataframe/functions/intervals.ts";
export * from "./dataframe/functions/json.ts";
export * from "./dataframe/functions/math.ts";
export * from "./dataframe/functions/misc.ts";
export * from "./dataframe/functions/more-aggregates.ts";
export * from "./dataframe/functions/more-conditional.ts";
export * from "./dataframe/functions/more-dates.ts";
export * from "./dataframe/functions/more-math.ts";
export * from "./dataframe/functions/more-strings.ts";
export * from "./dataframe/functions/other-names.ts";
export * from "./dataframe/functions/strings.ts";
export * from "./dataframe/functions/times.ts";
export * from "./dataframe/functions/udf.ts";
export * from "./dataframe/functions/variants.ts";
export * from "./dataframe/functions/windows.ts";
export { F } from "./dataframe/functions.ts";
export { GroupedData } from "./dataframe/grouped.ts";
export type { BatchResult } from "./dataframe/in-batches.ts";
export { Observation } from "./dataframe/observation.ts";
export { Preview } from "./dataframe/preview.ts";
export { QueryPlan } from "./dataframe/query-plan.ts";
export { DataFrameReader } from "./dataframe/reader.ts";
export type { Row, RowOptions, VariantValue } from "./dataframe/row.ts";
export { SchemaBuilder, schema, TypeBuilder, types } from "./dataframe/schema-builder.ts";
export type { Columns } from "./dataframe/schema-types.ts";
export { SparkSession } from "./dataframe/session.ts";
export { SortOrder } from "./dataframe/sort-order.ts";
export { StorageLevel } from "./dataframe/storage-level.ts";
export type * as Sql from "./dataframe/types.ts";
export { vega } from "./dataframe/vega.ts";
export { Window, WindowSpec } from "./dataframe/window.ts";
export { DataFrameWriter } from "./dataframe/writer.ts";
export { html, Markup, md, svg } from "./display/tags.ts";
export type { WriteMode, WriteSummary } from "./engine/engine.ts";
export { AnalysisError, EngineError, InterruptedError, QuernError } from "./errors.ts";
export { Comm, type CommMessage, type CommTarget, comm } from "./session/comm.ts";
export {
  clearOutput,
  type Displayed,
  DisplayHandle,
  type DisplayOptions,
  display,
} from "./session/display-api.ts";
export { setNextInput } from "./session/payload.ts";
export { confirm, input, prompt } from "./session/prompt.ts";
export { isColumn };
