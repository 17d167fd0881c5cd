import { AnalysisError } from "../errors.ts";

/**
 * A Java date pattern (yyyy-MM-dd HH:mm:ss) in the letters of strftime and strptime. Throws an AnalysisError for what
 * DuckDB cannot say; `name` is the function that is at work.
 */
export function strftimePattern(java: string, name: string): string {
  const output: string[] = [];
  for (const [token, literal] of java.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g)) {
    if (token === "''") output.push("'");
    else if (literal !== undefined) output.push(escaped(literal.replaceAll("''", "'")));
    else output.push(/[A-Za-z]/.test(token) ? letters(token, java, name) : escaped(token));
  }
  return output.join("");
}

const escaped = (text: string) => text.replaceAll("%", "%%");

const LETTERS: { readonly [letters: string]: string } = {
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

function letters(token: string, pattern: string, name: string): string {
  const found = LETTERS[token];
  if (found === undefined)
    throw new AnalysisError(
      "BAD_PATTERN",
      `${name}: "${token}" in the format "${pattern}" is not supported. Supported: ${Object.keys(LETTERS).join(" ")}; other text stands in 'quotes'.`,
    );
  return found;
}
