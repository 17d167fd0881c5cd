import type { Expression } from "../../plan/expressions.ts";
import { type Duration, durationText } from "../../plan/interval.ts";
import { FIELD_MICROS } from "../../plan/interval-types.ts";
import { type Column, type ColumnName, isColumn, operand } from "../column.ts";
import { lambda } from "../lambda.ts";
import type { ColumnIn, ItemType } from "../nested-types.ts";
import type { Common, Literal, NullIn, TypeOf } from "../operands.ts";
import type * as Sql from "../types.ts";
import { type CommonOf, expressionOf, fn, fnOf, type In, type NullOf, type Of, text } from "./call.ts";

type List = In<Sql.Array<any>>;
type MapIn = In<Sql.Map<any, any>>;
type Whole = In<Sql.Integral> | number;
/** A constant or a column; a string is text, not the name of a column. */
type Value = Literal | Column<any, any>;
type ElementOf<A> = Exclude<ItemType<Of<A>>, null>;
type ListWith<A, V> = Column<Sql.Array<Common<ItemType<Of<A>>, TypeOf<V>>> | NullOf<A>>;
type NullOfValue<V> = NullIn<TypeOf<V>>;

const value = (given: unknown) => (typeof given === "string" ? text(given) : given);

/** The array with another element at its end. */
export const array_append = <A extends List, const V extends Value>(list: A, item: V): ListWith<A, V> =>
  fn("array_append", list, value(item));
/** The array with another element at its beginning. */
export const array_prepend = <A extends List, const V extends Value>(list: A, item: V): ListWith<A, V> =>
  fn("array_prepend", list, value(item));
/** The array with an element put in at a position, from 1, or from the end if negative. */
export const array_insert = <A extends List, const V extends Value>(
  list: A,
  position: Whole,
  item: V,
): Column<Sql.Array<Common<ItemType<Of<A>>, TypeOf<V>> | null> | null> =>
  fn("array_insert", list, position, value(item));
/** The elements without NULLs. */
export const array_compact = <A extends List>(list: A): Column<Sql.Array<ElementOf<A>> | NullOf<A>> =>
  fn("array_compact", list);
/** Each element once, in the order in which they first stand. */
export const array_distinct = <A extends List>(list: A): Column<Of<A>> => fn("array_distinct", list);
/** The elements that the other array has not, each once. */
export const array_except = <A extends List, B extends List>(a: A, b: B): Column<Common<Of<A>, Of<B>>> =>
  fn("array_except", a, b);
/** The elements that both arrays have, each once. */
export const array_intersect = <A extends List, B extends List>(a: A, b: B): Column<Common<Of<A>, Of<B>>> =>
  fn("array_intersect", a, b);
/** The elements of both arrays, each once. */
export const array_union = <A extends List, B extends List>(a: A, b: B): Column<Common<Of<A>, Of<B>>> =>
  fn("array_union", a, b);
/** Whether both arrays have an element in common; NULL if only a NULL may be one. */
export const arrays_overlap = (a: List, b: List): Column<Sql.Boolean | null> => fn("arrays_overlap", a, b);
/** The largest element. */
export const array_max = <A extends List>(list: A): ColumnIn<ElementOf<A> | null> =>
  fn<any>("array_max", list) as ColumnIn<ElementOf<A> | null>;
/** The smallest element. */
export const array_min = <A extends List>(list: A): ColumnIn<ElementOf<A> | null> =>
  fn<any>("array_min", list) as ColumnIn<ElementOf<A> | null>;
/** Where the value first stands, from 1; 0 if nowhere. */
export const array_position = <A extends List, const V extends Value>(
  list: A,
  item: V,
): Column<Sql.Long | NullOf<A> | NullOfValue<V>> => fn("array_position", list, value(item));
/** The array without the elements that equal the value. */
export const array_remove = <A extends List, const V extends Value>(list: A, item: V): Column<Of<A> | NullOfValue<V>> =>
  fn("array_remove", list, value(item));
/** An array of `count` times the value. */
export const array_repeat = <const V extends In<any> | Exclude<Literal, string>>(
  item: V,
  count: Whole,
): Column<Sql.Array<V extends string ? any : TypeOf<V>> | null> => fn("array_repeat", item, count);
/** The number of elements. */
export const array_size = <A extends List>(list: A): Column<Sql.Int | NullOf<A>> => fn("array_size", list);
/** An array of structs of the elements at the same position; their fields have the names of the columns. */
export const arrays_zip = <A extends readonly [List, ...List[]]>(
  ...lists: A
): Column<Sql.Array<Sql.Struct<Zipped<A>>> | NullOf<A[number]>> => fn("arrays_zip", ...lists);
type NameIn<C> = C extends string ? C : C extends Column<any, any> ? ColumnName<C> : never;
type Zipped<A extends readonly unknown[]> =
  string extends NameIn<A[number]> ? any : { [C in A[number] as NameIn<C>]: ItemType<Of<C>> | null };
/** The elements of the arrays in an array. */
export const flatten = <A extends In<Sql.Array<any>>>(lists: A): Column<ItemType<Of<A>> | null> => fn("flatten", lists);
/**
 * The numbers, dates or times from `start` to `stop`, both included. Between dates and times a step has months and years, or
 * days and less: `{ months: 1 }`, `{ hours: 12 }`, `expr("INTERVAL 1 MONTH")`; without one they are days.
 */
export const sequence = <
  A extends In<Sql.Integral | Sql.Temporal> | number,
  B extends In<Sql.Integral | Sql.Temporal> | number,
>(
  start: A,
  stop: B,
  step?: Whole | Duration,
): Column<Sql.Array<Exclude<Common<Bound<A>, Bound<B>>, null>> | null> => fn("sequence", start, stop, stepOf(step));
function stepOf(step: Whole | Duration | undefined): unknown {
  if (typeof step !== "object") return step;
  if (!isColumn(step)) return text(durationText(step));
  const expression = operand(step);
  if (expression.kind !== "literal" || expression.value === null) return step;
  const { type, value } = expression;
  if (type.kind === "year_month_interval") return text(`${value} months`);
  if (type.kind !== "day_time_interval") return step;
  const [day] = FIELD_MICROS;
  return text(`${BigInt(value as bigint) / day} days ${BigInt(value as bigint) % day} microseconds`);
}
type Bound<A> = A extends string ? any : TypeOf<A>;
/** The elements in another order each time; with a seed as rand has it. */
export const shuffle = <A extends List>(list: A, seed?: number): Column<Of<A>> => fn("shuffle", list, seed);
/** `length` elements from `start` on, which counts from 1, or from the end if negative. */
export const slice = <A extends List>(list: A, start: Whole, length: Whole): Column<Of<A>> =>
  fn("slice", list, start, length);
/** The elements in order, NULLs first; from the largest on, NULLs last, if `ascending` is false. */
export const sort_array = <A extends List>(list: A, ascending?: boolean): Column<Of<A>> =>
  fn("sort_array", list, ascending);
/**
 * The elements in order, NULLs last. A callback may compare two of them: a negative INT, 0 or a positive one says whether the
 * first comes before, beside or behind the second: `F.array_sort(f.words, (x, y) => F.length(x).minus(F.length(y)))`. On DuckDB
 * it is called for each two elements.
 */
export const array_sort = <A extends List>(
  list: A,
  compare?: (x: ColumnIn<ItemType<Of<A>> | null>, y: ColumnIn<ItemType<Of<A>> | null>) => Column<Sql.Int | null, any>,
): Column<Of<A>> => {
  const of: Expression = expressionOf("array_sort", list, 1);
  if (compare === undefined) return fnOf("array_sort", of);
  return fnOf(
    "array_sort",
    of,
    lambda("array_sort", compare, [
      { name: "x", part: "first", of },
      { name: "y", part: "second", of },
    ]),
  );
};
/** As element_at, but NULL beyond the array. */
export const try_element_at = <A extends In<Sql.Array<any> | Sql.Map<any, any>>>(
  collection: A,
  key: unknown,
): ColumnIn<ItemType<Of<A>> | null> =>
  fn<any>("try_element_at", collection, value(key)) as ColumnIn<ItemType<Of<A>> | null>;

/** A struct of names and values in turn: `F.named_struct("x", f.a, "y", f.b.plus(1))`. */
export const named_struct = (...namesAndValues: readonly (string | Column<any, any>)[]): Column<Sql.Struct<any>> => {
  const args = namesAndValues.flatMap((given, index): Expression[] => {
    const name = namesAndValues[index - 1];
    if (index % 2 === 0) return [];
    const expression = typeof name === "string" ? undefined : operand(name);
    const text = expression?.kind === "literal" ? String(expression.value) : String(name);
    return [{ kind: "alias", input: expressionOf("named_struct", given, index + 1), name: text }];
  });
  return fnOf("struct", ...args);
};

type Pairs<A extends readonly unknown[], Keys extends boolean> = A extends readonly [infer K, infer V, ...infer Rest]
  ? [Keys extends true ? K : V, ...Pairs<Rest, Keys>]
  : [];
/** A map of keys and values in turn. */
export const create_map = <A extends readonly In<any>[]>(
  ...keysAndValues: A
): Column<Sql.Map<Exclude<CommonOf<Pairs<A, true>>, null>, CommonOf<Pairs<A, false>>>> =>
  fn("create_map", ...keysAndValues);
/** The entries of all maps; an error for a key that two have. */
export const map_concat = <A extends MapIn>(first: A, ...more: readonly MapIn[]): Column<Of<A> | null> =>
  fn("map_concat", first, ...more);
/** Whether the map has the key. */
export const map_contains_key = <A extends MapIn>(map: A, key: Value): Column<Sql.Boolean | NullOf<A>> =>
  fn("map_contains_key", map, value(key));
/** A map of an array of keys and one of values. */
export const map_from_arrays = <A extends List, B extends List>(
  keys: A,
  values: B,
): Column<Sql.Map<ElementOf<A>, ItemType<Of<B>>> | NullOf<A | B>> => fn("map_from_arrays", keys, values);
/** A map of an array of structs of a key and a value. */
export const map_from_entries = (entries: List): Column<Sql.Map<any, any> | null> => fn("map_from_entries", entries);
/** A map of text such as "a:1,b:2"; the separators are regular expressions. */
export const str_to_map = <A extends In<Sql.String>>(
  s: A,
  betweenPairs?: string,
  betweenKeyAndValue?: string,
): Column<Sql.Map<Sql.String, Sql.String | null> | NullOf<A>> =>
  fn("str_to_map", s, text(betweenPairs), text(betweenKeyAndValue));
