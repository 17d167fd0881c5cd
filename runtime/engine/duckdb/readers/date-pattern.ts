import { AnalysisError } from "../../../errors.ts";

/**
 * A Java date pattern ("dd.MM.yyyy HH:mm") as strptime's.
 * @throws AnalysisError for letters that strptime has nothing for.
 */
export function strptimePattern(pattern: string): string {
  let result = "";
  for (const [token] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[\s\S]/g)) {
    if (token.startsWith("'")) {
      result += token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'").replaceAll("%", "%%");
    } else if (/[A-Za-z]/.test(token)) {
      const directive = TOKENS[token];
      if (directive === undefined) {
        throw new AnalysisError(
          "DATE_PATTERN",
          `${JSON.stringify(token)} in the date pattern ${JSON.stringify(pattern)} is not supported. ` +
            "Supported: yyyy yy MM M MMM MMMM dd d D HH H hh h mm m ss s S…SSSSSS a E EEEE X XXX Z z.",
        );
      }
      result += directive;
    } else result += token === "%" ? "%%" : token;
  }
  return result;
}

const TOKENS: { readonly [token: string]: string } = {
  yyyy: "%Y",
  uuuu: "%Y",
  y: "%Y",
  yy: "%y",
  MM: "%m",
  M: "%-m",
  MMM: "%b",
  MMMM: "%B",
  dd: "%d",
  d: "%-d",
  D: "%-j",
  DDD: "%j",
  HH: "%H",
  H: "%-H",
  hh: "%I",
  h: "%-I",
  mm: "%M",
  m: "%-M",
  ss: "%S",
  s: "%-S",
  S: "%g",
  SS: "%g",
  SSS: "%g",
  SSSS: "%f",
  SSSSS: "%f",
  SSSSSS: "%f",
  a: "%p",
  E: "%a",
  EEE: "%a",
  EEEE: "%A",
  X: "%z",
  XX: "%z",
  XXX: "%z",
  Z: "%z",
  z: "%Z",
};
