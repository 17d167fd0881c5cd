import type { Expression } from "../expressions.ts";
import { isInterval } from "../interval-types.ts";
import { type DecimalType, isInteger, isNumeric, isTime, MAX_PRECISION } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import {
  type Argument,
  aggregate,
  BOOLEAN,
  DOUBLE,
  type Functions,
  INT,
  LONG,
  never,
  type Result,
  type Signature,
  sameAsFirst,
} from "./entry.ts";
import { spanAverageType } from "./intervals.ts";

const sum: Result = ([x]) => {
  if (x?.type.kind === "decimal") return widened(x.type, 10, 0);
  if (x && isInterval(x.type)) return x.type;
  return x && isInteger(x.type) ? LONG : DOUBLE;
};

const average: Result = ([x]) =>
  (x && spanAverageType(x.type)) ?? (x?.type.kind === "decimal" ? widened(x.type, 4, 4) : DOUBLE);

/** Aggregates give no digits up behind the point where there are none left before it. */
const widened = ({ precision, scale }: DecimalType, digits: number, places: number): DecimalType => ({
  kind: "decimal",
  precision: Math.min(precision + digits, MAX_PRECISION),
  scale: Math.min(scale + places, MAX_PRECISION),
});

const collected: Result = ([x]) => ({ type: arrayOf(x), nullable: false });
const arrayOf = (x: Argument | undefined): SqlType => ({ kind: "array", element: x?.type ?? VOID });
const VOID: SqlType = { kind: "void" };

/** So many are kept of a group at most. */
const MOST_KEPT = 100_000;
const ofExtreme: Result = ([x, , count]) => {
  const type = x?.type ?? VOID;
  if (count === undefined) return type;
  const most = count.expression.kind === "literal" ? Number(count.expression.value) : 0;
  return most >= 1 && most <= MOST_KEPT ? arrayOf(x) : `needs a number of values from 1 to ${MOST_KEPT}`;
};

/** The parts that percentiles are asked at; undefined where they are no plain numbers. */
export function partsOf(expression: Expression): readonly Expression[] | undefined {
  const parts = expression.kind === "call" && expression.name === "array" ? expression.args : [expression];
  return parts.every(isPart) ? parts : undefined;
}
const isPart = (part: Expression): boolean =>
  part.kind === "literal" && part.value !== null && Number(part.value) >= 0 && Number(part.value) <= 1;

/** Of one part a value, of an array of parts an array of values. */
const atParts = (type: SqlType, parts: Argument | undefined, takes: readonly SqlType[]): Signature | string => {
  if (parts === undefined || partsOf(parts.expression) === undefined)
    return "needs a plain number from 0 to 1 as its second argument, or an array of such numbers";
  const isArray = parts.expression.kind === "call";
  const list: SqlType = { kind: "array", element: DOUBLE };
  return {
    type: isArray ? { kind: "array", element: type } : type,
    takes: [takes[0] ?? type, isArray ? list : DOUBLE, ...takes.slice(1)],
  };
};
const percentiles: Result = ([x, parts]) => {
  const span = x && spanAverageType(x.type);
  return span ? atParts(span, parts, [span, LONG]) : atParts(DOUBLE, parts, [DOUBLE, LONG]);
};
const middle: Result = ([x]) => (x && spanAverageType(x.type)) ?? { type: DOUBLE, takes: [DOUBLE] };
const approxPercentiles: Result = ([x, parts, accuracy]) => {
  const hasOwn = x !== undefined && (isNumeric(x.type) || isTime(x.type) || isInterval(x.type));
  if (x === undefined || !(hasOwn || x.type.kind === "string" || x.type.kind === "void"))
    return "needs numbers, dates, times or intervals";
  if (accuracy?.expression.kind === "literal" && !(Number(accuracy.expression.value) > 0))
    return "needs an accuracy above 0";
  const type = hasOwn ? x.type : DOUBLE;
  return atParts(type, parts, [type, INT]);
};

const count = aggregate("any...", never(LONG));
const ofDoubles = aggregate("double", DOUBLE);

export const aggregates: Functions = {
  /** Without arguments it counts rows. */
  count,
  countDistinct: aggregate("any any...", never(LONG)),
  count_if: aggregate("boolean", never(LONG)),
  /** The second argument is the relative standard deviation that it may have. */
  approx_count_distinct: aggregate("any double!?", ([, deviation]) => {
    const { expression } = deviation ?? {};
    const given = expression?.kind === "literal" ? Number(expression.value) : 0.05;
    return given > 0 && given <= 0.39
      ? { type: LONG, nullable: false }
      : "needs a relative standard deviation above 0 and of at most 0.39";
  }),
  sum: aggregate("measure", sum),
  avg: aggregate("measure", average),
  mean: aggregate("measure", average),
  min: aggregate("ordered", sameAsFirst),
  max: aggregate("ordered", sameAsFirst),
  /** With a number, that many of them as an array. */
  min_by: aggregate("any ordered int!?", ofExtreme),
  max_by: aggregate("any ordered int!?", ofExtreme),
  /** A second argument of true leaves nulls out. */
  first: aggregate("any boolean!?", sameAsFirst),
  last: aggregate("any boolean!?", sameAsFirst),
  any_value: aggregate("any boolean!?", sameAsFirst),
  collect_list: aggregate("any", collected),
  collect_set: aggregate("distinct", collected),
  stddev: ofDoubles,
  stddev_samp: ofDoubles,
  stddev_pop: ofDoubles,
  variance: ofDoubles,
  var_samp: ofDoubles,
  var_pop: ofDoubles,
  median: aggregate("measure", middle),
  /** At a part, or an array of parts; each value counts as often as the third argument says. */
  percentile: aggregate("measure parts! whole?", percentiles),
  /** A value of the data, below or at which this part of the values lies. */
  percentile_approx: aggregate("any parts! int!?", approxPercentiles),
  covar_samp: aggregate("double double", DOUBLE),
  covar_pop: aggregate("double double", DOUBLE),
  corr: aggregate("double double", DOUBLE),
  bool_and: aggregate("boolean", BOOLEAN),
  bool_or: aggregate("boolean", BOOLEAN),
};
