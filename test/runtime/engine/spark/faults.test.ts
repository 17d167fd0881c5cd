import assert from "node:assert/strict";
import test from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Engine } from "../../../../runtime/engine/engine.ts";
import { ErrorInfoSchema } from "../../../../runtime/engine/spark/proto/gen/error_info_pb.ts";
import { openSpark } from "../../../../runtime/engine/spark/spark.ts";
import { batch, columns, complete, type FakeSpark, fakeSpark } from "../../../helpers/fake-spark.ts";

type Handlers = Parameters<typeof fakeSpark>[0];

async function withFake(handlers: Handlers, use: (engine: Engine, server: FakeSpark) => Promise<void>): Promise<void> {
  const server = await fakeSpark(handlers);
  let engine: Engine | undefined;
  try {
    engine = await openSpark(server.address);
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
  await withFake(handlers, async (engine, { calls }) => {
    await assert.rejects(idsOf(engine, stop.signal), { code: "INTERRUPTED" });
    assert.deepEqual(asked, [running, running]);
    assert.ok(calls.includes("Interrupt"));
  });
});

test("a session that the server has lost is told once, and the next query has a new one, with its settings", async () => {
  const sessions = new Set<string>();
  const settings: string[] = [];
  let isRestarted = false;
  const handlers: Handlers = {
    async *executePlan({ sessionId }) {
      if (isRestarted && sessions.has(sessionId)) throw refusal("INVALID_HANDLE.SESSION_CHANGED");
      sessions.add(sessionId);
      yield columns;
      yield batch(0, 1);
      yield complete;
    },
    config({ sessionId, operation }) {
      if (operation?.opType.case === "set") {
        for (const { key, value } of operation.opType.value.pairs) settings.push(`${sessionId} ${key}=${value}`);
      }
      return {};
    },
  };
  await withFake(handlers, async (engine) => {
    await engine.setConf("spark.sql.session.timeZone", "UTC");
    await idsOf(engine);
    isRestarted = true;
    await assert.rejects(idsOf(engine), /no longer has this session/);
    assert.deepEqual(await idsOf(engine), [0]);
    assert.equal(sessions.size, 2);
    assert.ok(settings.includes(`${[...sessions][1]} spark.sql.session.timeZone=UTC`));
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
