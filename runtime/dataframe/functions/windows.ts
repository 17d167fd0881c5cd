import type { Column } from "../column.ts";
import type { Literal } from "../operands.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type Of, text } from "./call.ts";

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
