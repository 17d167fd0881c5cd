import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { create } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { EngineError } from "../../errors.ts";
import { trust } from "./certificates.ts";
import { type Connection, shownAddress } from "./connection-string.ts";
import { type FailureContext, sparkError } from "./errors.ts";
import { Http2Connection } from "./http2.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { type Operation, startOperation } from "./operation.ts";
import {
  type AnalyzePlanResponse,
  type Command,
  type DataType,
  AnalyzePlanRequest_Explain_ExplainMode as ExplainMode,
  InterruptRequest_InterruptType,
  type KeyValue,
  type Plan,
  PlanSchema,
  type Relation,
  SparkConnectService,
} from "./proto/gen/spark_connect_pb.ts";
import { retrying } from "./retry.ts";

export { ExplainMode };

/** What every request says. */
export type Header = {
  readonly sessionId: string;
  readonly userContext: { readonly userId: string; readonly userName: string };
  readonly clientType: string;
  readonly clientObservedServerSideSessionId?: string;
};

export type CallOptions = { readonly signal?: AbortSignal | undefined };

/** A session on a Spark Connect server: its calls, retried while the server cannot be reached. */
export class SparkClient {
  readonly service: Client<typeof SparkConnectService>;
  readonly limits: Limits;
  readonly #connection: Connection;
  readonly #http: Http2Connection;
  #header: Header;
  #serverSession: string | undefined;
  /** What was set, for another session. */
  readonly #settings = new Map<string, { readonly value: string; readonly silent: boolean }>();
  #isLost = false;
  #version = "";

  constructor(connection: Connection, limits: Partial<Limits> = {}) {
    this.#connection = connection;
    this.limits = { ...usualLimits, ...limits };
    const { host, port, isTls, userId, sessionId, userAgent } = connection;
    const baseUrl = `${isTls ? "https" : "http"}://${host}:${port}`;
    this.#http = new Http2Connection(baseUrl, host, this.limits, () => (isTls ? trust() : {}));
    const transport = createGrpcTransport({
      baseUrl,
      sessionManager: this.#http,
      interceptors: [identify(connection)],
    });
    this.service = createClient(SparkConnectService, transport);
    const user = userId ?? userName();
    this.#header = {
      sessionId: sessionId ?? randomUUID(),
      userContext: { userId: user, userName: user },
      clientType: userAgent ?? "quern",
    };
  }

  /** Host and port, as they may be shown. */
  get address(): string {
    return shownAddress(this.#connection);
  }

  /** A server, or what stands before it, may repeat what it was sent. */
  hide(text: string): string {
    const { token, headers } = this.#connection;
    return [token ?? "", ...Object.values(headers)]
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .reduce((hidden, secret) => hidden.replaceAll(secret, "***"), text);
  }

  /** With the server's own id of the session: were the server another one by now, it would tell. */
  header(): Header {
    if (this.#serverSession === undefined) return this.#header;
    return { ...this.#header, clientObservedServerSideSessionId: this.#serverSession };
  }

  observe({ serverSideSessionId }: { readonly serverSideSessionId: string }): void {
    if (serverSideSessionId !== "") this.#serverSession ??= serverSideSessionId;
  }

  /** The server has forgotten the session: it was restarted, or nothing was asked for long. */
  loseSession(): void {
    this.#isLost = true;
  }

  /** Begins another session in place of one that was lost, with the same settings; answers what `fill` does, if it did. */
  async renewSession<T>(fill: () => Promise<T>): Promise<T | undefined> {
    if (!this.#isLost) return undefined;
    this.#header = { ...this.#header, sessionId: randomUUID() };
    this.#serverSession = undefined;
    for (const [name, { value, silent }] of this.#settings) await this.setConf(name, value, silent);
    const filled = await fill();
    this.#isLost = false;
    return filled;
  }

  /** The first call: it says the server's version, or why it cannot be reached. */
  async connect(options: CallOptions = {}): Promise<string> {
    const response = await this.analyze({ case: "sparkVersion", value: {} }, options, true);
    if (response.result.case !== "sparkVersion") throw unexpected(response);
    this.#version = response.result.value.version;
    return this.#version;
  }

  /** Whether the server, which has been connected to, is of this version or a later one. */
  isAtLeast(major: number, minor: number): boolean {
    const [ownMajor = 0, ownMinor = 0] = this.#version.split(".").map((part) => Number.parseInt(part, 10));
    return ownMajor > major || (ownMajor === major && ownMinor >= minor);
  }

  async schema(relation: Relation, options: CallOptions = {}): Promise<DataType | undefined> {
    const response = await this.analyze({ case: "schema", value: { plan: planOf(relation) } }, options);
    if (response.result.case !== "schema") throw unexpected(response);
    return response.result.value.schema;
  }

  async explain(relation: Relation, explainMode: ExplainMode, options: CallOptions = {}): Promise<string> {
    const request = { case: "explain", value: { plan: planOf(relation), explainMode } } as const;
    const response = await this.analyze(request, options);
    if (response.result.case !== "explain") throw unexpected(response);
    return response.result.value.explainString;
  }

  async inputFiles(relation: Relation): Promise<readonly string[]> {
    const response = await this.analyze({ case: "inputFiles", value: { plan: planOf(relation) } });
    if (response.result.case !== "inputFiles") throw unexpected(response);
    return response.result.value.files;
  }

  async isLocal(relation: Relation): Promise<boolean> {
    const response = await this.analyze({ case: "isLocal", value: { plan: planOf(relation) } });
    if (response.result.case !== "isLocal") throw unexpected(response);
    return response.result.value.isLocal;
  }

  /** Sets a value; `silent`: a server that does not know the name ignores it. */
  async setConf(key: string, value: string, silent = false): Promise<void> {
    await this.config({ case: "set", value: { pairs: [{ key, value }], silent } });
    this.#settings.set(key, { value, silent });
  }

  async unsetConf(key: string): Promise<void> {
    await this.config({ case: "unset", value: { keys: [key] } });
    this.#settings.delete(key);
  }

  /** Starts a query or command on the server; it is reattached to when its stream is cut. */
  execute(work: Relation | Command, options: CallOptions = {}): Operation {
    const plan =
      work.$typeName === "spark.connect.Relation"
        ? planOf(work)
        : create(PlanSchema, { opType: { case: "command", value: work } });
    return startOperation(this, plan, options);
  }

  /** Stops the jobs of an operation; answers whether the server knows it. */
  async interrupt(operationId: string): Promise<boolean> {
    const { interruptedIds } = await this.service.interrupt(
      {
        ...this.header(),
        interruptType: InterruptRequest_InterruptType.OPERATION_ID,
        interrupt: { case: "operationId", value: operationId },
      },
      { timeoutMs: this.limits.stopMs },
    );
    return interruptedIds.includes(operationId);
  }

  /** Frees what the server has kept of an operation's results. It ends those that are forgotten by itself. */
  async release(operationId: string): Promise<void> {
    await this.service.releaseExecute(
      { ...this.header(), operationId, release: { case: "releaseAll", value: {} } },
      { timeoutMs: this.limits.stopMs },
    );
  }

  failure(error: unknown, context: Omit<FailureContext, "client"> = {}): Promise<Error> {
    return sparkError(error, { ...context, client: this });
  }

  /** Ends the server's session, if it can still be reached, and the connection. */
  async close(): Promise<void> {
    await this.service.releaseSession(this.#header, { timeoutMs: this.limits.stopMs }).catch(() => {});
    this.#http.abort();
  }

  /** A question about a plan. */
  async analyze(
    analyze: NonNullable<Parameters<Client<typeof SparkConnectService>["analyzePlan"]>[0]["analyze"]>,
    { signal }: CallOptions = {},
    isFirst = false,
  ): Promise<AnalyzePlanResponse> {
    const { answerMs, firstMs, awayMs } = this.limits;
    const timeout = isFirst ? { timeoutMs: answerMs } : {};
    const call = () => this.service.analyzePlan({ ...this.header(), analyze }, { signal, ...timeout });
    const response = await retrying(call, { signal, limitMs: isFirst ? firstMs : awayMs }).catch(async (error) => {
      throw await this.failure(error, { signal });
    });
    this.observe(response);
    return response;
  }

  /** A question about settings, or a change of some. */
  async config(
    opType: NonNullable<
      NonNullable<Parameters<Client<typeof SparkConnectService>["config"]>[0]["operation"]>["opType"]
    >,
  ): Promise<readonly KeyValue[]> {
    const call = () =>
      this.service.config({ ...this.header(), operation: { opType } }, { timeoutMs: this.limits.answerMs });
    const response = await retrying(call, { limitMs: this.limits.awayMs }).catch(async (error) => {
      throw await this.failure(error);
    });
    this.observe(response);
    return response.pairs;
  }
}

/** A shorter one would hide words of the message. */
const SHORTEST_SECRET = 4;

const planOf = (relation: Relation): Plan => create(PlanSchema, { opType: { case: "root", value: relation } });

const unexpected = ({ result }: AnalyzePlanResponse) =>
  new EngineError("PROTOCOL", `The server answered another question than was asked (${result.case ?? "nothing"}).`);

/** Who sends a request. The token stays in this closure and in the request. */
function identify({ token, headers }: Connection): Interceptor {
  return (next) => (request) => {
    for (const [name, value] of Object.entries(headers)) request.header.set(name, value);
    if (token !== undefined) request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
}

/** The server keeps sessions by user and id; containers may have users without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "quern";
  }
}
