import type { Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { bind, eachOnce, once } from "./parts.ts";

const TWO_63 = "CAST(9223372036854775808 AS HUGEINT)";
const TWO_64 = "CAST(18446744073709551616 AS HUGEINT)";

/** Java's unsigned 64 bits, up to the first letter that is no digit; a negative base to go to is for numbers with a sign. */
const conv: Template = ([digits, from, to]) =>
  eachOnce([digits, from, to], (x, base, other) => {
    const letters = quoteText("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const known = `regexp_extract(ltrim(trim(${x}), ' '), '^-?([0-9A-Za-z]*)', 1)`;
    const values = `list_transform(regexp_extract_all(upper(${known}), '.'), lambda c: CAST(instr(${letters}, c) - 1 AS HUGEINT))`;
    const end = `list_position(list_transform(d, lambda v: v >= ${base}), true)`;
    const valid = bind("d", values, `d[1:coalesce(${end} - 1, len(d))]`);
    const read = `list_reduce(${valid}, lambda u, v: CASE WHEN u >= ${TWO_64} THEN u ELSE u * ${base} + v END, CAST(0 AS HUGEINT))`;
    const overflow = `error('[ARITHMETIC_OVERFLOW] conv: the number ' || ${x} || ' is beyond 64 bits.')`;
    const negative = `starts_with(trim(${x}), '-')`;
    const complement = `(${TWO_64} - u) % ${TWO_64}`;
    const unsigned = `CASE WHEN u >= ${TWO_64} THEN ${overflow} WHEN ${other} > 0 AND ${negative} THEN CASE WHEN u >= ${TWO_63} THEN ${TWO_64} - 1 ELSE ${complement} END ELSE u END`;
    const whole = `CASE WHEN ${other} < 0 AND u >= ${TWO_63} THEN ${complement} ELSE u END`;
    const radix = `CAST(abs(${other}) AS INTEGER)`;
    const small = (u: string) => `to_base(CAST(${u} AS BIGINT), ${radix})`;
    const text = `CASE WHEN w < ${TWO_63} THEN ${small("w")} ELSE ${small(`w // ${radix}`)} || ${small(`w % ${radix}`)} END`;
    const sign = `CASE WHEN ${other} < 0 AND (${negative} OR u >= ${TWO_63}) THEN '-' ELSE '' END`;
    const written = bind("u", bind("u", read, unsigned), `${sign} || ${bind("w", whole, text)}`);
    const isKnown = `${base} BETWEEN 2 AND 36 AND abs(${other}) BETWEEN 2 AND 36 AND trim(${x}) <> ''`;
    return `CASE WHEN ${isKnown} THEN ${written} END`;
  });

/** As Java's URLDecoder, but bytes that are no UTF-8 are an error. */
const urlDecode =
  (otherwise: (x: string) => string): Template =>
  ([text]) =>
    once(text, (x) => {
      const parts = `regexp_extract_all(${x}, '(?s)%[0-9A-Fa-f+][0-9A-Fa-f]|[^%]+')`;
      const piece = "CASE WHEN p[1] = '%' THEN replace(p[2:], '+', '0') ELSE hex(encode(replace(p, '+', ' '))) END";
      const bytes = `unhex(array_to_string(list_transform(${parts}, lambda p: ${piece}), ''))`;
      const foreign = `error('[MALFORMED_CHARACTER_CODING] url_decode: ' || ${x} || ' stands for bytes that are no UTF-8, and DuckDB''s text is always UTF-8.')`;
      const decoded = `coalesce(TRY(decode(${bytes})), ${foreign})`;
      return `CASE WHEN regexp_full_match(${x}, '(?s)(%[0-9A-Fa-f+][0-9A-Fa-f]|[^%])*') THEN CASE WHEN ${x} = '' THEN '' ELSE ${decoded} END WHEN ${x} IS NOT NULL THEN ${otherwise(x)} END`;
    });

export const conversionTemplates: Templates = {
  conv,
  url_decode: urlDecode(
    (x) => `error('[CANNOT_DECODE_URL] url_decode: ' || ${x} || ' is no encoded URL; use try_url_decode to get NULL.')`,
  ),
  try_url_decode: urlDecode(() => "NULL"),
};
