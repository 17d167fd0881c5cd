import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { create } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { EngineError } from "../../errors.ts";
import { type Connection, shownAddress } from "./connection-string.ts";
import { type FailureContext, sparkError } from "./errors.ts";
import { type Operation, startOperation } from "./operation.ts";
import {
  type AnalyzePlanResponse,
  type Command,
  type DataType,
  AnalyzePlanRequest_Explain_ExplainMode as ExplainMode,
  InterruptRequest_InterruptType,
  type Plan,
  PlanSchema,
  type Relation,
  SparkConnectService,
} from "./proto/gen/spark_connect_pb.ts";
import { type RetryLimits, retrying } from "./retry.ts";

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
  readonly #connection: Connection;
  readonly #http: Http2SessionManager;
  #header: Header;
  #serverSession: string | undefined;
  /** What was set, for another session. */
  readonly #settings = new Map<string, { readonly value: string; readonly silent: boolean }>();
  #isLost = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { host, port, isTls, userId, sessionId, userAgent } = connection;
    const baseUrl = `${isTls ? "https" : "http"}://${host}:${port}`;
    // Without pings a connection that was cut silently would be waited for for ever.
    this.#http = new Http2SessionManager(baseUrl, { pingIntervalMs: PING_MS, pingTimeoutMs: PING_ANSWER_MS });
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

  /** Begins another session in place of one that was lost; answers whether it did. */
  async renewSession(): Promise<boolean> {
    if (!this.#isLost) return false;
    this.#isLost = false;
    this.#header = { ...this.#header, sessionId: randomUUID() };
    this.#serverSession = undefined;
    for (const [name, { value, silent }] of this.#settings) await this.setConf(name, value, silent);
    return true;
  }

  /** The first call: it says the server's version, or why it cannot be reached. */
  async connect(options: CallOptions = {}): Promise<string> {
    const response = await this.#analyze({ case: "sparkVersion", value: {} }, options, CONNECT_LIMITS);
    if (response.result.case !== "sparkVersion") throw unexpected(response);
    return response.result.value.version;
  }

  async schema(relation: Relation, options: CallOptions = {}): Promise<DataType | undefined> {
    const response = await this.#analyze({ case: "schema", value: { plan: planOf(relation) } }, options);
    if (response.result.case !== "schema") throw unexpected(response);
    return response.result.value.schema;
  }

  async explain(relation: Relation, explainMode: ExplainMode, options: CallOptions = {}): Promise<string> {
    const request = { case: "explain", value: { plan: planOf(relation), explainMode } } as const;
    const response = await this.#analyze(request, options);
    if (response.result.case !== "explain") throw unexpected(response);
    return response.result.value.explainString;
  }

  /** Sets a value; `silent`: a server that does not know the name ignores it. */
  async setConf(key: string, value: string, silent = false): Promise<void> {
    await this.#config({ case: "set", value: { pairs: [{ key, value }], silent } });
    this.#settings.set(key, { value, silent });
  }

  async unsetConf(key: string): Promise<void> {
    await this.#config({ case: "unset", value: { keys: [key] } });
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
      { timeoutMs: INTERRUPT_MS },
    );
    return interruptedIds.includes(operationId);
  }

  /** Frees what the server has kept of an operation's results. It ends those that are forgotten by itself. */
  async release(operationId: string): Promise<void> {
    await this.service.releaseExecute(
      { ...this.header(), operationId, release: { case: "releaseAll", value: {} } },
      { timeoutMs: BRIEF_MS },
    );
  }

  failure(error: unknown, context: Omit<FailureContext, "client"> = {}): Promise<Error> {
    return sparkError(error, { ...context, client: this });
  }

  /** Ends the server's session, if it can still be reached, and the connection. */
  async close(): Promise<void> {
    await this.service.releaseSession(this.#header, { timeoutMs: BRIEF_MS }).catch(() => {});
    this.#http.abort();
  }

  async #analyze(
    analyze: NonNullable<Parameters<Client<typeof SparkConnectService>["analyzePlan"]>[0]["analyze"]>,
    { signal }: CallOptions,
    limits?: RetryLimits,
  ): Promise<AnalyzePlanResponse> {
    const call = () => this.service.analyzePlan({ ...this.header(), analyze }, { signal });
    const response = await retrying(call, { signal, ...limits }).catch(async (error) => {
      throw await this.failure(error, { signal });
    });
    this.observe(response);
    return response;
  }

  async #config(
    opType: NonNullable<
      NonNullable<Parameters<Client<typeof SparkConnectService>["config"]>[0]["operation"]>["opType"]
    >,
  ): Promise<void> {
    const call = () => this.service.config({ ...this.header(), operation: { opType } }, { timeoutMs: UNARY_MS });
    const response = await retrying(call).catch(async (error) => {
      throw await this.failure(error);
    });
    this.observe(response);
  }
}

const PING_MS = 20_000;
const PING_ANSWER_MS = 10_000;
/** For calls that the server answers without work. */
const BRIEF_MS = 5000;
/** Who has pressed stop is not made to wait for a server that is away. */
const INTERRUPT_MS = 2000;
const UNARY_MS = 60_000;
/** Who has just written an address wants to know soon. */
const CONNECT_LIMITS: RetryLimits = { limitMs: 3000 };

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
