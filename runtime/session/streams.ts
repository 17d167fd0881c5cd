import { Writable } from "node:stream";
import { send } from "./output.ts";
import type { StreamName } from "./protocol.ts";
import { runOfCaller } from "./run.ts";

/**
 * From here on, what JavaScript writes to stdout and stderr (and so the console) becomes events of the run that wrote
 * it. Only native code and child processes write to the process's own stdout and stderr.
 */
export function captureStreams(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = new CapturedStream(name);
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
  }
}

/**
 * A Writable to whoever asks, that keeps no state while it writes: an interrupt may end a write at any point, and
 * Node's own streams would wait for its end for ever.
 */
class CapturedStream extends Writable {
  readonly #name: StreamName;
  readonly fd: number;
  /** For a character whose bytes come in two writes. */
  readonly #decoder = new TextDecoder();
  /** The callback of the last writes, which is still to be called. */
  #called: { readonly callback: () => void; times: number } | undefined;

  constructor(name: StreamName) {
    super({ decodeStrings: false });
    this.#name = name;
    this.fd = name === "stdout" ? 1 : 2;
  }

  /** Those of the terminal that shows the cell, for programs that lay out what they print. A TTY it is not. */
  get columns(): number | undefined {
    return runOfCaller()?.request.columns;
  }

  override write(chunk: unknown, encoding?: unknown, done?: unknown): boolean {
    const callback = typeof encoding === "function" ? encoding : done;
    const text =
      typeof chunk === "string" ? decoded(chunk, encoding) : this.#decoder.decode(asBytes(chunk), { stream: true });
    if (text !== "") sendText(this.#name, text);
    if (typeof callback === "function") this.#written(callback as () => void);
    return true;
  }

  /** The console has one callback for all that it writes: in a loop that prints for ever it must not fill the memory. */
  #written(callback: () => void): void {
    const last = this.#called;
    if (last?.callback === callback && last.times < mostCallsTogether) {
      last.times += 1;
      return;
    }
    const calls = { callback, times: 1 };
    process.nextTick(() => {
      if (this.#called === calls) this.#called = undefined;
      for (; calls.times > 0; calls.times -= 1) callback();
    });
    this.#called = calls;
  }

  /** Like Node's stdout it stays open. */
  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    const callback = [chunk, encoding, done].find((one) => typeof one === "function");
    if (chunk !== undefined && chunk !== null && chunk !== callback) this.write(chunk, encoding);
    if (callback !== undefined) process.nextTick(callback as () => void);
    return this;
  }
}

function asBytes(chunk: unknown): Uint8Array {
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError(`Only texts and bytes can be written, not ${chunk === null ? "null" : typeof chunk}`);
}

/** `write("68656c6c6f", "hex")` is text of bytes. */
function decoded(chunk: string, encoding: unknown): string {
  if (typeof encoding !== "string" || /^utf-?8$/i.test(encoding) || !Buffer.isEncoding(encoding)) return chunk;
  return Buffer.from(chunk, encoding).toString("utf8");
}

function sendText(name: StreamName, text: string): void {
  const run = runOfCaller();
  if (run === undefined) return;
  // The kernel would have to hold a huge text whole.
  for (let start = 0; start < text.length; start += textPerEvent) {
    send(run, { type: "stream", run: run.request.run, name, text: text.slice(start, start + textPerEvent) });
  }
}

const textPerEvent = 1 << 20;
/** No more, since an interrupt may take the calls away. */
const mostCallsTogether = 10_000;
