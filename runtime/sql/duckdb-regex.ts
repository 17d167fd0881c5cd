import { AnalysisError } from "../errors.ts";
import type { Arg } from "./dialect.ts";
import { quoteText } from "./duckdb-literal.ts";

/** A regular expression as an argument; of one that is no literal it is not looked at. */
export function regexText({ expression, text }: Arg, name: string): string {
  if (expression.kind !== "literal" || typeof expression.value !== "string") return text;
  return quoteText(re2Pattern(expression.value, name));
}

/**
 * A regular expression of Java's as RE2 has to be told it, to mean the same; `name` is the function that is at work. What
 * RE2 cannot do, or would take for something else, is an AnalysisError.
 */
function re2Pattern(java: string, name: string): string {
  const refuse = (what: string): never => {
    throw new AnalysisError(
      "SPARK_ONLY",
      `${name}: ${what} in the regular expression "${java}" works on Spark only. Write it another way, or run the frame there: await use("sc://…").`,
    );
  };
  const parts: string[] = [];
  let isInClass = false;
  for (const [token] of java.matchAll(
    /\\Q.*?(?:\\E|$)|\\p\{\w+\}|\\.|\(\?<?[=!]|\(\?>|\(\?<\w+>|[*+?}]\+|&&|\[\^?\]?|[\s\S]/gsu,
  )) {
    if (/^\(\?<?[=!]/.test(token)) refuse("looking ahead or behind");
    if (token === "(?>" || (!isInClass && /^[*+?}]\+$/.test(token))) refuse("matching without going back");
    if (!isInClass && /^\\[1-9k]/.test(token)) refuse("a reference to a group");
    if (/^\\[GRXZhHNvV]$/.test(token)) refuse(token);
    if (isInClass && (token === "&&" || token.startsWith("["))) refuse("a class inside of a class");
    if (token.startsWith("[")) isInClass = true;
    else if (token === "]") isInClass = false;
    if (token === "." && !isInClass) parts.push(ANY);
    else if (token === "\\s") parts.push(isInClass ? SPACES : `[${SPACES}]`);
    else if (token === "\\S" && !isInClass) parts.push(`[^${SPACES}]`);
    else parts.push(token);
  }
  return parts.join("");
}

/** How many groups a pattern of Java's has. */
export const groupsIn = (java: string): number =>
  [
    ...java
      .replace(/\\Q.*?(?:\\E|$)|\\./gs, "")
      .replace(/\[[^\]]*\]/g, "")
      .matchAll(/\((?!\?)|\(\?<\w/g),
  ].length;

/** Java ends a line at more characters than \n. */
const ANY = "[^\\n\\r\\x{85}\\x{2028}\\x{2029}]";
/** Java's has the vertical tab, which RE2's has not. */
const SPACES = "\\t\\n\\x0B\\f\\r ";
