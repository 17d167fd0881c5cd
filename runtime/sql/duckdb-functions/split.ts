import type { Expression } from "../../plan/expressions.ts";
import type { Template } from "../dialect.ts";
import { matchesNothing, regexText } from "../duckdb-regex.ts";
import { computedAs, eachOnce, raise } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

/** Parameters of lambdas, by names that no column has. */
const PART = '"·x·"';
const PARTS = '"·p·"';

/** At empty matches DuckDB parts the text otherwise than Java. */
const odd = "DuckDB parts text otherwise than Java at a regular expression that matches the empty text";

/** The parts of a text; DuckDB has no limit for them: what is behind the last part but one is taken from the text again. */
export const split: Template = (args, call) => {
  const [text, regex, limit] = args;
  const empty = matchesEmpty(regex.expression);
  if (empty === true) throw sparkOnlyError(call.name, odd);
  const hasLimit = args.length > 2 && !isWithout(limit.expression);
  const isPlain = empty === false && !regex.nullable;
  if (isPlain && !hasLimit) return `str_split_regex(${text.text}, ${regexText(regex, text, "split")})`;
  const read = regexText(regex, text, "split");
  const pattern =
    regex.expression.kind === "literal" ? { ...regex, text: read, operand: read } : computedAs(regex, read);
  return eachOnce(hasLimit ? [text, pattern, limit] : [text, pattern], (s, p, n) => {
    const known = [regex.nullable ? [`${p} IS NULL`] : [], hasLimit && limit.nullable ? [`${n} IS NULL`] : []].flat();
    const matches = `regexp_extract_all(${s}, ${p})`;
    const checked =
      isPlain || empty === false
        ? ""
        : `WHEN ${p} <> '' AND list_contains(${matches}, '') THEN ${raise(`[SPARK_ONLY] split: ${odd}`)} `;
    const isNull = known.length === 0 ? "" : `WHEN ${known.join(" OR ")} THEN NULL `;
    const lengths = (list: string) => `list_sum(list_transform(${list}[1:${n} - 1], lambda ${PART}: length(${PART})))`;
    const start = `CAST(coalesce(${lengths(PARTS)}, 0) + coalesce(CASE WHEN ${p} <> '' THEN ${lengths(matches)} END, 0) AS BIGINT) + 1`;
    const cut = `list_concat(${PARTS}[1:${n} - 1], [substring(${s}, ${start})])`;
    const all = `str_split_regex(${s}, ${p})`;
    const parts = hasLimit
      ? `list_transform([${all}], lambda ${PARTS}: CASE WHEN ${n} > 0 AND len(${PARTS}) > ${n} THEN ${cut} ELSE ${PARTS} END)[1]`
      : all;
    return checked + isNull === "" ? parts : `CASE ${isNull}${checked}ELSE ${parts} END`;
  });
};

/** A limit that is none. */
const isWithout = (limit: Expression): boolean =>
  limit.kind === "literal" && limit.value !== null && Number(limit.value) <= 0;

/** The empty one parts characters, and is none of these. */
const matchesEmpty = (regex: Expression): boolean | undefined => {
  if (regex.kind !== "literal" || typeof regex.value !== "string") return undefined;
  return regex.value === "" ? false : matchesNothing(regex.value);
};
