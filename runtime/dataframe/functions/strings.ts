import type { Column } from "../column.ts";
import type { Literal } from "../operands.ts";
import type * as Sql from "../types.ts";
import { type CommonOf, fn, type In, type NullOf, type Of, text } from "./call.ts";

type S = In<Sql.String>;
/** A column, or text; not the name of a column. */
type Text = Column<Sql.String | null, any> | string;
type NullOfText<T> = NullOf<Exclude<T, string>>;
/** What is turned to text by itself. */
type AnyText = In<any> | Exclude<Literal, string>;
type AnyNull<A> = Column<Sql.String | NullOf<Exclude<A, Exclude<Literal, string>>>>;

type Lists = readonly [Column<Sql.Array<any> | null, any>, ...Column<Sql.Array<any> | null, any>[]];
/** These one after the other, texts or arrays; NULL if any is. Strings name columns: use lit("-") for text. */
export const concat = <A extends readonly AnyText[]>(
  ...parts: A
): 0 extends 1 & Of<A[0]> ? AnyNull<A[number]> : A extends Lists ? Column<CommonOf<A>> : AnyNull<A[number]> =>
  fn<any>("concat", ...parts) as never;
/** These with a separator between them, NULLs left out. */
export const concat_ws = (separator: string, ...parts: readonly AnyText[]): Column<Sql.String> =>
  fn("concat_ws", text(separator), ...parts);
export const upper = <A extends S>(s: A): Column<Sql.String | NullOf<A>> => fn("upper", s);
export const lower = <A extends S>(s: A): Column<Sql.String | NullOf<A>> => fn("lower", s);
/** Each word with a capital. */
export const initcap = <A extends S>(s: A): Column<Sql.String | NullOf<A>> => fn("initcap", s);
/** The characters, or the elements of an array, from the last to the first. */
export const reverse = <A extends S | In<Sql.Array<any>>>(
  s: A,
): Column<0 extends 1 & Of<A> ? any : Exclude<Of<A>, null> extends Sql.Array<any> ? Of<A> : Sql.String | NullOf<A>> =>
  fn("reverse", s);
/** Without spaces, or without these characters, at both ends. */
export const trim = <A extends S, T extends Text = string>(
  s: A,
  characters?: T,
): Column<Sql.String | NullOf<A> | NullOfText<T>> => fn("trim", s, text(characters));
export const ltrim = <A extends S, T extends Text = string>(
  s: A,
  characters?: T,
): Column<Sql.String | NullOf<A> | NullOfText<T>> => fn("ltrim", s, text(characters));
export const rtrim = <A extends S, T extends Text = string>(
  s: A,
  characters?: T,
): Column<Sql.String | NullOf<A> | NullOfText<T>> => fn("rtrim", s, text(characters));
/** The number of characters, or of bytes. */
export const length = <A extends In<Sql.String | Sql.Binary>>(s: A): Column<Sql.Int | NullOf<A>> => fn("length", s);
/** `length` characters from `start`, which counts from 1, or from the end if negative. */
export const substring = <A extends S>(
  s: A,
  start: number | Column<Sql.Integral | null, any>,
  length?: number | Column<Sql.Integral | null, any>,
): Column<Sql.String | NullOf<A>> => fn("substring", s, start, length);
/** Every `search` replaced, or removed. */
export const replace = <A extends S, T extends Text, R extends Text = string>(
  s: A,
  search: T,
  replacement?: R,
): Column<Sql.String | NullOf<A> | NullOfText<T | R>> => fn("replace", s, text(search), text(replacement));
/** Every match of the regular expression replaced; `$1` is its first group. */
export const regexp_replace = <A extends S, T extends Text, R extends Text>(
  s: A,
  pattern: T,
  replacement: R,
): Column<Sql.String | NullOf<A> | NullOfText<T | R>> => fn("regexp_replace", s, text(pattern), text(replacement));
/** The text of a group (1) of the first match, 0 for all of it; "" without a match. */
export const regexp_extract = <A extends S>(s: A, pattern: string, group?: number): Column<Sql.String | NullOf<A>> =>
  fn("regexp_extract", s, text(pattern), group);
/**
 * The parts between the matches of a regular expression; at most `limit` of them if it is above 0, the last one with all
 * that is left.
 */
export const split = <A extends S, const L extends number | Column<Sql.Integral | null, any> = number>(
  s: A,
  pattern: string | Column<Sql.String, any>,
  limit?: L,
): Column<Sql.Array<Sql.String> | NullOf<A | Exclude<L, number>>> =>
  fn("split", s, typeof pattern === "string" ? text(pattern) : pattern, limit);
type Length = number | Column<Sql.Integral | null, any>;
/** Filled up on the left to `length` characters, or cut to them. */
export const lpad = <A extends S, L extends Length, T extends Text = string>(
  s: A,
  length: L,
  filling?: T,
): Column<Sql.String | NullOf<A> | NullOf<Exclude<L, number>> | NullOfText<T>> =>
  fn("lpad", s, length, text(filling ?? " "));
export const rpad = <A extends S, L extends Length, T extends Text = string>(
  s: A,
  length: L,
  filling?: T,
): Column<Sql.String | NullOf<A> | NullOf<Exclude<L, number>> | NullOfText<T>> =>
  fn("rpad", s, length, text(filling ?? " "));
/** Where `search` is first found, from 1; 0 if nowhere. */
export const instr = <A extends S, T extends Text>(s: A, search: T): Column<Sql.Int | NullOf<A> | NullOfText<T>> =>
  fn("instr", s, text(search));
export const repeat = <A extends S>(
  s: A,
  times: number | Column<Sql.Integral | null, any>,
): Column<Sql.String | NullOf<A>> => fn("repeat", s, times);
/** The text holds `search`. */
export const contains = <A extends S>(s: A, search: S): Column<Sql.Boolean | NullOf<A>> => fn("contains", s, search);
export const startswith = <A extends S>(s: A, prefix: S): Column<Sql.Boolean | NullOf<A>> =>
  fn("startswith", s, prefix);
export const endswith = <A extends S>(s: A, suffix: S): Column<Sql.Boolean | NullOf<A>> => fn("endswith", s, suffix);
