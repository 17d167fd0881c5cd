import { asText } from "./guards.ts";
import { as, partsAs, type Rule, type Rules, refuse } from "./rules.ts";
import { isKind, literalOf, type Node, written } from "./tree.ts";

const string = (value: string): Node => ({ literal: { literal_type: "string", value } });

/** A backslash escapes in Spark's patterns, and is a backslash in DuckDB's. */
const like: Rule = ({ right, escape: by }, node) => {
  if (!by && !/\\/.test(literalOf(right, "string") ?? "\\")) return node;
  if (by && literalOf(right, "string") !== undefined && literalOf(by, "string")?.length === 1) return node;
  return refuse("LIKE with a backslash in its pattern, or with a pattern that is computed");
};

/** Of what RE2 and Java's expressions both have, what means the same in both. */
function pattern(value: unknown, what: string): Node {
  const text = literalOf(value, "string");
  if (text === undefined) return refuse(`${what} with a pattern that is computed`);
  const isPlain =
    /^(?:[\p{L}\p{N} _,:;@#%&=<>!~"'/|()*+?.^-]|\[\^?(?:[\p{L}\p{N} _,:;@#%=<>!"'/|()*+?.$-]|\\[dw.-])+\]|\{\d+(?:,\d*)?\}|\\[dw.()[\]{}+*?|^$/-])*\$?$/u;
  if (!isPlain.test(text) || text.includes("(?")) return refuse(`${what} with the pattern ${JSON.stringify(text)}`);
  // Before a last line break $ matches in Java alone, and a dot matches fewer characters.
  return string(`(?d)${text.endsWith("$") && !text.endsWith("\\$") ? `${text.slice(0, -1)}\\z` : text}`);
}

const matches: Rule = ({ args }, _, library) => {
  const [text, given] = args as [unknown, unknown];
  return written(library, "(_0 RLIKE _1)", [text, pattern(given, "regexp_matches")]);
};

const extract: Rule = ({ args, this: input, pattern: given, group: index }, _, library) => {
  const [text, regexp, group] = (args ?? [input, given, index]) as unknown[];
  if (group && literalOf(group, "number") === undefined) return refuse("regexp_extract with a group that is computed");
  return written(library, "REGEXP_EXTRACT(_0, _1, _2)", [
    text,
    pattern(regexp, "regexp_extract"),
    group ?? { literal: { literal_type: "number", value: "0" } },
  ]);
};

const replace: Rule = ({ args, this: input, pattern: given, replacement: put, flags }, _, library) => {
  const [text, regexp, replacement, options] = (args ?? [input, given, put, flags]) as unknown[];
  if (literalOf(options, "string") !== "g")
    return refuse("regexp_replace without the option 'g', which replaces the first match");
  if (!/^[^\\$]*$/.test(literalOf(replacement, "string") ?? "\\"))
    return refuse("regexp_replace with a replacement that is computed, or names groups");
  return written(library, "REGEXP_REPLACE(_0, _1, _2)", [text, pattern(regexp, "regexp_replace"), replacement]);
};

const split: Rule = ({ args, this: input, delimiter }, _, library) => {
  const [text, separator] = (args ?? [input, delimiter]) as unknown[];
  const literal = literalOf(separator, "string");
  if (!literal || literal.includes("\\E")) return refuse("A split by a text that is computed or empty");
  return written(library, "SPLIT(_0, _1)", [text, string(`\\Q${literal}\\E`)]);
};

/** Positions before the first character mean different things. */
const substring: Rule = ({ start, length }, node) => {
  if (!(Number(literalOf(start, "number")) >= 1))
    return refuse("substring from a position that is computed, 0 or negative");
  if (length && literalOf(length, "number") === undefined) return refuse("substring with a length that is computed");
  return node;
};

const positive =
  (name: string): Rule =>
  ({ args }, node) =>
    literalOf((args as unknown[])[1], "number") === undefined
      ? refuse(`${name} with a number that is computed or negative`)
      : node;

const splitPart: Rule = ({ args }, node) =>
  Number(literalOf((args as unknown[])[2], "number")) >= 1 && literalOf((args as unknown[])[1], "string")
    ? node
    : refuse("split_part with a separator or number that is computed, empty or negative");

/** DuckDB's leaves NULLs out, as Spark's concat_ws does. */
const concat: Rule = ({ args }, _, library) => {
  const values = (args as unknown[]).map((value) => asText(library, value));
  return written(library, `CONCAT_WS('', ${values.map((_, i) => `_${i}`).join(", ")})`, values);
};

const concatWs: Rule = ({ args }, _, library) => {
  const [separator, ...values] = args as unknown[];
  if (literalOf(separator, "string") === undefined) return refuse("concat_ws with a separator that is computed");
  const texts = values.map((value) => asText(library, value));
  return written(library, `CONCAT_WS(_0, ${texts.map((_, i) => `_${i + 1}`).join(", ")})`, [separator, ...texts]);
};

const PATH = /^\$?(?:(?:^|\.)[A-Za-z_]\w*|\[\d+\])+$/;

const json: Rule = ({ this: value, path, args }, _, library) => {
  const [from, given] = (args ?? [value, path]) as unknown[];
  const text = literalOf(given, "string");
  if (text === undefined || !PATH.test(text))
    return refuse("A JSON path that is computed or not plain ($.name[0].name)");
  return written(library, "GET_JSON_OBJECT(_0, _1)", [from, string(text.startsWith("$") ? text : `$.${text}`)]);
};

const stringAgg: Rule = ({ this: value, separator, order_by, filter, distinct }, _, library) => {
  const order = order_by as unknown[] | null;
  if (distinct) return refuse("string_agg(DISTINCT …)");
  if (!order?.length) return refuse("string_agg without an ORDER BY inside, whose order is nobody's");
  const text = written(library, "LISTAGG(_0, _1) WITHIN GROUP (ORDER BY 1)", [
    filter ? written(library, "IF(_0, _1, NULL)", [filter, asText(library, value)]) : asText(library, value),
    separator ?? string(","),
  ]);
  const group = Object.values(text)[0] as { this: { list_agg: object } };
  const list = { list_agg: { ...group.this.list_agg, filter: null } };
  return { within_group: { ...group, this: list, order_by: order } };
};

export const textRules: Rules = {
  // Java makes two letters of it.
  upper: partsAs("UPPER(REPLACE(_0, 'ß', 'ẞ'))", "this"),
  like,
  i_like: like,
  ilike: like,
  "function regexp_matches/2": matches,
  "function regexp_extract/2": extract,
  "function regexp_extract/3": extract,
  regexp_extract: extract,
  "function regexp_replace/4": replace,
  "function regexp_replace/3": replace,
  regexp_replace: replace,
  "function string_split/2": split,
  "function str_split/2": split,
  "function split/2": split,
  split,
  substring,
  "function left/2": positive("left"),
  "function right/2": positive("right"),
  "function split_part/3": splitPart,
  "function concat/1": concat,
  "function concat/2": concat,
  "function concat/3": concat,
  "function concat/4": concat,
  "function concat/5": concat,
  "function concat_ws/2": concatWs,
  "function concat_ws/3": concatWs,
  "function concat_ws/4": concatWs,
  "function concat_ws/5": concatWs,
  concat: ({ left, right }, node, library) => {
    const sides = [left, right].map((side) => (isKind(side, "concat") ? side : asText(library, side, { lists: true })));
    return { concat: { ...(node.concat as object), left: sides[0], right: sides[1] } };
  },
  json_extract_scalar: json,
  "function json_extract_string/2": json,
  json_extract: () => refuse("A JSON value (->): take it as text with ->>"),
  string_agg: stringAgg,
  list_agg: stringAgg,
  group_concat: stringAgg,
  "function sha256/1": as("SHA2(_0, 256)"),
  "function ends_with/2": as("ENDSWITH(_0, _1)"),
  "function suffix/2": as("ENDSWITH(_0, _1)"),
  "function prefix/2": as("STARTSWITH(_0, _1)"),
  "function strpos/2": as("INSTR(_0, _1)"),
};
