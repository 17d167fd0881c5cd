import { Code, ConnectError } from "@connectrpc/connect";
import { InterruptedError } from "../../errors.ts";
import { delay } from "../../turns.ts";
import { RetryInfoSchema } from "./proto/gen/error_info_pb.ts";
import { reasonOf } from "./unreachable.ts";

export type RetryLimits = {
  /** For how long an unreachable server is tried again. */
  readonly limitMs: number;
};

/** As Spark's own clients wait, but for less long: they would try for some ten minutes. */
const FIRST_WAIT_MS = 50;
const FACTOR = 4;
const LONGEST_WAIT_MS = 10_000;

/** The waits between the attempts at one thing. */
export class Backoff {
  readonly #signal: AbortSignal | undefined;
  readonly #untilMs: number;
  #waitMs = FIRST_WAIT_MS;

  constructor(signal: AbortSignal | undefined, { limitMs }: RetryLimits) {
    this.#signal = signal;
    this.#untilMs = performance.now() + limitMs;
  }

  /** Waits before the next attempt, or throws the error where there is to be none. */
  async wait(error: unknown): Promise<void> {
    if (!isPassing(error)) throw error;
    const waitMs = Math.max(this.#waitMs * (0.75 + Math.random() / 2), wishedMs(error));
    if (performance.now() + waitMs > this.#untilMs) throw error;
    this.#waitMs = Math.min(this.#waitMs * FACTOR, LONGEST_WAIT_MS);
    try {
      await delay(waitMs, undefined, { signal: this.#signal });
    } catch (cause) {
      throw new InterruptedError("Interrupted", { cause });
    }
  }
}

/** Calls until it is answered; an error that waiting does not mend is thrown at once. */
export async function retrying<T>(
  call: () => Promise<T>,
  { signal, ...limits }: RetryLimits & { readonly signal?: AbortSignal | undefined },
): Promise<T> {
  const backoff = new Backoff(signal, limits);
  while (true) {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted) throw error;
      await backoff.wait(error);
    }
  }
}

/** The server is away, or its stream lost its place, or it asks to be tried again. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  const reason = reasonOf(error);
  if (reason !== undefined) return reason === "UNREACHABLE";
  if (error.code === Code.Unavailable) return true;
  // A connection that is lost while a stream is read ends it with one of these; so does its reader, who looks first.
  if (error.code === Code.Aborted || error.code === Code.Canceled || isReset(error)) return true;
  return error.rawMessage.includes("INVALID_CURSOR.DISCONNECTED") || wishedMs(error) > 0;
}

const isReset = ({ cause }: ConnectError): boolean =>
  ["ECONNRESET", "EPIPE", "ERR_HTTP2_STREAM_ERROR", "ERR_HTTP2_SESSION_ERROR", "ERR_STREAM_PREMATURE_CLOSE"].includes(
    (cause as { code?: string } | undefined)?.code ?? "",
  );

function wishedMs(error: unknown): number {
  if (!(error instanceof ConnectError)) return 0;
  const [info] = error.findDetails(RetryInfoSchema);
  return info?.retryDelay === undefined ? 0 : Number(info.retryDelay.seconds) * 1000 + info.retryDelay.nanos / 1e6;
}
