import type { Engine } from "../../runtime/engine/engine.ts";
import { openSpark } from "../../runtime/engine/spark/spark.ts";
import { addressOf, launchSpark, type SparkServer, type Starting, sparkParts, startSpark } from "./spark-server.ts";

/** Where the whole run's server is: `npm test` sets it for all files, before it is ready. */
const VARIABLE = "QUERN_TEST_SPARK";

/**
 * The Spark server that test files share: that of the whole run, else, where one file is run by hand, one of this
 * process. Who stops, restarts or configures a server starts one of its own.
 */
export function sharedSpark(): Promise<SparkServer> {
  server ??= find();
  return server;
}

let server: Promise<SparkServer> | undefined;

async function find(): Promise<SparkServer> {
  const given = process.env[VARIABLE];
  if (given !== undefined) return { address: await addressOf(JSON.parse(given) as Starting), stop: async () => {} };
  return startSpark(sparkParts().path);
}

/** Spark interprets its plans: for a few rows that takes a fourth of the time, and means the same. */
export const interpreted = {
  "spark.sql.codegen.wholeStage": "false",
  "spark.sql.codegen.factoryMode": "NO_CODEGEN",
};

/** Starts the server of a whole run; answers what stops it. Where Spark is not to be had, there is none. */
export async function shareSpark(): Promise<() => Promise<void>> {
  const { skip, path } = sparkParts();
  if (skip !== false) return async () => {};
  const { starting, stop } = await launchSpark(path);
  process.env[VARIABLE] = JSON.stringify(starting);
  return stop;
}

/** A session on the shared server. Tables are seen by all sessions of a server, so each process has its own database. */
export async function openSharedSpark(): Promise<Engine> {
  const { address } = await sharedSpark();
  const engine = await openSpark(address);
  const database = `quern_${process.pid}`;
  await engine.command(`CREATE DATABASE IF NOT EXISTS ${database}`);
  await engine.command(`USE ${database}`);
  return engine;
}
