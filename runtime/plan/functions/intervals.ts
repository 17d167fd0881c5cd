import {
  CALENDAR,
  DAY_TO_SECOND,
  DAYS,
  HOUR_TO_SECOND,
  isCalendarInterval,
  isInterval,
  widestInterval,
  YEAR_TO_MONTH,
} from "../interval-types.ts";
import { isFraction, isNumeric, isTime, MAX_TIME_PRECISION } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import { type Argument, DATE, type Functions, INT, type Result, type Signature, scalar, TIMESTAMP } from "./entry.ts";

const SECONDS = { kind: "decimal", precision: 18, scale: 6 } as const;

/** What a time becomes by an interval; undefined where it takes none of these. */
function movedType(time: SqlType, span: SqlType): SqlType | undefined {
  if (isCalendarInterval(span)) return isTime(time) ? time : undefined;
  if (!isInterval(span)) return undefined;
  if (time.kind === "time") {
    if (span.kind !== "day_time_interval") return undefined;
    return span.end === 3 ? { kind: "time", precision: MAX_TIME_PRECISION } : time;
  }
  if (time.kind !== "date") return isTime(time) ? time : undefined;
  return span.kind === "year_month_interval" || span.end === 0 ? DATE : TIMESTAMP;
}

/** A time by an interval, which may stand first; two intervals; undefined for others. */
export function spanSum([left, right]: readonly Argument[], isSum: boolean): Signature | undefined {
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [left.type, right.type];
  const pair = isInterval(a) && b.kind === "void" ? [a, a] : isInterval(b) && a.kind === "void" ? [b, b] : [a, b];
  const [first, second] = pair as [SqlType, SqlType];
  if (isCalendarInterval(a) && (isCalendarInterval(b) || (!isSum && b.kind === "void"))) return { type: CALENDAR };
  if (isInterval(first) && isInterval(second)) {
    const type = widestInterval(first, second);
    return type && { type, takes: [first, second] };
  }
  const type = movedType(a, b) ?? (isSum ? movedType(b, a) : undefined);
  // A time of day may be left.
  return type && { type, ...(type.kind === "time" && { nullable: true }) };
}

/** Between two times, of which one may be text. */
export function spanBetween([left, right]: readonly Argument[]): Signature | undefined {
  if (left === undefined || right === undefined) return undefined;
  const other = (type: SqlType, beside: SqlType) => (type.kind === "string" ? beside : type);
  const [a, b] = [other(left.type, right.type), other(right.type, left.type)];
  if (a.kind === "time" && b.kind === "time") return { type: HOUR_TO_SECOND, takes: [a, b], nullable: true };
  if (!isTime(a) || !isTime(b)) return undefined;
  return { type: a.kind === "date" && b.kind === "date" ? DAYS : DAY_TO_SECOND, takes: [a, b] };
}

/** An interval times or through a number; undefined for others. */
export function spanScaled([left, right]: readonly Argument[], isProduct: boolean): Signature | undefined {
  if (left === undefined || right === undefined) return undefined;
  const scaledType = (span: SqlType, factor: SqlType): SqlType | undefined => {
    if (!(isNumeric(factor) || factor.kind === "void")) return undefined;
    if (isCalendarInterval(span)) return span;
    if (!isInterval(span)) return undefined;
    return span.kind === "day_time_interval" ? DAY_TO_SECOND : YEAR_TO_MONTH;
  };
  const type = scaledType(left.type, right.type) ?? (isProduct ? scaledType(right.type, left.type) : undefined);
  return type && { type };
}

export const spanAverageType = (type: SqlType): SqlType | undefined =>
  isInterval(type) ? (type.kind === "day_time_interval" ? DAY_TO_SECOND : YEAR_TO_MONTH) : undefined;

const made =
  (type: SqlType, takes: readonly SqlType[]): Result =>
  (args) => ({
    type,
    takes: args.map((_, index) => takes[index]),
    // NaN is no decimal.
    nullable: args.some((arg) => arg.nullable || isFraction(arg.type)),
  });

const PARTS = [INT, INT, INT, INT, INT, INT, SECONDS];

/** Of times by a span that is longer than nothing, which is told before anything runs where it is a literal. */
const bucket: Result = ([size, time, origin]) => {
  if (size === undefined || !isInterval(size.type))
    return "needs an interval as its first argument, such as Temporal.Duration.from({ minutes: 15 })";
  const { expression } = size;
  if (expression.kind === "literal" && expression.value !== null && BigInt(expression.value as bigint) <= 0n)
    return "needs a bucket that is longer than nothing";
  if (time === undefined || !(time.type.kind === "timestamp" || time.type.kind === "timestamp_ntz"))
    return "needs a timestamp";
  if (origin !== undefined && origin.type.kind !== time.type.kind) return "needs an origin of the timestamp's type";
  return time.type;
};

export const intervals: Functions = {
  time_bucket: scalar("any~ any any!?", bucket),
  make_interval: scalar("int? int? int? int? int? int? numeric?", made(CALENDAR, PARTS)),
  try_make_interval: scalar("int int? int? int? int? int? numeric?", (args) => ({
    type: CALENDAR,
    takes: args.map((_, index) => PARTS[index]),
    nullable: true,
  })),
  make_dt_interval: scalar("int? int? int? numeric?", made(DAY_TO_SECOND, [INT, INT, INT, SECONDS])),
  make_ym_interval: scalar("int? int?", made(YEAR_TO_MONTH, [INT, INT])),
};
