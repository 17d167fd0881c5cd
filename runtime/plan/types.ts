/** SQL types, in Spark's terms; every engine's types are mapped to these at its door. */
export type SqlType =
  | { readonly kind: "boolean" | "byte" | "short" | "int" | "long" | "float" | "double" }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "string" | "binary" | "date" | "timestamp" | "timestamp_ntz" }
  /** A value of any type that JSON or a row could hold, which says itself what it is. */
  | { readonly kind: "variant" }
  /** A time of day; `precision` digits of seconds behind the point, at most 6. */
  | { readonly kind: "time"; readonly precision: number }
  /** Spans of time: microseconds, or months. `start` and `end` number the fields: day to second from 0 to 3, year 0 and month 1. */
  | { readonly kind: "day_time_interval"; readonly start: number; readonly end: number }
  | { readonly kind: "year_month_interval"; readonly start: number; readonly end: number }
  /** Months, days and microseconds side by side, which have no order: what `make_interval` makes. */
  | { readonly kind: "calendar_interval" }
  | { readonly kind: "array"; readonly element: SqlType }
  | { readonly kind: "map"; readonly key: SqlType; readonly value: SqlType }
  | { readonly kind: "struct"; readonly fields: Schema }
  /** The type of a bare NULL. */
  | { readonly kind: "void" };

export type Field = {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Of a frame with an alias: `a.x` finds it too, whatever it is called by now. */
  readonly alias?: { readonly frame: string; readonly name: string };
};

/** In order; names are unique, ignoring case. */
export type Schema = readonly Field[];
