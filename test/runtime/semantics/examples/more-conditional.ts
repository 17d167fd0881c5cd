import { F } from "../../../../runtime/index.ts";
import type { Section } from "../example.ts";

/** Decimals have some of these exactly, others not. */
const fractions = [1.25, -0.5, 0.125, 0.0001, 2.5, 999.99, 1e6, 1.005, 0.1 + 0.2, 5e-324, 1e300, -0];

export const moreConditional: readonly Section[] = [
  {
    title: "Decimals beside literals of DOUBLE",
    how: "select",
    input: "decimals",
    examples: fractions.flatMap((value) => [
      (c) => c.a.ge(value),
      (c) => c.b.eq(F.lit(value)),
      (c) => c.z.lt(value),
      (c) => c.w.ne(value),
      (c) => c.m.le(value),
      (c) => c.a.between(value, 2.5),
      (c) => c.a.isin(value, 1.25, 2),
      (c) => F.lit(value).gt(c.b),
      (c) => c.b.eqNullSafe(value),
    ]),
  },
  {
    title: "NULL and 0 for one another",
    how: "select",
    input: "small",
    examples: [
      (c) => F.nvl2(c.n, c.k, 0),
      (c) => F.nvl2(c.g, c.n, c.l),
      (c) => F.nvl2(c.k, F.lit("there"), F.lit(null)),
      (c) => F.nullifzero(c.n),
      (c) => F.nullifzero(c.l),
      (c) => F.nullifzero(c.b),
      (c) => F.zeroifnull(c.n),
      (c) => F.zeroifnull(c.l),
      (c) => F.zeroifnull(c.s),
      (c) => F.call_function("pmod", c.n, F.lit(3)),
      () => F.call_function("upper", "g"),
      () => F.from_json(F.lit('{"a":1}'), "a INT"),
      () => F.from_json(F.lit("[1]"), "array<int>"),
      (c) => F.to_json(F.struct(c.n)),
      () => F.schema_of_json("[1]"),
      () => F.from_csv(F.lit("1,x"), "a INT, b STRING"),
      (c) => F.to_csv(F.struct(c.n, c.n.alias("m"))),
      () => F.schema_of_csv("1,x"),
    ],
  },
  {
    title: "NULL and 0 of decimals and fractions",
    how: "select",
    input: "plain",
    examples: [(c) => F.nullifzero(c.d), (c) => F.zeroifnull(c.d), (c) => F.zeroifnull(c.f)],
  },
  {
    title: "NULL and 0 of decimals",
    how: "select",
    input: "money",
    examples: [(c) => F.nullifzero(c.a), (c) => F.zeroifnull(c.a), (c) => F.zeroifnull(c.x)],
  },
];
