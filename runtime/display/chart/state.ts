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
 * differ in case only. Both ends of a bin or a time unit are one key.
 */
export function grouped(
  state: DataState,
  groups: readonly GroupColumn[],
  aggregates: readonly GroupColumn[],
): DataState {
  const keyOf = ({ column }: GroupColumn) => JSON.stringify(column.expression, textOfBigInt);
  const keys = [...new Map(groups.map((group) => [keyOf(group), group])).values()];
  const keyNames = new Map(keys.map((group, index) => [keyOf(group), `g${index}`]));
  const nameOf = (group: GroupColumn) => keyNames.get(keyOf(group)) as string;
  const aggregate: Plan = {
    kind: "aggregate",
    input: state.input,
    groups: keys.map((group): Named => ({ name: nameOf(group), expression: group.column.expression })),
    aggregates: aggregates.map(({ column }, index): Named => ({ name: `a${index}`, expression: column.expression })),
  };
  const order = keys
    .filter(({ column }) => isSortable(column.type))
    .map((group) => ({ expression: columnNamed(nameOf(group)), descending: false, nulls: "first" as const }));
  const field = ({ name, column }: GroupColumn, engineName: string): [string, ChartColumn] => [
    name,
    { ...column, expression: columnNamed(engineName) },
  ];
  return {
    input: order.length > 0 ? { kind: "sort", input: aggregate, keys: order } : aggregate,
    fields: new Map([
      ...groups.map((group) => field(group, nameOf(group))),
      ...aggregates.map((one, index) => field(one, `a${index}`)),
    ]),
    isReduced: true,
    isGrouped: true,
  };
}

/** Every row with the aggregates of its group. */
export function joined(
  state: DataState,
  groups: readonly GroupColumn[],
  aggregates: readonly GroupColumn[],
): DataState {
  const over = { partitionBy: groups.map(({ column }) => column.expression), orderBy: [] };
  // No user's column, and no other step's.
  const engineName = (index: number) => `quern ${state.fields.size} ${index}`;
  const columns = aggregates.map(
    ({ column }, index): Named => ({
      name: engineName(index),
      expression: { kind: "window", call: column.expression, over },
    }),
  );
  const input: Plan = { kind: "withColumns", input: state.input, columns };
  const added = aggregates.map(({ name, column }, index): [string, ChartColumn] => [
    name,
    { ...column, expression: columnNamed(engineName(index)), isUndefined: true },
  ]);
  return withFields({ ...state, input }, added);
}

const textOfBigInt = (_key: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);
const isSortable = (type: SqlType) => !["map", "struct", "array", "variant"].includes(type.kind);
