import { inspect, stripVTControlCharacters } from "node:util";
import { textWidth } from "./text-width.ts";

export type InspectOptions = {
  readonly colors?: boolean;
  /** The width of the terminal that the text is for. */
  readonly columns?: number | undefined;
};

/**
 * A value as Node's REPL shows it, with colours, and with limits: text from a large value must not fill a notebook. For
 * a terminal, lines are broken between values; a text that is longer is left to the terminal, so that it can be copied.
 */
export function inspectText(value: unknown, { colors = true, columns }: InspectOptions = {}): string {
  const inspected = (breakLength: number) =>
    inspect(value, {
      colors,
      depth: 4,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength,
      // Getters are not called, and proxies not asked: showing a value must not run a program.
      getters: false,
      numericSeparator: false,
    });
  const text = inspected(columns ?? 100);
  // Node counts characters, and wide ones take two columns.
  return capped(columns !== undefined && isWiderThanLong(text, columns) ? inspected(columns >> 1) : text);
}

function isWiderThanLong(text: string, columns: number): boolean {
  if (!wide.test(text)) return false;
  const lines = stripVTControlCharacters(text.slice(0, textCharacters)).split("\n");
  return lines.some((line) => line.length <= columns && textWidth(line) > columns);
}

const wide = /[\u1100-\u{10ffff}]/u;

/** The same for any value at all: of one that throws when it is looked at, a word. */
export function plainText(value: unknown, columns?: number): string {
  try {
    return inspectText(value, { columns });
  } catch {
    return typeof value === "function" ? "[Function]" : "[Object that cannot be inspected]";
  }
}

/** The same in one line and without colours, for a cell of a table. */
export function inspectLine(value: unknown): string {
  const text = inspect(value, {
    depth: 2,
    maxArrayLength: 5,
    maxStringLength: 200,
    breakLength: Number.POSITIVE_INFINITY,
    compact: true,
  });
  return text.length > lineCharacters ? `${text.slice(0, lineCharacters)}…` : text;
}

const lineCharacters = 2000;
const textCharacters = 100_000;

function capped(text: string): string {
  if (text.length <= textCharacters) return text;
  const reset = text.includes("\u001b[") ? "\u001b[39m" : "";
  const more = (text.length - textCharacters).toLocaleString("en-US");
  return `${text.slice(0, textCharacters).toWellFormed()}${reset}\n… ${more} more characters`;
}
