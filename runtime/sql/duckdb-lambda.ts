import type { Variable, VariablePart } from "../plan/expressions.ts";
import { variableName } from "../plan/variables.ts";
import { quoteName } from "./duckdb-literal.ts";
import { type Fragment, loose, tight } from "./fragment.ts";

/**
 * DuckDB's lambdas have one element, or an element and its position from 1. What else a lambda of Spark's is called with
 * stands in a struct: the parameter's name, and the way to the value.
 */
const SPELLING: { readonly [part in VariablePart]: readonly [letter: string, of: (parameter: string) => string] } = {
  element: ["x", (x) => x],
  index: ["i", (i) => `CAST(${i} - 1 AS INTEGER)`],
  first: ["p", (p) => `struct_extract(${p}, 1)`],
  second: ["p", (p) => `struct_extract(${p}, 2)`],
  key: ["e", (e) => `struct_extract(${e}, 'key')`],
  value: ["e", (e) => `struct_extract(${e}, 'value')`],
  "left value": ["e", (e) => `struct_extract(${e}, 'left')`],
  "right value": ["e", (e) => `struct_extract(${e}, 'right')`],
  accumulator: ["s", (s) => `struct_extract(${s}, 'a')`],
  item: ["e", (e) => `struct_extract(${e}, 'x')`],
  result: ["r", (r) => r],
};

export const duckdbVariableName = ({ part, depth }: Variable) => quoteName(variableName(SPELLING[part][0], depth));

export const duckdbVariable = (variable: Variable): Fragment =>
  tight(SPELLING[variable.part][1](duckdbVariableName(variable)));

export const duckdbLambda = (parameters: readonly Variable[], body: Fragment): Fragment =>
  loose(`lambda ${[...new Set(parameters.map(duckdbVariableName))].join(", ")}: ${body.text}`);
