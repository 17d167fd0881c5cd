import { F, Window } from "../../../../runtime/index.ts";
import { differs, fails, missing, named, type OfColumns, type Section } from "../example.ts";

const emptyMatches = "at a regular expression that matches nothing DuckDB parts text otherwise than Java";
const viaDouble =
  "Spark computes percentiles of times by way of DOUBLEs, whose digits do not suffice for the year 9999";

const toPlaces = (columns: readonly string[]) =>
  columns.flatMap((column) =>
    [-30, -2, -1, 0, 1, 4, 20].flatMap((places) =>
      (["ceil", "floor"] as const).map((name) =>
        named<OfColumns>(`F.${name}(c.${column}, ${places})`, (c) => F[name](c[column], places)),
      ),
    ),
  );
const percentiles = (column: string, frequency: string) => [
  named<OfColumns>(`F.percentile(c.${column}, [0, 0.25, 0.9])`, (c) => F.percentile(c[column], [0, 0.25, 0.9])),
  named<OfColumns>(`F.percentile(c.${column}, [0.1, 0.77], 3)`, (c) => F.percentile(c[column], [0.1, 0.77], 3)),
  named<OfColumns>(`F.percentile(c.${column}, 0.3, F.abs(c.${frequency}))`, (c) =>
    F.percentile(c[column], 0.3, F.abs(c[frequency]) as any),
  ),
  named<OfColumns>(`F.percentile_approx(c.${column}, [0, 0.25, 0.9])`, (c) =>
    F.percentile_approx(c[column], [0, 0.25, 0.9]),
  ),
];
const groups = Window.partitionBy("g");

export const variants: readonly Section[] = [
  {
    title: "Parts of text, up to a number of them",
    how: "select",
    input: "texts",
    examples: [
      (c) => F.split(c.s, ",", 2),
      (c) => F.split(c.s, ",", 0),
      (c) => F.split(c.s, ",", -1),
      (c) => F.split(c.s, "[ ,]+", 3),
      (c) => F.split(c.s, "", 2),
      (c) => F.split(c.s, "", 100),
      (c) => F.split(c.s, " ", 1),
      (c) => F.split(c.s, "é|b", 2),
      (c) => F.split(c.s, ",", c.p),
      (c) => F.split(c.s, c.t, 2),
      (c) => F.split(c.s, "👍🏽|👩", 2),
      () => F.split(F.lit("a1b22c"), "[0-9]+", 2),
      (c) => F.split(F.concat(c.s, c.t), ",", 2),
      missing(emptyMatches, (c) => F.split(c.s, "b*")),
      missing(emptyMatches, (c) => F.split(c.s, "\\b", 2)),
    ],
  },
  {
    title: "Text by what other columns say, and escape characters",
    how: "select",
    input: "texts",
    examples: [
      (c) => F.like(c.s, "%/_%", "/"),
      (c) => F.ilike(c.s, "A!%%", "!"),
      fails("INVALID_FORMAT", (c) => F.like(c.s, "a/b", "/")),
      fails("INVALID_FORMAT", (c) => F.like(c.s, "a\\b")),
      fails("INVALID_ESC", (c) => F.like(c.s, "a", "//")),
      missing("DuckDB's escape character is one byte", (c) => F.like(c.s, "100é%%", "é")),
      (c) => F.trim(c.s, c.t),
      (c) => F.ltrim(c.s, c.t),
      (c) => F.rtrim(c.s, F.lit("c")),
      (c) => F.replace(c.s, c.t, F.lit("X")),
      (c) => F.replace(c.s, c.t),
      (c) => F.replace(c.s, "b", c.t),
      (c) => F.lpad(c.s, c.p, "ab"),
      (c) => F.rpad(c.s, 7, c.t),
      (c) => F.rpad(c.s, c.p),
      (c) => F.instr(c.s, c.t),
      (c) => F.regexp_replace(c.s, "b", F.upper(c.t)),
      (c) => F.regexp_replace(c.s, "(b)", F.concat(F.lit("<$1>"), F.lit("x"))),
      (c) => F.regexp_instr(c.s, "b", 3),
    ],
  },
  {
    title: "Arrays as text, with something for NULLs, and reductions with other columns",
    how: "select",
    input: "lists",
    examples: [
      (c) => F.array_join(c.s, ",", "none"),
      (c) => F.array_join(c.a, "-", ""),
      (c) => F.array_join(c.d, "-", "x"),
      (c) => F.aggregate(c.a, F.lit(0), (a: any, x: any) => F.coalesce(a.plus(x).plus(c.v), a)),
      (c) =>
        F.aggregate(
          c.a,
          F.lit(0),
          (a: any, x: any) => F.coalesce(a.plus(x).plus(c.v), a),
          (a: any) => a.plus(c.i),
        ),
      (c) => F.transform(c.n, (l: any, i: any) => F.aggregate(l, F.lit(0), (b: any, y: any) => b.plus(y).plus(i))),
      (c) => F.aggregate(c.s, F.lit(""), (a: any, x: any) => F.concat(a, F.coalesce(x, c.w, F.lit("-")))),
    ],
  },
  {
    title: "Up and down to decimal places: decimals",
    how: "select",
    input: "money",
    examples: toPlaces(["a", "b", "w"]),
  },
  {
    title: "Up and down to decimal places: integers",
    how: "select",
    input: "small",
    examples: toPlaces(["b", "n", "l"]),
  },
  {
    title: "Up and down to decimal places: fractions",
    how: "select",
    input: "plain",
    examples: [...toPlaces(["d", "f"]), (c) => F.ceiling(c.e, 1)],
  },
  ...(["agg", "groupBy"] as const).map(
    (how): Section => ({
      title: `Percentiles and extremes, ${how}`,
      how,
      input: "small",
      examples: [
        ...percentiles("n", "k"),
        ...percentiles("l", "i"),
        (c) => F.percentile(c.n, 0.3, 0),
        (c) => F.mode(c.k, true),
        (c) => F.mode(F.struct(c.k, c.g), true),
        (c) => F.approx_count_distinct(c.n, 0.01),
        fails("TYPE_MISMATCH", (c) => F.approx_count_distinct(c.n, 0)),
        (c) => F.percentile(c.n, []),
        (c) => F.percentile_approx(c.n, 0.5, 100),
        (c) => F.approx_percentile(c.n, [0.5, 1]),
        (c) => F.max_by(c.i, c.n, 2),
        (c) => F.min_by(c.i, c.n, 1),
        (c) => F.max_by(c.n, c.i, 3),
        (c) => F.max_by(F.struct(c.n, c.k), c.i, 3),
        (c) => F.min_by(c.n, F.struct(c.i), 30),
        fails("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", (c) => F.percentile(c.n, 0.3, -1)),
        fails("TYPE_MISMATCH", (c) => F.percentile(c.n, 2)),
        fails("TYPE_MISMATCH", (c) => F.percentile_approx(c.n, [0.5], 0)),
        fails("TYPE_MISMATCH", (c) => F.max_by(c.n, c.i, 0)),
      ],
    }),
  ),
  { title: "Percentiles of fractions", how: "groupBy", input: "plain", examples: percentiles("d", "i") },
  { title: "Percentiles of decimals", how: "groupBy", input: "money", examples: percentiles("x", "i") },
  {
    title: "Percentiles and extremes of nothing",
    how: "agg",
    input: "empty",
    examples: [...percentiles("d", "i"), (c) => F.max_by(c.d, c.i, 2)],
  },
  {
    title: "The least of the most frequent",
    how: "agg",
    input: "doubles",
    examples: [(c) => F.mode(c.d, true), (c) => F.mode(F.when(c.d.ne(0), c.f.times(0)), true)],
  },
  {
    title: "Percentiles of dates",
    how: "agg",
    input: "dates",
    examples: [(c) => F.percentile_approx(c.d, [0.1, 0.9]), (c) => F.percentile_approx(c.d, 0.5)],
  },
  {
    title: "Percentiles of times",
    how: "agg",
    input: "times",
    examples: [(c) => F.percentile_approx(c.z, 0.5), differs(viaDouble, (c) => F.percentile_approx(c.z, 1))],
  },
  {
    title: "Percentiles and extremes over windows",
    how: "select",
    input: "series",
    examples: [
      (c) => F.percentile_approx(c.x, [0.1, 0.9]).over(groups),
      (c) => F.percentile(c.x, 0.5, c.i).over(groups),
      (c) => F.percentile(c.x, [0.5, 0]).over(groups),
      (c) => F.max_by(c.x, c.i, 2).over(groups),
      (c) => F.mode(c.x, true).over(groups),
      (c) => F.approx_count_distinct(c.x, 0.01).over(groups),
    ],
  },
];
