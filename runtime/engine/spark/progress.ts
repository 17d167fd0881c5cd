import type { Progress } from "../engine.ts";
import type { ExecutePlanResponse_ExecutionProgress as ExecutionProgress } from "./proto/gen/spark_connect_pb.ts";

/** The part of the tasks known so far that is done: Spark plans later stages when it knows what the earlier ones gave. */
export function progressOf({ stages }: ExecutionProgress): Progress {
  let tasks = 0n;
  let completed = 0n;
  for (const stage of stages) {
    tasks += stage.numTasks;
    completed += stage.numCompletedTasks;
  }
  return { fraction: tasks === 0n ? undefined : Number(completed) / Number(tasks) };
}
