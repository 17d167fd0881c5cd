import type { RunOptions } from "../engine.ts";
import type { SparkClient } from "./client.ts";
import { progressOf } from "./progress.ts";
import type { Command, ExecutePlanResponse, Relation } from "./proto/gen/spark_connect_pb.ts";

type Result = ExecutePlanResponse["responseType"];

/** Runs a command, or a query without its rows, to its end; the answer is what a command gave. */
export async function runCommand(
  client: SparkClient,
  work: Command | Relation,
  { sql, ...options }: RunOptions & { readonly sql?: string } = {},
): Promise<Result | undefined> {
  let found: Result | undefined;
  try {
    for await (const { responseType } of client.execute(work, options).responses) {
      if (responseType.case === "executionProgress") options.onProgress?.(progressOf(responseType.value));
      else if (responseType.case !== undefined) found = responseType;
    }
  } catch (error) {
    throw await client.failure(error, { sql, signal: options.signal });
  }
  return found;
}
