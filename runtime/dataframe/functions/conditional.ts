import type { Column } from "../column.ts";
import type { Common, Literal, TypeOf } from "../operands.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type Of } from "./call.ts";

/** A column, the name of one, or a constant that is no text. */
type Value = In<any> | Exclude<Literal, string>;
type TypeOfValue<A> = A extends string ? any : TypeOf<A>;

/** The first that is not NULL. */
export const coalesce = <const A extends readonly Value[]>(...values: A): Column<Coalesced<A>> =>
  fn("coalesce", ...values);
// NULL only if all may be: one value that never is makes the whole so.
type Coalesced<A extends readonly unknown[]> =
  NeverNull<A> extends true ? Exclude<CommonOfValues<A>, null> : CommonOfValues<A>;
type NeverNull<A extends readonly unknown[]> = A extends readonly [infer First, ...infer Rest]
  ? null extends TypeOfValue<First>
    ? NeverNull<Rest>
    : true
  : false;
type CommonOfValues<A extends readonly unknown[], T = never> = A extends readonly [infer First, ...infer Rest]
  ? CommonOfValues<Rest, Common<T, TypeOfValue<First>>>
  : number extends A["length"]
    ? TypeOfValue<A[number]>
    : T;

export const ifnull = <A extends Value, const B extends Value>(value: A, otherwise: B): Column<Coalesced<[A, B]>> =>
  fn("ifnull", value, otherwise);
export const nvl = <A extends Value, const B extends Value>(value: A, otherwise: B): Column<Coalesced<[A, B]>> =>
  fn("nvl", value, otherwise);
/** NULL where both are equal, else the first. */
export const nullif = <A extends In<any>>(value: A, other: Value): Column<Of<A> | null> => fn("nullif", value, other);
export const isnull = (value: In<any>): Column<Sql.Boolean> => fn("isnull", value);
export const isnotnull = (value: In<any>): Column<Sql.Boolean> => fn("isnotnull", value);
export const isnan = (value: In<Sql.Numeric>): Column<Sql.Boolean> => fn("isnan", value);
/** The second where the first is NaN. */
export const nanvl = (value: In<Sql.Numeric>, otherwise: In<Sql.Numeric> | number): Column<Sql.Double | null> =>
  fn("nanvl", value, otherwise);
/** The opposite of a condition. */
export const not = (condition: In<Sql.Boolean>): Column<Sql.Boolean | null> => fn("not", condition);
