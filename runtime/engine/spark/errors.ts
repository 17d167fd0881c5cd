import { Code, ConnectError } from "@connectrpc/connect";
import {
  AnalysisError,
  EngineError,
  type Excerpt,
  excerptAt,
  InterruptedError,
  type Origin,
  QuernError,
} from "../../errors.ts";
import type { SparkClient } from "./client.ts";
import { isMidway, isUnknownHandle, LOST_MIDWAY } from "./lost.ts";
import { ErrorInfoSchema } from "./proto/gen/error_info_pb.ts";
import type { FetchErrorDetailsResponse_Error as ErrorDetails } from "./proto/gen/spark_connect_pb.ts";
import { reasonOf } from "./unreachable.ts";

export type FailureContext = {
  readonly client: SparkClient;
  readonly signal?: AbortSignal | undefined;
  readonly sql?: string | undefined;
  readonly origin?: Origin | undefined;
};

/** What Spark says of an error beside its message. */
export type SparkDetails = {
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  /** The part of the SQL text that is at fault, with its place in it. */
  readonly fragment: { readonly text: string; readonly start: number; readonly stop: number } | undefined;
};

/** Of an error that was made of Spark's. */
export const sparkDetails = (error: unknown): SparkDetails | undefined => known.get(error as object);

const known = new WeakMap<object, SparkDetails>();

/**
 * A failed call as an error of Quern's: Spark's error class is its code, the message is Spark's own without plans and
 * stacks. Refusals (names, types, syntax) are AnalysisErrors.
 */
export async function sparkError(error: unknown, context: FailureContext): Promise<Error> {
  if (error instanceof QuernError) return error;
  if (context.signal?.aborted) return new InterruptedError("Interrupted", { cause: error });
  const { client, sql, origin } = context;
  const failure = ConnectError.from(error);
  const [info] = failure.findDetails(ErrorInfoSchema);
  if (info === undefined) return unstructured(failure, context);
  const { errorId, errorClass, sqlState, classes = "" } = info.metadata;
  const found = await fetchDetails(client, errorId);
  const throwable = found?.sparkThrowable;
  const name = throwable?.errorClass ?? (errorClass || undefined) ?? classInMessage(failure.rawMessage);
  const [place] = throwable?.queryContexts ?? [];
  const details: SparkDetails = {
    errorClass: name,
    sqlState: throwable?.sqlState ?? sqlState,
    fragment: place?.fragment ? { text: place.fragment, start: place.startIndex, stop: place.stopIndex } : undefined,
  };
  if (name === "OPERATION_CANCELED" || name === "OPERATION_ABANDONED") {
    return new InterruptedError(`The server has cancelled this query. ${client.hide(firstWords(failure.rawMessage))}`, {
      origin,
    });
  }
  if (name?.startsWith("INVALID_HANDLE.SESSION_")) client.loseSession();
  if (name !== undefined && isUnknownHandle(failure)) {
    const code = isMidway(failure) ? LOST_MIDWAY : name;
    const message =
      code === LOST_MIDWAY
        ? `The server at ${client.address} was restarted, or ended this session, in the midst of this. Run it again; what writes may have written something.`
        : `The server at ${client.address} no longer has this session: it was restarted, or ended the session.`;
    return new EngineError(code, message, { sql, origin });
  }
  const kinds = `${classes} ${found?.errorTypeHierarchy.join() ?? ""}`;
  const Kind = /AnalysisException|ParseException/.test(kinds) ? AnalysisError : EngineError;
  const message = client.hide(`${firstWords(found?.message || failure.rawMessage)}${hint(name, client)}`);
  const excerpt = excerptOf(details, sql);
  const made = new Kind(codeOf(name, failure), withFragment(message, details), { sql, origin, excerpt });
  known.set(made, details);
  return made;
}

/** They can be fetched once; older servers have none, and then the short message has to do. */
async function fetchDetails(client: SparkClient, errorId: string | undefined): Promise<ErrorDetails | undefined> {
  if (errorId === undefined) return undefined;
  try {
    const { rootErrorIdx = 0, errors } = await client.service.fetchErrorDetails(
      { ...client.header(), errorId },
      { timeoutMs: client.limits.stopMs },
    );
    // The cause that has a class says more than what is wrapped around it.
    let at: number | undefined = rootErrorIdx;
    for (let left = errors.length; at !== undefined && left > 0; left--) {
      const one: ErrorDetails | undefined = errors[at];
      if (one?.sparkThrowable?.errorClass) return one;
      at = one?.causeIdx;
    }
    return errors[rootErrorIdx];
  } catch {
    return undefined;
  }
}

/** Errors of the connection, and of what stands before Spark. */
function unstructured(failure: ConnectError, { client, sql, origin }: FailureContext): QuernError {
  const at = client.address;
  const said = client.hide(firstWords(failure.rawMessage)).replace(/[.\s]+$/, "") || "no reason was given";
  const made = (code: string, message: string) =>
    new EngineError(code, message.replace(/([?.])\.$/, "$1"), { sql, origin });
  const reason = reasonOf(failure);
  if (reason !== undefined) return made(reason, `The Spark Connect server at ${at} cannot be reached: ${said}.`);
  switch (failure.code) {
    case Code.Unavailable:
    case Code.Aborted:
    case Code.Canceled:
      return made("UNREACHABLE", `The Spark Connect server at ${at} cannot be reached: ${said}.`);
    case Code.Unauthenticated:
    case Code.PermissionDenied:
      return made(
        "REFUSED",
        `The server at ${at} refuses the token or user: ${said}. The address names them as its parameters token and user_id.`,
      );
    case Code.Unimplemented:
      if (/^HTTP \d/.test(failure.rawMessage))
        return made("NOT_SPARK", `What answers at ${at} is no Spark Connect server: ${said}.`);
      return made("TOO_OLD", `The server at ${at} does not know this request: ${said}.`);
    case Code.DeadlineExceeded:
      return made("NO_ANSWER", `The server at ${at} takes calls, and did not answer in time.`);
    default:
      return made(classInMessage(failure.rawMessage) ?? "SPARK", said || `Spark failed (${failure.code}).`);
  }
}

const codeOf = (name: string | undefined, failure: ConnectError): string =>
  name ?? (failure.code === Code.ResourceExhausted ? "RESOURCES" : "SPARK");

const classInMessage = (message: string): string | undefined => /^\[([A-Z][A-Z0-9_.]+)\]/.exec(message)?.[1];

/** Behind the first sentences Spark prints plans, stacks and the text again. */
function firstWords(message: string): string {
  const text = message.trim().split(/\n\n|;\n|\n(?:\t| *at |==|JVM stacktrace|')/)[0] ?? message;
  const [first = "", ...more] = text.split("\n");
  const state = /SQLSTATE: \w+/.exec(more.join(" "))?.[0] ?? "";
  return `${first.replace(/; line \d+,? pos \d+;?\s*$/, "").trim()} ${state}`.replace(/ {2,}/g, " ").trim();
}

function excerptOf({ fragment }: SparkDetails, sql = ""): Excerpt | undefined {
  if (fragment === undefined) return undefined;
  const { text, start } = fragment;
  return sql.startsWith(text, start) ? excerptAt(sql, start) : excerptAt(text, 0);
}

function withFragment(message: string, { fragment }: SparkDetails): string {
  const text = fragment?.text.trim().replace(/\s+/g, " ");
  if (!text || message.includes(text) || text.length > 200) return message;
  return `${message} In: ${text}`;
}

/** A path that is not there may well be on this machine. */
const hint = (name: string | undefined, client: SparkClient): string =>
  name === "PATH_NOT_FOUND"
    ? ` Paths are those of the server (${client.address}), not of this machine: rows from here go there with createDataFrame.`
    : "";
