import { F, Window } from "../../../../runtime/index.ts";
import { fails, type OfColumns, type Section } from "../example.ts";

const failing = (kind: string, ...given: readonly OfColumns[]) => given.map((one) => fails(kind, one));

/** What values do that the engine sees when it runs; and what it would see then, had it not been seen before. */
export const errorSections: readonly Section[] = [
  {
    title: "Errors of values",
    how: "select",
    input: "left",
    examples: [
      ...failing(
        "overflow",
        (c) => F.negative(c.i.plus(-9223372036854775807n).minus(1)),
        (c) => F.bround(c.i.cast("int").plus(2147483646), -1),
        (c) => c.i.cast("double").times(1e300).cast("long"),
        (c) =>
          c.i
            .cast("decimal(38,0)")
            .plus(1)
            .div(F.lit("1e-10").cast("decimal(20,10)"))
            .times(1e30)
            .cast("decimal(38,0)"),
        (c) => F.lit("99999999999999999999999999999999999999").cast("decimal(38,0)").plus(c.i),
        (c) => F.lit("9999-01-01 00:00:00").cast("timestamp").cast("int").plus(c.i),
        (c) => F.sum(c.i.plus(9223372036854775000n)).over(Window.partitionBy()),
      ),
      ...failing(
        "invalid input",
        (c) => c.s.cast("boolean"),
        (c) => F.make_timestamp(c.i.plus(2023), F.lit(2), F.lit(30), F.lit(1), F.lit(1), F.lit(1)),
        (c) => F.make_timestamp(c.i.plus(2023), F.lit(2), F.lit(3), F.lit(25), F.lit(1), F.lit(1)),
        (c) => F.monthname(c.s),
      ),
      ...failing(
        "INVALID_PARAMETER_VALUE",
        (c) => c.s.rlike("("),
        (c) => F.regexp_replace(c.s, "[", "x"),
        (c) => F.regexp_extract(c.s, "*", 0),
        (c) => F.regexp_count(c.s, "a)"),
      ),
      ...failing(
        "DUPLICATED_MAP_KEY",
        (c) => F.create_map(F.lit("a"), c.i, F.lit("a"), c.i),
        (c) => F.map_from_entries(F.array(F.struct(c.i, c.s), F.struct(c.i, c.s))),
        (c) => F.transform_keys(F.create_map(F.lit("a"), c.i, F.lit("b"), c.i), () => F.lit("x")),
      ),
      ...failing("INVALID_TIMEZONE", () => F.from_utc_timestamp(F.lit("2024-01-01").cast("timestamp"), "Mars/Olympus")),
      ...failing("ILLEGAL_SEQUENCE_BOUNDARIES", (c) => F.sequence(c.i, F.lit(50), F.lit(-1))),
      ...failing("USER_RAISED_EXCEPTION", (c) => F.when(c.i.ge(0), F.raise_error(F.nullif(c.s, c.s)))),
    ],
  },
  {
    title: "Errors of frames",
    how: "frames",
    examples: [
      fails("SCALAR_SUBQUERY_TOO_MANY_ROWS", (f) => f.right.limit(1).withColumn("x", f.left.select("i").scalar())),
      fails("overflow", (f) => f.left.agg(F.sum(F.col("i").plus(9223372036854775000n)))),
    ],
  },
];
