import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDuckDB } from "../../../../runtime/engine/duckdb/duckdb.ts";
import { type Column, type DataFrame, EngineError, F, lit, SparkSession, Window } from "../../../../runtime/index.ts";

const spark = new SparkSession("DuckDB", openDuckDB);
after(() => spark.stop());

const one = spark
  .range(1)
  .select((f) => ({ n: f.id, i: f.id.cast("int"), long: lit(9223372036854775807n), t: lit("x y") }));
const digits = lit("9".repeat(38)).cast("decimal(38,0)");

async function failure(frame: DataFrame<any>): Promise<EngineError> {
  const error = await frame.collect().then(
    () => assert.fail("it did not fail"),
    (error) => error,
  );
  assert.ok(error instanceof EngineError, String(error));
  return error;
}

/** What is computed of the row { n: 0 BIGINT, i: 0 INT, long: the largest, t: "x y" }, and what is said of it. */
const failing: readonly (readonly [(f: any) => Column<any, any>, string])[] = [
  [
    (f) => f.long.plus(1),
    "[ARITHMETIC_OVERFLOW] 9223372036854775807 + 1 is beyond bigint. Cast to a wider type first, or use try_add to get NULL.",
  ],
  [
    (f) => f.long.times(2),
    "[ARITHMETIC_OVERFLOW] 9223372036854775807 * 2 is beyond bigint. Cast to a wider type first, or use try_multiply to get NULL.",
  ],
  [
    (f) => F.abs(f.i.minus(2147483647).minus(1)),
    "[ARITHMETIC_OVERFLOW] abs(-2147483648) is beyond the type of its argument. Cast to a wider type first.",
  ],
  [
    (f) =>
      F.sum(f.long)
        .over(Window.partitionBy())
        .plus(F.sum(f.long.times(1)).over(Window.partitionBy())),
    "[ARITHMETIC_OVERFLOW] 9223372036854775807 + 9223372036854775807 is beyond bigint. Cast to a wider type first, or use try_add to get NULL.",
  ],
  [
    (f) => F.round(f.long, -1),
    "[ARITHMETIC_OVERFLOW] The result 9223372036854775810 is beyond bigint. Cast to a wider type first, such as decimal(38,0).",
  ],
  [
    (f) => digits.plus(f.n).plus(1),
    `[NUMERIC_VALUE_OUT_OF_RANGE] The result of addition has more than the 38 digits of a decimal (${"9".repeat(38)} + 1, without decimal points). Cast to fewer digits first, or use try_add or try_sum to get NULL.`,
  ],
  [
    (f) => f.long.cast("int"),
    '[CAST_OVERFLOW] The value 9223372036854775807 of "long" is beyond int. Use a wider type, or tryCast to get NULL.',
  ],
  [
    (f) => f.n.plus(300).cast("byte"),
    "[CAST_OVERFLOW] The value 300 is beyond tinyint. Use a wider type, or tryCast to get NULL.",
  ],
  [
    (f) => F.sqrt(f.n.minus(1)).cast("int"),
    "[CAST_OVERFLOW] The value NaN has no place in int. Use tryCast to get NULL.",
  ],
  [
    (f) => f.long.cast("decimal(10,2)"),
    '[NUMERIC_VALUE_OUT_OF_RANGE] The value 9223372036854775807 of "long" is beyond decimal(10,2). Use a wider type, or tryCast to get NULL.',
  ],
  [(f) => f.t.cast("boolean"), "[CAST_INVALID_INPUT] The value 'x y' is no boolean; use tryCast to get NULL."],
  [(f) => f.t.cast("int"), "[CAST_INVALID_INPUT] The value 'x y' is no int; use tryCast to get NULL."],
  [
    (f) => F.unhex(lit("ff")).cast("string").eq(f.t),
    "[MALFORMED_CHARACTER_CODING] There are bytes that are no UTF-8, and DuckDB's text is always UTF-8. Keep them as binary, or show them by hex.",
  ],
  [(f) => f.i.div(f.n), "[DIVIDE_BY_ZERO] Division by zero. Use try_divide to get NULL instead."],
  [(f) => f.i.mod(f.n), "[REMAINDER_BY_ZERO] Remainder of a division by zero. Use try_mod to get NULL instead."],
  [
    (f) => f.t.rlike("("),
    '[INVALID_PARAMETER_VALUE.PATTERN] The regular expression is not valid: missing ) in "(". A sign such as ( or [ stands for itself behind a backslash.',
  ],
  [
    (f) => F.split(f.t, "a{2,1}"),
    "[INVALID_PARAMETER_VALUE.PATTERN] The regular expression is not valid: {2,1} (DuckDB repeats up to 1000 times, within repetitions too).",
  ],
  [
    (f) => F.create_map(f.t, f.n, f.t, f.n),
    "[DUPLICATED_MAP_KEY] A map has the same key twice. Make its keys unique before the map is made.",
  ],
  [
    (f) => F.create_map(F.nullif(f.t, f.t), f.n),
    "[NULL_MAP_KEY] The key of a map is NULL. Give it another value by coalesce, or leave it out.",
  ],
  [
    (f) => F.map_from_arrays(F.array(f.t), F.array(f.n, f.n)),
    "[INVALID_PARAMETER_VALUE] map_from_arrays: the arrays of keys and of values have different lengths.",
  ],
  [
    (f) => F.array(f.n).getItem(5),
    "[INVALID_ARRAY_INDEX] The index 5 is out of bounds: the array has 1 elements, from 0. Use get(array, index) to get NULL instead.",
  ],
  [
    (f) => F.element_at(F.array(f.n), -5),
    "[INVALID_ARRAY_INDEX_IN_ELEMENT_AT] The index -5 is out of bounds: the array has 1 elements, from 1. Use try_element_at to get NULL instead.",
  ],
  [
    (f) => F.element_at(F.array(f.n), f.i),
    "[INVALID_INDEX_OF_ZERO] element_at: the index 0 is invalid, positions count from 1, or from the end if negative.",
  ],
  [
    (f) => F.sequence(f.n, lit(5), lit(-1)),
    "[ILLEGAL_SEQUENCE_BOUNDARIES] sequence: the step -1 does not lead from 0 to 5.",
  ],
  [(f) => F.sequence(f.n, f.long), "[COLLECTION_SIZE_LIMIT_EXCEEDED] An array has more elements than fit into one."],
  [
    (f) => F.make_date(f.i.plus(2023), lit(2), lit(30)),
    "[DATETIME_FIELD_OUT_OF_BOUNDS] There is no date 2023-02-30. Check year, month and day first.",
  ],
  [
    (f) => F.make_timestamp(f.i.plus(2023), lit(2), lit(3), lit(23), lit(1), lit(61.5)),
    "[DATETIME_FIELD_OUT_OF_BOUNDS] There is no time of day 23:1:61.5. try_make_timestamp gives NULL instead.",
  ],
  [
    (f) => f.long.cast("timestamp"),
    "[DATETIME_OVERFLOW] A date or time is beyond the years that DuckDB has (290308 BC to 294246).",
  ],
  [
    (f) => F.to_date(f.t, "yyyy"),
    "[CANNOT_PARSE_TIMESTAMP] The value 'x y' does not fit the format yyyy; use try_to_date to get NULL.",
  ],
  [
    (f) => F.from_utc_timestamp(f.n.cast("timestamp"), "Europe/Berln"),
    "[INVALID_TIMEZONE] There is no time zone 'Europe/Berln'. Did you mean \"Europe/Berlin\"?",
  ],
  [(f) => F.raise_error(F.concat(f.t, lit("!\nLINE 1: '"))), "[USER_RAISED_EXCEPTION] x y!\nLINE 1: '"],
  [(f) => F.raise_error(F.nullif(f.t, f.t)), "[USER_RAISED_EXCEPTION] null"],
  [(f) => F.assert_true(f.n.gt(0)), "[USER_RAISED_EXCEPTION] '(n > 0)' is not true!"],
];

test("an error of a value says what failed, the value and the way out, with Spark's condition as its code", async () => {
  for (const [make, message] of failing) {
    const error = await failure(one.select((f) => ({ x: make(f) })));
    assert.equal(error.message, message, make.toString());
    assert.equal(error.code, /^\[(.*?)\]/.exec(message)?.[1]);
    assert.equal(error.cause, undefined);
  }
});

test("a frame of several rows cannot be one value", async () => {
  const error = await failure(one.withColumn("x", spark.range(3).select("id").scalar()));
  assert.equal(
    error.message,
    "[SCALAR_SUBQUERY_TOO_MANY_ROWS] A frame that is used as one value (scalar()) has more than one row. Aggregate it, or take one by limit(1).",
  );
});

test("errors of text in DuckDB's SQL are told in the same words", async () => {
  const failing: readonly (readonly [string, RegExp])[] = [
    [
      "SELECT CAST(v AS DATE) FROM (VALUES ('2024-13-01')) t(v)",
      /^\[CAST_INVALID_INPUT\] The value '2024-13-01' is no date; use tryCast, in SQL TRY_CAST, /,
    ],
    [
      "SELECT CAST(v AS TIMESTAMP) FROM (VALUES ('yesterday')) t(v)",
      /^\[CAST_INVALID_INPUT\] The value 'yesterday' is no timestamp; /,
    ],
    ["SELECT strptime('x', '%Y')", /^\[CANNOT_PARSE_TIMESTAMP\] The value 'x' does not fit the format %Y\.$/],
    [
      "SELECT CAST(v AS INT) FROM (VALUES ('it''s')) t(v)",
      /^\[CAST_INVALID_INPUT\] The value 'it's' of "v" is no int; /,
    ],
    ["SELECT (SELECT i FROM range(3) t(i))", /^\[SCALAR_SUBQUERY_TOO_MANY_ROWS\]/],
    ["SELECT 9223372036854775807 + 1::BIGINT", /^\[ARITHMETIC_OVERFLOW\] 9223372036854775807 \+ 1 is beyond bigint\./],
    [
      "SELECT stddev(v) FROM (VALUES (1e200), (-1e200)) t(v)",
      /^\[ARITHMETIC_OVERFLOW\] stddev_samp: the squares of the values are beyond double\./,
    ],
    ["SELECT error('[MY_OWN] said so')", /^\[MY_OWN\] said so$/],
  ];
  for (const [text, message] of failing) assert.match((await failure(spark.sql(text))).message, message, text);
});
