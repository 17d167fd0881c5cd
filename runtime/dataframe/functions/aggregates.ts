import type { Column } from "../column.ts";
import { refuseUndefined } from "../habits.ts";
import type * as Sql from "../types.ts";
import { distinctFn, fn, type In, type Of } from "./call.ts";

type SumOf<T> = 0 extends 1 & T ? any : T extends Sql.Integral ? Sql.Long : T extends Sql.Fractional ? Sql.Double : T;
type AverageOf<T> = 0 extends 1 & T
  ? any
  : T extends Sql.Decimal | Sql.Interval
    ? T
    : T extends null
      ? null
      : Sql.Double;

/** The number of rows; with a column, of those where it is not NULL. */
export const count = (...columns: readonly [column?: In<any>]): Column<Sql.Long> => {
  if (columns.length > 0) refuseUndefined("count", columns[0], 1);
  return columns.length === 0 || columns[0] === "*" ? fn("count") : fn("count", columns[0]);
};
/** The number of different values, or combinations of values without a NULL. */
export const countDistinct = (column: In<any>, ...more: readonly In<any>[]): Column<Sql.Long> =>
  fn("countDistinct", column, ...more);
/** The number of rows for which the condition is true. */
export const count_if = (condition: In<Sql.Boolean>): Column<Sql.Long> => fn("count_if", condition);
/**
 * About the number of different values, in little memory: Spark's has a relative standard deviation of 0.05, DuckDB's may be
 * off by a quarter. With `deviation`, Spark's is that, and DuckDB counts exactly.
 */
export const approx_count_distinct = (column: In<any>, deviation?: number): Column<Sql.Long> =>
  fn("approx_count_distinct", column, deviation);

/** The sum; of integers a LONG, and an error beyond it. NULL if there are no values. */
export const sum = <A extends In<Sql.Measure>>(column: A): Column<SumOf<Of<A>> | null> => fn("sum", column);
/** The sum of the different values. */
export const sum_distinct = <A extends In<Sql.Measure>>(column: A): Column<SumOf<Of<A>> | null> =>
  distinctFn("sum", column);
export const avg = <A extends In<Sql.Measure>>(column: A): Column<AverageOf<Of<A>> | null> => fn("avg", column);
export const mean = <A extends In<Sql.Measure>>(column: A): Column<AverageOf<Of<A>> | null> => fn("mean", column);
export const min = <A extends In<any>>(column: A): Column<Of<A> | null> => fn("min", column);
export const max = <A extends In<any>>(column: A): Column<Of<A> | null> => fn("max", column);
type ByExtreme<A, K> = Column<undefined extends K ? Of<A> | null : Sql.Array<Of<A>> | null>;
/** The value of `column` in the row where `by` is smallest; with `count`, an array of as many, the smallest `by` first. */
export const min_by = <A extends In<any>, K extends number | undefined = undefined>(
  column: A,
  by: In<any>,
  count?: K,
): ByExtreme<A, K> => fn("min_by", column, by, count);
/** The value of `column` in the row where `by` is largest; with `count`, an array of as many, the largest `by` first. */
export const max_by = <A extends In<any>, K extends number | undefined = undefined>(
  column: A,
  by: In<any>,
  count?: K,
): ByExtreme<A, K> => fn("max_by", column, by, count);

/** The first value of the group; with `ignoreNulls`, the first that is not NULL. */
export const first = <A extends In<any>>(column: A, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("first", column, ignoreNulls);
export const last = <A extends In<any>>(column: A, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("last", column, ignoreNulls);
export const any_value = <A extends In<any>>(column: A, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("any_value", column, ignoreNulls);

/** The values as an array, without NULLs. */
export const collect_list = <A extends In<any>>(column: A): Column<Sql.Array<Exclude<Of<A>, null>>> =>
  fn("collect_list", column);
/** The different values as an array, without NULLs. */
export const collect_set = <A extends In<any>>(column: A): Column<Sql.Array<Exclude<Of<A>, null>>> =>
  fn("collect_set", column);

type Statistic = Column<Sql.Double | null>;
/** The standard deviation of a sample. */
export const stddev = (column: In<Sql.Numeric>): Statistic => fn("stddev", column);
export const stddev_samp = (column: In<Sql.Numeric>): Statistic => fn("stddev_samp", column);
/** The standard deviation of a whole population. */
export const stddev_pop = (column: In<Sql.Numeric>): Statistic => fn("stddev_pop", column);
/** The variance of a sample. */
export const variance = (column: In<Sql.Numeric>): Statistic => fn("variance", column);
export const var_samp = (column: In<Sql.Numeric>): Statistic => fn("var_samp", column);
export const var_pop = (column: In<Sql.Numeric>): Statistic => fn("var_pop", column);
/** Of numbers a DOUBLE, of intervals an interval. */
type Between<A> = 0 extends 1 & Of<A>
  ? any
  : Exclude<Of<A>, null> extends Sql.Interval
    ? Exclude<Of<A>, null>
    : Sql.Double;
export const median = <A extends In<Sql.Measure>>(column: A): Column<Between<A> | null> => fn("median", column);
/** Of one part a value, of several an array of values. */
export type AtParts<T, P> = Column<(P extends number ? T : Sql.Array<Exclude<T, null>>) | null>;
/**
 * The value below which this part of the values lies, from 0 to 1: exact, between two values in proportion. With an array
 * of parts, an array of values; with `frequency`, each value counts so many times.
 */
export const percentile = <A extends In<Sql.Measure>, const P extends number | readonly number[]>(
  column: A,
  part: P,
  frequency?: In<Sql.Integral> | number,
): AtParts<Between<A>, P> => fn("percentile", column, part, frequency);
/**
 * A value of the data, at or below which this part of the values lies: 0.5 is the middle one. With an array of parts, an
 * array of values. `accuracy` (10,000) is how exact Spark is about it; DuckDB always is.
 */
export const percentile_approx = <A extends In<Sql.Measure | Sql.Temporal>, const P extends number | readonly number[]>(
  column: A,
  part: P,
  accuracy?: number,
): AtParts<Of<A>, P> => fn("percentile_approx", column, part, accuracy);
export const covar_samp = (a: In<Sql.Numeric>, b: In<Sql.Numeric>): Statistic => fn("covar_samp", a, b);
export const covar_pop = (a: In<Sql.Numeric>, b: In<Sql.Numeric>): Statistic => fn("covar_pop", a, b);
/** Pearson's coefficient of correlation. */
export const corr = (a: In<Sql.Numeric>, b: In<Sql.Numeric>): Statistic => fn("corr", a, b);
/** Whether all values are true. */
export const bool_and = (condition: In<Sql.Boolean>): Column<Sql.Boolean | null> => fn("bool_and", condition);
/** Whether any value is true. */
export const bool_or = (condition: In<Sql.Boolean>): Column<Sql.Boolean | null> => fn("bool_or", condition);
