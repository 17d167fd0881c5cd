import { inspect } from "node:util";

export type InspectOptions = {
  readonly colors?: boolean;
  /** The width of the terminal that the text is for. */
  readonly columns?: number | undefined;
};

/**
 * A value as Node's REPL shows it, with colours, and with limits: text from a large value must not fill a notebook.
 */
export function inspectText(value: unknown, { colors = true, columns = 100 }: InspectOptions = {}): string {
  const text = inspect(value, {
    colors,
    depth: 4,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    breakLength: columns,
    // Getters are not called, and proxies not asked: showing a value must not run a program.
    getters: false,
    numericSeparator: false,
  });
  return capped(text);
}

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
