import { EngineError } from "../../errors.ts";
import type { Engine } from "../engine.ts";
import { parseConnectionString } from "./connection-string.ts";
import type { Limits } from "./limits.ts";

/**
 * Connects to a Spark Connect server, by Spark's own address: `sc://host:15002/;token=…`. The libraries are loaded by the
 * first call and not by importing this module.
 * @throws AnalysisError for an address that is none, EngineError where the server cannot be reached or is too old.
 */
export async function openSpark(address: string, limits: Partial<Limits> = {}): Promise<Engine> {
  const connection = parseConnectionString(address);
  const [{ SparkClient }, { SparkEngine }] = await Promise.all([import("./client.ts"), import("./engine.ts")]);
  const client = new SparkClient(connection, limits);
  try {
    const version = await client.connect();
    if (Number.parseInt(version, 10) < OLDEST) {
      throw new EngineError(
        "TOO_OLD",
        `The server at ${client.address} is Spark ${version}; Quern needs Spark ${OLDEST}.0 or later.`,
      );
    }
    for (const [name, value] of SETTINGS) await client.setConf(name, value, true);
    return new SparkEngine(client, version);
  } catch (error) {
    await client.close();
    throw error;
  }
}

const OLDEST = 4;

const SETTINGS = [
  // Their semantics are the contract on every engine.
  ["spark.sql.ansi.enabled", "true"],
  ["spark.sql.execution.arrow.useLargeVarTypes", "false"],
  // Each nested query takes some rounds of the analyzer's; at its default of 100 it gives up after some 30 steps.
  ["spark.sql.analyzer.maxIterations", "10000"],
  // Servers have it switched off, as a preview.
  ["spark.sql.timeType.enabled", "true"],
  ["spark.connect.progress.reportInterval", "300ms"],
] as const;
