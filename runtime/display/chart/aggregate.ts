import type { Expression } from "../../plan/expressions.ts";
import type { SqlType } from "../../plan/types.ts";
import { asDouble, type ChartColumn, call, cast, double, integer, type Refusal, text } from "./column.ts";

export type Aggregated = {
  readonly expression: Expression;
  readonly type: SqlType;
  readonly decode?: ChartColumn["decode"];
};

/**
 * One of Vega's aggregate operations in SQL.  `column` is undefined where the operation has no field.
 */
export function compileAggregate(operation: string, column: ChartColumn | undefined): Aggregated | Refusal {
  if (operation === "count") return { expression: call("count"), type: { kind: "long" } };
  if (!column) return { because: `${operation} without a field` };
  if (operation === "valid") {
    const value = column.kind === "text" ? call("nullif", column.expression, text("")) : column.expression;
    return { expression: call("count", value), type: { kind: "long" } };
  }
  if (operation === "missing") {
    const isMissing = column.kind === "text" ? emptyOrNull(column) : call("isNull", column.expression);
    return { expression: call("count_if", isMissing), type: { kind: "long" } };
  }
  if (operation === "distinct") return { expression: distinct(column), type: { kind: "long" } };
  if (operation === "min" || operation === "max") return extreme(operation, column);
  const name = Object.hasOwn(ofNumbers, operation) ? ofNumbers[operation] : undefined;
  if (!name) return { because: `the aggregate ${operation}` };
  if (column.kind !== "number" || column.decode) return { because: `the ${operation} of a ${column.type.kind} column` };
  const values = asDouble(column);
  const type: SqlType = { kind: "double" };
  if (operation === "stderr") {
    // The count is 0 only where the deviation is null.
    const count = call("sqrt", cast(call("count", values), type));
    return { expression: call("divide", call("stddev_samp", values), call("nullif", count, asDouble(zero))), type };
  }
  const part = parts[operation];
  return { expression: part === undefined ? call(name, values) : call(name, values, double(part)), type };
}

const parts: { readonly [operation: string]: number } = { q1: 0.25, q3: 0.75 };

const zero: { expression: Expression; type: SqlType } = { expression: integer(0), type: { kind: "int" } };

const ofNumbers: { readonly [operation: string]: string } = {
  sum: "sum",
  mean: "avg",
  average: "avg",
  median: "median",
  q1: "percentile",
  q3: "percentile",
  variance: "var_samp",
  variancep: "var_pop",
  stdev: "stddev_samp",
  stdevp: "stddev_pop",
  stderr: "stddev_samp",
};

function extreme(operation: "min" | "max", column: ChartColumn): Aggregated | Refusal {
  // Vega compares text as numbers then.
  if (column.kind !== "number" && column.kind !== "time")
    return { because: `the ${operation} of a ${column.type.kind} column` };
  return {
    expression: call(operation, column.expression),
    type: column.type,
    ...(column.decode && { decode: column.decode }),
  };
}

/** Vega counts null, and NaN, as a value. */
function distinct(column: ChartColumn): Expression {
  const values = call("countDistinct", column.expression);
  if (!column.nullable) return values;
  return call("add", values, call("max", cast(call("isNull", column.expression), { kind: "int" })));
}

/** Vega takes empty text for missing. */
const emptyOrNull = (column: ChartColumn): Expression =>
  call("or", call("isNull", column.expression), call("eqNullSafe", column.expression, text("")));
