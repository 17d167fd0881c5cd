import type { Given } from "./inject.ts";
import { parseJson } from "./json.ts";

/** What was given, as JSON.stringify writes it: whole numbers exactly, dates as the ISO text that was given. */
export function jsonOf(code: string, given: Given): unknown {
  if (!("text" in given)) return given.json;
  if (code === "undefined") return null;
  if (/^(new Date|Temporal\.\w+\.from)\(/.test(code)) return given.text.trim();
  // A list or an object was given as JSON.
  const isJson = code.startsWith("[") || code.startsWith("{");
  const json = parseJson(isJson ? given.text : code.replace(/^(-?\d+)n$/, "$1"));
  return "value" in json ? json.value : given.text;
}
