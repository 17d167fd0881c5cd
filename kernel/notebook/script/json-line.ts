import { endOfJsonString } from "../json-string.ts";

/**
 * A value as JSON on one line that is safe in a comment, in YAML, and for Jupytext, which wants the spaces. Nothing in it
 * ends a line: TypeScript takes U+2028 for the end of a comment.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/([[{])\n\s*/g, "$1")
    .replace(/\n\s*([\]}])/g, "$1")
    .replace(/\n\s*/g, " ")
    .replace(
      /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** The JSON value that begins at `start`, and where it ends; undefined if none does. */
export function jsonAt(text: string, start: number): { readonly value: unknown; readonly end: number } | undefined {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    if (text[at] === "[" || text[at] === "{") depth++;
    if (text[at] === "]" || text[at] === "}") depth--;
    token.lastIndex = at;
    const end = text[at] === '"' ? endOfJsonString(text, at) : token.test(text) ? token.lastIndex : undefined;
    if (end === undefined) return undefined;
    if (depth === 0) return parse(text.slice(start, end), end);
    at = end;
  }
  return undefined;
}

function parse(json: string, end: number) {
  try {
    return { value: JSON.parse(json) as unknown, end };
  } catch {
    return undefined;
  }
}

// A bracket, or a run of what is neither a bracket nor a string.
const token = /[[\]{}]|[,:\s]+|[^[\]{}",:\s]+/y;
