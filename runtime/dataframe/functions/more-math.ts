import type { Column } from "../column.ts";
import type { Arithmetic, Difference, Product, Quotient, Sum, TypeOf } from "../operands.ts";
import type * as Sql from "../types.ts";
import { fn, type In, type NullOf, type Of } from "./call.ts";
import type { WholeOf } from "./math.ts";

type N = In<Sql.Numeric>;
/** A column, the name of one, or a number. */
type Value = N | number | bigint;
type NullOfValue<A> = NullOf<Exclude<A, number | bigint>>;
type Whole = In<Sql.Integral> | number | bigint;

const double =
  (name: string) =>
  <A extends N>(x: A): Column<Sql.Double | NullOf<A>> =>
    fn(name, x);

/** The angle with this cosine, in radians; NaN outside of -1 to 1. */
export const acos = double("acos");
export const acosh = double("acosh");
/** The angle with this sine, in radians; NaN outside of -1 to 1. */
export const asin = double("asin");
export const asinh = double("asinh");
export const atan = double("atan");
/** The angle of the point (x, y), in radians. */
export const atan2 = <A extends Value, B extends Value>(y: A, x: B): Column<Sql.Double | NullOfValue<A | B>> =>
  fn("atan2", y, x);
export const atanh = double("atanh");
/** The cube root. */
export const cbrt = double("cbrt");
/** The cosine of an angle in radians. */
export const cos = double("cos");
export const cosh = double("cosh");
export const cot = double("cot");
export const csc = double("csc");
/** Radians as degrees. */
export const degrees = double("degrees");
/** Euler's number. */
export const e = (): Column<Sql.Double> => fn("e");
/** `exp(x) - 1`, exact for small x. */
export const expm1 = double("expm1");
/** The length of the hypotenuse: `sqrt(a² + b²)`. */
export const hypot = <A extends Value, B extends Value>(a: A, b: B): Column<Sql.Double | NullOfValue<A | B>> =>
  fn("hypot", a, b);
/** `ln(1 + x)`, exact for small x; NULL where x is not above -1. */
export const log1p = (x: N): Column<Sql.Double | null> => fn("log1p", x);
export const pi = (): Column<Sql.Double> => fn("pi");
/** Degrees as radians. */
export const radians = double("radians");
/** The nearest whole number as DOUBLE, halves to the even one. */
export const rint = double("rint");
export const sec = double("sec");
/** The sine of an angle in radians. */
export const sin = double("sin");
export const sinh = double("sinh");
/** The tangent of an angle in radians. */
export const tan = double("tan");
export const tanh = double("tanh");

/** The opposite number. */
export const negate = <A extends In<Sql.Measure | Sql.CalendarInterval>>(x: A): Column<Of<A>> => fn("negate", x);
export const negative = <A extends In<Sql.Measure | Sql.CalendarInterval>>(x: A): Column<Of<A>> => fn("negative", x);
/** The number as it is. */
export const positive = <A extends N>(x: A): Column<Of<A>> => fn("positive", x);
/** As ceil. */
export const ceiling = <A extends N, P extends number | undefined = undefined>(
  x: A,
  places?: P,
): Column<WholeOf<A, P>> => fn("ceiling", x, places);
/** As pow. */
export const power = <A extends Value, B extends Value>(
  base: A,
  exponent: B,
): Column<Sql.Double | NullOfValue<A | B>> => fn("power", base, exponent);
/** Rounds to `places` digits behind the point (0), halves to the even digit; the type stays. */
export const bround = <A extends N>(x: A, places?: number): Column<Of<A>> => fn("bround", x, places);
/** 1 · 2 · … · n; NULL outside of 0 to 20. */
export const factorial = (n: N): Column<Sql.Long | null> => fn("factorial", n);

type Named<A> = A extends string ? any : TypeOf<A>;
type Result<A, B> = Arithmetic<Named<A>, Named<B>>;
/** What is tried: numbers, and times and spans of time. */
type Operand = Value | In<Sql.Span | Sql.Temporal | Sql.Time> | Temporal.Duration;
/** The remainder, which is never negative for a positive divisor. */
export const pmod = <A extends Value, const B extends Value>(dividend: A, divisor: B): Column<Result<A, B>> =>
  fn("pmod", dividend, divisor);
/** The sum, NULL where it is beyond the type. */
export const try_add = <A extends Operand, const B extends Operand>(
  a: A,
  b: B,
): Column<Sum<Named<A>, Named<B>> | null> => fn("try_add", a, b);
export const try_subtract = <A extends Operand, const B extends Operand>(
  a: A,
  b: B,
): Column<Difference<Named<A>, Named<B>> | null> => fn("try_subtract", a, b);
export const try_multiply = <A extends Operand, const B extends Operand>(
  a: A,
  b: B,
): Column<Product<Named<A>, Named<B>> | null> => fn("try_multiply", a, b);
/** The quotient, NULL where the divisor is 0. */
export const try_divide = <A extends Operand, const B extends Value>(
  a: A,
  b: B,
): Column<Quotient<Named<A>, Named<B>> | null> => fn("try_divide", a, b);
/** The remainder, NULL where the divisor is 0. */
export const try_mod = <A extends Value, const B extends Value>(a: A, b: B): Column<Result<A, B> | null> =>
  fn("try_mod", a, b);
/** In which of `count` equal parts from `min` to `max` the value is, from 1; 0 and `count + 1` are outside. */
export const width_bucket = (value: Value, min: Value, max: Value, count: Whole): Column<Sql.Long | null> =>
  fn("width_bucket", value, min, max, count);
/** A random number of the standard normal distribution, another one for every row; with a seed as rand has it. */
export const randn = (seed?: number): Column<Sql.Double> => fn("randn", seed);
/** As rand. */
export const random = (seed?: number): Column<Sql.Double> => fn("random", seed);
/**
 * A random number from `min` up to, but without, `max`, another one for every row; a whole one where both are. With a seed as
 * rand has it.
 */
export const uniform = (min: number, max: number, seed?: number): Column<any> => fn("uniform", min, max, seed);

/** The binary digits of a whole number. */
export const bin = <A extends N>(n: A): Column<Sql.String | NullOf<A>> => fn("bin", n);
/**
 * The digits of a number in base `from`, in base `to` (2 to 36; negative for numbers with a sign, else they are unsigned ones of
 * 64 bits).
 */
export const conv = (digits: In<Sql.String | Sql.Integral>, from: number, to: number): Column<Sql.String | null> =>
  fn("conv", digits, from, to);
/** Text, bytes or a whole number in hexadecimal digits. */
export const hex = <A extends In<any>>(value: A): Column<Sql.String | NullOf<A>> => fn("hex", value);
/** The bytes of hexadecimal digits; NULL where there are others. */
export const unhex = (digits: In<Sql.String>): Column<Sql.Binary | null> => fn("unhex", digits);

/** The number of bits that are set. */
export const bit_count = <A extends In<Sql.Integral | Sql.Boolean>>(n: A): Column<Sql.Int | NullOf<A>> =>
  fn("bit_count", n);
/** The bit at a position from 0, the lowest. */
export const getbit = <A extends In<Sql.Integral>>(n: A, position: Whole): Column<Sql.Byte | null> =>
  fn("getbit", n, position);
export const bit_get = <A extends In<Sql.Integral>>(n: A, position: Whole): Column<Sql.Byte | null> =>
  fn("bit_get", n, position);
/** Every bit turned over. */
export const bitwise_not = <A extends In<Sql.Integral>>(n: A): Column<Of<A>> => fn("bitwise_not", n);
type Shifted<T> = 0 extends 1 & T ? any : T extends null ? null : T extends Sql.Long ? Sql.Long : Sql.Int;
/** The bits moved to the left; what goes beyond is lost. */
export const shiftleft = <A extends In<Sql.Integral>>(n: A, by: Whole): Column<Shifted<Of<A>> | null> =>
  fn("shiftleft", n, by);
/** The bits moved to the right; the sign stays. */
export const shiftright = <A extends In<Sql.Integral>>(n: A, by: Whole): Column<Shifted<Of<A>> | null> =>
  fn("shiftright", n, by);
/** The bits moved to the right, zeros coming from the left. */
export const shiftrightunsigned = <A extends In<Sql.Integral>>(n: A, by: Whole): Column<Shifted<Of<A>> | null> =>
  fn("shiftrightunsigned", n, by);
