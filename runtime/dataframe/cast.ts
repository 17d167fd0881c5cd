import type { Expression } from "../plan/expressions.ts";
import { parseType } from "../plan/type-names.ts";
import type { SqlType } from "../plan/types.ts";
import { isTypeBuilder, type TypeBuilder } from "./schema-builder.ts";
import type * as Sql from "./types.ts";

type Names = {
  boolean: Sql.Boolean;
  byte: Sql.Byte;
  tinyint: Sql.Byte;
  short: Sql.Short;
  smallint: Sql.Short;
  int: Sql.Int;
  integer: Sql.Int;
  long: Sql.Long;
  bigint: Sql.Long;
  float: Sql.Float;
  real: Sql.Float;
  double: Sql.Double;
  decimal: Sql.Decimal;
  string: Sql.String;
  binary: Sql.Binary;
  date: Sql.Date;
  timestamp: Sql.Timestamp;
  timestamp_ltz: Sql.Timestamp;
  timestamp_ntz: Sql.TimestampNtz;
  time: Sql.Time;
  interval: Sql.CalendarInterval;
  variant: Sql.Variant;
};

/** Types with something in brackets, which is looked at as far as a type can. */
type Bracketed =
  `${"interval " | "time(" | "decimal" | "dec" | "numeric" | "char" | "varchar" | "array" | "map" | "struct"}${string}`;

/** A type as `cast` takes it: a name ("int", "decimal(10,2)", "map<string,int>"), in any case, or a type of `types`. */
export type CastType = keyof Names | (string & {}) | TypeBuilder<any>;

/** K; where it is a text that names no type, the names there are. */
export type KnownType<K> = K extends string
  ? string extends K
    ? K
    : Lowercase<K> extends keyof Names | Bracketed | "text" | "void" | ` ${string}` | `${string} `
      ? K
      : { [N in keyof Names]: N }[keyof Names]
  : K;

export type TypeNamed<K> =
  K extends TypeBuilder<infer T> ? Exclude<T, null> : K extends string ? NamedType<Lowercase<K>> : any;

/** NaN is no DECIMAL: it becomes NULL; and a VARIANT may hold a null of its own. */
export type NullOfNaN<T, K> = 0 extends 1 & T
  ? never
  : T extends Sql.Double | Sql.Float
    ? TypeNamed<K> extends Sql.Decimal
      ? null
      : never
    : T extends Sql.Variant
      ? TypeNamed<K> extends Sql.Variant
        ? never
        : null
      : never;

type NamedType<K extends string> = K extends keyof Names
  ? Names[K]
  : K extends `array<${infer E}>`
    ? Sql.Array<NamedType<E> | null>
    : K extends `map<${infer Key extends keyof Names},${infer V}>`
      ? Sql.Map<Names[Key], NamedType<V> | null>
      : K extends `${"decimal" | "dec" | "numeric"}${string}`
        ? Sql.Decimal
        : K extends `interval ${infer Fields}`
          ? Fields extends `${"year" | "month"}${string}`
            ? Sql.YearMonthInterval
            : Fields extends `${"day" | "hour" | "minute" | "second"}${string}`
              ? Sql.DayTimeInterval
              : any
          : K extends `time(${string}`
            ? Sql.Time
            : K extends "text" | `${"char" | "varchar"}${string}`
              ? Sql.String
              : any;

export function castTo(input: Expression, to: CastType, onError: "fail" | "null"): Expression {
  const type: SqlType = isTypeBuilder(to) ? to.type : parseType(to);
  // The name of a column stays over a cast.
  if (input.kind === "alias") return { ...input, input: { kind: "cast", input: input.input, type, onError } };
  return { kind: "cast", input, type, onError };
}
