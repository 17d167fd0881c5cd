import { Writable } from "node:stream";
import { send } from "./output.ts";
import { writeAll } from "./port.ts";
import { marker, type RunId, type StreamName } from "./protocol.ts";
import { runOfCaller } from "./run.ts";

/**
 * From here on, what JavaScript writes to stdout and stderr (and so the console) becomes events of the run that wrote
 * it. Only native code and child processes write to the process's own stdout and stderr.
 */
export function captureStreams(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = captured(name);
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
  }
}

function captured(name: StreamName): Writable & { fd: number } {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, encoding, done) {
      // One decoder for a run would be needed for characters that are cut between two writes of bytes: programs that
      // pipe bytes do that, so the rest waits in the stream's own decoder.
      const text = typeof chunk === "string" ? decoded(chunk, encoding) : decoder.decode(chunk, { stream: true });
      if (text !== "") sendText(name, text);
      done();
    },
  });
  const decoder = new TextDecoder();
  return Object.assign(stream, { fd: name === "stdout" ? 1 : 2 });
}

/** `write("68656c6c6f", "hex")` is text of bytes. */
function decoded(chunk: string, encoding: string): string {
  if (encoding === "utf8" || encoding === "utf-8" || !Buffer.isEncoding(encoding)) return chunk;
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

const nonce = process.env.QUERN_MARKER_NONCE ?? "";
delete process.env.QUERN_MARKER_NONCE;

/** Marks, in what native code and child processes write, where a run begins or ends. */
export function markStreams(edge: "begin" | "end", run: RunId): void {
  const text = marker(nonce, edge, run);
  writeAll(1, text);
  writeAll(2, text);
}
