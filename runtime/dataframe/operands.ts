import type { Decimal } from "decimal.js";
import type { Column, ColumnType } from "./column.ts";
import type * as Sql from "./types.ts";

/** What stands beside a column in an expression: a column, or a value that becomes a literal. */
export type Literal =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | Decimal
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | Temporal.PlainTime
  | Temporal.Duration
  | Temporal.Instant
  | Temporal.ZonedDateTime;

type NumericValue = number | bigint | Decimal;
type TemporalValue =
  | string
  | Date
  | Temporal.PlainDate
  | Temporal.PlainDateTime
  | Temporal.Instant
  | Temporal.ZonedDateTime;

/** What a column of type T can be compared with. */
export type Comparable<T> = 0 extends 1 & T
  ? Column<any, any> | Literal
  : [Exclude<T, null>] extends [Sql.Numeric]
    ? Column<Sql.Numeric | null, any> | NumericValue
    : [Exclude<T, null>] extends [Sql.String]
      ? Column<Sql.String | Sql.Temporal | Sql.Time | null, any> | string
      : [Exclude<T, null>] extends [Sql.Temporal]
        ? Column<Sql.Temporal | Sql.String | null, any> | TemporalValue
        : [Exclude<T, null>] extends [Sql.Boolean]
          ? Column<Sql.Boolean | null, any> | boolean
          : [Exclude<T, null>] extends [Sql.Binary]
            ? Column<Sql.Binary | null, any> | Uint8Array
            : [Exclude<T, null>] extends [Sql.Time]
              ? Column<Sql.Time | Sql.String | null, any> | Temporal.PlainTime | string
              : [Exclude<T, null>] extends [Sql.Interval]
                ? Column<T | null, any> | Temporal.Duration
                : Column<T | null, any>;

/** The other side of an arithmetic operator. */
export type NumberOperand = Column<Sql.Numeric | null, any> | NumericValue;
/** What is added to numbers, times and spans of time. */
export type Addend = NumberOperand | Column<Sql.Span | Sql.Temporal | Sql.Time | null, any> | Temporal.Duration;
/** What is taken from them: a time from a time leaves a span. */
export type Subtrahend = Addend | Exclude<TemporalValue, string> | Temporal.PlainTime;
/** What numbers and spans are multiplied with. */
export type Factor = NumberOperand | Column<Sql.Span | null, any> | Temporal.Duration;
/** The other side of an operator over bits. */
export type WholeOperand = Column<Sql.Integral | null, any> | number | bigint;
/** A condition. */
export type Condition = Column<Sql.Boolean | null, any>;

/** `null` if T can be null: `NullIn<Long | null>` is `null`, `NullIn<Long>` is never. */
export type NullIn<T> = Extract<T, null>;

/** `null` if a column or a literal can be null: of all that TypeOf tells this alone, since it is asked with each comparison. */
export type NullOfOperand<V> = 0 extends 1 & V ? any : V extends Column<any, any> ? NullIn<ColumnType<V>> : NullIn<V>;

/** The SQL type of a column or of a literal. */
export type TypeOf<V> = 0 extends 1 & V ? any : V extends Column<any, any> ? ColumnType<V> : LiteralType<V>;

// A number's literal type tells its SQL type: 1 is INT, 1.5 is DOUBLE; ten digits may be beyond INT. `number` may be any.
export type LiteralType<V> = V extends number
  ? number extends V
    ? Sql.Int | Sql.Long | Sql.Double
    : `${V}` extends `${bigint}`
      ? IntegerType<`${V}`>
      : Sql.Double
  : V extends string
    ? Sql.String
    : V extends bigint
      ? Sql.Long
      : V extends boolean
        ? Sql.Boolean
        : V extends Decimal
          ? Sql.Decimal
          : V extends Date | Temporal.Instant | Temporal.ZonedDateTime
            ? Sql.Timestamp
            : V extends Temporal.PlainDate
              ? Sql.Date
              : V extends Temporal.PlainDateTime
                ? Sql.TimestampNtz
                : V extends Temporal.PlainTime | Temporal.Duration
                  ? V extends Temporal.PlainTime
                    ? Sql.Time
                    : Sql.Interval
                  : V extends Uint8Array
                    ? Sql.Binary
                    : V extends null
                      ? null
                      : never;

type IntegerType<Digits extends string> =
  Digits extends `${infer _1}${infer _2}${infer _3}${infer _4}${infer _5}${infer _6}${infer _7}${infer _8}${infer _9}${infer _10}${infer _11}`
    ? Sql.Int | Sql.Long
    : Sql.Int;

/** The type of `a + b`, `a - b`, `a * b`, `a % b` by Spark's rules; null if either can be. */
export type Arithmetic<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : AreNumbers<A, B> extends true
      ? Widen<Exclude<A, null>, Exclude<B, null>> | NullIn<A | B>
      : any;

/** The type of `a + b`: of numbers as above, of a time and a span the time. What the fields of a span decide is not known. */
export type Sum<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : [Exclude<A, null>] extends [Sql.Span]
      ? [Exclude<B, null>] extends [Sql.Span]
        ? A | NullIn<B>
        : Moved<B> | NullIn<A>
      : [Exclude<B, null>] extends [Sql.Span]
        ? Moved<A> | NullIn<B>
        : Arithmetic<A, B>;
type Moved<T> = [Exclude<T, null>] extends [Sql.Instants] ? T : [Exclude<T, null>] extends [Sql.Time] ? T | null : any;

/** The type of `a - b`: a span between two times. */
export type Difference<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : [Exclude<A, null>, Exclude<B, null>] extends [Sql.Temporal, Sql.Temporal]
      ? Sql.DayTimeInterval | NullIn<A | B>
      : [Exclude<A, null>, Exclude<B, null>] extends [Sql.Time, Sql.Time]
        ? Sql.DayTimeInterval | null
        : Sum<A, B>;

/** The type of `a * b`: a span times a number is a span. */
export type Product<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : [Exclude<A, null>] extends [Sql.Span]
      ? A | NullIn<B>
      : [Exclude<B, null>] extends [Sql.Span]
        ? B | NullIn<A>
        : Arithmetic<A, B>;

/** Spark's type of a division: DOUBLE, but of decimals DECIMAL. */
export type Quotient<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : [Exclude<A, null>] extends [Sql.Span]
      ? A | NullIn<B>
      : AreNumbers<A, B> extends true
        ? Divide<Exclude<A, null>, Exclude<B, null>> | NullIn<A | B>
        : any;

// Text is turned to a number by its neighbour's rules, and dates have rules of their own.
type AreNumbers<A, B> = [Exclude<A | B, null>] extends [Sql.Numeric] ? true : false;

type Divide<A, B> = Sql.Decimal extends A | B
  ? Sql.Fractional & (A | B) extends never
    ? Sql.Decimal
    : Sql.Double
  : Sql.Double;

/** The least common type of two numeric types. */
export type Widen<A, B> = A extends Sql.Double
  ? Sql.Double
  : B extends Sql.Double
    ? Sql.Double
    : A extends Sql.Float
      ? FloatWith<B>
      : B extends Sql.Float
        ? FloatWith<A>
        : A extends Sql.Decimal
          ? Sql.Decimal
          : B extends Sql.Decimal
            ? Sql.Decimal
            : A extends Sql.Long
              ? Sql.Long
              : B extends Sql.Long
                ? Sql.Long
                : A extends Sql.Int
                  ? Sql.Int
                  : B extends Sql.Int
                    ? Sql.Int
                    : A extends Sql.Short
                      ? Sql.Short
                      : B extends Sql.Short
                        ? Sql.Short
                        : Sql.Byte;

/** The type of a column whose values come from two: of two numbers the one that holds both. */
export type Common<A, B> = 0 extends 1 & A
  ? any
  : 0 extends 1 & B
    ? any
    : [A] extends [B]
      ? B
      : [B] extends [A]
        ? A
        : [Exclude<A, null>, Exclude<B, null>] extends [Sql.Numeric, Sql.Numeric]
          ? [A] extends [null]
            ? A | B
            : [B] extends [null]
              ? A | B
              : Widen<Exclude<A, null>, Exclude<B, null>> | NullIn<A | B>
          : A | B;

// FLOAT cannot hold every INT: Spark goes to DOUBLE then.
type FloatWith<B> = B extends Sql.Float | Sql.Byte | Sql.Short ? Sql.Float : Sql.Double;
