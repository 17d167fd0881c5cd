import { sessionGap, windowLengths } from "../../plan/functions/time-windows.ts";
import { type Column, makeColumn, operand } from "../column.ts";
import type { ColumnIn } from "../nested-types.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, type Of, text } from "./call.ts";

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
  return named("window", fn("window", time, ...[duration, slides, starts].map(text)));
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
  return named("session_window", fn("session_window", time, text(gap)));
}

/** The last time that belongs to a window, a microsecond before its end. */
export const window_time = <A extends In<Sql.Struct<any>>>(
  window: A,
): Column<(Exclude<Of<A>, null> extends Sql.Struct<{ end: infer E }> ? E : any) | NullOf<A>> =>
  fn("window_time", window);

const named = (name: string, column: Column<any>): any => makeColumn({ kind: "alias", input: operand(column), name });
