import type { Arg, Unconverted } from "./dialect.ts";
import { eachOnce, raise } from "./duckdb-functions/parts.ts";
import { quoteText } from "./duckdb-literal.ts";

/**
 * A regular expression that is no literal cannot be translated: row by row, it is taken where RE2 is sure to read it as Java
 * does, and an error elsewhere. Line ends are told apart by what the texts hold.
 */
export function columnPattern(pattern: Unconverted, text: Unconverted, name: string, needs: Needs): string {
  return eachOnce([pattern, text], (p, s) => {
    const other = refused(name, p, "");
    const atEnds = refused(name, p, " over a text with line ends or a vertical tab");
    const wide = `NOT regexp_full_match(${p}, ${quoteText(SURE_WITHIN_LINES)})`;
    const odd = `regexp_matches(${s}, ${quoteText(ENDS)}) AND NOT regexp_full_match(${p}, ${quoteText(SURE)})`;
    // DuckDB finds nothing with some patterns that cannot be read: to try them makes that an error.
    const read = `regexp_matches('', ${p})`;
    const { groups = 0, hasText = false } = needs;
    const few = `WHEN length(regexp_replace(${p}, ${quoteText(ALL_BUT_GROUPS)}, '', 'g')) < ${groups} THEN ${tooFew(name, p, groups)} `;
    const empty = `WHEN ${p} <> '' AND regexp_full_match('', ${p}) THEN ${refused(name, p, " where it matches an empty text")} `;
    return `CASE WHEN ${p} IS NULL THEN NULL WHEN ${wide} THEN ${other} WHEN ${odd} THEN ${atEnds} ${groups > 0 ? few : ""}${hasText ? empty : ""}WHEN ${read} THEN ${p} ELSE ${p} END`;
  });
}

export type Needs = {
  /** So many groups are named. */
  readonly groups?: number;
  /** Each match takes some text: of empty ones the engines find others. */
  readonly hasText?: boolean;
};

const tooFew = (name: string, pattern: string, groups: number): string =>
  `error(${quoteText(`[INVALID_PARAMETER_VALUE] ${name}: there is no group ${groups} in the regular expression `)} || ${pattern} || '.')`;

const refused = (name: string, pattern: string, where: string): string =>
  `error(${quoteText(`[SPARK_ONLY] ${name}: the regular expression `)} || ${pattern} || ${quoteText(` comes from a column, and DuckDB might read it otherwise than Spark${where}. Give it as a plain text, or run the frame on Spark.`)})`;

/** What takes the place of matches, where it comes from a column: without what Java and RE2 write otherwise. */
export function columnReplacement(replacement: Arg, groups: number | undefined, name: string): string {
  const known = groups === undefined ? "0" : `0-${Math.min(groups, 9)}`;
  const sure = quoteText(`(?s)(?:[^\\\\$]|\\$[${known}](?:[^0-9]|$))*`);
  const message = raise(
    `[SPARK_ONLY] ${name}: what takes the place of matches comes from a column and has a backslash, or a $ that is no group of the regular expression. Give it as a plain text, or run the frame on Spark.`,
  );
  return eachOnce(
    [replacement],
    (r) =>
      `CASE WHEN ${r} IS NULL THEN NULL WHEN regexp_full_match(${r}, ${sure}) THEN regexp_replace(${r}, '\\$([0-9])', '\\\\\\1', 'g') ELSE ${message} END`,
  );
}

/** Where Java's lines end and RE2's do not, and the white space that RE2 does not count as such. */
const ENDS = "[\\n\\r\\x0B\\x{85}\\x{2028}\\x{2029}]";

/** What is left without it are the brackets that begin groups. */
const ALL_BUT_GROUPS = "(?s)\\\\.|\\[\\^?(?:[^\\\\\\]]|\\\\.)+\\]|\\(\\?:|[^(]";

const PUNCTUATION = "[!-/:-@\\[-`{-~]";
const ESCAPED = `\\\\(?:${PUNCTUATION}|[dDwWtnrfa]|x[0-9A-Fa-f]{2})`;
const QUANTIFIER = "(?:(?:[*+?]|\\{[0-9]{1,3}(?:,[0-9]{0,3})?\\})\\??)?";

/** Signs, escapes, classes and groups that mean the same, repeated or not, one after another. */
const grammar = (atoms: string, inClass: string, others: string): string => {
  const set = `\\[\\^?(?:[^\\\\\\[\\]&^]|${ESCAPED}${inClass})+\\]`;
  const atom = `(?:[^\\\\.$\\[{()*+?|^]|${ESCAPED}|${set}${atoms})`;
  return `(?s)(?:${atom}${QUANTIFIER}|\\)${QUANTIFIER}|\\((?:\\?:)?|[\\^|]${others})*`;
};

/** Over all texts. */
const SURE = grammar("", "", "");
/** Over texts without line ends. */
const SURE_WITHIN_LINES = grammar("|\\.|\\\\[sS]", "|\\\\[sS]", "|\\$");
