import { AnalysisError } from "../../errors.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { groupsIn, matchesNothing, type Re2, refuseRegex, regexOf, regexText, takesLineEnd } from "../duckdb-regex.ts";
import { columnReplacement } from "../duckdb-regex-column.ts";
import { literalText } from "../literal-argument.ts";
import { asResult, computedAs, eachOnce, raise } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

/** Java writes a group as $1 and takes the meaning from a sign with a backslash; RE2 writes \1. */
export const regexpReplace: Template = ([text, regex, replacement], call) => {
  const { expression } = replacement;
  const java = literalOf(regex);
  const by = literalOf(replacement);
  const most = by === undefined ? 0 : mostGroup(by, java, call.name);
  const pattern = regexOf(regex, text, call.name, "grouped", { groups: most, hasText: true });
  if (java !== undefined && java !== "" && by !== "" && !isAnchored(java) && matchesNothing(java))
    refuseRegex(call.name, "replacing what may be nothing", java);
  if (
    java !== undefined &&
    pattern.ends.length > 0 &&
    (by === undefined || (by.includes("$0") && pattern.groupOf(0) === 0) || !takesLineEnd(java))
  )
    refuseRegex(call.name, 'a "$" that may stand before the end of the last line', java);
  const to =
    expression.kind === "literal" && typeof expression.value === "string"
      ? quoteText(re2Replacement(expression.value, pattern))
      : columnReplacement(replacement, java === undefined ? undefined : groupsIn(java), call.name);
  return `regexp_replace(${text.text}, ${pattern.text}, ${to}, 'g')`;
};

/** The last group that a replacement names; what Java does not take, or takes for something else, is refused. */
function mostGroup(by: string, java: string | undefined, name: string): number {
  const groups = java === undefined ? 9 : groupsIn(java);
  let most = 0;
  for (const [token, group] of by.matchAll(/\\[\s\S]?|\$\{|\$(\d?)/g)) {
    if (token === "${" || (group && groups > 9 && java !== undefined))
      throw sparkOnlyError(name, `DuckDB's regular expressions (RE2) have no such group as "${token}" in "${by}"`);
    if (token === "\\" || token === "$" || Number(group ?? 0) > groups)
      throw new AnalysisError(
        "INVALID_REGEXP_REPLACE",
        `${name}: "${token}" in "${by}" is no group of the regular expression. A sign stands for itself behind a backslash.`,
      );
    most = Math.max(most, Number(group ?? 0));
  }
  return most;
}

const literalOf = ({ expression }: Arg): string | undefined =>
  expression.kind === "literal" && typeof expression.value === "string" ? expression.value : undefined;

/** It matches once at most. */
const isAnchored = (java: string): boolean => java.startsWith("^") && !java.includes("|");

/** The end of the last line, where it was taken, stays. */
const re2Replacement = (java: string, { groupOf, ends }: Re2): string => {
  const text = java.replace(/\\(.)|\$(\d)/gs, (_, escaped?: string, group?: string) =>
    group !== undefined ? `\\${groupOf(Number(group))}` : escaped === "\\" ? "\\\\" : (escaped ?? ""),
  );
  return `${text}${ends.map((group) => `\\${group}`).join("")}`;
};

export const regexpExtract: Template = (args) => {
  const [text, regex, group] = args;
  const wanted = args.length > 2 ? Number(literalText(group, "regexp_extract: the group")) : 1;
  const java = literalOf(regex);
  const groups = java === undefined ? wanted : groupsIn(java);
  if (wanted < 0 || wanted > groups)
    throw new AnalysisError(
      "INVALID_PARAMETER_VALUE",
      `regexp_extract: there is no group ${wanted} in ${regex.text}, which has ${groups}. Group 0 is the whole match.`,
    );
  const pattern = regexOf(regex, text, "regexp_extract", "grouped", { groups: wanted });
  return wanted === 0
    ? wholeMatch(text, pattern)
    : `regexp_extract(${text.text}, ${pattern.text}, ${pattern.groupOf(wanted)})`;
};

/** Without the end of the last line, where it was taken. */
const wholeMatch = (text: Arg, pattern: Re2): string => {
  if (pattern.ends.length === 0 || pattern.groupOf(0) > 0)
    return `regexp_extract(${text.text}, ${pattern.text}, ${pattern.groupOf(0)})`;
  return eachOnce([text], (s) => {
    const match = (group: number) => `regexp_extract(${s}, ${pattern.text}, ${group})`;
    const taken = pattern.ends.map((group) => ` - length(${match(group)})`).join("");
    return `left(${match(0)}, length(${match(0)})${taken})`;
  });
};

/** Of a pattern that matches an empty text, the engines find another number of matches. */
const findsText = (pattern: Arg, over: Arg, name: string, groups = 0): string => {
  const { text } = regexOf(pattern, over, name, "refused", { groups });
  const java = literalOf(pattern);
  const message = "a pattern that matches an empty text finds others in DuckDB";
  if (java !== undefined && matchesNothing(java) === false) return text;
  return eachOnce(
    [java === undefined ? computedAs(pattern, text) : { ...pattern, text, operand: text }],
    (p) =>
      `CASE WHEN regexp_full_match('', ${p}) THEN ${raise(`[SPARK_ONLY] ${name}: ${message}; run it on Spark`)} ELSE ${p} END`,
  );
};

const translated = (pattern: Arg, over: Arg, name: string): Arg => {
  const text = regexText(pattern, over, name, "taken");
  return literalOf(pattern) === undefined ? computedAs(pattern, text) : { ...pattern, text, operand: text };
};

export const regexTemplates: Templates = {
  regexp_count: ([text, pattern], call) =>
    asResult(`len(regexp_extract_all(${text.text}, ${findsText(pattern, text, call.name)}))`, call),
  regexp_extract_all: ([text, pattern, group], call) => {
    const groups = group === undefined ? 1 : Number(literalText(group, "regexp_extract_all: the group"));
    const found = `regexp_extract_all(${text.text}, ${findsText(pattern, text, call.name, groups)}, ${group === undefined ? 1 : group.text})`;
    return `list_transform(${found}, lambda m: coalesce(m, ''))`;
  },
  regexp_instr: ([text, pattern], call) =>
    eachOnce([text, translated(pattern, text, call.name)], (s, p) =>
      asResult(
        `CASE WHEN regexp_matches(${s}, ${p}) THEN length(regexp_extract(${s}, '(?s)^(.*?)(?:' || ${p} || ')', 1)) + 1 WHEN ${s} IS NOT NULL AND ${p} IS NOT NULL THEN 0 END`,
        call,
      ),
    ),
  regexp_substr: ([text, pattern], call) =>
    `nullif(${wholeMatch(text, regexOf(pattern, text, call.name, "grouped"))}, '')`,
};
