import { Interface } from "node:readline";
import type { ReadStream } from "node:tty";

/** A key as node:readline names it; `sequence` is what the terminal has sent for it. */
export type Key = {
  readonly name?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
  readonly sequence?: string;
};

/** A key with what is held down: "ctrl-c", "meta-return", "up", "}". */
export function chordOf({ ctrl, meta, shift, name = "", sequence = "" }: Key): string {
  // Node has Escape alone for something that was to follow it.
  if (name === "escape") return name;
  return `${ctrl ? "ctrl-" : ""}${meta ? "meta-" : ""}${shift && name.length > 1 ? "shift-" : ""}${name || sequence}`;
}

export type ReadlineOptions = {
  readonly input: ReadStream;
  readonly output: NodeJS.WritableStream;
  readonly terminal: true;
};

/** What of node:readline's editor ours uses or takes the place of. */
type ReadlineParts = {
  line: string;
  cursor: number;
  readonly closed: boolean;
  close(): void;
  resume(): void;
  on(event: "close" | "error" | "SIGCONT", listener: () => void): unknown;
  _ttyWrite(text: string | undefined, key: Key): void;
  _refreshLine(): void;
  _writeToOutput(text: string): void;
  _insertString(text: string): void;
  _moveCursor(by: number): void;
  _deleteLeft(): void;
  _deleteRight(): void;
  _historyPrev(): void;
  _historyNext(): void;
  _line(): void;
  _addHistory(): string;
  _onLine(line: string): void;
};

/**
 * node:readline's line editor with the methods that its own code calls by these names, so that a class may take their
 * place ("make internal methods public for backward compatibility", lib/readline.js). Keys, words, the kill ring and
 * undo are Node's; what they leave in `line` and `cursor` is drawn by ours, which may have many lines.
 */
export const Readline = Interface as unknown as new (options: ReadlineOptions) => ReadlineParts;
