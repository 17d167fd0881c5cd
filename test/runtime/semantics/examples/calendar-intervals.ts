import { Decimal } from "decimal.js";
import { F } from "../../../../runtime/index.ts";
import { fails, named, type OfColumns, type Section } from "../example.ts";

/** Intervals come out as text. */
const text = (column: any) => column.cast("string");

const read = [
  "1 year 2 months",
  "interval 1 year 2 months",
  "INTERVAL -1 YEAR +2 months 1.5 seconds",
  " 1   day ",
  "-1.5 seconds",
  "- 1 day",
  "1 day -2 hours",
  ".5 second",
  "1. second",
  "-.25 seconds",
  "1.1234567 second",
  "1 year 1 year",
  "1 week 2 milliseconds 3 microseconds",
  "0000000000000000000000012 minutes",
  "1\tday\n2 hours",
  "0 days",
];
const unread = [
  "",
  "nope",
  "interval",
  "interval1 day",
  "1.5 days",
  "1.5 milliseconds",
  "1 quarter",
  "1day",
  "1 - day",
  "1 d",
  "1 dayss",
  "P1Y",
  ". second",
  "1.1234567891 second",
  "99999999999 days",
  "99999999999999999999 seconds",
  "INTERVAL '1' DAY",
];
const words = ["year", "years", "month", "mons", "day", "d", "hour", "hrs", "minute", "second", "S"];
const times = ["a", "t", "z"];
const comparisons = ["eq", "ne", "lt", "le", "gt", "ge", "eqNullSafe"] as const;

/** One day and two hours, of a month of each length. */
const mixed = (): any => F.make_interval(0, 1, 0, 1, 2);
const wholeDays = (c: any): any => F.make_interval(0, c.n, 1, c.n);
/** Of all parts, some with another sign. */
const all = (c: any): any => F.make_interval(c.n, 14, -3, c.n, 25, -61, c.c);

export const calendarIntervalSections: readonly Section[] = [
  {
    title: "Intervals of months, days and microseconds",
    how: "select",
    input: "spans",
    examples: [
      () => text(F.make_interval()),
      () => text(F.make_interval(1)),
      () => text(F.make_interval(1, 2, 3, 4, 5, 6, 7.5)),
      () => text(F.make_interval(-1, -2, -3, -4, -5, -6, -7.5)),
      () => text(F.make_interval(undefined, -1, undefined, 1)),
      () => text(F.make_interval(0, 0, 0, 0, 25, 61, new Decimal("61.1234567") as never)),
      () => text(F.make_interval(0, 0, 0, 0, 0, 0, -0.000001)),
      () => text(F.make_interval(0, 0, 0, 1, -25)),
      () => text(F.make_interval(0, 2147483647)),
      () => text(F.make_interval(0, 0, 0, 0, 2147483647)),
      () => text(F.make_interval(0, 0, 0, 0, 0, 0, Number.NaN)),
      (c) => text(F.make_interval(c.n)),
      (c) => text(all(c)),
      (c) => text(F.make_interval(c.n, c.n, c.n, c.n, c.n, c.n, c.x)),
      (c) => text(F.make_interval(c.c, c.x)),
      (c) => text(F.try_make_interval(c.n, c.n, c.n, c.n, c.n, c.n, c.c)),
      () => text(F.try_make_interval(2147483647)),
      () => text(F.try_make_interval(0, 0, 2147483647)),
      fails("overflow", () => text(F.make_interval(2147483647))),
      fails("overflow", () => text(F.make_interval(1, 2147483647))),
      fails("overflow", () => text(F.make_interval(0, 0, 2147483647))),
      fails("overflow", () => text(F.make_interval(3000000000))),
      fails("overflow", () => text(F.try_make_interval(3000000000))),
      fails("overflow", () => text(F.make_interval(0, 0, 0, 0, 0, 0, 1e13))),
      fails("INTERVAL", () => F.make_interval(1)),
      fails("INTERVAL", (c) => F.array(F.make_interval(c.n))),
      (c) => text(all(c).plus(mixed())),
      (c) => text(all(c).minus(mixed())),
      (c) => text(mixed().minus(all(c))),
      (c) => text(F.negate(all(c))),
      (c) => text(all(c).times(c.n)),
      (c) => text(c.n.times(all(c))),
      (c) => text(all(c).times(c.x)),
      (c) => text(all(c).times(c.c)),
      (c) => text(all(c).times(1.5)),
      (c) => text(all(c).times(Number.NaN)),
      (c) => text(all(c).div(c.n)),
      (c) => text(all(c).div(c.x)),
      (c) => text(all(c).div(new Decimal("1.3"))),
      ...[0.000001, -0.000001, 0.000003, -0.000003].map((seconds) =>
        named<OfColumns>(`text(F.make_interval(0, 0, 0, 0, 0, 0, ${seconds}).times(0.5))`, () =>
          text(F.make_interval(0, 0, 0, 0, 0, 0, seconds).times(0.5)),
        ),
      ),
      fails("overflow", () => text(F.make_interval(100000000).plus(F.make_interval(100000000)))),
      fails("overflow", () => text(F.make_interval(0, 0, 0, -2147483647).minus(F.make_interval(0, 0, 0, 2)))),
      fails("overflow", () => text(F.make_interval(0, 0, 0, 1).times(3000000000))),
      fails("overflow", () => text(F.make_interval(1).times(Number.POSITIVE_INFINITY))),
      fails("INTERVAL_DIVIDED_BY_ZERO", (c) => text(all(c).div(0))),
      fails("INTERVAL_DIVIDED_BY_ZERO", (c) => text(all(c).div(0.0))),
      fails("TYPE_MISMATCH", (c) => text(all(c).plus(1))),
      fails("TYPE_MISMATCH", (c) => text(all(c).plus(c.d))),
      fails("TYPE_MISMATCH", (c) => text(c.m.plus(all(c)))),
      fails("TYPE_MISMATCH", (c) => text(all(c).mod(2))),
      fails("TYPE_MISMATCH", (c) => text(c.n.div(all(c)))),
      fails("TYPE_MISMATCH", (c) => text(F.abs(all(c)))),
      ...comparisons.map((name) =>
        fails(
          "TYPE_MISMATCH",
          named<OfColumns>(`all(c).${name}(mixed())`, (c) => all(c)[name](mixed())),
        ),
      ),
      fails("TYPE_MISMATCH", (c) => all(c).isin(mixed())),
      fails("TYPE_MISMATCH", (c) => text(F.greatest(all(c), mixed()))),
      fails("TYPE_MISMATCH", (c) => text(F.nullif(all(c), mixed()))),
      fails("TYPE_MISMATCH", (c) => text(F.sort_array(F.array(all(c))))),
      fails("TYPE_MISMATCH", (c) => text(F.coalesce(all(c), c.d))),
      fails("TYPE_MISMATCH", (c) => F.array_contains(F.array(all(c)), mixed())),
      fails("TYPE_MISMATCH", (c) => F.array_position(F.array(all(c)), mixed())),
      fails("TYPE_MISMATCH", (c) => text(F.array_remove(F.array(all(c)), mixed()))),
      fails("TYPE_MISMATCH", (c) => F.element_at(F.create_map(mixed(), c.n), mixed())),
      (c) => text(F.coalesce(all(c), mixed())),
      (c) => text(F.when(c.n.gt(1), all(c)).otherwise(mixed())),
      (c) => all(c).isNull(),
      (c) => F.typeof(all(c)),
      (c) => text(F.array(all(c), F.lit(null))),
      (c) => text(F.struct(all(c).alias("i"), c.n)),
      (c) => text(F.create_map(F.lit("i"), all(c))),
      (c) => F.to_json(F.struct(all(c).alias("i"))),
      (c) => F.hash(all(c)),
      (c) => F.xxhash64(mixed(), all(c)),
      (c) => F.length(all(c)),
      (c) => F.concat(all(c), F.lit("!")),
      (c) => F.upper(all(c)),
      ...words.map((word) => named<OfColumns>(`F.extract("${word}", all(c))`, (c) => F.extract(word, all(c)))),
      (c) => F.date_part("hour", F.negate(all(c))),
      ...["week", "quarter", "epoch", "milliseconds"].map((word) =>
        fails(
          "INVALID_EXTRACT_FIELD",
          named<OfColumns>(`F.extract("${word}", all(c))`, (c) => F.extract(word, all(c))),
        ),
      ),
      fails("TYPE_MISMATCH", (c) => F.hour(all(c))),
    ],
  },
  {
    title: "Times moved by months, days and microseconds",
    how: "select",
    input: "spans",
    examples: [
      ...times.flatMap((time) => [
        named<OfColumns>(`c.${time}.plus(wholeDays(c))`, (c) => c[time].plus(wholeDays(c))),
        named<OfColumns>(`c.${time}.minus(wholeDays(c))`, (c) => c[time].minus(wholeDays(c))),
      ]),
      ...times
        .slice(1)
        .flatMap((time) => [
          named<OfColumns>(`c.${time}.plus(all(c))`, (c) => c[time].plus(all(c))),
          named<OfColumns>(`c.${time}.minus(all(c))`, (c) => c[time].minus(all(c))),
          named<OfColumns>(`mixed().plus(c.${time})`, (c) => mixed().plus(c[time])),
          named<OfColumns>(`c.${time}.plus(F.make_interval(0, 0, 0, 0, 24))`, (c) =>
            c[time].plus(F.make_interval(0, 0, 0, 0, 24)),
          ),
          named<OfColumns>(`c.${time}.minus(F.make_interval(0, 0, 0, -1, 1, 0, 0.5))`, (c) =>
            c[time].minus(F.make_interval(0, 0, 0, -1, 1, 0, 0.5)),
          ),
        ]),
      (c) => c.a.plus(F.make_interval(0, 1)),
      (c) => c.b.minus(F.make_interval(1, 1, 1, 1)),
      ...["2024-03-30 02:30:00", "2024-10-26 02:30:00", "2024-10-27 00:30:00"].flatMap((at) =>
        [1, 24].map((hours) =>
          named<OfColumns>(`F.lit("${at}").cast("timestamp").plus(F.make_interval(0, 0, 0, 1, ${hours}))`, () =>
            F.lit(at)
              .cast("timestamp")
              .plus(F.make_interval(0, 0, 0, 1, hours)),
          ),
        ),
      ),
      fails("INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION", (c) => c.a.plus(mixed())),
      fails("INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION", (c) => c.a.minus(F.make_interval(0, 0, 0, 0, 24))),
      fails("TYPE_MISMATCH", (c) => mixed().minus(c.a)),
      fails("TYPE_MISMATCH", (c) => c.k.plus(mixed())),
    ],
  },
  {
    title: "Texts of intervals of months, days and microseconds",
    how: "select",
    input: "spans",
    examples: [
      ...[...read, ...unread].map((given) =>
        named<OfColumns>(`text(F.lit(${JSON.stringify(given)}).cast("interval"))`, () =>
          text(F.lit(given).cast("interval")),
        ),
      ),
      (c) => text(text(all(c)).cast("interval")),
      (c) => text(c.s.tryCast("interval")),
      () => text(F.lit(null).cast("interval")),
      ...["int", "bigint", "boolean", "timestamp", "interval day to second", "interval month"].map((type) =>
        fails(
          "IMPOSSIBLE_CAST",
          named<OfColumns>(`all(c).cast("${type}")`, (c) => all(c).cast(type)),
        ),
      ),
      fails("IMPOSSIBLE_CAST", (c) => text(c.n.cast("interval"))),
      fails("IMPOSSIBLE_CAST", (c) => text(c.d.cast("interval"))),
    ],
  },
  {
    title: "Groups of intervals of months, days and microseconds",
    how: "groupBy",
    input: "spans",
    examples: [
      (c) => F.count(all(c)),
      (c) => F.countDistinct(F.make_interval(0, 0, 0, 30), F.make_interval(0, c.n)),
      (c) => text(F.first(all(c))),
      (c) => text(F.max_by(all(c), c.i)),
      (c) => text(F.collect_list(all(c))),
      () => text(F.collect_set(F.make_interval(1))),
      (c) => text(F.mode(F.when(c.n.isNotNull(), mixed()))),
      (c) => F.approx_count_distinct(all(c)),
      ...(["sum", "avg", "min", "max", "median"] as const).map((name) =>
        fails(
          "TYPE_MISMATCH",
          named<OfColumns>(`text(F.${name}(all(c)))`, (c) => text((F[name] as any)(all(c)))),
        ),
      ),
      fails("TYPE_MISMATCH", (c) => F.max_by(c.i, all(c))),
    ],
  },
  {
    title: "Frames with intervals of months, days and microseconds",
    how: "frames",
    examples: [
      (f) =>
        f.spans
          .select((c) => ({ v: F.make_interval(c.n, c.n) }))
          .distinct()
          .select((c) => ({ v: text(c.v) })),
      (f) =>
        f.spans
          .groupBy((c: any) => ({ v: F.make_interval(0, c.n) }))
          .count()
          .select((c) => ({ v: text(c.v), n: c.count })),
      (f) =>
        f.spans
          .select(() => ({ v: F.make_interval(0, 0, 0, 30) }))
          .union(f.spans.select(() => ({ v: F.make_interval(0, 1) })))
          .distinct()
          .select((c) => ({ v: text(c.v) })),
      (f) =>
        f.spans
          .select((c) => ({ i: c.i, v: all(c) }))
          .filter((c: any) => c.v.isNotNull())
          .select("i"),
      fails("JOIN_TYPES", (f) => {
        const spans = f.spans.select((c) => ({ v: all(c) }));
        return spans.join(spans, "v", "left_semi").select(F.lit(1).alias("x"));
      }),
      fails("NO_ORDER", (f) =>
        f.spans
          .select((c) => ({ i: c.i, v: all(c) }))
          .orderBy("v")
          .select("i"),
      ),
      fails("INTERVAL", (f) => f.spans.select((c) => ({ v: all(c) }))),
    ],
  },
];
