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
  timestamp_ntz: Sql.TimestampNtz;
};

/** A type as `cast` takes it: a name ("int", "decimal(10,2)", "map<string,int>"), in any case, or a type of `types`. */
export type CastType = keyof Names | (string & {}) | TypeBuilder<any>;

export type TypeNamed<K> =
  K extends TypeBuilder<infer T>
    ? Exclude<T, null>
    : K extends string
      ? Lowercase<K> extends keyof Names
        ? Names[Lowercase<K>]
        : Lowercase<K> extends `decimal(${string}`
          ? Sql.Decimal
          : any
      : any;

export function castTo(input: Expression, to: CastType, onError: "fail" | "null"): Expression {
  const type: SqlType = isTypeBuilder(to) ? to.type : parseType(to);
  // The name of a column stays over a cast.
  if (input.kind === "alias") return { ...input, input: { kind: "cast", input: input.input, type, onError } };
  return { kind: "cast", input, type, onError };
}
