import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { expressionText } from "../plan/expression-text.ts";
import type { Expression } from "../plan/expressions.ts";
import { hideSecrets } from "../secrets.ts";
import { type CastType, castTo, type KnownType, type NullOfNaN, type TypeNamed } from "./cast.ts";
import { literal } from "./literal.ts";
import type { ColumnIn, FieldName, FieldType, ItemKey, ItemType, WithField, WithoutFields } from "./nested-types.ts";
import type {
  Addend,
  Arithmetic,
  Comparable,
  Condition,
  Difference,
  Factor,
  Literal,
  NullIn,
  NullOfOperand,
  NumberOperand,
  Product,
  Quotient,
  Subtrahend,
  Sum,
  TypeOf,
  WholeOperand,
} from "./operands.ts";
import { type FrameLike, isFrame, subqueryOf } from "./pending-subqueries.ts";
import { SortOrder } from "./sort-order.ts";
import { dropFields, withField } from "./struct-fields.ts";
import type * as Sql from "./types.ts";
import type { WindowSpec } from "./window.ts";

declare const type: unique symbol;
declare const columnName: unique symbol;

// Asked of the properties themselves: inferred from a struct's column, T would be the types of its fields too.
/** The SQL type of a column. */
export type ColumnType<C extends Column<any, any>> = C[typeof type];
/** The name of a column, `string` where it is not known. */
export type ColumnName<C extends Column<any, any>> = C[typeof columnName];

/**
 * An expression over columns of SQL type T; N is its name, where it has one that is known. It has no value until an
 * action runs it: JavaScript's operators do not work on it, its methods do.
 */
// @ts-expect-error T only ever comes out; TypeScript cannot see it through the conditional types of the parameters.
export class Column<out T = any, out N extends string = string> {
  declare readonly [type]: T;
  declare readonly [columnName]: N;

  /** Equal; NULL if either is NULL. */
  eq<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("eq", this, other);
  }
  ne<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("ne", this, other);
  }
  lt<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("lt", this, other);
  }
  le<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("le", this, other);
  }
  gt<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("gt", this, other);
  }
  ge<V extends Comparable<T>>(other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("ge", this, other);
  }
  /** Equal, or both NULL; never NULL itself. */
  eqNullSafe(other: Comparable<T> | null): Column<Sql.Boolean> {
    return binary("eqNullSafe", this, other);
  }
  /** From `low` to `high`, both included. */
  between<A extends Comparable<T>, B extends Comparable<T>>(
    low: A,
    high: B,
  ): Column<Sql.Boolean | NullIn<T> | NullOfOperand<A> | NullOfOperand<B>> {
    return makeColumn(call("between", operand(this), operand(low), operand(high)));
  }
  /** Among these values, or those of a frame's only column: `isin("a", "b")`, `isin(["a", "b"])`, `isin(late.select("id"))`. */
  isin(frame: FrameLike): Column<Sql.Boolean | null>;
  isin(...values: readonly Comparable<T>[] | readonly [readonly Comparable<T>[]]): Column<Sql.Boolean | NullIn<T>>;
  isin(...values: readonly unknown[]): Column<any> {
    const [only] = values;
    if (values.length === 1 && isFrame(only)) return makeColumn(subqueryOf(only, "in", operand(this)));
    const list = (values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as readonly unknown[];
    return makeColumn(call("isin", operand(this), ...list.map(operand)));
  }
  isNull(): Column<Sql.Boolean> {
    return makeColumn(call("isNull", operand(this)));
  }
  isNotNull(): Column<Sql.Boolean> {
    return makeColumn(call("isNotNull", operand(this)));
  }
  isNaN(): Column<Sql.Boolean> {
    return makeColumn(call("isNaN", operand(this)));
  }

  and<V extends Condition | boolean>(this: Condition, other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("and", this, other);
  }
  or<V extends Condition | boolean>(this: Condition, other: V): Column<Sql.Boolean | NullIn<T> | NullOfOperand<V>> {
    return binary("or", this, other);
  }
  not(this: Condition): Column<Sql.Boolean | NullIn<T>> {
    return makeColumn(call("not", operand(this)));
  }

  plus<const V extends Addend>(other: V): Column<Sum<T, TypeOf<V>>> {
    return binary("add", this, other);
  }
  minus<const V extends Subtrahend>(other: V): Column<Difference<T, TypeOf<V>>> {
    return binary("subtract", this, other);
  }
  times<const V extends Factor>(other: V): Column<Product<T, TypeOf<V>>> {
    return binary("multiply", this, other);
  }
  /** `/`: of integers too the exact quotient, as DOUBLE; an error if the divisor is 0. */
  div<const V extends NumberOperand>(other: V): Column<Quotient<T, TypeOf<V>>> {
    return binary("divide", this, other);
  }
  /** `%`: the remainder, with the sign of the dividend. */
  mod<const V extends NumberOperand>(other: V): Column<Arithmetic<T, TypeOf<V>>> {
    return binary("modulo", this, other);
  }

  /** SQL's LIKE: `%` any text, `_` one character, `\` escapes. */
  like(pattern: string): Column<Sql.Boolean | NullIn<T>> {
    return binary("like", this, pattern);
  }
  /** LIKE, ignoring case. */
  ilike(pattern: string): Column<Sql.Boolean | NullIn<T>> {
    return binary("ilike", this, pattern);
  }
  /** The regular expression matches some part of the text. */
  rlike(pattern: string): Column<Sql.Boolean | NullIn<T>> {
    return binary("rlike", this, pattern);
  }
  contains(text: string | Column<Sql.String | null, any>): Column<Sql.Boolean | NullIn<T>> {
    return binary("contains", this, text);
  }
  startsWith(text: string | Column<Sql.String | null, any>): Column<Sql.Boolean | NullIn<T>> {
    return binary("startsWith", this, text);
  }
  endsWith(text: string | Column<Sql.String | null, any>): Column<Sql.Boolean | NullIn<T>> {
    return binary("endsWith", this, text);
  }
  /** The same as startsWith. */
  startswith(text: string | Column<Sql.String | null, any>): Column<Sql.Boolean | NullIn<T>> {
    return this.startsWith(text);
  }
  /** The same as endsWith. */
  endswith(text: string | Column<Sql.String | null, any>): Column<Sql.Boolean | NullIn<T>> {
    return this.endsWith(text);
  }
  /** `length` characters from `start`, which counts from 1, or from the end if negative. */
  substr<A extends number | Column<Sql.Integral | null, any>, B extends number | Column<Sql.Integral | null, any>>(
    start: A,
    length: B,
  ): Column<Sql.String | NullIn<T> | NullOfOperand<A> | NullOfOperand<B>> {
    return makeColumn(call("substring", operand(this), operand(start), operand(length)));
  }

  /** The value as another type: "int", "decimal(10,2)", "array<string>". An error where a value does not fit. */
  cast<const K extends CastType>(to: KnownType<K>): Column<TypeNamed<K> | NullIn<T> | NullOfNaN<T, K>, N> {
    return makeColumn(castTo(operand(this), to as CastType, "fail"));
  }
  /** As cast, but NULL where a value does not fit. */
  tryCast<const K extends CastType>(to: KnownType<K>): Column<TypeNamed<K> | null, N> {
    return makeColumn(castTo(operand(this), to as CastType, "null"));
  }
  /** As tryCast and cast. */
  try_cast<const K extends CastType>(to: KnownType<K>): Column<TypeNamed<K> | null, N> {
    return this.tryCast(to);
  }
  astype<const K extends CastType>(to: KnownType<K>): Column<TypeNamed<K> | NullIn<T> | NullOfNaN<T, K>, N> {
    return this.cast(to);
  }
  alias<const A extends string>(name: A): Column<T, A>;
  alias(name: string, ...more: readonly unknown[]): Column<any, any> {
    const input = operand(this);
    if (typeof name !== "string" || more.length > 0)
      throw new AnalysisError(
        "ALIAS",
        `alias(${[name, ...more].map((each) => inspect(each, { depth: 0 })).join(", ")}): ${expressionText(input)} is one column, and takes one name. Several are for expressions that give several columns, as F.posexplode.`,
      );
    return makeColumn({ kind: "alias", input: input.kind === "alias" ? input.input : input, name });
  }

  /** In a frame that becomes part of another by exists(), scalar() or lateralJoin: the column of the rows around it. */
  outer(): Column<T, N> {
    const expression = operand(this);
    if (expression.kind !== "column")
      throw new AnalysisError(
        "OUTER",
        `outer() follows the name of a column, as col("id").outer(), not ${expressionText(expression)}`,
      );
    return makeColumn({ ...expression, side: "outer" });
  }

  /** A field of a struct, by a name that may be anything; of an array of structs an array of it, of a map the value of the key. */
  getField<const K extends FieldName<T>>(name: K): ColumnIn<FieldType<T, K> | NullIn<T>, K> {
    return makeColumn({ kind: "field", input: operand(this), name }) as ColumnIn<FieldType<T, K> | NullIn<T>, K>;
  }
  /** An element of an array, counted from 0, or the value of a map's key. */
  getItem(key: ItemKey<T>): ColumnIn<ItemType<T> | null> {
    return binary("getItem", this, key) as ColumnIn<ItemType<T> | null>;
  }

  /** The struct with another value in a field, or with one more; a dot leads into structs in it: "address.city". */
  withField<const K extends string, const V extends Literal | Column<any, any>>(
    name: K,
    value: V,
  ): ColumnIn<WithField<T, K, TypeOf<V>>> {
    return makeColumn(withField(operand(this), name, operand(value))) as ColumnIn<WithField<T, K, TypeOf<V>>>;
  }
  /** The struct without these fields. */
  dropFields<const K extends string>(...names: readonly [K, ...K[]]): ColumnIn<WithoutFields<T, K>> {
    return makeColumn(dropFields(operand(this), names)) as ColumnIn<WithoutFields<T, K>>;
  }
  /** What a function makes of this column. */
  transform<R extends Column<any, any>>(change: (column: Column<T, N>) => R): R {
    return change(this);
  }

  /** The bits that both have. */
  bitwiseAND<const V extends WholeOperand>(other: V): Column<Arithmetic<T, TypeOf<V>>> {
    return binary("bitwiseAND", this, other);
  }
  /** The bits that one of both has. */
  bitwiseOR<const V extends WholeOperand>(other: V): Column<Arithmetic<T, TypeOf<V>>> {
    return binary("bitwiseOR", this, other);
  }
  /** The bits that one alone has. */
  bitwiseXOR<const V extends WholeOperand>(other: V): Column<Arithmetic<T, TypeOf<V>>> {
    return binary("bitwiseXOR", this, other);
  }

  /** This window function or aggregate, over the rows of the window. */
  over(window: WindowSpec): Column<T> {
    return makeColumn({ kind: "window", call: operand(this), over: window.spec });
  }

  /** For orderBy: ascending; NULLs come first unless told otherwise. */
  asc(options: { readonly nulls?: "first" | "last" } = {}): SortOrder {
    return new SortOrder({ expression: operand(this), descending: false, nulls: options.nulls ?? "first" });
  }
  /** For orderBy: descending; NULLs come last unless told otherwise. */
  desc(options: { readonly nulls?: "first" | "last" } = {}): SortOrder {
    return new SortOrder({ expression: operand(this), descending: true, nulls: options.nulls ?? "last" });
  }

  asc_nulls_first(): SortOrder {
    return this.asc({ nulls: "first" });
  }
  asc_nulls_last(): SortOrder {
    return this.asc({ nulls: "last" });
  }
  desc_nulls_first(): SortOrder {
    return this.desc({ nulls: "first" });
  }
  desc_nulls_last(): SortOrder {
    return this.desc({ nulls: "last" });
  }

  [Symbol.toPrimitive](): never {
    throw new AnalysisError(
      "COLUMN_AS_VALUE",
      `The column ${expressionText(operand(this))} has no value before the query runs, so JavaScript's operators do not work on it: use .gt(), .eq(), .plus(), .and(), .or(), .not(), when() or concat()`,
    );
  }
  [inspect.custom](): string {
    return `Column<${hideSecrets(expressionText(operand(this)))}>`;
  }
}

const expressions = new WeakMap<object, Expression>();

/** Whether a value is a Column. Touches nothing of it, so it is safe to ask of any value. */
export function isColumn(value: unknown): value is Column<any, any> {
  return typeof value === "object" && value !== null && expressions.has(value);
}

/** A column over an expression; `members` are methods that only this kind of column has. */
export function makeColumn<T, N extends string = string>(expression: Expression, members?: object): Column<T, N> {
  const bare = Object.assign(new Column<T, N>(), members);
  const column = new Proxy(bare, fieldAccess);
  expressions.set(bare, Object.freeze(expression));
  expressions.set(column, expression);
  return column;
}

/** The expression of a column, or of a value as a literal. */
export function operand(value: unknown): Expression {
  const expression = typeof value === "object" && value !== null ? expressions.get(value) : undefined;
  return expression ?? literal(value);
}

export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });

function binary<T>(name: string, left: unknown, right: unknown): Column<T> {
  return makeColumn(call(name, operand(left), operand(right)));
}

// Members of Column come first, any other name is a field of a struct. "then" too: `await` calls functions alone, and a Column is
// none.
const fieldAccess: ProxyHandler<Column<any, any>> = {
  get(target, name, receiver) {
    if (typeof name === "symbol" || name in target) return Reflect.get(target, name, receiver);
    return makeColumn({ kind: "field", input: operand(target), name });
  },
};
