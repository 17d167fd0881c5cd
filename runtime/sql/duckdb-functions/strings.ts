import type { Arg, Template, Templates } from "../dialect.ts";
import { loose } from "../fragment.ts";
import { listed, named, once, typed } from "./parts.ts";
import { regexpExtract, regexpReplace } from "./regex.ts";
import { split } from "./split.ts";

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
  const count = isLiteral(length, (value) => value >= 0)
    ? length.text
    : `CASE WHEN ${length.operand} < 0 THEN 0 ELSE ${length.text} END`;
  return `substring(${text.text}, ${from}, ${count})`;
};

/** What is longer in the other case, or is another letter at the end of a word: DuckDB changes letter by letter. */
const LONGER = { ß: "SS", ﬀ: "FF", ﬁ: "FI", ﬂ: "FL", ﬃ: "FFI", ﬄ: "FFL", ﬅ: "ST", ﬆ: "ST", ŉ: "ʼN", ǰ: "J̌" };

const isAscii = (x: string) => `strlen(${x}) = length(${x})`;

const upper: Template = ([text]) =>
  once(text, (x) => {
    const replaced = Object.entries(LONGER).reduce((sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`, x);
    return `CASE WHEN ${isAscii(x)} THEN upper(${x}) ELSE upper(${replaced}) END`;
  });

const lowerText = (x: string): string => {
  const sigma = `regexp_replace(${x}, '(\\p{L})Σ($|[^\\p{L}])', '\\1ς\\2', 'g')`;
  return `CASE WHEN ${isAscii(x)} THEN lower(${x}) ELSE lower(replace(${sigma}, 'İ', 'i' || chr(775))) END`;
};
const lower: Template = ([text]) => once(text, lowerText);

/** DuckDB turns around what looks like one character and may be several. */
const reverse: Template = ([text]) => (text.type.kind === "array" ? `list_reverse(${text.text})` : reversedText(text));

const reversedText = (text: Arg): string =>
  once(
    text,
    (x) =>
      `CASE WHEN ${isAscii(x)} THEN reverse(${x}) ELSE array_to_string(list_reverse(string_split(${x}, '')), '') END`,
  );

const isLiteral = ({ expression }: Arg, test: (value: number) => boolean): boolean =>
  expression.kind === "literal" && expression.value !== null && test(Number(expression.value));

const TITLE = { ß: "Ss", ﬀ: "Ff", ﬁ: "Fi", ﬂ: "Fl", ﬃ: "Ffi", ﬄ: "Ffl", ǆ: "ǅ", ǉ: "ǈ", ǌ: "ǋ", ǳ: "ǲ" };

/** Each word's first letter in upper case, all others in lower case; words end at spaces. */
const initcap: Template = ([text]) =>
  once(text, (x) => {
    const odd = Object.entries(TITLE).map(([from, to]) => `WHEN '${from}' THEN '${to}'`);
    const first = `CASE word[1] ${odd.join(" ")} ELSE upper(word[1]) END`;
    const words = `list_transform(string_split(${lowerText(x)}, ' '), lambda word: ${first} || word[2:])`;
    return `replace(array_to_string(${words}, ' '), 'I' || chr(775), 'İ')`;
  });

const pad =
  (name: string): Template =>
  (args) => {
    const [text, length, filling] = args;
    if (args.length === 2) return `${name}(${listed(args)}, ' ')`;
    // Nothing to fill up with is an error in DuckDB.
    const cut = `left(${text.text}, greatest(${length.text}, 0))`;
    if (isLiteralText(filling)) return filling.expression.value === "" ? cut : `${name}(${listed(args)})`;
    return `CASE WHEN ${filling.operand} = '' THEN ${cut} ELSE ${name}(${listed(args)}) END`;
  };

const isLiteralText = (arg: Arg): arg is Arg & { readonly expression: { readonly value: string } } =>
  arg.expression.kind === "literal" && typeof arg.expression.value === "string";

/** A separator alone gives an empty text. */
const concatWs: Template = (args, call) =>
  args.length === 1 ? `CASE WHEN ${args[0].operand} IS NOT NULL THEN '' END` : named("concat_ws")(args, call);

export const stringTemplates: Templates = {
  concat,
  concat_ws: concatWs,
  upper,
  lower,
  reverse,
  initcap,
  length: (args, call) => typed(args[0].type.kind === "binary" ? "octet_length" : "length")(args, call),
  substring,
  replace: (args) => `replace(${listed(args)}${args.length === 2 ? ", ''" : ""})`,
  regexp_replace: regexpReplace,
  regexp_extract: regexpExtract,
  split,
  lpad: pad("lpad"),
  rpad: pad("rpad"),
  instr: typed("instr"),
};
