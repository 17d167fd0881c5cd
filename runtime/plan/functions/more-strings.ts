import type { SqlType } from "../types.ts";
import { BOOLEAN, type Functions, INT, LONG, type Result, STRING, scalar } from "./entry.ts";

const BINARY: SqlType = { kind: "binary" };
const mayBeNull =
  (type: SqlType): Result =>
  () => ({ type, nullable: true });
const same = scalar("string", STRING);
const ofText = (result: SqlType) => scalar("string", result);
const tried = (type: SqlType) => scalar("string string!?", mayBeNull(type));

export const moreStrings: Functions = {
  ascii: ofText(INT),
  /** Text counts as its UTF-8 bytes. */
  base64: scalar("bytes", STRING),
  unbase64: scalar("string", BINARY),
  bit_length: scalar("text", INT),
  octet_length: scalar("text", INT),
  btrim: scalar("string string?", STRING),
  char: scalar("long", STRING),
  decode: scalar("bytes string!", STRING),
  encode: scalar("string string!", BINARY),
  /** The text at a position from 1; an error where there is none. */
  elt: scalar("int string string...", mayBeNull(STRING)),
  find_in_set: scalar("string string", INT),
  format_number: scalar("numeric int!", mayBeNull(STRING)),
  format_string: scalar("string! any...", ([format]) => ({ type: STRING, nullable: format?.nullable ?? false })),
  is_valid_utf8: ofText(BOOLEAN),
  make_valid_utf8: same,
  validate_utf8: same,
  try_validate_utf8: scalar("string", mayBeNull(STRING)),
  left: scalar("string int", STRING),
  right: scalar("string int", STRING),
  levenshtein: scalar("string string int!?", INT),
  locate: scalar("string string int?", ([search, text]) => ({
    type: INT,
    nullable: search?.nullable !== false || text?.nullable !== false,
  })),
  position: scalar("string string int?", ([search, text]) => ({
    type: INT,
    nullable: search?.nullable !== false || text?.nullable !== false,
  })),
  mask: scalar("string string!? string!? string!? string!?", ([text]) => ({
    type: STRING,
    nullable: text?.nullable ?? true,
  })),
  overlay: scalar("string string int int?", STRING),
  quote: same,
  randstr: { ...scalar("int! long!?", () => ({ type: STRING, nullable: false })), volatile: true, seed: 2 },
  regexp_count: scalar("string string", INT),
  regexp_extract_all: scalar("string string int!?", { kind: "array", element: STRING }),
  /** Of the whole match, whatever group is asked for. */
  regexp_instr: scalar("string string int?", INT),
  regexp_substr: scalar("string string", mayBeNull(STRING)),
  sentences: scalar("string string? string?", { kind: "array", element: { kind: "array", element: STRING } }),
  soundex: scalar("words", STRING),
  split_part: scalar("string string int", STRING),
  substring_index: scalar("string string! int", STRING),
  to_binary: scalar("string string!?", BINARY),
  try_to_binary: tried(BINARY),
  to_char: scalar("any string!", STRING),
  to_number: scalar("string string!", ([, format]) => numberOf(format?.expression)),
  try_to_number: scalar("string string!", ([, format]) => ({ type: numberOf(format?.expression), nullable: true })),
  translate: scalar("string string string", STRING),

  crc32: scalar("bytes", LONG),
  hash: scalar("distinct distinct...", () => ({ type: INT, nullable: false })),
  xxhash64: scalar("distinct distinct...", () => ({ type: LONG, nullable: false })),
  md5: scalar("bytes", STRING),
  sha1: scalar("bytes", STRING),
  /** Of 224, 256 (also 0), 384 or 512 bits. */
  sha2: scalar("bytes int!", mayBeNull(STRING)),

  parse_url: scalar("words string! string!?", mayBeNull(STRING)),
  try_parse_url: scalar("words string! string!?", mayBeNull(STRING)),
  url_decode: same,
  try_url_decode: scalar("string", mayBeNull(STRING)),
  url_encode: same,
};

/** As many digits as the format has, before and behind its point. */
function numberOf(format: { readonly kind: string; readonly value?: unknown } | undefined): SqlType {
  const [whole = "", fraction = ""] = String(format?.value ?? "").split(/[.dD]/);
  const digits = (text: string) => (text.match(/[09]/g) ?? []).length;
  return { kind: "decimal", precision: Math.max(digits(whole) + digits(fraction), 1), scale: digits(fraction) };
}
