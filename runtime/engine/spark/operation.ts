import { randomUUID } from "node:crypto";
import { InterruptedError } from "../../errors.ts";
import { delay } from "../../turns.ts";
import type { CallOptions, SparkClient } from "./client.ts";
import { isUnknownHandle, isUnknownOperation, noteMidway } from "./lost.ts";
import type { ExecutePlanResponse, Plan } from "./proto/gen/spark_connect_pb.ts";
import { Backoff, isPassing } from "./retry.ts";

/** One execution on the server, whose responses are read one after another. */
export type Operation = {
  readonly id: string;
  /** Responses in order, each once, however often the stream was cut. Leaving the loop early stops the work. */
  readonly responses: AsyncGenerator<ExecutePlanResponse, void, undefined>;
  /** Stops the server's jobs, whether or not anyone reads the responses. */
  stop(): Promise<void>;
};

/**
 * The server ends each stream after some minutes or a gigabyte, and goes on with the work: only ResultComplete is the end
 * of the responses. Till then the client reattaches, behind the last response that it has. An abort interrupts the
 * operation on the server, since closing the stream would leave its jobs running.
 */
export function startOperation(client: SparkClient, plan: Plan, { signal }: CallOptions): Operation {
  const id = randomUUID();
  const stream = new AbortController();
  // Spark 4.2 forgets a job that an interrupt finds between its planning and its first task, and runs it to its end.
  const atWork = Promise.withResolvers<void>();
  let isBegun = false;
  let isComplete = false;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      if (isBegun && !isComplete) {
        void drain(responses);
        await Promise.race([atWork.promise, delay(client.limits.startMs, undefined, { ref: false })]);
      }
      if (isBegun && !isComplete) await interrupt(client, id);
      stream.abort();
      void client.release(id).catch(() => {});
    })();
    return stopping;
  };
  const onAbort = () => void stop();
  signal?.addEventListener("abort", onAbort, { once: true });

  const begin = () =>
    client.service.executePlan(
      {
        ...client.header(),
        plan,
        operationId: id,
        requestOptions: [{ requestOption: { case: "reattachOptions", value: { reattachable: true } } }],
      },
      { signal: stream.signal },
    );
  const reattach = (lastResponseId: string | undefined) =>
    client.service.reattachExecute({ ...client.header(), operationId: id, lastResponseId }, { signal: stream.signal });

  const patience = () => new Backoff(stream.signal, { limitMs: client.limits.awayMs });

  async function* read(): AsyncGenerator<ExecutePlanResponse, void, undefined> {
    let last: string | undefined;
    let calls = 0;
    let backoff = patience();
    let open = begin;
    try {
      if (stopping !== undefined) throw new InterruptedError();
      while (true) {
        try {
          isBegun = true;
          calls += 1;
          for await (const response of open()) {
            client.observe(response);
            last = response.responseId;
            if (hasTasks(response)) atWork.resolve();
            backoff = patience();
            if (response.responseType.case === "resultComplete") {
              isComplete = true;
              return;
            }
            yield response;
          }
          open = () => reattach(last);
        } catch (error) {
          atWork.resolve();
          if (stopping !== undefined) throw new InterruptedError("Interrupted", { cause: error });
          // It never came to the server's knowledge, so it can be begun again.
          if (last === undefined && isUnknownOperation(error)) open = begin;
          else {
            if (calls > 1 && isUnknownHandle(error)) noteMidway(error);
            // It failed: the server has ended it, and there is nothing to stop.
            if (!isPassing(error)) isComplete = true;
            await backoff.wait(error);
            open = () => reattach(last);
          }
        }
        if (stopping !== undefined) throw new InterruptedError();
      }
    } finally {
      atWork.resolve();
      signal?.removeEventListener("abort", onAbort);
      if (isComplete) void client.release(id).catch(() => {});
      else await stop();
    }
  }

  const responses = read();
  /** What is drained has not been read: the end of what was stopped is no end of the responses. */
  async function* whole(): AsyncGenerator<ExecutePlanResponse, void, undefined> {
    yield* responses;
    if (stopping !== undefined) throw new InterruptedError();
  }
  if (signal?.aborted) onAbort();
  return { id, responses: whole(), stop };
}

/** Takes what comes, since nobody else may read by now. */
async function drain(responses: AsyncGenerator<unknown>): Promise<void> {
  try {
    while (!(await responses.next()).done);
  } catch {
    // Who reads is told that it was stopped.
  }
}

/** A request that has just been sent may not have come to the server's knowledge: it is asked until it has. */
async function interrupt(client: SparkClient, id: string): Promise<void> {
  for (const until = performance.now() + KNOWN_MS; performance.now() < until; await delay(ASK_AGAIN_MS)) {
    if (await client.interrupt(id).catch(() => true)) return;
  }
}

const KNOWN_MS = 1500;
const ASK_AGAIN_MS = 100;

const hasTasks = ({ responseType }: ExecutePlanResponse): boolean =>
  responseType.case === "executionProgress"
    ? responseType.value.stages.some(({ numTasks }) => numTasks > 0n)
    : responseType.case !== undefined;
