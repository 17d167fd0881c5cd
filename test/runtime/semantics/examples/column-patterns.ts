import { F } from "../../../../runtime/index.ts";
import { differs, fails, named, type OfColumns, type Section } from "../example.ts";

/** A text that no engine takes for a literal. */
const computed = (c: any, text: string): any => F.concat(F.lit(text), F.substring(c.s, 1, 0));

const matching = (pattern: string) =>
  named<OfColumns>(`c.s.rlike(F.concat(${JSON.stringify(pattern)}, ""))`, (c) => c.s.rlike(computed(c, pattern)));

const sure =
  "DuckDB takes a pattern from a column only where RE2 is sure to read it as Java does; else it is an error, which names the pattern";

/** Regular expressions and LIKE patterns that are no literals. */
export const columnPatternSections: readonly Section[] = [
  {
    title: "Patterns that come from columns",
    how: "select",
    input: "texts",
    examples: [
      ...[
        "^a",
        "l+o?",
        "[a-z]+[0-9]*",
        "(a|H)(b|e)",
        "[^\\w ]",
        "\\.|\\\\",
        "é",
        "^(?:Hello|abc) *",
        "a{2,3}?b",
        "",
        "日|本",
        "[-_%]",
      ].map(matching),
      (c) => F.coalesce(c.s, F.lit("x")).rlike(F.substring(F.lit("abc"), 1, 2) as any),
      (c) => F.lit("Hello, world").rlike(computed(c, "^H.*o\\sw.+d$")),
      (c) => F.regexp_replace(c.s, computed(c, "[lb]+"), "<$0>"),
      (c) => F.regexp_replace(c.s, computed(c, "(l)(o)"), "$2$1"),
      (c) => F.regexp_replace(c.s, "(o)", computed(c, "<$1>")),
      (c) => F.regexp_extract(F.lit("a1 b22"), computed(c, "([a-z])([0-9]+)$"), 2),
      (c) => F.regexp_extract_all(F.lit("a1 b22"), computed(c, "([a-z])([0-9]+)"), 2),
      (c) => F.regexp_count(F.lit("a1 b22"), computed(c, "[0-9]")),
      (c) => F.regexp_instr(F.lit("a1 b22"), computed(c, "b2?")),
      (c) => F.regexp_substr(F.lit("a1 b22"), computed(c, " .")),
      (c) => F.split(F.lit("a1b22c"), computed(c, "[0-9]+")),
      (c) => F.lit("x").rlike(F.nullif(c.s, c.s) as any),
      fails("INVALID_PARAMETER_VALUE", (c) => F.regexp_extract(c.s, computed(c, "a"), 1)),
      fails("INVALID_PARAMETER_VALUE", (c) => F.regexp_extract(c.s, computed(c, "("), 0)),
      fails("INVALID_PARAMETER_VALUE", (c) => c.s.rlike(computed(c, "a)"))),
      ...["a$", "(?i)hello", "a(?=b)", "[a-z&&[^b]]", "\\bl"].map((pattern) => differs(sure, matching(pattern))),
      differs(sure, (c) => F.regexp_replace(c.s, computed(c, "b*"), "-")),
      differs(
        "whether \\b takes letters beyond ASCII for letters hangs on the server's Java: before 19 it does, from then on not, as DuckDB",
        () => F.regexp_count(F.lit("caf\u00e9"), F.lit("f\\b")),
      ),
      fails("INVALID_PARAMETER_VALUE", (c) => c.s.rlike("x{")),
      (c) => c.s.rlike("l{1,2}[{}]?\\{*"),
      fails("INVALID_REGEXP_REPLACE", (c) => F.regexp_replace(c.s, "l", "$1")),
      fails("INVALID_REGEXP_REPLACE", (c) => F.regexp_replace(c.s, "l", "$")),
      (c) => c.s.like(computed(c, "%\\%%")),
      (c) => c.s.like(computed(c, "a_c%")),
      fails("INVALID_FORMAT", (c) => c.s.like(computed(c, "a\\b%"))),
      fails("INVALID_FORMAT", (c) => c.s.like(computed(c, "a\\"))),
    ],
  },
];
