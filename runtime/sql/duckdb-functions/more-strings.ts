import { AnalysisError } from "../../errors.ts";
import { isFraction, isInteger } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { loose } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { formatted } from "./format-string.ts";
import { asResult, eachOnce, named, raise } from "./parts.ts";
import { regexTemplates } from "./regex.ts";
import { sparkOnlyError } from "./spark-only.ts";

/** The bytes of text. */
const bytes = ({ type, text }: Arg) => (type.kind === "binary" ? text : `encode(${text})`);
const byteCount = ({ type, text }: Arg) => (type.kind === "binary" ? `octet_length(${text})` : `strlen(${text})`);

const UTF8 = /^utf-?8$/i;
const charset =
  (formula: (text: Arg) => string): Template =>
  ([text, name], call) => {
    const given = literalText(name, `${call.name}: the character set`);
    if (!UTF8.test(given)) throw sparkOnlyError(call.name, `DuckDB knows UTF-8 alone, not ${given}`);
    return formula(text);
  };

const toBinary =
  (onError: "fail" | "null"): Template =>
  (args, call) => {
    const format = args.length > 1 ? literalText(args[1], `${call.name}: the format`).toLowerCase() : "hex";
    const or = (isGood: string, result: string, v: string) =>
      `CASE WHEN ${v} IS NULL THEN NULL WHEN ${isGood} THEN ${result}${onError === "fail" ? ` ELSE error('[CONVERSION_INVALID_INPUT] ${call.name}: ''' || ${v} || ''' is not in the format "${format}"; use try_to_binary to get NULL.')` : ""} END`;
    const [text] = args;
    if (UTF8.test(format)) return `encode(${text.text})`;
    if (format === "hex")
      return eachOnce([text], (v) =>
        or(
          `regexp_full_match(${v}, '[0-9A-Fa-f]*')`,
          `unhex(CASE WHEN length(${v}) % 2 = 1 THEN '0' || ${v} ELSE ${v} END)`,
          v,
        ),
      );
    if (format === "base64")
      return eachOnce([text], (v) =>
        or(
          `regexp_full_match(${v}, '([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?')`,
          `from_base64(${v})`,
          v,
        ),
      );
    throw new AnalysisError("BAD_FORMAT", `${call.name}: the format is "hex", "utf-8" or "base64", not "${format}".`);
  };

const formatNumber: Template = ([x, places], call) => {
  const digits = Number(literalText(places, "format_number: the number of places"));
  if (digits < 0) return "CAST(NULL AS VARCHAR)";
  if (x.type.kind === "decimal")
    throw sparkOnlyError(call.name, "DuckDB formats a DECIMAL as a DOUBLE: cast it to double");
  if (isInteger(x.type)) return `format('{:,}', ${x.text})${digits > 0 ? ` || '.${"0".repeat(digits)}'` : ""}`;
  return eachOnce([x], (v) => {
    const value = isFraction(x.type) ? `CAST(${v} AS DOUBLE)` : v;
    return `CASE WHEN isnan(${v}) THEN 'NaN' WHEN isinf(${v}) THEN CASE WHEN ${v} > 0 THEN '∞' ELSE '-∞' END WHEN abs(${v}) >= ${10 ** Math.max(15 - digits, 0)} THEN ${raise("[SPARK_ONLY] format_number: DuckDB writes other digits than Java behind the fifteenth; run it on Spark")} ELSE format('{:,.${digits}f}', ${value}) END`;
  });
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Of A to Z; 7 is passed over. */
const SOUNDS = "01230127022455012623017202";

/** The first letter and the sounds behind it: of equal ones beside each other one, without vowels. */
const soundex: Template = ([text]) =>
  eachOnce([text], (v) => {
    const both = `${LETTERS}${LETTERS.toLowerCase()}`;
    const codes = `translate(regexp_replace(${v}, '[^A-Za-z]', '0', 'g'), '${both}', '${SOUNDS}${SOUNDS}')`;
    const heard = `${codes}[1] || replace(${codes}[2:], '7', '')`;
    const single = [..."123456"].reduce(
      (inner, digit) => `regexp_replace(${inner}, '${digit}+', '${digit}', 'g')`,
      heard,
    );
    return `CASE WHEN regexp_matches(${v}, '^[A-Za-z]') THEN upper(${v}[1]) || rpad(replace(${single.startsWith("regexp") ? `substring(${single}, 2)` : single}, '0', ''), 3, '0') ELSE ${v} END`;
  });

const mask: Template = (args) => {
  const [text] = args;
  const chars = ["X", "x", "n", null].map((standard, index) => {
    const given = args[index + 1];
    if (given === undefined) return standard;
    return given.expression.kind === "literal" && given.expression.value === null
      ? null
      : literalText(given, "mask: the character");
  });
  const cases = ["\\p{Lu}", "\\p{Ll}", "\\p{Nd}"].map((kind, index) => {
    const char = chars[index];
    return `WHEN regexp_matches(c, '${kind}') THEN ${char === null || char === undefined ? "c" : quoteText(char)}`;
  });
  const other = chars[3];
  const rest =
    other === null || other === undefined
      ? "c"
      : `repeat(${quoteText(other)}, CASE WHEN unicode(c) > 65535 THEN 2 ELSE 1 END)`;
  return `array_to_string(list_transform(regexp_extract_all(${text.text}, '(?s).'), lambda c: CASE ${cases.join(" ")} ELSE ${rest} END), '')`;
};

const locate: Template = (args, call) => {
  const found = (search: string, text: string, from: string) => {
    const at = `strpos(substring(${text}, ${from}), ${search})`;
    return asResult(
      `CASE WHEN ${from} IS NULL THEN 0 WHEN ${search} IS NULL OR ${text} IS NULL THEN NULL WHEN ${from} < 1 THEN 0 WHEN ${search} = '' THEN 1 WHEN ${at} = 0 THEN 0 ELSE ${at} + ${from} - 1 END`,
      call,
    );
  };
  const [search, text] = args;
  if (args.length === 2) return asResult(`strpos(${text.text}, ${search.text})`, call);
  return eachOnce(args, found);
};

/** Where Spark counts from: from 1, from the end if negative, and 0 is 1. */
const from = (text: string, start: string, count?: string) => {
  const first = `CASE WHEN ${start} > 0 THEN ${start} WHEN ${start} < 0 THEN length(${text}) + ${start} + 1 ELSE 1 END`;
  if (count === undefined) return `substring(${text}, greatest(${first}, 1))`;
  return `substring(${text}, greatest(${first}, 1), greatest(${count} + least(${first} - 1, 0), 0))`;
};

const overlay: Template = (args) =>
  eachOnce(args, (text, by, start, count) => {
    const taken =
      count === undefined ? `length(${by})` : `CASE WHEN ${count} >= 0 THEN ${count} ELSE length(${by}) END`;
    const laid = `${from(text, "1", `(${start} - 1)`)} || ${by} || ${from(text, `(${start} + ${taken})`)}`;
    return `CASE WHEN ${start} IS NOT NULL${count === undefined ? "" : ` AND ${count} IS NOT NULL`} THEN ${laid} END`;
  });

const splitPart: Template = (args) =>
  eachOnce(args, (text, delimiter, part) => {
    const parts = `CASE WHEN ${delimiter} = '' THEN [${text}] ELSE string_split(${text}, ${delimiter}) END`;
    return `CASE WHEN ${text} IS NULL OR ${delimiter} IS NULL THEN NULL WHEN ${part} = 0 THEN ${raise("[INVALID_INDEX_OF_ZERO] split_part: the index 0 is invalid, parts count from 1, or from the end if negative.")} WHEN ${part} IS NOT NULL THEN coalesce((${parts})[${part}], '') END`;
  });

const substringIndex: Template = (args) =>
  eachOnce(args, (text, delimiter, count) => {
    const parts = `string_split(${text}, ${delimiter})`;
    return `CASE WHEN ${text} IS NULL OR ${delimiter} IS NULL OR ${count} IS NULL THEN NULL WHEN ${count} = 0 OR ${delimiter} = '' THEN '' WHEN abs(${count}) >= len(${parts}) THEN ${text} WHEN ${count} > 0 THEN array_to_string(${parts}[1:${count}], ${delimiter}) ELSE array_to_string(${parts}[len(${parts}) + ${count} + 1:], ${delimiter}) END`;
  });

const elt: Template = ([position, ...texts]) =>
  eachOnce([position, ...texts], (n, ...values) => {
    const cases = values.map((value, index) => `WHEN ${n} = ${index + 1} THEN ${value}`).join(" ");
    return `CASE WHEN ${n} IS NULL THEN NULL ${cases} ELSE error('[INVALID_ARRAY_INDEX] The index ' || ${n} || ' is out of bounds: elt has ${values.length} texts, from 1.') END`;
  });

/**
 * DuckDB counts bytes: where text is not ASCII, its characters are made single bytes, those that both texts have the same
 * ones in both.
 */
const ofCharacters = (a: string, b: string): string => {
  const characters = (text: string) => `string_split(${text}, '')`;
  const [x, c] = ['"·x·"', '"·c·"'];
  const bytes = (text: string, other: number) =>
    `array_to_string(list_transform(${characters(text)}, lambda ${x}: chr(CAST(coalesce(list_position(${c}, ${x}) + 2, ${other}) AS INTEGER))), '')`;
  const tooMany = raise(
    "[SPARK_ONLY] levenshtein: DuckDB counts bytes, so texts with more than 125 different characters in common are compared on Spark only.",
  );
  const common = `list_distinct(list_filter(${characters(a)}, lambda ${x}: list_contains(${characters(b)}, ${x})))`;
  return `list_transform([${common}], lambda ${c}: CASE WHEN ${a} = '' THEN length(${b}) WHEN ${b} = '' THEN length(${a}) WHEN len(${c}) > 125 THEN ${tooMany} ELSE levenshtein(${bytes(a, 1)}, ${bytes(b, 2)}) END)[1]`;
};

const levenshtein: Template = (args, call) => {
  const [left, right] = args;
  return eachOnce([left, right], (a, b) => {
    const isAscii = `strlen(${a}) = length(${a}) AND strlen(${b}) = length(${b})`;
    const distance = `CASE WHEN ${isAscii} THEN ${asResult(`levenshtein(${a}, ${b})`, call)} WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${asResult(ofCharacters(a, b), call)} END`;
    if (args.length === 2) return distance;
    const most = Number(literalText(args[2], "levenshtein: the threshold"));
    return `list_transform([${distance}], lambda d: CASE WHEN d > ${most} THEN -1 ELSE d END)[1]`;
  });
};

/** The bytes that Java's decoder of MIME leaves out are no letters of the alphabet. */
const unbase64: Template = ([text]) =>
  `list_transform([regexp_replace(${text.text}, '[^A-Za-z0-9+/=]', '', 'g')], lambda b: from_base64(CASE WHEN contains(b, '=') THEN b ELSE rpad(b, CAST((length(b) + 3) // 4 * 4 AS INTEGER), '=') END))[1]`;

const sha2: Template = ([text, bits], call) => {
  const size = Number(literalText(bits, "sha2: the number of bits"));
  if (size === 0 || size === 256) return `sha256(${text.text})`;
  if (![224, 384, 512].includes(size)) return "CAST(NULL AS VARCHAR)";
  throw sparkOnlyError(call.name, `DuckDB has it with 256 bits alone, not with ${size}`);
};

export const moreStringTemplates: Templates = {
  // In lines of 76 characters, as Java's encoder of MIME writes.
  base64: ([text]) =>
    `rtrim(regexp_replace(to_base64(${bytes(text)}), '(.{76})', '\\1' || chr(13) || chr(10), 'g'), chr(13) || chr(10))`,
  unbase64,
  bit_length: ([text], call) => asResult(`8 * ${byteCount(text)}`, call),
  octet_length: ([text], call) => asResult(byteCount(text), call),
  btrim: named("trim"),
  char: ([n]) => eachOnce([n], (v) => `CASE WHEN ${v} < 0 THEN '' ELSE chr(CAST(${v} & 255 AS INTEGER)) END`),
  decode: charset((text) => (text.type.kind === "binary" ? `decode(${text.text})` : text.text)),
  encode: charset(({ text }) => `encode(${text})`),
  elt,
  find_in_set: ([text, list], call) =>
    eachOnce([text, list], (a, b) =>
      asResult(
        `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN coalesce(list_position(string_split(${b}, ','), ${a}), 0) END`,
        call,
      ),
    ),
  format_number: formatNumber,
  format_string: formatted,
  is_valid_utf8: ([text]) => `CASE WHEN ${text.operand} IS NOT NULL THEN true END`,
  make_valid_utf8: ([text]) => text.fragment,
  validate_utf8: ([text]) => text.fragment,
  try_validate_utf8: ([text]) => text.fragment,
  left: ([text, count]) => eachOnce([text, count], (s, n) => `left(${s}, CASE WHEN ${n} < 0 THEN 0 ELSE ${n} END)`),
  right: ([text, count]) =>
    eachOnce([text, count], (s, n) => `CASE WHEN ${n} <= 0 AND ${s} IS NOT NULL THEN '' ELSE right(${s}, ${n}) END`),
  levenshtein,
  locate,
  position: locate,
  mask,
  overlay,
  quote: ([text]) => loose(`'''' || replace(${text.text}, '''', '\\''') || ''''`),
  ...regexTemplates,
  soundex,
  split_part: splitPart,
  substring_index: substringIndex,
  to_binary: toBinary("fail"),
  try_to_binary: toBinary("null"),
  md5: ([text]) => `md5(${text.text})`,
  sha1: ([text]) => `sha1(${text.text})`,
  sha2,
  // Java's URLEncoder: application/x-www-form-urlencoded.
  url_encode: ([text]) => `replace(replace(replace(url_encode(${text.text}), '%20', '+'), '~', '%7E'), '%2A', '*')`,
};
