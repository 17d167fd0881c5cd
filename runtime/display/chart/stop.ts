/** The first step of a data source that the engine cannot run. */
export type Stop = {
  /** Vega's type of the transform. */
  readonly step: string;
  readonly because: string;
};

/** What the user calls one of Vega's transforms: the part of a Vega-Lite specification that asks for it. */
export const stepName = (type: string): string => names[type] ?? `"${type}" transform`;

/** "the filter before it (the constant /A/)". */
export const stopText = ({ step, because }: Stop): string => `the ${stepName(step)} before it (${because})`;

/** For those who ask why rows have left the engine. */
export const noteOf = ({ step, because }: Stop): string =>
  `The ${stepName(step)} is computed by the chart, not by the engine: ${because}`;

const names: { readonly [type: string]: string } = {
  aggregate: "aggregate",
  joinaggregate: "aggregate beside the rows (joinaggregate)",
  filter: "filter",
  formula: "calculated field",
  timeunit: "timeUnit",
  bin: "bins",
  extent: "bins",
  stack: "stack of values (give stack: null, or an aggregate)",
  window: "window",
  kde: "density",
  quantile: "quantiles",
  regression: "regression",
  loess: "loess curve",
  impute: "imputed values",
  pivot: "pivot",
  fold: "fold",
  flatten: "flatten",
  lookup: "lookup",
  sample: "sample",
};
