import type { Output } from "./screen.ts";

export const isTerminal = (output: Output): boolean => (output.columns ?? 0) > 0;

/** A write that does nothing once nobody reads any more (`quern repl -e … | head -1`). */
export function writerTo(output: Output): (text: string) => void {
  let isClosed = false;
  return (text) => {
    if (isClosed || text === "") return;
    try {
      output.write(text);
    } catch (error) {
      if (!isEndOfReader(error)) throw error;
      isClosed = true;
    }
  };
}

/** The reader of a pipe has gone: no failure of ours. */
export const isEndOfReader = (error: unknown): boolean =>
  ["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"].includes(
    String((error as NodeJS.ErrnoException | undefined)?.code),
  );

const esc = "\u001b";
const lineStart = new RegExp(`\\n(?:${esc}\\[[\\d;]*m)*$`);

/** What is written behind this text begins a line. */
export const endsLine = (text: string): boolean => text.endsWith("\n") || (text.endsWith("m") && lineStart.test(text));

/** Text that ends with the line, exactly once; nothing remains nothing. */
export const asLines = (text: string): string => (text === "" || endsLine(text) ? text : `${text}\n`);
