import type { Decimal } from "decimal.js";
import type * as Sql from "./types.ts";

/** How values come out of `collect` and its like. */
export type RowOptions = {
  /** LONG as number (the default; an error beyond ±2^53-1) or as bigint. */
  readonly long?: "number" | "bigint" | undefined;
  /** Dates and timestamps as Date (the default) or as Temporal's PlainDate, Instant and PlainDateTime. TIME is a PlainTime in both. */
  readonly time?: "Date" | "Temporal" | undefined;
};

/** None of them is set. */
export type DefaultOptions = { readonly long?: undefined; readonly time?: undefined };

type AsTemporal = { readonly time: "Temporal" };

/** The JavaScript value of a SQL type. */
export type Value<T, O extends RowOptions = DefaultOptions> = 0 extends 1 & T
  ? any
  : T extends null
    ? null
    : T extends Sql.Long
      ? O extends { readonly long: "bigint" }
        ? bigint
        : number
      : T extends Sql.Byte | Sql.Short | Sql.Int | Sql.Fractional
        ? number
        : T extends Sql.String
          ? string
          : T extends Sql.Boolean
            ? boolean
            : T extends Sql.Decimal
              ? Decimal
              : T extends Sql.Binary
                ? Uint8Array
                : T extends Sql.Date
                  ? O extends AsTemporal
                    ? Temporal.PlainDate
                    : Date
                  : T extends Sql.Timestamp
                    ? O extends AsTemporal
                      ? Temporal.Instant
                      : Date
                    : T extends Sql.TimestampNtz
                      ? O extends AsTemporal
                        ? Temporal.PlainDateTime
                        : Date
                      : T extends Sql.Time | Sql.Interval
                        ? T extends Sql.Time
                          ? Temporal.PlainTime
                          : Temporal.Duration
                        : T extends Sql.Array<infer Element>
                          ? Value<Element, O>[]
                          : T extends Sql.Struct<infer Fields>
                            ? Row<Fields, O>
                            : T extends Sql.Map<infer Key, infer Item>
                              ? Map<Value<Key, O>, Value<Item, O>>
                              : T extends Sql.Variant
                                ? VariantValue
                                : unknown;

/** What a VARIANT may hold; options say of its longs and times what they say of columns. */
export type VariantValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | Uint8Array
  | Date
  | Temporal.PlainDate
  | Temporal.Instant
  | Temporal.PlainDateTime
  | VariantValue[]
  | { [name: string]: VariantValue };

/** One row of a `DataFrame<S>` as JavaScript sees it. */
export type Row<S, O extends RowOptions = DefaultOptions> = 0 extends 1 & S ? any : { [K in keyof S]: Value<S[K], O> };

/** The SQL type that `createDataFrame` gives to a JavaScript value of type V. */
export type SqlOf<V> = 0 extends 1 & V
  ? any
  : V extends null | undefined
    ? null
    : V extends number
      ? Sql.Long | Sql.Double
      : V extends bigint
        ? Sql.Long
        : V extends string
          ? Sql.String
          : V extends boolean
            ? Sql.Boolean
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
                    : V extends Decimal
                      ? Sql.Decimal
                      : V extends Uint8Array
                        ? Sql.Binary
                        : V extends readonly (infer Element)[]
                          ? Sql.Array<Single<SqlOf<Element>>>
                          : V extends ReadonlyMap<infer Key, infer Item>
                            ? Sql.Map<Single<SqlOf<Key>>, Single<SqlOf<Item>>>
                            : V extends object
                              ? Sql.Struct<SchemaOf<V>>
                              : any;

/** Of values of several kinds the values themselves tell which type holds them all; nobody knows before. */
type Single<T> = 0 extends 1 & T
  ? any
  : [Exclude<T, null>] extends [Sql.Long | Sql.Double]
    ? T
    : true extends IsOneOf<Exclude<T, null>>
      ? any
      : T;
type IsOneOf<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/** The schema that `createDataFrame` gives to rows of type R. */
export type SchemaOf<R> = 0 extends 1 & R ? any : { [K in keyof R & string]-?: Single<SqlOf<R[K]>> };

/** The schema of rows and the names of their columns, which of arrays are in the order of the values. */
export type NamedSchema<R, N extends readonly string[]> = 0 extends 1 & R
  ? any
  : number extends N["length"]
    ? any
    : [R] extends [readonly unknown[]]
      ? { [I in keyof N & `${number}` as N[I] & string]: I extends keyof R ? Single<SqlOf<R[I]>> : any }
      : { [C in N[number]]: C extends keyof R ? Single<SqlOf<R[C]>> : any };
