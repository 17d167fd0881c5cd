import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Engine } from "../../../../runtime/engine/engine.ts";
import type { Limits } from "../../../../runtime/engine/spark/limits.ts";
import { ErrorInfoSchema } from "../../../../runtime/engine/spark/proto/gen/error_info_pb.ts";
import { openSpark } from "../../../../runtime/engine/spark/spark.ts";
import { batch, columns, complete, type FakeSpark, fakeSpark, usualAnswer } from "../../../helpers/fake-spark.ts";

type Handlers = Parameters<typeof fakeSpark>[0];

async function withFake(
  handlers: Handlers,
  use: (engine: Engine, server: FakeSpark) => Promise<void>,
  limits: Partial<Limits> = {},
): Promise<void> {
  const server = await fakeSpark(handlers);
  let engine: Engine | undefined;
  try {
    engine = await openSpark(server.address, limits);
    await use(engine, server);
  } finally {
    await engine?.close();
    await server.close();
  }
}

const plan = { kind: "sql", text: "SELECT id FROM t", inputs: {} } as const;

async function idsOf(engine: Engine, signal?: AbortSignal): Promise<number[]> {
  const ids: number[] = [];
  const { batches } = await engine.execute(plan, { ...(signal && { signal }) });
  for await (const rows of batches) for (const row of rows) ids.push(Number(row?.id));
  return ids;
}

const refusal = (errorClass: string, message = `[${errorClass}] refused`) =>
  new ConnectError(message, Code.Internal, undefined, [
    { desc: ErrorInfoSchema, value: { reason: "x", domain: "org.apache.spark", metadata: { errorClass } } },
  ]);

/** What is told to people meanwhile. */
function heard(t: TestContext): () => string {
  const write = t.mock.method(process.stderr, "write", () => true);
  return () => write.mock.calls.map(({ arguments: [text] }) => String(text)).join("");
}

test("a stream that ends without its last word is taken up behind the last response", async () => {
  const asked: (string | undefined)[] = [];
  const handlers: Handlers = {
    async *executePlan() {
      yield columns;
      yield batch(0, 3);
    },
    async *reattachExecute({ lastResponseId }) {
      asked.push(lastResponseId);
      yield asked.length === 1 ? batch(3, 2) : complete;
    },
  };
  await withFake(handlers, async (engine, { calls }) => {
    assert.deepEqual(await idsOf(engine), [0, 1, 2, 3, 4]);
    assert.deepEqual(asked, ["rows 0", "rows 3"]);
    assert.equal(calls.filter((name) => name === "ExecutePlan").length, 1);
  });
});

test("a connection that is cut in mid-query loses no row", async () => {
  let fake: FakeSpark | undefined;
  const all = [columns, batch(0, 3), batch(3, 1), complete];
  const handlers: Handlers = {
    async *executePlan() {
      yield* all.slice(0, 2);
      fake?.cut();
    },
    async *reattachExecute({ lastResponseId }) {
      yield* all.slice(all.findIndex(({ responseId }) => responseId === lastResponseId) + 1);
    },
  };
  await withFake(handlers, async (engine, server) => {
    fake = server;
    assert.deepEqual(await idsOf(engine), [0, 1, 2, 3]);
  });
});

test("a query that never reached the server is sent again", async () => {
  let tries = 0;
  const handlers: Handlers = {
    async *executePlan() {
      if (++tries === 1) throw new ConnectError("away", Code.Unavailable);
      yield columns;
      yield batch(0, 1);
      yield complete;
    },
    // biome-ignore lint/correctness/useYield: it refuses.
    async *reattachExecute() {
      throw refusal("INVALID_HANDLE.OPERATION_NOT_FOUND");
    },
  };
  await withFake(handlers, async (engine) => assert.deepEqual(await idsOf(engine), [0]));
});

test("rows that are missing in between are an error", async () => {
  const handlers: Handlers = {
    async *executePlan() {
      yield columns;
      yield batch(0, 3);
      yield batch(3, 2, 7);
      yield complete;
    },
  };
  await withFake(handlers, (engine) => assert.rejects(idsOf(engine), /row 7 where row 3 was next/));
});

test("an interrupt asks the server to stop the operation, and frees it", async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  let running: string | undefined;
  const handlers: Handlers = {
    async *executePlan({ operationId }, { signal }) {
      running = operationId;
      yield columns;
      stop.abort();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    // The first question may come before the operation is known.
    interrupt({ interrupt }) {
      asked.push(String(interrupt.value));
      return { interruptedIds: asked.length > 1 ? [String(interrupt.value)] : [] };
    },
  };
  const check = async (engine: Engine, { calls }: FakeSpark) => {
    await assert.rejects(idsOf(engine, stop.signal), { code: "INTERRUPTED" });
    assert.deepEqual(asked, [running, running]);
    assert.ok(calls.includes("Interrupt"));
  };
  await withFake(handlers, check, { startMs: 0 });
});

test("what is to be stopped while it is planned is stopped when it has a task, since servers forget it otherwise", async () => {
  const stop = new AbortController();
  const order: string[] = [];
  const handlers: Handlers = {
    async *executePlan(_, { signal }) {
      yield columns;
      stop.abort();
      // As many turns as an interrupt that did not wait would need to come.
      for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 1));
      order.push("task");
      const stage = { stageId: 0n, numTasks: 2n };
      yield { responseId: "task", responseType: { case: "executionProgress", value: { stages: [stage] } } };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    interrupt({ interrupt }) {
      order.push("interrupt");
      return { interruptedIds: [String(interrupt.value)] };
    },
  };
  const check = async (engine: Engine) => {
    await assert.rejects(idsOf(engine, stop.signal), { code: "INTERRUPTED" });
    assert.deepEqual(order, ["task", "interrupt"]);
  };
  await withFake(handlers, check, { startMs: 600_000 });
});

test("what is stopped while its rows are waited for does not end as if there were no more", async () => {
  const stop = new AbortController();
  const isWaiting = Promise.withResolvers<void>();
  const handlers: Handlers = {
    async *executePlan(_, { signal }) {
      yield columns;
      await isWaiting.promise;
      const stage = { stageId: 0n, numTasks: 2n };
      yield { responseId: "task", responseType: { case: "executionProgress", value: { stages: [stage] } } };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    interrupt: ({ interrupt }) => ({ interruptedIds: [String(interrupt.value)] }),
  };
  const check = async (engine: Engine) => {
    const { batches } = await engine.execute(plan, { signal: stop.signal });
    const rows = Array.fromAsync(batches);
    // The row is asked for, and then the query is stopped.
    await new Promise(setImmediate);
    stop.abort();
    isWaiting.resolve();
    await assert.rejects(rows, { code: "INTERRUPTED" });
  };
  await withFake(handlers, check, { startMs: 600_000 });
});

/** A server that knows its sessions, and what was done in them; `restart` forgets all of them. */
function restartable(rows: Handlers["executePlan"]): {
  readonly handlers: Handlers;
  restart(): void;
  readonly log: string[];
} {
  let id = 1;
  const known = new Map<string, number>();
  const log: string[] = [];
  const enter = (sessionId: string, observed: string | undefined) => {
    const server = known.get(sessionId);
    if (server !== undefined && server !== id) throw refusal("INVALID_HANDLE.SESSION_CHANGED");
    if (observed !== undefined && observed !== String(id)) throw refusal("INVALID_HANDLE.SESSION_CHANGED");
    known.set(sessionId, id);
  };
  const handlers: Handlers = {
    analyzePlan: (request) => {
      enter(request.sessionId, request.clientObservedServerSideSessionId);
      return { ...usualAnswer(request), serverSideSessionId: String(id) };
    },
    config: ({ sessionId, operation, clientObservedServerSideSessionId }) => {
      enter(sessionId, clientObservedServerSideSessionId);
      if (operation?.opType.case === "set") {
        log.push(...operation.opType.value.pairs.map(({ key, value }) => `${key}=${value}`));
      }
      return { serverSideSessionId: String(id) };
    },
    async *executePlan(request, context) {
      enter(request.sessionId, request.clientObservedServerSideSessionId);
      const { plan: sent } = request;
      if (sent?.opType.case === "command") {
        const { commandType } = sent.opType.value;
        log.push(commandType.case === "sqlCommand" ? commandType.value.sql : String(commandType.case));
        yield complete;
      } else if (rows !== undefined) yield* rows(request, context);
    },
    // biome-ignore lint/correctness/useYield: it refuses.
    async *reattachExecute({ sessionId, clientObservedServerSideSessionId }) {
      enter(sessionId, clientObservedServerSideSessionId);
      throw refusal("INVALID_HANDLE.OPERATION_NOT_FOUND");
    },
  };
  return { handlers, log, restart: () => void id++ };
}

async function* oneRow() {
  yield columns;
  yield batch(0, 1);
  yield complete;
}

test("a session that the server has lost is begun anew, with its settings and views, and the query runs", async (t) => {
  const { handlers, log, restart } = restartable(oneRow);
  const said = heard(t);
  await withFake(handlers, async (engine) => {
    await engine.setConf("spark.sql.session.timeZone", "UTC");
    await engine.createView("mine", plan, { replace: true });
    await engine.command("CREATE OR REPLACE TEMPORARY VIEW `other` AS SELECT 1");
    await engine.command("DROP VIEW IF EXISTS gone");
    assert.deepEqual(await idsOf(engine), [0]);
    log.length = 0;
    restart();
    assert.deepEqual(await idsOf(engine), [0]);
    assert.deepEqual(
      log.filter((line) => !/ansi|LargeVar|maxIter|reportInterval|timeType/.test(line)),
      ["spark.sql.session.timeZone=UTC", "createDataframeView", "CREATE OR REPLACE TEMPORARY VIEW `other` AS SELECT 1"],
    );
    assert.match(
      said(),
      /restarted, or had ended this session: a new one .* its settings and view mine, view other are there/,
    );
  });
});

test("a server that is restarted in mid-query runs it again, unless rows have been given", async (t) => {
  let runs = 0;
  let fake: FakeSpark | undefined;
  let given: Promise<void> | undefined;
  const { handlers, restart } = restartable(async function* () {
    yield columns;
    if (++runs % 2 === 1) {
      if (given !== undefined) yield batch(0, 1);
      await given;
      restart();
      fake?.cut();
      return;
    }
    yield batch(0, 2);
    yield complete;
  });
  heard(t);
  await withFake(handlers, async (engine, server) => {
    fake = server;
    assert.deepEqual(await idsOf(engine), [0, 1]);
    assert.equal(runs, 2);
    const { promise, resolve } = Promise.withResolvers<void>();
    given = promise;
    const { batches } = await engine.execute(plan);
    const reader = batches[Symbol.asyncIterator]();
    assert.equal((await reader.next()).value?.numRows, 1);
    resolve();
    await assert.rejects(reader.next(), { code: "LOST_MIDWAY", message: /in the midst of this\. Run it again/ });
    assert.deepEqual(await idsOf(engine), [0, 1]);
  });
});

test("a command that the server may have begun is not run twice", async (t) => {
  const sent: string[] = [];
  let fake: FakeSpark | undefined;
  const { handlers, restart } = restartable(undefined);
  heard(t);
  const command: Handlers["executePlan"] = async function* ({ plan: work }) {
    const kind = work?.opType.case === "command" ? work.opType.value.commandType : undefined;
    sent.push(kind?.case === "sqlCommand" ? kind.value.sql : "");
    if (sent.length === 1) {
      yield { responseId: "begun", responseType: { case: "executionProgress", value: {} } };
      restart();
      fake?.cut();
      return;
    }
    yield complete;
  };
  await withFake({ ...handlers, executePlan: command }, async (engine, server) => {
    fake = server;
    await assert.rejects(engine.command("INSERT INTO t VALUES (1)"), { code: "LOST_MIDWAY" });
    assert.equal(sent.length, 1);
    await engine.command("INSERT INTO t VALUES (2)");
    assert.equal(sent.length, 2);
  });
});

test("a server before Spark 4 is refused, and a wrong token told", async () => {
  const old = await fakeSpark({
    analyzePlan: () => ({ result: { case: "sparkVersion", value: { version: "3.5.9" } } }),
  });
  const strict = await fakeSpark({
    analyzePlan: (_, { requestHeader }) => {
      throw new ConnectError(`not ${requestHeader.get("authorization")}`, Code.Unauthenticated);
    },
  });
  try {
    await assert.rejects(openSpark(old.address), /is Spark 3\.5\.9; Quern needs Spark 4\.0 or later/);
    await assert.rejects(openSpark(`${strict.address}/;token=s3cret999`), (error: Error) => {
      return /refuses the token/.test(error.message) && !error.message.includes("s3cret999");
    });
  } finally {
    await old.close();
    await strict.close();
  }
});
