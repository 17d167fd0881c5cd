import nodeTest, { after, type TestContext, type TestOptions } from "node:test";
import { openDuckDB } from "../../runtime/engine/duckdb/duckdb.ts";
import { SparkSession } from "../../runtime/index.ts";
import { interpreted, openSharedSpark, sharedSpark } from "./shared-spark.ts";
import { sparkParts } from "./spark-server.ts";

type Conf = { readonly [name: string]: string };
type Body = (t: TestContext) => void | Promise<void>;

/** What a test file uses in place of the preloaded names, so that its frames are made on the engine in question. */
export type OnEngine = Pick<SparkSession, "createDataFrame" | "range" | "read" | "sql" | "table"> & {
  readonly spark: SparkSession;
  readonly engine: "DuckDB" | "Spark";
  /** node:test's, with the engine in the title. */
  readonly test: (title: string, body: Body) => void;
};

/** For a Spark session that has millions of rows before it. */
export const compiled: Conf = {};

/**
 * Defines the tests of `define` twice: over DuckDB, and over a session of their own on the Spark server. What they
 * expect is the same. Databases are shared by the sessions of a server, so each has one of its own.
 */
export function onEngines(define: (on: OnEngine) => void, sparkConf: Conf = interpreted): void {
  defineOn("DuckDB", new SparkSession("DuckDB", openDuckDB), {}, define);
  const { skip } = sparkParts();
  const elsewhere = { isElsewhere: true, dialect: "spark" } as const;
  const session = new SparkSession("Spark", openSharedSpark, undefined, elsewhere);
  session.conf.restore(Object.entries(sparkConf));
  // It starts while DuckDB has its turn; who needs it will hear of a failure.
  if (skip === false) sharedSpark().catch(() => {});
  defineOn("Spark", session, { skip }, define);
  after(async () => {
    if (skip === false) await (await sharedSpark()).stop();
  });
}

function defineOn(
  engine: OnEngine["engine"],
  spark: SparkSession,
  options: TestOptions,
  define: (on: OnEngine) => void,
): void {
  after(() => spark.stop());
  define({
    spark,
    engine,
    read: spark.read,
    sql: spark.sql.bind(spark),
    table: spark.table.bind(spark),
    range: spark.range.bind(spark),
    createDataFrame: spark.createDataFrame.bind(spark),
    test: (title, body) => void nodeTest(`${title} · ${engine}`, options, body),
  });
}
