import { unitsOf } from "./output-limit.ts";

/**
 * Jupyter's server passes on 1 MB of text a second, measured over three; of a cell that shows more it drops all that
 * follows, displays and errors too. So the session is made to wait before that.
 */
export type Pace = {
  /** Text is to leave for the front end. */
  spend(text: string): void;
  /** A message leaves, whatever text it holds. */
  spendMessage(): void;
  /** The server counts anew whenever a request is answered. */
  reset(): void;
};

const serverWindowMs = 3000;
/** The server counts what it has read, which may be later. */
const windowMs = 4000;
/** What is on its way when the session is told to wait comes too. */
const share = 0.88;
/** Of a message's other parts. */
const bytesBeside = 900;
const serverBytesPerSecond = 1_000_000;

/**
 * Bytes a second; undefined where no server is between us and the front end, which the server tells by `JPY_SESSION_NAME`.
 * Who has set the server's limit (`iopub_data_rate_limit`) sets `QUERN_OUTPUT_RATE`, as `10M` or `none`.
 */
export function outputRateOf(env: NodeJS.ProcessEnv, log: (line: string) => void): number | undefined {
  const wanted = env.QUERN_OUTPUT_RATE?.trim() ?? "";
  if (/^none$/i.test(wanted)) return undefined;
  const rate = unitsOf(wanted);
  if (rate === undefined && wanted !== "")
    log(`QUERN_OUTPUT_RATE is "${wanted}", which is no number of bytes a second as 500k or 10M, nor none`);
  return rate ?? (env.JPY_SESSION_NAME === undefined ? undefined : serverBytesPerSecond);
}

export function createPace(bytesPerSecond: number, wait: (ms: number) => void, nowMs = () => performance.now()): Pace {
  const most = share * bytesPerSecond * (serverWindowMs / 1000);
  let sent: { readonly atMs: number; readonly bytes: number }[] = [];
  let total = 0;
  const spend = (bytes: number) => {
    const now = nowMs();
    sent.push({ atMs: now, bytes });
    total += bytes;
    let over = 0;
    while ((sent[over]?.atMs ?? now) <= now - windowMs) total -= sent[over++]?.bytes ?? 0;
    sent.splice(0, over);
    if (total <= most) return;
    let rest = total;
    const last = sent.find((one) => {
      rest -= one.bytes;
      return rest <= most;
    });
    wait((last?.atMs ?? now) + windowMs - now);
  };
  return {
    spend: (text) => spend(Buffer.byteLength(JSON.stringify(text))),
    spendMessage: () => spend(bytesBeside),
    reset() {
      sent = [];
      total = 0;
    },
  };
}
