import { StringDecoder } from "node:string_decoder";
import { marker, type RunId, type StreamName } from "../../runtime/session/protocol.ts";

/** What one of the session's own fds (1, 2) carried, in order. */
export type NativeOutput = {
  text(run: RunId | undefined, text: string): void;
  /** A run's native output has come to its end. */
  ended(run: RunId): void;
};

export type NativeReader = { read(chunk: Buffer): void; close(): void };

/**
 * Splits the bytes of fd 1 or fd 2 at the markers in them. Text between begin and end belongs to that run; after its
 * end still to it, until another begins; before the first to none. Markers and characters may be cut anywhere.
 */
export function readNativeOutput(nonce: string, output: NativeOutput): NativeReader {
  const decoder = new StringDecoder("utf8");
  const prefix = marker(nonce, "begin", 0).slice(0, 1 + nonce.length + 1);
  const pattern = new RegExp(`${prefix}(begin|end):(\\d+)\u001e`, "g");
  let run: RunId | undefined;
  let held = "";

  const split = (text: string): void => {
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      emit(text.slice(from, match.index));
      from = match.index + match[0].length;
      const [, edge, number] = match;
      if (edge === "begin") run = Number(number);
      else output.ended(Number(number));
    }
    const rest = text.slice(from);
    const cut = startOfPartialMarker(rest, prefix);
    emit(rest.slice(0, cut));
    held = rest.slice(cut);
  };
  const emit = (text: string) => {
    if (text !== "") output.text(run, text);
  };

  return {
    read: (chunk) => split(held + decoder.write(chunk)),
    close() {
      split(held + decoder.end());
      emit(held);
      held = "";
    },
  };
}

/** Where a marker may have begun that has not come whole; the length of the text where none has. */
function startOfPartialMarker(text: string, prefix: string): number {
  const longest = prefix.length + "begin:".length + 17;
  for (
    let at = text.indexOf("\u001e", Math.max(0, text.length - longest));
    at >= 0;
    at = text.indexOf("\u001e", at + 1)
  ) {
    const tail = text.slice(at);
    if (prefix.startsWith(tail)) return at;
    if (tail.startsWith(prefix) && /^[a-z]*:?\d*$/.test(tail.slice(prefix.length))) return at;
  }
  return text.length;
}

export type NativeStream = { readonly name: StreamName; readonly fd: 1 | 2 };
export const nativeStreams: readonly NativeStream[] = [
  { name: "stdout", fd: 1 },
  { name: "stderr", fd: 2 },
];
