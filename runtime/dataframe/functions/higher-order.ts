import type { Expression } from "../../plan/expressions.ts";
import type { Column, ColumnType } from "../column.ts";
import { type Callback, lambda, type Parameter } from "../lambda.ts";
import type { ColumnIn, ItemType } from "../nested-types.ts";
import type { Literal, NullIn, TypeOf } from "../operands.ts";
import type * as Sql from "../types.ts";
import { expressionOf, fnOf, type In, type Of } from "./call.ts";

type List = In<Sql.Array<any>>;
type MapIn = In<Sql.Map<any, any>>;
type Any = Column<any, any>;
type Condition = Column<Sql.Boolean | null, any>;

/** What a callback is given for an element: it may be NULL. */
type Element<A> = ColumnIn<ItemType<Of<A>> | null>;
type Key<A> = 0 extends 1 & Of<A> ? any : Exclude<Of<A>, null> extends Sql.Map<infer K, any> ? ColumnIn<K> : any;
type KeyOf<A> = 0 extends 1 & Of<A> ? any : Exclude<Of<A>, null> extends Sql.Map<infer K, any> ? K : any;
type ValueOf<A> = ItemType<Of<A>>;
type NullOf<A> = 0 extends 1 & Of<A> ? null : NullIn<Of<A>>;
type Index = Column<Sql.Int>;
/** A constant or a column. */
type Start = Literal | Any;

const element = (of: Expression, name = "x"): Parameter => ({ name, part: "element", of });
const entry = (of: Expression): Parameter[] => [
  { name: "k", part: "key", of },
  { name: "v", part: "value", of },
];
const withIndex = (of: Expression, callback: Callback): Parameter[] =>
  callback.length < 2 ? [element(of)] : [element(of), { name: "i", part: "index", of }];

function overList<T>(name: string, list: unknown, callback: Callback, index: "index" | "no index"): Column<T> {
  const of = expressionOf(name, list, 1);
  return fnOf(name, of, lambda(name, callback, index === "index" ? withIndex(of, callback) : [element(of)]));
}

function overMap<T>(name: string, map: unknown, callback: Callback): Column<T> {
  const of = expressionOf(name, map, 1);
  return fnOf(name, of, lambda(name, callback, entry(of)));
}

/** The elements as the callback makes them; it gets the element, and its position from 0 if it takes two arguments. */
export const transform = <A extends List, R extends Any>(
  list: A,
  callback: (x: Element<A>, index: Index) => R,
): Column<Sql.Array<ColumnType<R>> | NullOf<A>> => overList("transform", list, callback, "index");
/** The elements for which the condition is true. */
export const filter = <A extends List>(list: A, condition: (x: Element<A>, index: Index) => Condition): Column<Of<A>> =>
  overList("filter", list, condition, "index");
/** Whether the condition is true for any element. */
export const exists = <A extends List>(list: A, condition: (x: Element<A>) => Condition): Column<Sql.Boolean | null> =>
  overList("exists", list, condition, "no index");
/** Whether the condition is true for all elements. */
export const forall = <A extends List>(list: A, condition: (x: Element<A>) => Condition): Column<Sql.Boolean | null> =>
  overList("forall", list, condition, "no index");

/**
 * What comes of the elements one after the other: `F.aggregate(f.list, lit(0), (sum, x) => sum.plus(x))`. The callback
 * gives the type of the start, and `finish` makes the result of what has come out.
 */
export const aggregate = <A extends List, const S extends Start, R = ColumnIn<TypeOf<S> | null>>(
  list: A,
  start: S,
  merge: (accumulated: ColumnIn<TypeOf<S> | null>, x: Element<A>) => Any,
  finish?: (accumulated: ColumnIn<TypeOf<S> | null>) => R,
): R extends Any ? Column<ColumnType<R> | null> : never => reduction("aggregate", list, start, merge, finish);
/** As aggregate. */
export const reduce = <A extends List, const S extends Start, R = ColumnIn<TypeOf<S> | null>>(
  list: A,
  start: S,
  merge: (accumulated: ColumnIn<TypeOf<S> | null>, x: Element<A>) => Any,
  finish?: (accumulated: ColumnIn<TypeOf<S> | null>) => R,
): R extends Any ? Column<ColumnType<R> | null> : never => reduction("reduce", list, start, merge, finish);

function reduction(name: string, list: unknown, start: unknown, merge: Callback, finish: Callback | undefined): any {
  const of = expressionOf(name, list, 1);
  const first = expressionOf(name, start, 2, "a string is text");
  const step = lambda(name, merge, [
    { name: "a", part: "accumulator", of: first },
    { name: "x", part: "item", of },
  ]);
  if (finish === undefined) return fnOf(name, of, first, step);
  return fnOf(name, of, first, step, lambda(name, finish, [{ name: "a", part: "result", of: first }]));
}

/** The elements of two arrays, pair by pair; the shorter one is filled up with NULL. */
export const zip_with = <A extends List, B extends List, R extends Any>(
  left: A,
  right: B,
  callback: (x: Element<A>, y: Element<B>) => R,
): Column<Sql.Array<ColumnType<R>> | NullOf<A> | NullOf<B>> => {
  const [a, b] = [expressionOf("zip_with", left, 1), expressionOf("zip_with", right, 2)];
  return fnOf(
    "zip_with",
    a,
    b,
    lambda("zip_with", callback, [
      { name: "x", part: "first", of: a },
      { name: "y", part: "second", of: b },
    ]),
  );
};

/** The entries for which the condition is true. */
export const map_filter = <A extends MapIn>(
  map: A,
  condition: (key: Key<A>, value: Element<A>) => Condition,
): Column<Of<A>> => overMap("map_filter", map, condition);
/** A map with keys that the callback makes; an error if two are equal or one is NULL. */
export const transform_keys = <A extends MapIn, R extends Any>(
  map: A,
  callback: (key: Key<A>, value: Element<A>) => R,
): Column<Sql.Map<Exclude<ColumnType<R>, null>, ValueOf<A>> | NullOf<A>> => overMap("transform_keys", map, callback);
/** A map with values that the callback makes. */
export const transform_values = <A extends MapIn, R extends Any>(
  map: A,
  callback: (key: Key<A>, value: Element<A>) => R,
): Column<Sql.Map<KeyOf<A>, ColumnType<R>> | NullOf<A>> => overMap("transform_values", map, callback);
/** A map of the keys of both, with values that the callback makes of theirs; NULL stands for a value that is not there. */
export const map_zip_with = <A extends MapIn, B extends MapIn, R extends Any>(
  left: A,
  right: B,
  callback: (key: Key<A>, left: Element<A>, right: Element<B>) => R,
): Column<Sql.Map<KeyOf<A>, ColumnType<R>> | NullOf<A> | NullOf<B>> => {
  const [a, b] = [expressionOf("map_zip_with", left, 1), expressionOf("map_zip_with", right, 2)];
  return fnOf(
    "map_zip_with",
    a,
    b,
    lambda("map_zip_with", callback, [
      { name: "k", part: "key", of: a },
      { name: "v", part: "left value", of: a },
      { name: "w", part: "right value", of: b },
    ]),
  );
};
