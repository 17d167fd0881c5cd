import { isInterval } from "../interval-types.ts";
import { boundedDecimal, isInteger } from "../numeric.ts";
import {
  type Argument,
  aggregate,
  BYTE,
  DOUBLE,
  type Functions,
  grouped,
  isBelowOne,
  LONG,
  never,
  type Result,
  STRING,
  sameAsFirst,
  windowed,
} from "./entry.ts";
import { spanAverageType } from "./intervals.ts";

const ofPair = aggregate("double double", DOUBLE);
const bits: Result = ([x]) => x?.type ?? LONG;

const sum: Result = ([x]) => {
  if (x && isInterval(x.type)) return { type: x.type, nullable: true };
  if (x?.type.kind === "decimal") return { type: boundedDecimal(x.type.precision + 10, x.type.scale), nullable: true };
  return { type: x && isInteger(x.type) ? LONG : DOUBLE, nullable: true };
};

const average: Result = ([x]) =>
  (x && spanAverageType(x.type)) ??
  (x?.type.kind === "decimal" ? boundedDecimal(x.type.precision + 4, x.type.scale + 4) : DOUBLE);

const histogram: Result = ([x]: readonly Argument[]) => ({
  type: {
    kind: "array",
    element: {
      kind: "struct",
      fields: [
        { name: "x", type: x?.type ?? DOUBLE, nullable: true },
        { name: "y", type: DOUBLE, nullable: true },
      ],
    },
  },
});

export const moreAggregates: Functions = {
  grouping: grouped("any", never(BYTE)),
  grouping_id: grouped("any...", never(LONG)),
  bit_and: aggregate("whole", bits),
  bit_or: aggregate("whole", bits),
  bit_xor: aggregate("whole", bits),
  kurtosis: aggregate("double", DOUBLE),
  skewness: aggregate("double", DOUBLE),
  /** In no order that is promised. */
  listagg: aggregate("string string!?", STRING),
  /** With a second argument of true, the least of those that are there most often. */
  mode: aggregate("distinct boolean!?", sameAsFirst),
  product: aggregate("double", DOUBLE),
  try_sum: aggregate("amount", sum),
  try_avg: aggregate("amount", average),
  regr_avgx: aggregate("numeric numeric", ([, x]) => average(x ? [x] : [])),
  regr_avgy: aggregate("numeric numeric", average),
  regr_count: aggregate("double double", never(LONG)),
  regr_intercept: ofPair,
  regr_r2: ofPair,
  regr_slope: ofPair,
  regr_sxx: ofPair,
  regr_sxy: ofPair,
  regr_syy: ofPair,
  histogram_numeric: aggregate("number int!", histogram),
  /** The value in the nth row of the frame; a third argument of true leaves nulls out. */
  nth_value: windowed("any int! boolean!?", ([value, n]) =>
    isBelowOne(n) ? "needs the number of a row of the frame, from 1" : { type: value?.type ?? LONG, nullable: true },
  ),
};
