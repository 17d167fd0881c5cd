import { AnalysisError } from "../errors.ts";
import { DAY_TO_SECOND, YEAR_TO_MONTH } from "../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../plan/numeric.ts";
import type { Schema, SqlType } from "../plan/types.ts";
import type * as Sql from "./types.ts";

declare const phantom: unique symbol;

/** A SQL type as a value. Columns of it may be NULL unless it says `.notNull()`. */
export class TypeBuilder<T> {
  declare readonly [phantom]: T;
  readonly type: SqlType;
  readonly nullable: boolean;

  constructor(type: SqlType, nullable = true) {
    this.type = Object.freeze(type);
    this.nullable = nullable;
  }

  notNull(): TypeBuilder<Exclude<T, null>> {
    return new TypeBuilder(this.type, false);
  }
}

/** A schema that knows its columns' types: what {@link schema} makes. */
export class SchemaBuilder<S> {
  declare readonly [phantom]: S;
  readonly fields: Schema;

  constructor(fields: Schema) {
    this.fields = Object.freeze(fields);
  }
}

const simple = <T>(
  kind: Exclude<
    SqlType["kind"],
    "decimal" | "time" | "day_time_interval" | "year_month_interval" | "array" | "map" | "struct"
  >,
): TypeBuilder<T | null> => new TypeBuilder({ kind });

type AnyType = TypeBuilder<any>;
type TypeIn<B> = B extends TypeBuilder<infer T> ? T : never;
type FieldsIn<F> = { [K in keyof F]: TypeIn<F[K]> };

/** The SQL types, for schemas and casts: `types.long`, `types.decimal(10, 2)`, `types.array(types.string)`. */
export const types = {
  boolean: simple<Sql.Boolean>("boolean"),
  byte: simple<Sql.Byte>("byte"),
  short: simple<Sql.Short>("short"),
  int: simple<Sql.Int>("int"),
  long: simple<Sql.Long>("long"),
  float: simple<Sql.Float>("float"),
  double: simple<Sql.Double>("double"),
  string: simple<Sql.String>("string"),
  binary: simple<Sql.Binary>("binary"),
  date: simple<Sql.Date>("date"),
  timestamp: simple<Sql.Timestamp>("timestamp"),
  timestampNtz: simple<Sql.TimestampNtz>("timestamp_ntz"),
  /** A value that says itself what it is, as `parse_json` makes it. */
  variant: simple<Sql.Variant>("variant"),
  /** `precision` digits in all (at most 38), `scale` of them behind the point. */
  decimal(precision = 10, scale = 0): TypeBuilder<Sql.Decimal | null> {
    if (!(Number.isInteger(precision) && precision >= 1 && precision <= 38)) {
      throw new AnalysisError("TYPE", `DECIMAL(${precision},${scale}): the precision is a whole number from 1 to 38`);
    }
    if (!(Number.isInteger(scale) && scale >= 0 && scale <= precision)) {
      throw new AnalysisError(
        "TYPE",
        `DECIMAL(${precision},${scale}): the scale is a whole number from 0 to ${precision}`,
      );
    }
    return new TypeBuilder({ kind: "decimal", precision, scale });
  },
  /** A time of day; `precision` digits of seconds behind the point, 0 to 6. */
  time(precision: number = MAX_TIME_PRECISION): TypeBuilder<Sql.Time | null> {
    if (!(Number.isInteger(precision) && precision >= 0 && precision <= MAX_TIME_PRECISION))
      throw new AnalysisError(
        "TYPE",
        `TIME(${precision}): the precision is a whole number from 0 to ${MAX_TIME_PRECISION}`,
      );
    return new TypeBuilder({ kind: "time", precision });
  },
  /** A span of days to microseconds. */
  dayTimeInterval: new TypeBuilder<Sql.DayTimeInterval | null>(DAY_TO_SECOND),
  /** A span of years and months. */
  yearMonthInterval: new TypeBuilder<Sql.YearMonthInterval | null>(YEAR_TO_MONTH),
  /** Months, days and microseconds side by side. */
  calendarInterval: simple<Sql.CalendarInterval>("calendar_interval"),
  array<B extends AnyType>(element: B): TypeBuilder<Sql.Array<TypeIn<B>> | null> {
    return new TypeBuilder({ kind: "array", element: element.type });
  },
  map<K extends AnyType, V extends AnyType>(
    key: K,
    value: V,
  ): TypeBuilder<Sql.Map<Exclude<TypeIn<K>, null>, TypeIn<V>> | null> {
    return new TypeBuilder({ kind: "map", key: key.type, value: value.type });
  },
  struct<F extends { readonly [name: string]: AnyType }>(fields: F): TypeBuilder<Sql.Struct<FieldsIn<F>> | null> {
    return new TypeBuilder({ kind: "struct", fields: fieldList(fields) });
  },
};

/** A typed schema: `schema({ id: types.long.notNull(), name: types.string })`. */
export function schema<F extends { readonly [name: string]: AnyType }>(fields: F): SchemaBuilder<FieldsIn<F>> {
  return new SchemaBuilder(fieldList(fields));
}

export const isTypeBuilder = (value: unknown): value is TypeBuilder<any> => value instanceof TypeBuilder;

function fieldList(fields: { readonly [name: string]: AnyType }): Schema {
  return Object.entries(fields).map(([name, { type, nullable }]) => ({ name, type, nullable }));
}
