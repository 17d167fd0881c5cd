import { once } from "node:events";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { Int64, makeVector, Table, tableToIPC } from "apache-arrow";
import {
  type AnalyzePlanRequest,
  type AnalyzePlanResponseSchema,
  type DataTypeSchema,
  type ExecutePlanResponseSchema,
  SparkConnectService,
} from "../../runtime/engine/spark/proto/gen/spark_connect_pb.ts";

type Handlers = Partial<ServiceImpl<typeof SparkConnectService>>;
type Response = MessageInitShape<typeof ExecutePlanResponseSchema>;

export type FakeSpark = {
  readonly address: string;
  /** The names of the calls that came, in order. */
  readonly calls: readonly string[];
  /** Cuts all connections, as a network does. */
  cut(): void;
  close(): Promise<void>;
};

/** A server that speaks Spark Connect and knows nothing but what a test has it say: for faults. */
export async function fakeSpark(handlers: Handlers): Promise<FakeSpark> {
  const calls: string[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const usual: Handlers = {
    analyzePlan: usualAnswer,
    config: () => ({}),
    interrupt: () => ({}),
    releaseExecute: () => ({}),
    releaseSession: () => ({}),
  };
  const adapter = connectNodeAdapter({
    routes: (router) => router.service(SparkConnectService, { ...usual, ...handlers }),
  });
  const server = createServer((request, response) => {
    calls.push(request.url.split("/").at(-1) ?? "");
    adapter(request, response);
  });
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const session of sessions) session.destroy();
  };
  return {
    address: `sc://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

/** To a question after the version, or after the columns of a plan. */
export const usualAnswer = ({ analyze }: AnalyzePlanRequest): MessageInitShape<typeof AnalyzePlanResponseSchema> => ({
  serverSideSessionId: "fake",
  result:
    analyze.case === "sparkVersion"
      ? { case: "sparkVersion", value: { version: "4.2.1" } }
      : { case: "schema", value: { schema: idSchema } },
});

const idSchema: MessageInitShape<typeof DataTypeSchema> = {
  kind: {
    case: "struct",
    value: { fields: [{ name: "id", dataType: { kind: { case: "long", value: {} } }, nullable: false }] },
  },
};

/** The columns, as a server sends them first. */
export const columns: Response = { responseId: "columns", schema: idSchema };

/** One batch of the numbers from `start` on. */
export function batch(start: number, count: number, offset = start): Response {
  const ids = makeVector({
    type: new Int64(),
    data: BigInt64Array.from({ length: count }, (_, i) => BigInt(start + i)),
  } as never);
  return {
    responseId: `rows ${start}`,
    responseType: {
      case: "arrowBatch",
      value: {
        rowCount: BigInt(count),
        data: tableToIPC(new Table({ id: ids as never }), "stream"),
        startOffset: BigInt(offset),
      },
    },
  };
}

export const complete: Response = { responseId: "end", responseType: { case: "resultComplete", value: {} } };
