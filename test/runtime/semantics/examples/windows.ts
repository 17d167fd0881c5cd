import { F, Window } from "../../../../runtime/index.ts";
import { fails, named, type OfColumns, type Section } from "../example.ts";

const call: { readonly [name: string]: any } = F;
const byGroup = Window.partitionBy("g").orderBy("o", "i");
const ties = Window.partitionBy("g").orderBy("o");
const all = Window.partitionBy("g");
const none = Window.orderBy("i");
const { unboundedPreceding: start, unboundedFollowing: end } = Window;

const rows = ([from, to]: readonly [number, number]) => byGroup.rowsBetween(from, to);
const frames = [
  [start, 0],
  [start, end],
  [0, end],
  [-1, 1],
  [-2, -1],
  [1, 2],
  [0, 0],
  [2, end],
  [start, -2],
] as const;
const aggregates = ["sum", "avg", "min", "max", "count", "collect_list"] as const;
const shown = ([from, to]: readonly [number, number]) => `${from}, ${to}`;

export const windows: readonly Section[] = [
  {
    title: "Windows",
    how: "select",
    input: "series",
    examples: [
      ...["row_number", "rank", "dense_rank", "percent_rank", "cume_dist"].flatMap((name) => [
        named<OfColumns>(`F.${name}().over(Window.partitionBy("g").orderBy("o", "i"))`, () =>
          call[name]().over(byGroup),
        ),
        ...(name === "row_number"
          ? []
          : [
              named<OfColumns>(`F.${name}().over(Window.partitionBy("g").orderBy("o"))`, () => call[name]().over(ties)),
            ]),
        named<OfColumns>(`F.${name}().over(Window.orderBy("i"))`, () => call[name]().over(none)),
      ]),
      ...[1, 2, 3, 10].map((parts) =>
        named<OfColumns>(`F.ntile(${parts}).over(…)`, () => F.ntile(parts).over(byGroup)),
      ),
      ...(["lag", "lead"] as const).flatMap((name) => [
        named<OfColumns>(`F.${name}(c.x).over(…)`, (c) => call[name](c.x).over(byGroup)),
        named<OfColumns>(`F.${name}(c.x, 2).over(…)`, (c) => call[name](c.x, 2).over(byGroup)),
        named<OfColumns>(`F.${name}(c.x, 0).over(…)`, (c) => call[name](c.x, 0).over(byGroup)),
        named<OfColumns>(`F.${name}(c.x, -1).over(…)`, (c) => call[name](c.x, -1).over(byGroup)),
        named<OfColumns>(`F.${name}(c.x, 1, 0).over(…)`, (c) => call[name](c.x, 1, 0).over(byGroup)),
        named<OfColumns>(`F.${name}(c.x, 1, 0.5).over(…)`, (c) => call[name](c.x, 1, 0.5).over(byGroup)),
        named<OfColumns>(`F.${name}(c.g, 1, "-").over(…)`, (c) => call[name](c.g, 1, "-").over(none)),
      ]),
      ...aggregates.flatMap((name) => [
        ...frames.map((frame) =>
          named<OfColumns>(`F.${name}(c.x).over(….rowsBetween(${shown(frame)}))`, (c) =>
            call[name](c.x).over(rows(frame)),
          ),
        ),
        named<OfColumns>(`F.${name}(c.x).over(Window.partitionBy("g"))`, (c) =>
          call[name](c.x).over(name === "collect_list" ? rows([start, end]) : all),
        ),
        ...(name === "collect_list"
          ? []
          : [
              named<OfColumns>(`F.${name}(c.x).over(Window.partitionBy("g").orderBy("o"))`, (c) =>
                call[name](c.x).over(ties),
              ),
            ]),
        named<OfColumns>(`F.${name}(c.x).over(Window.orderBy("i"))`, (c) => call[name](c.x).over(none)),
      ]),
      ...(["sum", "count", "max"] as const).flatMap((name) =>
        (
          [
            [-1, 1],
            [start, 0],
            [0, 2],
            [-2, -1],
            [1, end],
          ] as const
        ).map((frame) =>
          named<OfColumns>(
            `F.${name}(c.x).over(Window.partitionBy("g").orderBy("o").rangeBetween(${shown(frame)}))`,
            (c) => call[name](c.x).over(ties.rangeBetween(...(frame as [number, number]))),
          ),
        ),
      ),
      (c) => F.sum(c.x).over(Window.partitionBy("g").orderBy(c.o.desc()).rangeBetween(-1, 1)),
      (c) => F.sum(c.x).over(Window.partitionBy("g").orderBy(c.o.desc(), c.i)),
      (c) => F.sum(c.x).over(Window.partitionBy("g").orderBy(c.o.asc({ nulls: "last" }), c.i)),
      (c) => F.row_number().over(Window.orderBy(c.y.desc(), c.i)),
      (c) => F.row_number().over(Window.orderBy(c.y, c.i)),
      (c) => F.rank().over(Window.orderBy(c.y)),
      (c) => F.dense_rank().over(Window.orderBy(c.y.desc({ nulls: "first" }))),
      (c) => F.count().over(Window.partitionBy(c.y)),
      (c) => F.min(c.y).over(all),
      (c) => F.max(c.y).over(all),
      (c) => F.sum(c.y).over(all),
      (c) => F.avg(c.y).over(byGroup),
      (c) => F.stddev(c.x).over(all),
      (c) => F.count(c.x).over(Window.partitionBy()),
      (c) => F.first_value(c.x).over(byGroup),
      (c) => F.first_value(c.x, true).over(byGroup),
      (c) => F.last_value(c.x).over(byGroup),
      (c) => F.last_value(c.x, true).over(byGroup),
      (c) => F.last_value(c.x).over(byGroup.rowsBetween(start, end)),
      (c) => F.first(c.x).over(byGroup),
      (c) => F.last(c.x, true).over(byGroup),
      (c) => F.max(c.day).over(all),
      (c) => F.lag(c.day).over(byGroup),
      (c) => F.sum(c.x.plus(c.o)).over(byGroup),
      (c) => F.sum(c.x).over(all).plus(c.x),
      (c) => c.x.div(F.sum(c.x).over(all)),
      () => F.sum(F.lit(1)).over(byGroup),
      (c) => F.row_number().over(Window.partitionBy(c.g.isNull()).orderBy("i")),
      () => F.row_number().over(Window.partitionBy("g", "o").orderBy("i")),
      (c) => F.max_by(c.i, c.x).over(all),
      (c) => F.collect_list(c.g).over(none),
      fails("WINDOW_WITHOUT_ORDER", () => F.row_number().over(all)),
      fails("NO_WINDOW_FUNCTION", (c) => F.upper(c.g).over(all)),
    ],
  },
  {
    title: "What windows take",
    input: "series",
    how: "select",
    examples: [
      (c) => F.size(F.collect_set(c.x).over(all)),
      (c) => F.median(c.x).over(Window.partitionBy("g")),
      () => F.row_number().over(byGroup.rowsBetween(start, 0)),
      () => F.cume_dist().over(byGroup.rangeBetween(start, 0)),
      fails("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", (c) => F.countDistinct(c.x).over(all)),
      fails("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", (c) => F.count_distinct(c.x, c.o).over(byGroup)),
      fails("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", (c) => F.sum_distinct(c.x).over(all)),
      fails("INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC", (c) => F.median(c.x).over(byGroup)),
      fails("WINDOW_FRAME", () => F.rank().over(byGroup.rowsBetween(-1, 0))),
      fails("WINDOW_FRAME", (c) => F.lag(c.x).over(byGroup.rowsBetween(start, 0))),
      fails("WINDOW_FRAME", () => F.cume_dist().over(byGroup.rowsBetween(start, 0))),
    ],
  },
];
