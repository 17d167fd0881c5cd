import { endOfJsonString } from "../json-string.ts";

/** Where a text stops being JSON, as `line:column` from 1. `error` is what `JSON.parse` threw; not all of them say it. */
export function jsonErrorPosition(text: string, { message }: Error): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
  if (line !== undefined) return `${line}:${column}`;
  const offset = errorOffset(text);
  const before = text.slice(0, offset);
  return `${before.split("\n").length}:${offset - before.lastIndexOf("\n")}`;
}

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | "end";

function errorOffset(text: string): number {
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
