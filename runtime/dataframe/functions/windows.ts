import { sessionGap, windowLengths } from "../../plan/functions/windows.ts";
import { type Column, makeColumn, operand } from "../column.ts";
import type { ColumnIn } from "../nested-types.ts";
import type { Literal } from "../operands.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, type Of, text } from "./call.ts";

/** The row's number in its partition, from 1. All of these need `.over(Window…)` with an order. */
export const row_number = (): Column<Sql.Int> => fn("row_number");
/** The row's rank: equal rows share one, and the ranks after them are skipped. */
export const rank = (): Column<Sql.Int> => fn("rank");
/** The row's rank without gaps. */
export const dense_rank = (): Column<Sql.Int> => fn("dense_rank");
/** In which of `n` parts of about equal size the row is, from 1. */
export const ntile = (n: number): Column<Sql.Int> => fn("ntile", n);
export const percent_rank = (): Column<Sql.Double> => fn("percent_rank");
export const cume_dist = (): Column<Sql.Double> => fn("cume_dist");

/** The default becomes of the column's type. */
type Neighbour<T, D extends Literal> = 0 extends 1 & T ? any : D extends null ? T | null : T;

/** The value `offset` rows (1) before this one; `otherwise` (NULL) where there is none. */
export const lag = <A extends In<any>, const D extends Literal = null>(
  column: A,
  offset?: number,
  otherwise?: D,
): Column<Neighbour<Of<A>, D>> => neighbour("lag", column, offset, otherwise);
/** The value `offset` rows (1) after this one; `otherwise` (NULL) where there is none. */
export const lead = <A extends In<any>, const D extends Literal = null>(
  column: A,
  offset?: number,
  otherwise?: D,
): Column<Neighbour<Of<A>, D>> => neighbour("lead", column, offset, otherwise);

/** The value of the frame's first row; with `ignoreNulls`, the first that is not NULL. */
export const first_value = <A extends In<any>>(column: A, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("first_value", column, ignoreNulls);
export const last_value = <A extends In<any>>(column: A, ignoreNulls?: boolean): Column<Of<A> | null> =>
  fn("last_value", column, ignoreNulls);

function neighbour<T>(
  name: string,
  column: unknown,
  offset: number | undefined,
  otherwise: Literal | undefined,
): Column<T> {
  if (otherwise === undefined || otherwise === null) return fn(name, column, offset);
  return fn(name, column, offset ?? 1, typeof otherwise === "string" ? text(otherwise) : otherwise);
}

type Time = In<Sql.Temporal | Sql.String>;
type Clock<A> = 0 extends 1 & Of<A>
  ? any
  : Exclude<Of<A>, null> extends Sql.TimestampNtz
    ? Sql.TimestampNtz
    : Sql.Timestamp;

/**
 * The window over time that a row belongs to, of this duration ("10 minutes", "1 day"): a struct of its start and its end, as
 * the column `window`. With a shorter slide windows overlap, and a row is in several: `F.window(f.time, "1 hour", "15 minutes")`.
 * Windows are counted from 1970 in UTC, or that far from it as `start` says. In groupBy, select and withColumn; rows without
 * a time are left out.
 */
export function window<A extends Time>(
  time: A,
  duration: string,
  slide?: string | null,
  start?: string | null,
): ColumnIn<Sql.Struct<{ start: Clock<A> | null; end: Clock<A> | null }>, "window"> {
  const [slides, starts] = [slide ?? (start == null ? undefined : duration), start ?? undefined];
  // It refuses lengths that cannot be.
  windowLengths(duration, slides, starts);
  return namedAs("window", fn("window", time, ...[duration, slides, starts].map(text)));
}

/**
 * In groupBy, the session that a row belongs to: rows follow each other in it, each not later than the gap ("30 minutes")
 * behind the one before, among those with the same other keys. From the first row's time to the gap behind the last one's, as
 * the column `session_window`. Rows without a time are left out.
 */
export function session_window<A extends Time>(
  time: A,
  gap: string,
): ColumnIn<Sql.Struct<{ start: Clock<A> | null; end: Clock<A> | null }>, "session_window"> {
  sessionGap(operand(gap));
  return namedAs("session_window", fn("session_window", time, text(gap)));
}

/** The last time that belongs to a window, a microsecond before its end. */
export const window_time = <A extends In<Sql.Struct<any>>>(
  window: A,
): Column<(Exclude<Of<A>, null> extends Sql.Struct<{ end: infer E }> ? E : any) | NullOf<A>> =>
  fn("window_time", window);

const namedAs = (name: string, column: Column<any>): any => makeColumn({ kind: "alias", input: operand(column), name });
