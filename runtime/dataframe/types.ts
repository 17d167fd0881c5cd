// biome-ignore-all lint/suspicious/noShadowRestrictedNames: these are the SQL types' names, which the user's editor shows.
/**
 * SQL types at the type level: what the `S` of `DataFrame<S>` maps column names to. They have no values; `Row<S>`
 * (row.ts) derives JavaScript's from them. A nullable column is `T | null`.
 */
declare const kind: unique symbol;
declare const inner: unique symbol;

export interface Boolean {
  readonly [kind]: "boolean";
}
export interface Byte {
  readonly [kind]: "byte";
}
export interface Short {
  readonly [kind]: "short";
}
export interface Int {
  readonly [kind]: "int";
}
export interface Long {
  readonly [kind]: "long";
}
export interface Float {
  readonly [kind]: "float";
}
export interface Double {
  readonly [kind]: "double";
}
export interface Decimal {
  readonly [kind]: "decimal";
}
export interface String {
  readonly [kind]: "string";
}
export interface Binary {
  readonly [kind]: "binary";
}
export interface Date {
  readonly [kind]: "date";
}
export interface Timestamp {
  readonly [kind]: "timestamp";
}
export interface TimestampNtz {
  readonly [kind]: "timestamp_ntz";
}
export interface Time {
  readonly [kind]: "time";
}
/** A value that says itself what it is: text, number, list, object and so on. */
export interface Variant {
  readonly [kind]: "variant";
}
export interface DayTimeInterval {
  readonly [kind]: "day_time_interval";
}
export interface YearMonthInterval {
  readonly [kind]: "year_month_interval";
}
export interface CalendarInterval {
  readonly [kind]: "calendar_interval";
}
export interface Array<Element> {
  readonly [kind]: "array";
  readonly [inner]: Element;
}
export interface Struct<Fields> {
  readonly [kind]: "struct";
  readonly [inner]: Fields;
}
export interface Map<Key, Value> {
  readonly [kind]: "map";
  readonly [inner]: [Key, Value];
}

export type Integral = Byte | Short | Int | Long;
export type Fractional = Float | Double;
export type Numeric = Integral | Fractional | Decimal;
/** What has a time of day. */
export type Instants = Timestamp | TimestampNtz;
export type Temporal = Date | Instants;
/** Spans of time. */
export type Interval = DayTimeInterval | YearMonthInterval;
/** The same, and what has months, days and microseconds side by side. */
export type Span = Interval | CalendarInterval;
/** What has a sum, an average and an opposite. */
export type Measure = Numeric | Interval;
