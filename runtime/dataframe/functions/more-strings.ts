import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, text } from "./call.ts";

type S = In<Sql.String>;
type TextOrBytes = In<Sql.String | Sql.Binary>;
type Whole = In<Sql.Integral> | number;
type Text = Column<Sql.String | null, any> | string;

const asString =
  (name: string) =>
  <A extends S>(s: A): Column<Sql.String | NullOf<A>> =>
    fn(name, s);
const asInt =
  (name: string) =>
  <A extends TextOrBytes>(s: A): Column<Sql.Int | NullOf<A>> =>
    fn(name, s);
/** A string is text here, not the name of a column. */
const plain = (value: Text | undefined) => (typeof value === "string" ? text(value) : value);

/** The code point of the first character; 0 of an empty text. */
export const ascii = asInt("ascii");
/** Bytes, or those of text in UTF-8, in base 64. */
export const base64 = <A extends TextOrBytes>(s: A): Column<Sql.String | NullOf<A>> => fn("base64", s);
/** The bytes of text in base 64. */
export const unbase64 = <A extends S>(s: A): Column<Sql.Binary | NullOf<A>> => fn("unbase64", s);
/** The number of bits of bytes, or of text in UTF-8. */
export const bit_length = asInt("bit_length");
/** The number of bytes, of text in UTF-8. */
export const octet_length = asInt("octet_length");
/** As length. */
export const char_length = asInt("char_length");
export const character_length = asInt("character_length");
/** As trim. */
export const btrim = <A extends S>(s: A, characters?: string): Column<Sql.String | NullOf<A>> =>
  fn("btrim", s, text(characters));
/** The character of a code from 0 to 255; of a larger one, of its lowest 8 bits. */
export const char = <A extends In<Sql.Numeric>>(code: A): Column<Sql.String | NullOf<A>> => fn("char", code);
export const chr = <A extends In<Sql.Numeric>>(code: A): Column<Sql.String | NullOf<A>> => fn("chr", code);
/** Bytes as text; on DuckDB in "UTF-8" alone. */
export const decode = <A extends TextOrBytes>(bytes: A, charset: string): Column<Sql.String | NullOf<A>> =>
  fn("decode", bytes, text(charset));
/** The bytes of text; on DuckDB in "UTF-8" alone. */
export const encode = <A extends S>(s: A, charset: string): Column<Sql.Binary | NullOf<A>> =>
  fn("encode", s, text(charset));
/** The text at position n, from 1; an error where there is none. */
export const elt = (n: Whole, ...texts: readonly In<any>[]): Column<Sql.String | null> => fn("elt", n, ...texts);
/** The position of a text in a list with commas, from 1; 0 if it is not there. */
export const find_in_set = <A extends S, B extends S>(s: A, list: B): Column<Sql.Int | NullOf<A | B>> =>
  fn("find_in_set", s, list);
/** A number as "1,234.50", with so many digits behind the point. */
export const format_number = (x: In<Sql.Numeric>, places: number): Column<Sql.String | null> =>
  fn("format_number", x, places);
/** Text by Java's format: `F.format_string("%d of %s", f.n, f.name)`. */
export const format_string = (format: string, ...values: readonly In<any>[]): Column<Sql.String> =>
  fn("format_string", text(format), ...values);
export const printf = (format: string, ...values: readonly In<any>[]): Column<Sql.String> =>
  fn("printf", text(format), ...values);
/** Whether the text is valid UTF-8. */
export const is_valid_utf8 = <A extends S>(s: A): Column<Sql.Boolean | NullOf<A>> => fn("is_valid_utf8", s);
/** The text with U+FFFD in place of what is no UTF-8. */
export const make_valid_utf8 = asString("make_valid_utf8");
/** The text; an error where it is no UTF-8. */
export const validate_utf8 = asString("validate_utf8");
/** The text; NULL where it is no UTF-8. */
export const try_validate_utf8 = (s: S): Column<Sql.String | null> => fn("try_validate_utf8", s);
/** As lower and upper. */
export const lcase = asString("lcase");
export const ucase = asString("ucase");
/** The first `count` characters. */
export const left = <A extends S>(s: A, count: Whole): Column<Sql.String | null> => fn("left", s, count);
/** The last `count` characters. */
export const right = <A extends S>(s: A, count: Whole): Column<Sql.String | null> => fn("right", s, count);
/** How many characters have to be changed to make one text the other; -1 beyond the threshold. */
export const levenshtein = <A extends S, B extends S>(
  a: A,
  b: B,
  threshold?: number,
): Column<Sql.Int | NullOf<A | B>> => fn("levenshtein", a, b, threshold);
/** Where `search` is first found from position `start` on, from 1; 0 if nowhere. */
export const locate = <A extends S>(search: string, s: A, start?: number): Column<Sql.Int | NullOf<A>> =>
  fn("locate", text(search), s, start);
/** As locate, of columns. */
export const position = (search: S, s: S, start?: Whole): Column<Sql.Int | null> => fn("position", search, s, start);
/** Letters and digits hidden by "X", "x" and "n", or by these characters; null leaves a kind as it is. */
export const mask = <A extends S>(
  s: A,
  upper?: string | null,
  lower?: string | null,
  digit?: string | null,
  other?: string | null,
): Column<Sql.String | NullOf<A>> =>
  fn("mask", s, ...[upper, lower, digit, other].map((char) => (typeof char === "string" ? text(char) : char)));
/** `by` in place of what stands from position `start` on, as many characters as `by` has, or `count`. */
export const overlay = (s: S, by: S, start: Whole, count?: Whole): Column<Sql.String | null> =>
  fn("overlay", s, by, start, count);
/** The text in single quotes. */
export const quote = asString("quote");
/** A random text of so many letters (a to z, A to Z) and digits, another one for every row; with a seed as rand has it. */
export const randstr = (length: number, seed?: number): Column<Sql.String> => fn("randstr", length, seed);
/** How often the regular expression matches. */
export const regexp_count = <A extends S>(s: A, pattern: Text): Column<Sql.Int | null> =>
  fn("regexp_count", s, plain(pattern));
/** The texts of a group (1) of all matches, 0 for all of each. */
export const regexp_extract_all = <A extends S>(
  s: A,
  pattern: Text,
  group?: number,
): Column<Sql.Array<Sql.String> | null> => fn("regexp_extract_all", s, plain(pattern), group);
/** Where the regular expression first matches, from 1; 0 if nowhere. As on Spark, a group changes nothing. */
export const regexp_instr = <A extends S>(s: A, pattern: Text, group?: number): Column<Sql.Int | null> =>
  fn("regexp_instr", s, plain(pattern), group);
/** The text of the first match, NULL without one. */
export const regexp_substr = (s: S, pattern: Text): Column<Sql.String | null> => fn("regexp_substr", s, plain(pattern));
/** The regular expression matches some part of the text. */
export const rlike = <A extends S>(s: A, pattern: Text): Column<Sql.Boolean | NullOf<A>> =>
  fn("rlike", s, plain(pattern));
export const regexp = <A extends S>(s: A, pattern: Text): Column<Sql.Boolean | NullOf<A>> =>
  fn("regexp", s, plain(pattern));
export const regexp_like = <A extends S>(s: A, pattern: Text): Column<Sql.Boolean | NullOf<A>> =>
  fn("regexp_like", s, plain(pattern));
/** SQL's LIKE: `%` any text, `_` one character, and `\`, or the character `escapeChar`, takes the meaning from these. */
export const like = <A extends S>(s: A, pattern: Text, escapeChar?: string): Column<Sql.Boolean | NullOf<A>> =>
  fn("like", s, plain(pattern), text(escapeChar));
/** LIKE, ignoring case. */
export const ilike = <A extends S>(s: A, pattern: Text, escapeChar?: string): Column<Sql.Boolean | NullOf<A>> =>
  fn("ilike", s, plain(pattern), text(escapeChar));
/** The words of each sentence. On Spark only. */
export const sentences = <A extends S>(
  s: A,
  language?: string,
  country?: string,
): Column<Sql.Array<Sql.Array<Sql.String>> | NullOf<A>> => fn("sentences", s, text(language), text(country));
/** How an English word sounds: a letter and three digits. */
export const soundex = asString("soundex");
/** The part at a position from 1, or from the end if negative, between separators; "" beyond them. */
export const split_part = (s: S, separator: Text, part: Whole): Column<Sql.String | null> =>
  fn("split_part", s, plain(separator), part);
/** As substring. */
export const substr = (s: S, start: Whole, length?: Whole): Column<Sql.String | null> => fn("substr", s, start, length);
/** What stands before the separator that is the nth, or behind it, counted from the end, if n is negative. */
export const substring_index = <A extends S>(s: A, separator: string, n: number): Column<Sql.String | NullOf<A>> =>
  fn("substring_index", s, text(separator), n);
/** The bytes that text stands for, by "hex" (the default), "utf-8" or "base64". */
export const to_binary = (s: S, format?: string): Column<Sql.Binary | null> => fn("to_binary", s, text(format));
/** As to_binary, but NULL where the text is not in the format. */
export const try_to_binary = (s: S, format?: string): Column<Sql.Binary | null> => fn("try_to_binary", s, text(format));
/**
 * A number in a format: `F.to_char(f.price, "$999,999.00")`. 0 and 9 are digits (0 with zeros in front), S or MI a sign, PR angle
 * brackets around what is negative; a number with more digits is written as #. Of a date or time it is date_format, of bytes
 * the format is "base64", "hex" or "utf-8".
 */
export const to_char = (value: In<any>, format: string): Column<Sql.String | null> =>
  fn("to_char", value, text(format));
export const to_varchar = (value: In<any>, format: string): Column<Sql.String | null> =>
  fn("to_varchar", value, text(format));
/** The number that a text in a format is: `F.to_number(f.price, "$999,999.99")`, as a DECIMAL of the format's digits; an error if it is none. */
export const to_number = (s: S, format: string): Column<Sql.Decimal | null> => fn("to_number", s, text(format));
/** As to_number, with null for a text that is not in the format. */
export const try_to_number = (s: S, format: string): Column<Sql.Decimal | null> => fn("try_to_number", s, text(format));
/** Each of these characters replaced by the one at its place in the other text, or removed. */
export const translate = <A extends S>(s: A, characters: string, by: string): Column<Sql.String | NullOf<A>> =>
  fn("translate", s, text(characters), text(by));

/** The checksum that ZIP files have. */
export const crc32 = <A extends TextOrBytes>(s: A): Column<Sql.Long | NullOf<A>> => fn("crc32", s);
/** Spark's hash of these values (Murmur3 of 32 bits, with the seed 42); NULL counts as if it were not there. */
export const hash = (...values: readonly [In<any>, ...In<any>[]]): Column<Sql.Int> => fn("hash", ...values);
/** As hash, but xxHash, of 64 bits. */
export const xxhash64 = (...values: readonly [In<any>, ...In<any>[]]): Column<Sql.Long> => fn("xxhash64", ...values);
/** The MD5 of text or bytes in hexadecimal digits. */
export const md5 = <A extends TextOrBytes>(s: A): Column<Sql.String | NullOf<A>> => fn("md5", s);
/** The SHA-1 of text or bytes in hexadecimal digits. */
export const sha1 = <A extends TextOrBytes>(s: A): Column<Sql.String | NullOf<A>> => fn("sha1", s);
export const sha = <A extends TextOrBytes>(s: A): Column<Sql.String | NullOf<A>> => fn("sha", s);
/** The SHA-2 of 256 bits (or 224, 384, 512: on Spark only) in hexadecimal digits. */
export const sha2 = (s: TextOrBytes, bits: number): Column<Sql.String | null> => fn("sha2", s, bits);

type UrlPart = "HOST" | "PATH" | "QUERY" | "REF" | "PROTOCOL" | "FILE" | "AUTHORITY" | "USERINFO" | (string & {});
/**
 * A part of a URL, or the value of a key of its query: `F.parse_url(f.url, "QUERY", "page")`; NULL where there is none. An error
 * where it is no URL, by the rules of Java's class URI.
 */
export const parse_url = (url: S, part: UrlPart, key?: string): Column<Sql.String | null> =>
  fn("parse_url", url, text(part), text(key));
/** As parse_url, but NULL where it is no URL. */
export const try_parse_url = (url: S, part: UrlPart, key?: string): Column<Sql.String | null> =>
  fn("try_parse_url", url, text(part), text(key));
/** Text as it stands in the query of a URL. */
export const url_encode = asString("url_encode");
/** The text of a part of a URL's query; an error where it is none. */
export const url_decode = asString("url_decode");
/** As url_decode, but NULL where it is none. */
export const try_url_decode = (s: S): Column<Sql.String | null> => fn("try_url_decode", s);
