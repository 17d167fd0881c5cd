import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { loose } from "../fragment.ts";
import { listed, named, typed } from "./parts.ts";

/** DuckDB's concat leaves nulls out, Spark's gives NULL. */
const concat: Template = (args) => {
  if (args.length === 0) return "''";
  return args.length === 1 ? args[0].fragment : loose(args.map((arg) => arg.operand).join(" || "));
};

/** Position 0 is the first character in Spark; a negative length is an empty text. */
const substring: Template = (args) => {
  const [text, start, length] = args;
  const from = isLiteral(start, (value) => value !== 0)
    ? start.text
    : isLiteral(start, (value) => value === 0)
      ? "1"
      : `CASE ${start.operand} WHEN 0 THEN 1 ELSE ${start.text} END`;
  if (args.length === 2) return `substring(${text.text}, ${from})`;
  const count = isLiteral(length, (value) => value >= 0) ? length.text : `greatest(${length.text}, 0)`;
  return `substring(${text.text}, ${from}, ${count})`;
};

const isLiteral = ({ expression }: Arg, test: (value: number) => boolean): boolean =>
  expression.kind === "literal" && expression.value !== null && test(Number(expression.value));

/** Java writes a group as $1 and takes the meaning from a sign with a backslash; RE2 writes \1. */
const regexpReplace: Template = ([text, pattern, replacement]) => {
  const { expression } = replacement;
  const to =
    expression.kind === "literal" && typeof expression.value === "string"
      ? quoteText(re2Replacement(expression.value))
      : `regexp_replace(${replacement.text}, '\\$([0-9])', '\\\\\\1', 'g')`;
  return `regexp_replace(${text.text}, ${pattern.text}, ${to}, 'g')`;
};

const re2Replacement = (java: string): string =>
  java.replace(/\\(.)|\$(\d)/gs, (_, escaped?: string, group?: string) =>
    group !== undefined ? `\\${group}` : escaped === "\\" ? "\\\\" : (escaped ?? ""),
  );

const regexpExtract: Template = (args) => {
  const [text, pattern, group] = args;
  return `regexp_extract(${text.text}, ${pattern.text}, ${args.length > 2 ? group.text : 1})`;
};

/** Each word's first letter in upper case, all others in lower case; words end at spaces. */
const initcap: Template = ([text]) =>
  `array_to_string(list_transform(string_split(lower(${text.text}), ' '), lambda word: upper(word[1]) || word[2:]), ' ')`;

const pad =
  (name: string): Template =>
  (args) =>
    `${name}(${listed(args)}${args.length === 2 ? ", ' '" : ""})`;

/** A separator alone gives an empty text. */
const concatWs: Template = (args, call) =>
  args.length === 1 ? `CASE WHEN ${args[0].operand} IS NOT NULL THEN '' END` : named("concat_ws")(args, call);

export const stringTemplates: Templates = {
  concat,
  concat_ws: concatWs,
  initcap,
  length: (args, call) => typed(args[0].type.kind === "binary" ? "octet_length" : "length")(args, call),
  substring,
  replace: (args) => `replace(${listed(args)}${args.length === 2 ? ", ''" : ""})`,
  regexp_replace: regexpReplace,
  regexp_extract: regexpExtract,
  split: named("str_split_regex"),
  lpad: pad("lpad"),
  rpad: pad("rpad"),
  instr: typed("instr"),
};
