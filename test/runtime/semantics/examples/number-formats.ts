import { F } from "../../../../runtime/index.ts";
import { fails, named, type Section } from "../example.ts";

const s = (text: string) => F.lit(text);
const readings: readonly (readonly [text: string, format: string])[] = [
  ["12.5", "99.9"],
  ["-1,234.56", "S9,999.99"],
  ["1,234.56-", "9,999.99S"],
  ["$1,234", "$9,999"],
  ["<1.5>", "9.9PR"],
  ["1.5", "9.9PR"],
  ["-7", "MI9"],
  ["7-", "9MI"],
  ["007", "000"],
  ["7", "999"],
  ["1,23", "999,999"],
  [" 1 2 ", "99"],
  [".5", "9.9"],
  ["5.", "9.9"],
  ["٣٤", "99"],
  ["99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
];
const broken: readonly (readonly [text: string, format: string])[] = [
  ["x", "99.9"],
  ["", "9"],
  ["123", "99"],
  ["7", "00"],
  ["12.345", "99.99"],
  ["1,2,3", "9,999"],
  ["12", "$99"],
  ["<1.5", "9.9PR"],
  ["+1", "MI9"],
];
const formats = [
  "999",
  "000",
  "99.99",
  "00.00",
  "S99.9",
  "99.9S",
  "MI99.9",
  "99.9MI",
  "99.9PR",
  "$99",
  "9,999.000",
  ".99",
  "99.",
];

export const numberFormats: readonly Section[] = [
  {
    title: "Numbers in formats",
    how: "select",
    input: "decimals",
    examples: [
      ...readings.flatMap(([text, format]) => [
        named(`F.to_number(s("${text}"), "${format}")`, () => F.to_number(s(text), format)),
        named(`F.try_to_number(s("${text}"), "${format}")`, () => F.try_to_number(s(text), format)),
      ]),
      ...broken.flatMap(([text, format]) => [
        fails(
          "INVALID_FORMAT",
          named(`F.to_number(s("${text}"), "${format}")`, () => F.to_number(s(text), format)),
        ),
        named(`F.try_to_number(s("${text}"), "${format}")`, () => F.try_to_number(s(text), format)),
      ]),
      (c) => F.when(c.i.lt(0), F.to_number(s("x"), "9")),
      () => F.to_number(F.lit(null).cast("string"), "9"),
      ...formats.flatMap((format) => [
        named(`F.to_char(c.a, "${format}")`, (c: any) => F.to_char(c.a, format)),
        named(`F.to_char(c.b, "${format}")`, (c: any) => F.to_char(c.b, format)),
      ]),
      (c) => F.to_char(c.i, "S999"),
      (c) => F.to_char(c.i.cast("bigint"), "000"),
      (c) => F.to_char(c.i.cast("double").div(4), "9.999"),
      (c) => F.to_char(c.i.cast("float"), "99.9"),
      () => F.to_char(F.lit(Temporal.PlainDate.from("2024-02-29")), "yyyy MM"),
      () => F.to_char(F.lit(Temporal.Instant.from("2024-02-29T10:11:12Z")), "HH:mm"),
      () => F.to_char(F.encode(s("é"), "utf-8"), "hex"),
      () => F.to_char(F.encode(s("é"), "utf-8"), "base64"),
      () => F.to_char(F.encode(s("é"), "utf-8"), "utf-8"),
      (c) => F.call_function("to_varchar", c.i, F.lit("99")),
      fails("INVALID_FORMAT", () => F.to_number(s("1"), "abc")),
      fails("INVALID_FORMAT", () => F.try_to_number(s("1"), "9$")),
      fails("INVALID_FORMAT", () => F.to_char(F.lit(1), "9,,9")),
      fails("INVALID_FORMAT", () => F.to_char(F.lit(1), "")),
    ],
  },
];
