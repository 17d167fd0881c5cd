import { AnalysisError } from "../errors.ts";
import type { Arg } from "./dialect.ts";
import { quoteText } from "./duckdb-literal.ts";
import { columnPattern, type Needs } from "./duckdb-regex-column.ts";

/** What becomes of a `$`: it takes the line's end into the match, or into a group of its own, or is refused. */
type Ends = "taken" | "grouped" | "refused";

/** A pattern in RE2's words; `ends` are the groups that hold the last line's end, `groupOf` tells where Java's groups are. */
export type Re2 = {
  readonly text: string;
  readonly ends: readonly number[];
  readonly groupOf: (group: number) => number;
};

const unchanged = (text: string): Re2 => ({ text, ends: [], groupOf: (group) => group });

/** A regular expression as an argument of a function over `text`. */
export function regexText(arg: Arg, text: Arg, name: string, ends: Ends = "refused"): string {
  return regexOf(arg, text, name, ends).text;
}

export function regexOf(arg: Arg, over: Arg, name: string, ends: Ends, needs: Needs = {}): Re2 {
  const { expression, text } = arg;
  if (expression.kind === "literal" && expression.value === null) return unchanged(text);
  if (expression.kind !== "literal" || typeof expression.value !== "string")
    return unchanged(columnPattern(arg, over, name, needs));
  const found = re2Pattern(expression.value, name, ends);
  return { ...found, text: quoteText(found.text) };
}

export const refuseRegex = (name: string, what: string, java: string): never => {
  throw new AnalysisError(
    "SPARK_ONLY",
    `${name}: ${what} in the regular expression "${java}" works on Spark only. Write it another way, or run the frame there: await use("sc://…").`,
  );
};

/**
 * A regular expression of Java's as RE2 has to be told it, to mean the same; `name` is the function that is at work. What
 * RE2 cannot do, or would take for something else, is an AnalysisError.
 */
function re2Pattern(java: string, name: string, ends: Ends): Re2 {
  const refuse = (what: string): never => refuseRegex(name, what, java);
  const tokens = tokensOf(java);
  const parts: string[] = [];
  const open: string[] = [];
  const added: number[] = [];
  const places = [0];
  let groups = 0;
  let dot = ANY;
  for (const [index, { token, isInClass }] of tokens.entries()) {
    if (token === "{" && !isInClass && !isRepetition(tokens, index))
      throw new AnalysisError(
        "INVALID_PARAMETER_VALUE.PATTERN",
        `${name}: in the regular expression "${java}" a { repeats nothing: it stands for itself behind a backslash.`,
      );
    if (/^\(\?<?[=!]/.test(token)) refuse("looking ahead or behind");
    if (token === "(?>" || (!isInClass && /^[*+?}]\+$/.test(token))) refuse("matching without going back");
    if (!isInClass && /^\\[1-9k]/.test(token)) refuse("a reference to a group");
    if (/^\\[GRXhHNvV]$/.test(token) || (token === "\\Z" && isInClass)) refuse(token);
    if (isInClass && (token === "&&" || token.startsWith("["))) refuse("a class inside of a class");
    const flags = isInClass ? undefined : /^\(\?([a-zA-Z-]*)[:)]$/.exec(token)?.[1];
    if (flags?.includes("s") && index === 0 && token.endsWith(")")) dot = "(?s:.)";
    else if (flags !== undefined && !/^i?$/.test(flags)) refuse(`the flag ${token}`);
    if (flags?.includes("i") && /[^\0-\x7F]/.test(java)) refuse("(?i) with letters beyond ASCII");
    if (!isInClass && token.startsWith("(")) {
      if (!token.endsWith(")")) open.push(token);
      if (isCapturing(token)) places.push(++groups);
    }
    if (!isInClass && token === ")") open.pop();
    if (!isInClass && (token === "$" || token === "\\Z")) {
      if (ends === "refused" || !isLast(tokens, index))
        refuse(`a "${token}" that may stand before the end of the last line`);
      const takesReturn = /\\r|\\x0d|\\u000d|\r|\[\^[^\]]*(\\n|\n)/i.test(java) || mayTakeReturn(tokens, index);
      if (takesReturn) refuse(`"${token}" behind what may be a carriage return`);
      if (ends === "grouped" && open.some(isCapturing)) refuse(`a "${token}" within a group`);
      parts.push(ends === "grouped" ? `(${LINE_END})\\z` : `(?:${LINE_END})\\z`);
      if (ends === "grouped") added.push(++groups);
    } else if (token === "." && !isInClass) parts.push(dot);
    else if (token === "\\s") parts.push(isInClass ? SPACES : `[${SPACES}]`);
    else if (token === "\\S" && !isInClass) parts.push(`[^${SPACES}]`);
    else parts.push(token);
  }
  const isWhole = added.length === 1 && /^(\$|\\Z)$/.test(tokens.at(-1)?.token ?? "") && !hasWays(tokens);
  if (!isWhole) return { text: parts.join(""), ends: added, groupOf: (group) => places[group] ?? group };
  // What stands before the end is a group, too: it is the whole match.
  const text = `(${parts.slice(0, -1).join("")})${parts.at(-1)}`;
  return { text, ends: added.map((group) => group + 1), groupOf: (group) => (places[group] ?? group) + 1 };
}

type Token = { readonly token: string; readonly isInClass: boolean };

/** The first token of a class is not in it, and its last one is. */
function tokensOf(java: string): readonly Token[] {
  let isInClass = false;
  return [
    ...java.matchAll(
      /\\Q.*?(?:\\E|$)|\\p\{\w+\}|\\.|\(\?<?[=!]|\(\?>|\(\?<\w+>|\(\?[a-zA-Z-]*[:)]|[*+?}]\+|&&|\[\^?\]?|[\s\S]/gsu,
    ),
  ].map(([token]) => {
    const before = isInClass;
    if (token.startsWith("[")) isInClass = true;
    else if (token === "]") isInClass = false;
    return { token, isInClass: before };
  });
}

const isRepetition = (tokens: readonly Token[], index: number): boolean =>
  /^\{\d+(,\d*)?\}/.test(
    tokens
      .slice(index, index + 14)
      .map(({ token }) => token)
      .join(""),
  );

const isCapturing = (token: string): boolean => token === "(" || /^\(\?<\w/.test(token);

/** Nothing of the pattern stands behind a token but the ends of groups and other ways through them. */
function isLast(tokens: readonly Token[], index: number): boolean {
  for (let at = index + 1; at < tokens.length; at++) {
    const { token } = tokens[at] as Token;
    if (token === "|") at = endOfGroup(tokens, at) - 1;
    else if (token !== ")") return false;
  }
  return true;
}

/** Between \r and \n Java has no end of a line: what may take the \r alone has to go on, then, to the \n. */
function mayTakeReturn(tokens: readonly Token[], end: number): boolean {
  const from = tokens.slice(0, end).findLastIndex(({ token, isInClass }) => !isInClass && token === "|") + 1;
  const text = tokens
    .slice(from, end)
    .map(({ token }) => token)
    .join("");
  const last = /(\\[sWD]|\[(?:\^|[^\]]*\\[sWD])(?:\\.|[^\]])*\])(\)|\?|\{[\d,]+\}|[*+]\?)*$/;
  return last.test(text);
}

function endOfGroup(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from + 1; at < tokens.length; at++) {
    const { token, isInClass } = tokens[at] as Token;
    if (isInClass) continue;
    if (token === ")" && depth-- === 0) return at;
    if (token.startsWith("(") && !token.endsWith(")")) depth++;
  }
  return tokens.length;
}

/** Several ways, outside of all groups. */
const hasWays = (tokens: readonly Token[]): boolean =>
  tokens.some(
    ({ token, isInClass }, index) => token === "|" && !isInClass && endOfGroup(tokens, index) === tokens.length,
  );

/** How many groups a pattern of Java's has. */
export const groupsIn = (java: string): number =>
  tokensOf(java).filter(({ token, isInClass }) => !isInClass && isCapturing(token)).length;

/**
 * Whether each match takes the end of the last line, if it stands before it and could take it, or there is one match at
 * most: else Java may find another one in the line's end itself, where the end has been taken here.
 */
export function takesLineEnd(java: string): boolean {
  if (java.startsWith("^") && !java.includes("|")) return true;
  try {
    const found = (text: string) => [...text.matchAll(inJavaScript(java))].some(([match]) => match !== "");
    const isGreedy = java.split("|").every((way) => !/(\$|\\Z)$/.test(way) || /\\s[+*](\$|\\Z)$/.test(way));
    return !["\u0085", "\u2028", "\u2029"].some(found) && (isGreedy || !["\n", "\r", "\r\n"].some(found));
  } catch {
    return false;
  }
}

/** Whether a regular expression can match nothing somewhere; undefined where it cannot be told. */
export function matchesNothing(java: string): boolean | undefined {
  try {
    const found = ["", " a,1 \n"].flatMap((sample) => [...sample.matchAll(inJavaScript(java))]);
    return found.some(([match]) => match === "");
  } catch {
    return undefined;
  }
}

/** Of what it has in common with Java's, the same; an error for what it has not. */
function inJavaScript(java: string): RegExp {
  const dot = /^\(\?\w*s/.test(java) ? "[\\s\\S]" : "[^\\n\\r\\u0085\\u2028\\u2029]";
  const parts = tokensOf(java).map(({ token, isInClass }) => {
    if (token === ".") return isInClass ? token : dot;
    if (token === "\\s") return isInClass ? SPACES : `[${SPACES}]`;
    if (token === "\\S" && !isInClass) return `[^${SPACES}]`;
    return token === "\\Z" || token === "\\z" ? "$" : token;
  });
  return new RegExp(parts.join("").replace(/^\(\?\w+\)/, ""), "gu");
}

/** Java ends a line at more characters than \n, and `$` is before the last end, too. */
const LINE_END = "(?:\\r\\n|[\\n\\r\\x{85}\\x{2028}\\x{2029}])?";
const ANY = "[^\\n\\r\\x{85}\\x{2028}\\x{2029}]";
/** Java's has the vertical tab, which RE2's has not. */
const SPACES = "\\t\\n\\x0B\\f\\r ";
