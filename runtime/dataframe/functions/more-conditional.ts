import { type Column, makeColumn, operand } from "../column.ts";
import type { Common, Literal, TypeOf, Widen } from "../operands.ts";
import type { SortOrder } from "../sort-order.ts";
import type * as Sql from "../types.ts";
import { expressionOf, fn, fnOf, type In, type Of } from "./call.ts";

/** A column, the name of one, or a constant that is no text. */
type Value = In<any> | Exclude<Literal, string>;
type TypeOfValue<A> = A extends string ? any : TypeOf<A>;

/** The second where the first is not NULL, else the third. */
export const nvl2 = <const A extends Value, const B extends Value>(
  test: In<any>,
  there: A,
  missing: B,
): Column<Common<TypeOfValue<A>, TypeOfValue<B>>> => fn("nvl2", test, there, missing);
/** The number, NULL where it is 0. */
export const nullifzero = <A extends In<Sql.Numeric>>(x: A): Column<Of<A> | null> => fn("nullifzero", x);
type BesideInt<T> = 0 extends 1 & T ? any : [T] extends [Sql.Numeric] ? Widen<T, Sql.Int> : any;
/** The number, 0 where it is NULL. */
export const zeroifnull = <A extends In<Sql.Numeric>>(x: A): Column<BesideInt<Exclude<Of<A>, null>>> =>
  fn("zeroifnull", x);

const keyOf = (name: string, column: In<any>): Column<any> => makeColumn(expressionOf(name, column, 1));
/** For orderBy: ascending; NULLs come first. */
export const asc = (column: In<any>): SortOrder => keyOf("asc", column).asc();
export const asc_nulls_first = (column: In<any>): SortOrder => keyOf("asc_nulls_first", column).asc();
export const asc_nulls_last = (column: In<any>): SortOrder => keyOf("asc_nulls_last", column).asc({ nulls: "last" });
/** For orderBy: descending; NULLs come last. */
export const desc = (column: In<any>): SortOrder => keyOf("desc", column).desc();
export const desc_nulls_first = (column: In<any>): SortOrder =>
  keyOf("desc_nulls_first", column).desc({ nulls: "first" });
export const desc_nulls_last = (column: In<any>): SortOrder => keyOf("desc_nulls_last", column).desc();

/** The function of this name: `F.call_function("upper", f.name)`. */
export const call_function = (name: string, ...args: readonly In<any>[]): Column<any> =>
  fnOf(name, ...args.map((arg) => (typeof arg === "string" ? expressionOf(name, arg, 1) : operand(arg))));
