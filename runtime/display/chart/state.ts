import type { Expression } from "../../plan/expressions.ts";
import type { Named, Plan } from "../../plan/nodes.ts";
import type { Schema, SqlType } from "../../plan/types.ts";
import { type ChartColumn, call, columnNamed, double, either, kindOf } from "./column.ts";

/** What the engine computes so far of one of Vega's data sources: a plan, and Vega's fields over its columns. */
export type DataState = {
  readonly input: Plan;
  readonly fields: ReadonlyMap<string, ChartColumn>;
  /** Whether a step has made the data less: only then is it worth the engine's while. */
  readonly isReduced: boolean;
  /** Whether rows are groups, and so are few, and all of their columns wanted. */
  readonly isGrouped: boolean;
};

export function initialState(plan: Plan, schema: Schema): DataState {
  const fields = schema.map(({ name, type, nullable }): [string, ChartColumn] => [
    name,
    { expression: finite(columnNamed(name), type), type, kind: kindOf(type), nullable: nullable || isFloating(type) },
  ]);
  return { input: plan, fields: new Map(fields), isReduced: false, isGrouped: false };
}

/**
 * NaN and the infinities are null, as they are in the JSON that Vega gets: so it is the same wherever a transform runs.
 * In SQL's order NaN is above every number.
 */
const finite = (column: Expression, type: SqlType): Expression =>
  isFloating(type) ? either(call("le", call("abs", column), double(Number.MAX_VALUE)), column) : column;

const isFloating = (type: SqlType) => type.kind === "double" || type.kind === "float";

export const withFields = (state: DataState, added: Iterable<readonly [string, ChartColumn]>): DataState => ({
  ...state,
  fields: new Map([...state.fields, ...added]),
});

export const filtered = (state: DataState, condition: Expression): DataState => ({
  ...state,
  input: { kind: "filter", input: state.input, condition },
  isReduced: true,
});

export type GroupColumn = { readonly name: string; readonly column: ChartColumn };

/**
 * Groups, sorted by their keys, so that equal data give an equal chart. The engine's names are positions: Vega's may
 * differ in case only.
 */
export function grouped(
  state: DataState,
  groups: readonly GroupColumn[],
  aggregates: readonly GroupColumn[],
): DataState {
  const named = (columns: readonly GroupColumn[], letter: string): Named[] =>
    columns.map(({ column }, index) => ({ name: `${letter}${index}`, expression: column.expression }));
  const input: Plan = {
    kind: "aggregate",
    input: state.input,
    groups: named(groups, "g"),
    aggregates: named(aggregates, "a"),
  };
  const keys = groups
    .map((_, index) => index)
    .filter((index) => isSortable((groups[index] as GroupColumn).column.type))
    .map((index) => ({ expression: columnNamed(`g${index}`), descending: false, nulls: "first" as const }));
  const field =
    (letter: string) =>
    ({ name, column }: GroupColumn, index: number): [string, ChartColumn] => [
      name,
      { ...column, expression: columnNamed(`${letter}${index}`) },
    ];
  return {
    input: keys.length > 0 ? { kind: "sort", input, keys } : input,
    fields: new Map([...groups.map(field("g")), ...aggregates.map(field("a"))]),
    isReduced: true,
    isGrouped: true,
  };
}

const isSortable = (type: SqlType) => type.kind !== "map" && type.kind !== "struct" && type.kind !== "array";
