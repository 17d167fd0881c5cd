import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { distinctFn, fn, type In, type Of, text } from "./call.ts";

type Statistic = Column<Sql.Double | null>;
type SumOf<T> = 0 extends 1 & T ? any : T extends Sql.Integral ? Sql.Long : T extends Sql.Fractional ? Sql.Double : T;
type AverageOf<T> = 0 extends 1 & T ? any : T extends Sql.Decimal ? Sql.Decimal : T extends null ? null : Sql.Double;
type N = In<Sql.Numeric>;

/** The bits that all values have. */
export const bit_and = <A extends In<Sql.Integral>>(column: A): Column<Of<A> | null> => fn("bit_and", column);
/** The bits that any value has. */
export const bit_or = <A extends In<Sql.Integral>>(column: A): Column<Of<A> | null> => fn("bit_or", column);
/** The bits that an odd number of values has. */
export const bit_xor = <A extends In<Sql.Integral>>(column: A): Column<Of<A> | null> => fn("bit_xor", column);
/** How heavy the tails are: 0 for the normal distribution. */
export const kurtosis = (column: N): Statistic => fn("kurtosis", column);
/** How far the values lean to one side. */
export const skewness = (column: N): Statistic => fn("skewness", column);
/** The values as one text, with a separator between them, in no order that is promised. */
export const listagg = (column: In<any>, separator?: string): Column<Sql.String | null> =>
  fn("listagg", column, text(separator));
export const string_agg = (column: In<any>, separator?: string): Column<Sql.String | null> =>
  fn("string_agg", column, text(separator));
/** The different values as one text. */
export const listagg_distinct = (column: In<any>, separator = ""): Column<Sql.String | null> =>
  distinctFn("listagg", column, text(separator));
export const string_agg_distinct = (column: In<any>, separator = ""): Column<Sql.String | null> =>
  distinctFn("string_agg", column, text(separator));
/** The value that is there most often; of several any, or the least one if `deterministic` is true. */
export const mode = <A extends In<any>>(column: A, deterministic?: boolean): Column<Of<A> | null> =>
  fn("mode", column, deterministic);
/** The product of the values. */
export const product = (column: N): Statistic => fn("product", column);
/** The sum, NULL where it is beyond its type. */
export const try_sum = <A extends In<Sql.Measure>>(column: A): Column<SumOf<Of<A>> | null> => fn("try_sum", column);
/** The average, NULL where the sum is beyond its type. */
export const try_avg = <A extends In<Sql.Measure>>(column: A): Column<AverageOf<Of<A>> | null> => fn("try_avg", column);

/** The average of x where y is not NULL, too. */
export const regr_avgx = (y: N, x: N): Statistic => fn("regr_avgx", y, x);
export const regr_avgy = (y: N, x: N): Statistic => fn("regr_avgy", y, x);
/** The number of rows in which neither is NULL. */
export const regr_count = (y: N, x: N): Column<Sql.Long> => fn("regr_count", y, x);
/** Where the line through the points (x, y) crosses the y axis. */
export const regr_intercept = (y: N, x: N): Statistic => fn("regr_intercept", y, x);
/** The coefficient of determination. */
export const regr_r2 = (y: N, x: N): Statistic => fn("regr_r2", y, x);
/** The slope of the line through the points (x, y). */
export const regr_slope = (y: N, x: N): Statistic => fn("regr_slope", y, x);
export const regr_sxx = (y: N, x: N): Statistic => fn("regr_sxx", y, x);
export const regr_sxy = (y: N, x: N): Statistic => fn("regr_sxy", y, x);
export const regr_syy = (y: N, x: N): Statistic => fn("regr_syy", y, x);
/** A histogram of so many bins, as structs of the bin's middle and its count. On Spark only. */
export const histogram_numeric = <A extends N>(
  column: A,
  bins: number,
): Column<Sql.Array<Sql.Struct<{ x: Of<A>; y: Sql.Double }>> | null> => fn("histogram_numeric", column, bins);

/** The value in the nth row of the window's frame; with `ignoreNulls`, of those that are not NULL. */
export const nth_value = <A extends In<any>>(column: A, n: number, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("nth_value", column, n, ignoreNulls);
/**
 * In agg of rollup, cube and groupingSets: 1 in the rows that are not grouped by this column, where it is NULL for that
 * reason, and else 0.
 */
export const grouping = (group: In<any>): Column<Sql.Byte> => fn("grouping", group);
/** The same of all groups as the bits of one number, the last column being the lowest: 0 where all are grouped by. */
export const grouping_id = (...groups: readonly In<any>[]): Column<Sql.Long> => fn("grouping_id", ...groups);
