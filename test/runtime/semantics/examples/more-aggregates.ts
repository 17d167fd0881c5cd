import { F, Window } from "../../../../runtime/index.ts";
import { type Given, missing, named, nearly, type OfColumns, type Section } from "../example.ts";

const statistics = "kurtosis skewness product try_sum try_avg".split(" ");
const regressions = "avgx avgy count intercept r2 slope sxx sxy syy".split(" ");
const onAll = (names: readonly string[]): Given<OfColumns>[] => [
  ...names.flatMap((column) =>
    statistics.map((name) => nearly(named<OfColumns>(`F.${name}(c.${column})`, (c) => (F as any)[name](c[column])))),
  ),
  ...names
    .map((column) => named<OfColumns>(`F.std(c.${column})`, (c) => F.std(c[column])))
    .map((given) => nearly(given)),
];
const regression = (y: string, x: string): Given<OfColumns>[] =>
  regressions.map((name) =>
    nearly(named<OfColumns>(`F.regr_${name}(c.${y}, c.${x})`, (c) => (F as any)[`regr_${name}`](c[y], c[x]))),
  );

const bits: Given<OfColumns>[] = ["b", "s", "n", "l"].flatMap((column) =>
  ["bit_and", "bit_or", "bit_xor"].map((name) =>
    named<OfColumns>(`F.${name}(c.${column})`, (c) => (F as any)[name](c[column])),
  ),
);
const usual = (d: any) => F.when(F.abs(d).gt(1e100).and(F.abs(d).lt(Number.POSITIVE_INFINITY)), 0).otherwise(d);
const order = Window.partitionBy("g").orderBy("o", "i");

export const moreAggregates: readonly Section[] = [
  {
    title: "Statistics of groups",
    how: "groupBy",
    input: "plain",
    examples: [...onAll(["d", "e"]), ...regression("d", "e"), (c) => F.mode(c.g)],
  },
  {
    title: "Statistics with NaN and the infinities",
    how: "agg",
    input: "doubles",
    examples: [
      ...["kurtosis", "skewness"].map((name) =>
        named<OfColumns>(`F.${name}(usual(c.d))`, (c) => (F as any)[name](usual(c.d))),
      ),
      ...regression("d", "e").filter((_, index) => ![1, 2, 4, 8].includes(index)),
      (c) => F.regr_count(c.d, c.e),
    ],
  },
  {
    title: "Bits and sums of groups",
    how: "groupBy",
    input: "small",
    examples: [
      ...bits,
      ...onAll(["n", "l"]),
      ...regression("n", "k"),
      (c) => F.every(c.n.gt(0)),
      (c) => F.some(c.n.gt(0)),
      (c) => F.array_sort(F.array_agg(c.n)),
      (c) => F.count_distinct(c.n, c.l),
      (c) => F.approx_percentile(c.n, 0.5),
      (c) => F.length(F.listagg(c.k, ",")),
      (c) => F.listagg(F.when(c.k.eq(1), c.k), ","),
      (c) => F.string_agg(c.g),
      (c) => F.listagg_distinct(c.g, "-"),
      (c) => F.string_agg_distinct(c.g),
      missing("histograms", (c) => F.histogram_numeric(c.n, 3)),
    ],
  },
  {
    title: "Sums at the limits",
    how: "agg",
    input: "integers",
    examples: [
      ...bits,
      (c) => F.try_sum(c.l),
      (c) => F.try_sum(c.n),
      (c) => F.try_avg(c.l),
      (c) => F.try_sum(F.when(c.l.gt(0), c.l)),
      (c) => F.try_sum(F.when(c.l.ne(0), 9223372036854775807n)),
    ],
  },
  {
    title: "Sums of decimals",
    how: "agg",
    input: "money",
    examples: [
      (c) => F.try_sum(c.a),
      (c) => F.try_avg(c.a),
      (c) => F.try_sum(c.x),
      nearly((c) => F.kurtosis(c.a)),
      nearly((c) => F.skewness(c.b)),
    ],
  },
  {
    title: "Aggregates of nothing",
    how: "agg",
    input: "empty",
    examples: [
      (c) => F.kurtosis(c.d),
      (c) => F.skewness(c.d),
      (c) => F.product(c.d),
      (c) => F.try_sum(c.v),
      (c) => F.bit_xor(c.k),
      (c) => F.mode(c.s),
      (c) => F.listagg(c.s),
      (c) => F.regr_slope(c.d, c.v),
      (c) => F.regr_count(c.d, c.v),
    ],
  },
  {
    title: "The nth value of windows",
    how: "select",
    input: "series",
    examples: [
      (c) => F.nth_value(c.x, 2).over(order),
      (c) => F.nth_value(c.x, 2, true).over(order),
      (c) => F.nth_value(c.x, 1).over(order.rowsBetween(-1, 1)),
      (c) => F.nth_value(c.x, 9).over(order),
      (c) => F.lag(c.x, 1, 0).over(order),
      (c) => F.lead(c.x, 2, -1).over(order),
      (c) => F.first_value(c.x, true).over(order),
      (c) => F.last_value(c.x, true).over(order.rowsBetween(Window.unboundedPreceding, Window.currentRow)),
      () => F.ntile(2).over(order),
      () => F.percent_rank().over(order),
      () => F.cume_dist().over(order),
      (c) => F.sum(c.i).over(Window.partitionBy("g").orderBy("day").rangeBetween(-1, 1)),
      () => F.count().over(Window.partitionBy("g").orderBy("o").rangeBetween(0, 2)),
      (c) => F.sum(c.i).over(Window.orderBy(c.day.desc()).rangeBetween(-40, 0)),
      (c) => F.bit_or(c.x).over(order),
    ],
  },
];
