/**
 * JSON whose numbers lose nothing: whole numbers that `number` cannot hold come as {@link LongInteger}, which
 * JSON.stringify writes as they were.
 * What is not JSON has the place of its first mistake; line and column count from 1.
 */
export function parseJson(
  text: string,
): { readonly value: unknown } | { readonly line: number; readonly column: number; readonly found: string } {
  try {
    return { value: JSON.parse(text, exactly as (key: string, value: unknown) => unknown) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = mistakeIn(text);
    const before = text.slice(0, offset).split("\n");
    const [found] = /^(?:[\w$.+-]+|.)/su.exec(text.slice(offset, offset + 20)) ?? ["the end"];
    return { line: before.length, column: (before.at(-1) ?? "").length + 1, found };
  }
}

function exactly(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || !source || !/^-?\d+$/.test(source)) return value;
  return BigInt(source) === (Number.isFinite(value) ? BigInt(value) : undefined) ? value : json.rawJSON(source);
}

/** https://tc39.es/proposal-json-parse-with-source/, which TypeScript's library does not have yet. */
const json = JSON as typeof JSON & {
  rawJSON(text: string): LongInteger;
  isRawJSON(value: unknown): value is LongInteger;
};

export type LongInteger = { readonly rawJSON: string };

/** The value, or the bigint that a {@link LongInteger} is. */
export const plainValue = (value: unknown): unknown => (json.isRawJSON(value) ? BigInt(value.rawJSON) : value);

const token =
  /[ \t\n\r]*("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\x7f|[\x80-\x9f])*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b|[{}[\],:])/uy;

/** Where a text stops being JSON: V8 says that of some mistakes only. */
function mistakeIn(text: string): number {
  const open: string[] = [];
  let wanted = "value";
  token.lastIndex = 0;
  for (let end = 0; ; end = token.lastIndex) {
    const start = /[^ \t\n\r]/g;
    start.lastIndex = end;
    const offset = start.exec(text)?.index ?? text.length;
    const found = token.exec(text)?.[1];
    const next = found === undefined || wanted === "end" ? undefined : after(wanted, found, open);
    if (next === undefined) return offset;
    wanted = next;
  }
}

/** What may stand after a token, or undefined where the token itself is out of place. */
function after(wanted: string, found: string, open: string[]): string | undefined {
  const closed = () => (open.length === 0 ? "end" : open.at(-1) === "{" ? ", or }" : ", or ]");
  if (found === "}" || found === "]") {
    const isEmpty = wanted === `key or ${found}` || wanted === `value or ${found}`;
    if (!isEmpty && wanted !== `, or ${found}`) return undefined;
    open.pop();
    return closed();
  }
  if (wanted.startsWith(", or")) return found !== "," ? undefined : open.at(-1) === "{" ? "key" : "value";
  if (wanted === ":") return found === ":" ? "value" : undefined;
  if (wanted.startsWith("key")) return found.startsWith('"') ? ":" : undefined;
  if (found === "{" || found === "[") {
    open.push(found);
    return found === "{" ? "key or }" : "value or ]";
  }
  return found === "," || found === ":" ? undefined : closed();
}
