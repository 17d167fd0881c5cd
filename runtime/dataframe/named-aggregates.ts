import { AnalysisError } from "../errors.ts";
import type { Named } from "../plan/nodes.ts";
import type * as Sql from "./types.ts";

export type NumericName<S> = 0 extends 1 & S
  ? string
  : { [K in keyof S]: [Exclude<S[K], null>] extends [Sql.Numeric] ? K : never }[keyof S] & string;

export type Sum<T> = 0 extends 1 & T
  ? any
  : T extends Sql.Integral
    ? Sql.Long
    : T extends Sql.Fractional
      ? Sql.Double
      : T;
export type Average<T> = 0 extends 1 & T
  ? any
  : T extends Sql.Decimal
    ? Sql.Decimal
    : T extends null
      ? null
      : Sql.Double;
export type At<S, K> = K extends keyof S ? S[K] : any;
export const rowsCounted: Named = { name: "count", expression: { kind: "call", name: "count", args: [] } };

export function aggregateOf(name: string, column: string): Named {
  // A pivot's, which takes one.
  if (column === undefined) throw noColumns(name);
  return { name: `${name}(${column})`, expression: { kind: "call", name, args: [{ kind: "column", name: column }] } };
}

/** Where Spark takes all columns of numbers. */
export const noColumns = (name: string): AnalysisError =>
  new AnalysisError("NO_COLUMNS", `${name}() of no column: name those to take, as ${name}("price").`);
