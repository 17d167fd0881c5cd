import { AnalysisError } from "../errors.ts";

/**
 * A Java date pattern (yyyy-MM-dd HH:mm:ss) in the letters of strftime and strptime. Throws an AnalysisError for what
 * DuckDB cannot say; `name` is the function or option that is at work. strptime reads more than strftime can write.
 */
export function datePattern(java: string, name: string, use: "read" | "write"): string {
  const known = use === "read" ? { ...LETTERS, ...READ_LETTERS } : LETTERS;
  const output: string[] = [];
  for (const [token, literal] of java.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g)) {
    if (token === "''") output.push("'");
    else if (literal !== undefined) output.push(escaped(literal.replaceAll("''", "'")));
    else output.push(/[A-Za-z]/.test(token) ? letters(token, java, name, known) : escaped(token));
  }
  return output.join("");
}

/** Whether the pattern reads a zone. */
export const hasZone = (java: string): boolean => /[XxZzVO]/.test(java.replace(/'[^']*'/g, ""));

/** A regular expression for how many digits a text has to have where, as Java's pattern says. */
export function digitsPattern(java: string): string {
  const parts: string[] = [];
  for (const [token, literal, letter = ""] of java.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g)) {
    if (token === "''") parts.push("'");
    else if (literal !== undefined) parts.push(quoted(literal.replaceAll("''", "'")));
    else if (letter === "") parts.push(quoted(token));
    else if (/[EaXxZzVO]/.test(letter) || (letter === "M" && token.length > 2)) parts.push(".+");
    else if (/[yu]/.test(letter) && token.length !== 2) parts.push(token.length === 1 ? "-?[0-9]{1,10}" : "-?[0-9]{4}");
    else parts.push(token.length === 1 ? "[0-9]{1,2}" : `[0-9]{${token.length}}`);
  }
  return parts.join("");
}

const quoted = (text: string) => text.replace(/[^A-Za-z0-9]/gu, (sign) => `\\x{${sign.codePointAt(0)?.toString(16)}}`);

const escaped = (text: string) => text.replaceAll("%", "%%");

type Letters = { readonly [letters: string]: string };

const LETTERS: Letters = {
  y: "%Y",
  yy: "%y",
  yyyy: "%Y",
  M: "%-m",
  MM: "%m",
  MMM: "%b",
  MMMM: "%B",
  d: "%-d",
  dd: "%d",
  D: "%-j",
  DDD: "%j",
  E: "%a",
  EE: "%a",
  EEE: "%a",
  EEEE: "%A",
  a: "%p",
  H: "%-H",
  HH: "%H",
  h: "%-I",
  hh: "%I",
  m: "%-M",
  mm: "%M",
  s: "%-S",
  ss: "%S",
  SSS: "%g",
  SSSSSS: "%f",
};

/** Zones, and fractions of a second of any length. */
const READ_LETTERS: Letters = {
  u: "%Y",
  uuuu: "%Y",
  S: "%g",
  SS: "%g",
  SSSS: "%f",
  SSSSS: "%f",
  X: "%z",
  XX: "%z",
  XXX: "%z",
  Z: "%z",
  z: "%Z",
};

function letters(token: string, pattern: string, name: string, known: Letters): string {
  const found = known[token];
  if (found === undefined)
    throw new AnalysisError(
      "BAD_PATTERN",
      `${name}: "${token}" in the format "${pattern}" is not supported. Supported: ${Object.keys(known).join(" ")}; other text stands in 'quotes'.`,
    );
  return found;
}
