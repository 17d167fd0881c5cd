import type { EngineSettings } from "../engine.ts";
import { decode } from "./batches.ts";
import type { SparkClient } from "./client.ts";
import { sqlCommand } from "./relations.ts";
import { runCommand } from "./run.ts";

/** The server's settings: those that were set there, and what holds of all others that it documents. */
export async function serverSettings(client: SparkClient): Promise<EngineSettings> {
  const [pairs, rows] = await Promise.all([
    client.config({ case: "getAll", value: {} }),
    report(client, "SET -v").then(
      (found) => found.map(({ key, value }) => [String(key), String(value)] as const),
      // Sail has no such command.
      (error) => (/ParseException|syntax|invalid argument/i.test(String(error)) ? [] : Promise.reject(error)),
    ),
  ]);
  const set = new Map(pairs.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const])));
  return { set, known: new Map([...rows.filter(([, value]) => value !== "<undefined>"), ...set]) };
}

/** The rows of a command that lists something. */
export async function report(client: SparkClient, sql: string): Promise<{ readonly [column: string]: unknown }[]> {
  const result = await runCommand(client, sqlCommand(sql), { sql });
  const relation = result?.case === "sqlCommandResult" ? result.value.relation : undefined;
  const data = relation?.relType.case === "localRelation" ? relation.relType.value.data : undefined;
  return data === undefined ? [] : decode(data).flatMap((batch) => batch.toArray().map((row) => row.toJSON()));
}
