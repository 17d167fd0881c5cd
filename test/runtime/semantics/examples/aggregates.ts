import { F } from "../../../../runtime/index.ts";
import { differs, type Example, fails, named, nearly, type OfColumns, type Section } from "../example.ts";
import { applied } from "./loops.ts";

const squares = "the square of a number beyond 1e154 is an overflow in DuckDB, and Infinity on Spark";

const statistics = ["stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop"] as const;
const ofNumbers = (columns: readonly string[]): Example<OfColumns>[] => [
  ...applied(["count", "sum", "sum_distinct", "avg", "mean", "min", "max", "countDistinct"], columns),
  ...applied([...statistics], columns).map(nearly),
  ...applied(["median"], columns),
  ...columns.flatMap((column) =>
    [0, 0.25, 0.5, 0.9, 1].map((part) =>
      named<OfColumns>(`F.percentile(c.${column}, ${part})`, (c) => F.percentile(c[column], part)),
    ),
  ),
];

export const aggregates: readonly Section[] = (["agg", "groupBy"] as const).flatMap((how): Section[] => [
  {
    title: `Aggregates of integers, ${how}`,
    how,
    input: "small",
    examples: [
      ...ofNumbers(["b", "n", "l", "k"]),
      () => F.count(),
      (c) => F.countDistinct(c.n, c.l),
      (c) => F.count_if(c.n.gt(0)),
      (c) => F.max_by(c.n, c.l),
      (c) => F.min_by(c.n, c.l),
      (c) => F.max_by(c.i, c.n),
      (c) => F.sum(c.n.plus(c.k)),
      (c) => F.sum(c.n).plus(F.count()),
      (c) => F.max(c.n).minus(F.min(c.n)),
      (c) => F.avg(c.n.cast("decimal(10,2)")),
      nearly((c) => F.corr(c.n, c.k)),
      nearly((c) => F.covar_samp(c.n, c.k)),
      nearly((c) => F.covar_pop(c.n, c.k)),
      (c) => F.bool_and(c.n.gt(-100)),
      (c) => F.bool_or(c.n.gt(10)),
      (c) => F.collect_list(c.k),
      (c) => F.collect_list(c.n),
      (c) => F.first(c.k),
      (c) => F.last(c.k),
      (c) => F.first(c.n, true),
      (c) => F.last(c.n, true),
      (c) => F.first(c.n),
      (c) => F.last(c.n),
      (c) => F.any_value(c.k),
      (c) => F.percentile_approx(c.n, 0.5),
      (c) => F.percentile_approx(c.l, 0.9),
      (c) => F.percentile_approx(c.k, 0),
      (c) => F.approx_count_distinct(c.k),
      (c) => F.when(F.count().gt(2), F.sum(c.k)).otherwise(0),
      (c) => F.collect_list(F.struct(c.k, c.n)),
      () => F.sum(F.lit(1)),
      (c) => F.max(F.struct(c.k, c.n)),
    ],
  },
  {
    title: `Aggregates of fractions, ${how}`,
    how,
    input: "plain",
    examples: [
      ...ofNumbers(["d", "f", "e"]),
      nearly((c) => F.corr(c.d, c.e)),
      nearly((c) => F.covar_pop(c.d, c.f)),
      (c) => F.max_by(c.i, c.d),
      (c) => F.collect_list(c.d),
      (c) => F.percentile_approx(c.d, 0.5),
    ],
  },
  {
    title: `Aggregates of decimals, ${how}`,
    how,
    input: "money",
    examples: [
      ...ofNumbers(["a", "b", "w", "x"]),
      (c) => F.sum(c.a.times(c.b)),
      (c) => F.avg(c.x.div(c.y)),
      (c) => F.sum(c.a).div(F.sum(c.y)),
      (c) => F.sum(c.x).div(F.count(c.x)),
      (c) => F.max_by(c.a, c.b),
      (c) => F.collect_list(c.a),
    ],
  },
  {
    title: `Aggregates of text, ${how}`,
    how,
    input: "texts",
    examples: [
      ...applied(["count", "countDistinct", "min", "max", "collect_list", "first", "last"], ["s", "t"]),
      (c) => F.max_by(c.s, c.p),
      (c) => F.min_by(c.s, c.t),
      (c) => F.countDistinct(c.s, c.p),
      (c) => F.max(F.length(c.s)),
      (c) => F.count_if(c.s.contains("a")),
    ],
  },
  {
    title: `Aggregates of truths and bytes, ${how}`,
    how,
    input: "truths",
    examples: [
      ...applied(["count", "min", "max", "bool_and", "bool_or", "count_if", "countDistinct"], ["a", "b"]),
      ...applied(["count", "min", "max", "countDistinct", "first"], ["x", "y"]),
      fails("TYPE_MISMATCH", (c) => F.sum(c.a)),
      fails("TYPE_MISMATCH", (c) => F.avg(c.a)),
    ],
  },
]);

export const moreAggregates: readonly Section[] = [
  {
    title: "Aggregates of NaN, the infinities and both zeros",
    how: "agg",
    input: "doubles",
    examples: [
      ...applied(["count", "sum", "avg", "min", "max", "countDistinct", "median"], ["d", "f"]),
      ...applied([...statistics], ["d"]).map((example) => differs(squares, example)),
      ...applied([...statistics], ["f"]),
      (c) => F.percentile(c.d, 0.5),
      (c) => F.sum(F.nanvl(c.d, F.lit(0)).div(10)),
      (c) => F.max_by(c.i, c.d),
      (c) => F.min_by(c.i, c.d),
      (c) => F.collect_list(c.d),
      differs(squares, (c) => F.corr(c.d, c.e)),
      (c) => F.corr(c.f, c.e),
      differs("the correlation with a constant is a division by zero on Spark, and NaN in DuckDB", (c) =>
        F.corr(c.e, F.lit(1)),
      ),
      (c) => F.countDistinct(c.d, c.e),
      (c) => F.sum_distinct(c.e),
      (c) => F.size(F.collect_set(c.d)),
    ],
  },
  {
    title: "Aggregates of integers at their limits",
    how: "agg",
    input: "integers",
    examples: [
      ...applied(["min", "max", "count", "countDistinct"], ["b", "s", "n", "l"]),
      ...applied(["sum", "avg"], ["b", "s", "n"]),
      (c) => F.avg(c.l),
      fails("overflow", (c) =>
        F.sum(
          c.l
            .minus(F.when(c.l.lt(0), c.l).otherwise(0))
            .plus(0)
            .times(F.lit(1)),
        ),
      ),
      fails("overflow", () => F.sum(F.lit(9223372036854775807n))),
      (c) => F.median(c.n),
      nearly((c) => F.stddev(c.n)),
    ],
  },
  {
    title: "Aggregates of decimals at their limits",
    how: "agg",
    input: "decimals",
    examples: [
      ...applied(["min", "max", "sum", "avg", "countDistinct"], ["a", "b", "c", "m", "z", "w"]),
      fails("overflow", (c) => F.sum(F.when(c.c.gt(0), c.c))),
    ],
  },
  {
    title: "Aggregates of dates and times",
    how: "agg",
    input: "times",
    examples: [
      ...applied(["min", "max", "count", "countDistinct", "collect_list", "first"], ["t", "z", "u"]),
      (c) => F.max_by(c.t, c.u),
      (c) => F.max(F.to_date(c.t)),
      fails("TYPE_MISMATCH", (c) => F.sum(c.t)),
    ],
  },
  {
    title: "Aggregates of dates",
    how: "agg",
    input: "dates",
    examples: [
      ...applied(["min", "max", "count", "countDistinct", "collect_list"], ["d", "u"]),
      (c) => F.min_by(c.d, c.n),
    ],
  },
  {
    title: "Aggregates of arrays, maps and structs",
    how: "agg",
    input: "lists",
    examples: [
      ...applied(["count", "min", "max", "countDistinct", "collect_list", "first"], ["a", "s", "n"]),
      (c) => F.max_by(c.a, c.p),
      (c) => F.max(F.size(c.a)),
      (c) => F.collect_list(F.struct(c.p, c.w)),
      (c) => F.min(F.struct(c.p, c.w)),
    ],
  },
  {
    title: "Aggregates of no rows",
    how: "agg",
    input: "empty",
    examples: [
      ...applied(
        [
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "countDistinct",
          "collect_list",
          "collect_set",
          "stddev",
          "median",
          "first",
          "last",
          "any_value",
          "approx_count_distinct",
          "var_pop",
        ],
        ["k", "d"],
      ),
      (c) => F.count_if(c.k.gt(1)),
      (c) => F.bool_and(c.k.gt(1)),
      (c) => F.corr(c.k, c.d),
      (c) => F.percentile(c.d, 0.5),
      (c) => F.max_by(c.k, c.d),
      (c) => F.coalesce(F.sum(c.k), F.lit(0)),
    ],
  },
];
