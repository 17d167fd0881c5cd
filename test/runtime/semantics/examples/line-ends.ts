import { F, lit } from "../../../../runtime/index.ts";
import { missing, named, type OfColumns, type Section } from "../example.ts";

const lineEnd = "a $ also stands before the end of the last line in Java, which RE2 cannot look ahead for";
const nothing = "RE2 finds another number of empty matches than Java";

/** The texts, each with an end of a line of another kind. */
const lines = (c: any) =>
  F.concat(c.s, F.when(c.i.mod(3).eq(0), "\n").when(c.i.mod(3).eq(1), "\r\n").otherwise("\u2028"));

const patterns = [
  "c$",
  "^$",
  "\\s+$",
  ".$",
  "(\\w+)$",
  "(?:two|c|,)$",
  "(?:e|$)",
  "a|b$",
  "two\\Z",
  "two\\z",
  "(?s)one.*$",
];
const replaced = ["c$", "^$", "\\s+$", ".$", "(\\w+)$", "(?:two|c|,)$", "^\\s+|\\s+$", "(?s)one.*$", "(?i)TWO$"];

const each = (text: (pattern: string) => string, make: (c: any, pattern: string) => any, list: readonly string[]) =>
  list.map((pattern) => named<OfColumns>(text(JSON.stringify(pattern)), (c) => make(c, pattern)));

export const lineEnds: readonly Section[] = [
  {
    title: "The end of a text, and of its last line, in regular expressions",
    how: "select",
    input: "texts",
    examples: [
      ...each(
        (p) => `c.s.rlike(${p})`,
        (c, p) => c.s.rlike(p),
        patterns,
      ),
      ...each(
        (p) => `lines(c).rlike(${p})`,
        (c, p) => lines(c).rlike(p),
        patterns,
      ),
      ...each(
        (p) => `F.regexp_extract(lines(c), ${p}, 0)`,
        (c, p) => F.regexp_extract(lines(c), p, 0),
        patterns,
      ),
      ...each(
        (p) => `F.regexp_replace(lines(c), ${p}, "<>")`,
        (c, p) => F.regexp_replace(lines(c), p, "<>"),
        replaced,
      ),
      ...each(
        (p) => `F.regexp_instr(lines(c), ${p})`,
        (c, p) => F.regexp_instr(lines(c), p),
        patterns,
      ),
      ...each(
        (p) => `F.regexp_substr(lines(c), ${p})`,
        (c, p) => F.regexp_substr(lines(c), p),
        patterns,
      ),
      (c) => F.regexp_replace(lines(c), "\\s*$", ""),
      (c) => F.regexp_extract(lines(c), "(\\w+)$", 1),
      (c) => F.regexp_extract(lines(c), "(\\w)(?:\\w|$)", 1),
      (c) => F.regexp_replace(lines(c), "(\\w)(\\w)$", "$2$1"),
      (c) => F.regexp_count(c.s, "e.c|a.c"),
      (c) => F.regexp_extract_all(c.s, "\\s.", 0),
      missing(lineEnd, (c) => F.regexp_count(c.s, "c$")),
      missing(lineEnd, (c) => F.split(c.s, "c$")),
      missing(lineEnd, (c) => c.s.rlike("a$\\n")),
      missing(lineEnd, (c) => c.s.rlike("o\\s$")),
      missing(lineEnd, (c) => F.regexp_replace(c.s, "\\n$", "")),
      missing(lineEnd, (c) => F.regexp_extract(c.s, "(w|o$)", 1)),
      missing("lines that end otherwise than with \\n", (c) => c.s.rlike("(?m)one$")),
      missing(nothing, (c) => F.regexp_replace(c.s, "b*", "-")),
      (c) => F.regexp_replace(c.s, "b*", ""),
    ],
  },
  {
    title: "Distances between texts beyond ASCII",
    how: "select",
    input: "texts",
    examples: [
      (c) => F.levenshtein(c.s, c.t),
      (c) => F.levenshtein(c.s, lit("日本のテキスト")),
      (c) => F.levenshtein(c.s, c.s),
      (c) => F.levenshtein(c.t, lit("")),
      () => F.levenshtein(lit(""), lit("é")),
      (c) => F.levenshtein(c.s, lit("é👍"), 9),
      (c) => F.levenshtein(F.reverse(c.s), c.s),
    ],
  },
];
