// A token of JSON, after white space.
const token =
  /[ \t\r\n]*(?:([[\]{}:,])|("(?:[^"\\\n\r\t]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-]))/y;

/** Where a text stops being JSON, as `line:column` from 1. V8's messages leave it out for most mistakes. */
export function jsonErrorPosition(text: string): string {
  const offset = errorOffset(text);
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `${line}:${offset - before.lastIndexOf("\n")}`;
}

function errorOffset(text: string): number {
  const open: ("[" | "{")[] = [];
  let expected = "value";
  let end = 0;
  for (;;) {
    token.lastIndex = end;
    const match = token.exec(text);
    const start = end + (/^[ \t\r\n]*/.exec(text.slice(end, end + 10_000))?.[0].length ?? 0);
    if (!match) return start;
    const [, mark, string] = match;
    const inside = open.at(-1);
    if (expected === "value" || expected === "value or ]") {
      if (mark === "[" || mark === "{") {
        open.push(mark);
        expected = mark === "[" ? "value or ]" : "key or }";
      } else if (mark === "]" && expected === "value or ]") {
        open.pop();
        expected = "end";
      } else if (mark === undefined) expected = "end";
      else return start;
    } else if (expected === "key" || expected === "key or }") {
      if (string !== undefined) expected = ":";
      else if (mark === "}" && expected === "key or }") {
        open.pop();
        expected = "end";
      } else return start;
    } else if (expected === ":") {
      if (mark !== ":") return start;
      expected = "value";
    } else if (mark === "," && inside !== undefined) expected = inside === "[" ? "value" : "key";
    else if ((mark === "]" && inside === "[") || (mark === "}" && inside === "{")) open.pop();
    else return start;
    end = token.lastIndex;
  }
}
