import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import type { AtParts } from "./aggregates.ts";
import { fn, type In, type NullOf, type Of } from "./call.ts";

type Time = In<Sql.Temporal | Sql.String>;
type Days = number | Column<Sql.Integral | null, any>;

/** As percentile_approx. */
export const approx_percentile = <A extends In<Sql.Numeric | Sql.Temporal>, const P extends number | readonly number[]>(
  column: A,
  part: P,
  accuracy?: number,
): AtParts<Of<A>, P> => fn("approx_percentile", column, part, accuracy);
/** As collect_list. */
export const array_agg = <A extends In<any>>(column: A): Column<Sql.Array<Exclude<Of<A>, null>>> =>
  fn("array_agg", column);
/** As size. */
export const cardinality = <A extends In<Sql.Array<any> | Sql.Map<any, any>>>(
  collection: A,
): Column<Sql.Int | NullOf<A>> => fn("cardinality", collection);
/** As countDistinct. */
export const count_distinct = (column: In<any>, ...more: readonly In<any>[]): Column<Sql.Long> =>
  fn("count_distinct", column, ...more);
/** As current_date. */
export const curdate = (): Column<Sql.Date> => fn("curdate");
/** As current_timestamp. */
export const now = (): Column<Sql.Timestamp> => fn("now");
/** As datediff: the days from `start` to `end`. */
export const date_diff = <A extends Time, B extends Time>(end: A, start: B): Column<Sql.Int | NullOf<A | B>> =>
  fn("date_diff", end, start);
/** As date_add. */
export const dateadd = <A extends Time>(date: A, days: Days): Column<Sql.Date | NullOf<A>> => fn("dateadd", date, days);
/** As eqNullSafe. */
export const equal_null = (a: In<any>, b: In<any>): Column<Sql.Boolean> => fn("equal_null", a, b);
/** As bool_and. */
export const every = (condition: In<Sql.Boolean>): Column<Sql.Boolean | null> => fn("every", condition);
/** As bool_or. */
export const some = (condition: In<Sql.Boolean>): Column<Sql.Boolean | null> => fn("some", condition);
/** As stddev. */
export const std = (column: In<Sql.Numeric>): Column<Sql.Double | null> => fn("std", column);
