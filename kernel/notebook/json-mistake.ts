import { endOfJsonString } from "./json-string.ts";

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | "end";

/** The first token that does not fit in a text that is no JSON; lines and columns from 1. */
export function jsonMistake(text: string): { readonly offset: number; readonly line: number; readonly column: number } {
  const offset = mistakeIn(text);
  const before = text.slice(0, offset);
  return { offset, line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function mistakeIn(text: string): number {
  const open: string[] = [];
  let expected: Expected = "value";
  let at = endOf(/[ \t\r\n]*/y, text, 0) ?? 0;
  for (;;) {
    const mark = /[[\]{}:,]/.test(text[at] ?? "") ? (text[at] as string) : undefined;
    const string = endOfJsonString(text, at);
    const end = mark ? at + 1 : (string ?? endOf(word, text, at));
    if (end === undefined) return at;
    const next = follow(expected, mark, string !== undefined, open);
    if (next === undefined) return at;
    expected = next;
    at = endOf(/[ \t\r\n]*/y, text, end) ?? end;
  }
}

const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])/y;

/** What may come after a token, or undefined if that may not be there. `open` are the brackets around it. */
function follow(expected: Expected, mark: string | undefined, isString: boolean, open: string[]): Expected | undefined {
  if (mark === "]" || mark === "}") {
    const fits = open.pop() === (mark === "]" ? "[" : "{");
    return fits && (expected === "end" || expected === (mark === "]" ? "value or ]" : "key or }")) ? "end" : undefined;
  }
  switch (expected) {
    case "value":
    case "value or ]":
      if (mark === undefined) return "end";
      if (mark !== "[" && mark !== "{") return undefined;
      open.push(mark);
      return mark === "[" ? "value or ]" : "key or }";
    case "key":
    case "key or }":
      return isString ? ":" : undefined;
    case ":":
      return mark === ":" ? "value" : undefined;
    case "end":
      if (mark !== "," || open.length === 0) return undefined;
      return open.at(-1) === "[" ? "value" : "key";
  }
}

function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
