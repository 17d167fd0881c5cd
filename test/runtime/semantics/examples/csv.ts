import { F } from "../../../../runtime/index.ts";
import { missing, named, type Section } from "../example.ts";

const texts = [
  "a,b",
  'a"b',
  '"',
  "a\\b",
  'a\\"b',
  "x\\,y",
  "a\nb",
  "a\r",
  "\na",
  "a\n",
  " a ",
  "\t",
  "  #c",
  "#c",
  "\u00a0a\u00a0",
  "\u0001a\u001f",
  "é👍;",
];

export const csv: readonly Section[] = [
  {
    title: "Lines of CSV",
    how: "select",
    input: "maps",
    examples: [
      (c) => F.to_csv(c.r),
      (c) => F.to_csv(F.struct(c.w)),
      (c) => F.to_csv(F.struct(c.w, c.w.alias("x"))),
      (c) => F.to_csv(F.struct(c.r.getField("y").alias("y"))),
      (c) => F.to_csv(F.struct(c.r.getField("odd name").alias("d"), c.i, F.lit(true).alias("b"))),
      ...texts.flatMap((text) => [
        named(`F.to_csv(F.struct(F.lit(${JSON.stringify(text)}), c.i))`, (c: any) =>
          F.to_csv(F.struct(F.lit(text).alias("a"), c.i)),
        ),
        named(`F.to_csv(F.struct(c.i, F.lit(${JSON.stringify(text)})))`, (c: any) =>
          F.to_csv(F.struct(c.i, F.lit(text).alias("a"))),
        ),
        named(`F.to_csv(F.struct(c.i, F.lit(${JSON.stringify(text)})), { sep: ";" })`, (c: any) =>
          F.to_csv(F.struct(c.i, F.lit(text).alias("a")), { sep: ";" }),
        ),
      ]),
      (c) => F.to_csv(c.r, { sep: ".", nullValue: "none" }),
      (c) => F.to_csv(c.r, { delimiter: "\t" }),
      (c) => F.to_csv(F.struct(c.i, F.lit("\ta\t").alias("a"), F.lit("\t").alias("b")), { sep: "\t" }),
      (c) => F.to_csv(F.struct(F.lit(null).alias("n"), c.i)),
      missing("options", (c) => F.to_csv(c.r, { quoteAll: true })),
      missing("nested fields", (c) => F.to_csv(F.struct(c.m))),
    ],
  },
  {
    title: "Dates and times in lines of CSV",
    how: "select",
    input: "times",
    examples: [(c) => F.to_csv(F.struct(c.t, c.z, c.u))],
  },
  {
    title: "Numbers in lines of CSV",
    how: "select",
    input: "decimals",
    examples: [
      (c) => F.to_csv(F.struct(c.a, c.b, c.c, c.m, c.z, c.w)),
      (c) => F.to_csv(F.struct(c.a.cast("double"), c.b.cast("float"), c.z.cast("decimal(20,10)"))),
    ],
  },
  {
    title: "Whole numbers and days in lines of CSV",
    how: "select",
    input: "dates",
    examples: [(c) => F.to_csv(F.struct(c.i, c.d))],
  },
];
