import type { Column } from "../column.ts";
import type * as Sql from "../types.ts";
import { type CommonOf, fn, type In, type NullOf, type Of } from "./call.ts";

type N = In<Sql.Numeric>;
type Whole<T> = 0 extends 1 & T ? any : T extends null ? null : T extends Sql.Decimal ? Sql.Decimal : Sql.Long;

export const abs = <A extends In<Sql.Measure>>(x: A): Column<Of<A>> => fn("abs", x);
/** What rounding up and down gives: a LONG, of a DECIMAL a DECIMAL; with a number of places always a DECIMAL. */
export type WholeOf<A, P> = undefined extends P ? Whole<Of<A>> : 0 extends 1 & Of<A> ? any : Sql.Decimal | NullOf<A>;
/** The next whole number above, as LONG; with `places`, the next number above of so many digits behind the point, as DECIMAL. */
export const ceil = <A extends N, P extends number | undefined = undefined>(x: A, places?: P): Column<WholeOf<A, P>> =>
  fn("ceil", x, places);
/** The next whole number below, as LONG; with `places`, the next number below of so many digits behind the point, as DECIMAL. */
export const floor = <A extends N, P extends number | undefined = undefined>(x: A, places?: P): Column<WholeOf<A, P>> =>
  fn("floor", x, places);
/** Rounds to `places` digits behind the point (0), halves away from zero; the type stays. */
export const round = <A extends N>(x: A, places?: number): Column<Of<A>> => fn("round", x, places);
export const sqrt = <A extends N>(x: A): Column<Sql.Double | NullOf<A>> => fn("sqrt", x);
export const exp = <A extends N>(x: A): Column<Sql.Double | NullOf<A>> => fn("exp", x);
/** The natural logarithm; NULL where x is not above 0. */
export const ln = (x: N): Column<Sql.Double | null> => fn("ln", x);
/** The natural logarithm, or with two arguments the logarithm of the second to the base of the first. */
export const log = (baseOrX: N | number, x?: N): Column<Sql.Double | null> => fn("log", baseOrX, x);
export const log10 = (x: N): Column<Sql.Double | null> => fn("log10", x);
export const log2 = (x: N): Column<Sql.Double | null> => fn("log2", x);
export const pow = <A extends N | number, B extends N | number>(
  base: A,
  exponent: B,
): Column<Sql.Double | NullOf<Exclude<A | B, number>>> => fn("pow", base, exponent);
/** -1, 0 or 1. */
export const sign = <A extends N>(x: A): Column<Sql.Double | NullOf<A>> => fn("sign", x);
export const signum = <A extends N>(x: A): Column<Sql.Double | NullOf<A>> => fn("signum", x);
/** The largest of these, NULLs left out. */
export const greatest = <A extends readonly [In<any>, In<any>, ...In<any>[]]>(...columns: A): Column<Extreme<A>> =>
  fn("greatest", ...columns);
/** The smallest of these, NULLs left out. */
export const least = <A extends readonly [In<any>, In<any>, ...In<any>[]]>(...columns: A): Column<Extreme<A>> =>
  fn("least", ...columns);
type Extreme<A extends readonly unknown[]> = CommonOf<A>;
/**
 * A random number from 0 up to 1, another one for every row. With a seed they are the same in each query of the same rows in
 * the same order, but not the same on both engines; such a call stands in select, withColumn and orderBy.
 */
export const rand = (seed?: number): Column<Sql.Double> => fn("rand", seed);
