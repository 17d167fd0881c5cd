import { type DecimalType, isInteger, MAX_PRECISION } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import {
  type Argument,
  aggregate,
  BOOLEAN,
  DOUBLE,
  type Functions,
  LONG,
  never,
  type Result,
  sameAsFirst,
} from "./entry.ts";

const sum: Result = ([x]) => {
  if (x?.type.kind === "decimal") return widened(x.type, 10, 0);
  return x && isInteger(x.type) ? LONG : DOUBLE;
};

const average: Result = ([x]) => (x?.type.kind === "decimal" ? widened(x.type, 4, 4) : DOUBLE);

/** Aggregates give no digits up behind the point where there are none left before it. */
const widened = ({ precision, scale }: DecimalType, digits: number, places: number): DecimalType => ({
  kind: "decimal",
  precision: Math.min(precision + digits, MAX_PRECISION),
  scale: Math.min(scale + places, MAX_PRECISION),
});

const collected: Result = ([x]) => ({ type: arrayOf(x), nullable: false });
const arrayOf = (x: Argument | undefined): SqlType => ({ kind: "array", element: x?.type ?? { kind: "void" } });

const count = aggregate("any...", never(LONG));
const ofDoubles = aggregate("double", DOUBLE);

export const aggregates: Functions = {
  /** Without arguments it counts rows. */
  count,
  countDistinct: aggregate("any any...", never(LONG)),
  count_if: aggregate("boolean", never(LONG)),
  approx_count_distinct: aggregate("any", never(LONG)),
  sum: aggregate("numeric", sum),
  avg: aggregate("numeric", average),
  mean: aggregate("numeric", average),
  min: aggregate("ordered", sameAsFirst),
  max: aggregate("ordered", sameAsFirst),
  min_by: aggregate("any ordered", sameAsFirst),
  max_by: aggregate("any ordered", sameAsFirst),
  /** A second argument of true leaves nulls out. */
  first: aggregate("any boolean!?", sameAsFirst),
  last: aggregate("any boolean!?", sameAsFirst),
  any_value: aggregate("any boolean!?", sameAsFirst),
  collect_list: aggregate("any", collected),
  collect_set: aggregate("ordered", collected),
  stddev: ofDoubles,
  stddev_samp: ofDoubles,
  stddev_pop: ofDoubles,
  variance: ofDoubles,
  var_samp: ofDoubles,
  var_pop: ofDoubles,
  median: ofDoubles,
  percentile: aggregate("double double!", DOUBLE),
  /** A value of the data, below or at which this part of the values lies. */
  percentile_approx: aggregate("numeric double! int!?", sameAsFirst),
  covar_samp: aggregate("double double", DOUBLE),
  covar_pop: aggregate("double double", DOUBLE),
  corr: aggregate("double double", DOUBLE),
  bool_and: aggregate("boolean", BOOLEAN),
  bool_or: aggregate("boolean", BOOLEAN),
};
