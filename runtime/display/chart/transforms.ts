import { compileAggregate } from "./aggregate.ts";
import { type Bins, type BinTransform, binColumns, binsFor } from "./bin.ts";
import { asDouble, type ChartColumn, call, isRefusal, type Refusal } from "./column.ts";
import { compileCondition, compileExpression } from "./expression.ts";
import { type DataState, filtered, type GroupColumn, grouped, joined, withFields } from "./state.ts";
import { timeUnitColumns } from "./time-unit.ts";
import { splitAccessPath } from "./vega.ts";

/** A transform of a compiled Vega spec. */
export type Transform = { readonly type: string; readonly [option: string]: any };

/** What transforms may ask for while they are compiled. */
export type Surroundings = {
  /** Gives a column of the state by its path; throws, naming the nearest, if there is none. */
  readonly field: (state: DataState, path: readonly string[]) => ChartColumn | Refusal;
  /** The least and greatest value; undefined where there is none. Runs a query. */
  readonly extent: (state: DataState, column: ChartColumn) => Promise<readonly [number, number] | undefined>;
  /** Values of signals that pushed transforms define: other parts of the spec read them. */
  readonly signals: Map<string, unknown>;
};

type Compiler = (
  state: DataState,
  transform: Transform,
  around: Surroundings,
) => DataState | Refusal | Promise<DataState | Refusal>;

/** Adds one of Vega's transforms to what the engine computes, or says why that cannot be. */
export async function compileTransform(
  state: DataState,
  transform: Transform,
  around: Surroundings,
): Promise<DataState | Refusal> {
  const compiler = Object.hasOwn(compilers, transform.type) ? compilers[transform.type] : undefined;
  if (!compiler) return { because: "there is no such step in it" };
  return compiler(state, transform, around);
}

/** Vega's names of the transforms that SQL expresses; everything else stays in Vega. */
const compilers: { readonly [type: string]: Compiler } = {
  filter: (state, { expr }, around) => {
    if (typeof expr !== "string") return { because: "a filter that is no text" };
    const condition = compileCondition(expr, (path) => around.field(state, path));
    return isRefusal(condition) ? condition : filtered(state, condition);
  },

  formula: (state, { expr, as }, around) => {
    if (typeof expr !== "string" || typeof as !== "string") return { because: "a formula that is no text" };
    const value = compileExpression(expr, (path) => around.field(state, path));
    if (isRefusal(value)) return value;
    if (value.constant === null) return { because: "a formula that is null" };
    return withFields(state, [[as, value]]);
  },

  extent: async (state, { field, signal }, around) => {
    const column = fieldOf(state, field, around);
    if (isRefusal(column)) return column;
    if (column.kind !== "number" || column.decode) return { because: `the extent of a ${column.type.kind} column` };
    const extent = await around.extent(state, column);
    if (!extent) return { because: "the extent of no values" };
    if (signal !== undefined) around.signals.set(signal, extent);
    return state;
  },

  bin: (state, transform, around) => {
    const column = fieldOf(state, transform.field, around);
    if (isRefusal(column)) return column;
    const options = resolved(transform, around);
    if (isRefusal(options)) return options;
    const bins: Bins = binsFor(options as unknown as BinTransform, options.extent as [number, number]);
    const edges = binColumns(column, bins);
    if (isRefusal(edges)) return edges;
    const [lower = "bin0", upper = "bin1"] = (options.as ?? []) as string[];
    if (transform.signal !== undefined) around.signals.set(transform.signal, { fields: [transform.field], ...bins });
    return withFields(
      state,
      transform.interval === false
        ? [[lower, edges[0]]]
        : [
            [lower, edges[0]],
            [upper, edges[1]],
          ],
    );
  },

  timeunit: (state, { field, units, as, step, interval, inferUnits }, around) => {
    const column = fieldOf(state, field, around);
    if (isRefusal(column)) return column;
    if (!isTexts(units) || inferUnits) return { because: "time units that Vega chooses" };
    if (step !== undefined && step !== 1) return { because: "steps of a time unit" };
    const [start = "unit0", end = "unit1"] = (as ?? []) as string[];
    const columns = timeUnitColumns(column, units, [start, end]);
    return isRefusal(columns) ? columns : withFields(state, interval === false ? [...columns].slice(0, 1) : columns);
  },

  aggregate: (state, transform, around) => {
    if (transform.cross) return { because: "a cross product of groups" };
    const parts = groupsAndAggregates(state, transform, around);
    return isRefusal(parts) ? parts : grouped(state, parts.groups, parts.aggregates);
  },

  joinaggregate: (state, transform, around) => {
    const parts = groupsAndAggregates(state, transform, around);
    if (isRefusal(parts)) return parts;
    // A window takes one function; others are put together from several.
    if (parts.aggregates.some(({ column }) => column.expression.kind !== "call" || column.expression.name === "add")) {
      return { because: "an aggregate beside the rows that is made of several" };
    }
    return joined(state, parts.groups, parts.aggregates);
  },
};

type Parts = { readonly groups: readonly GroupColumn[]; readonly aggregates: readonly GroupColumn[] };

function groupsAndAggregates(
  state: DataState,
  { groupby = [], ops = ["count"], fields = [], as = [] }: Transform,
  around: Surroundings,
): Parts | Refusal {
  if (![groupby, ops, fields].every(Array.isArray)) return { because: "groups that a signal names" };
  const groups: GroupColumn[] = [];
  for (const field of groupby as unknown[]) {
    const column = fieldOf(state, field, around);
    if (isRefusal(column)) return column;
    if (column.kind === "other") return { because: `groups of a ${column.type.kind} column` };
    groups.push({ name: splitAccessPath(field as string).join("."), column });
  }
  const aggregates: GroupColumn[] = [];
  for (const [index, operation] of (ops as unknown[]).entries()) {
    const field = (fields as unknown[])[index] ?? undefined;
    const column = field === undefined ? undefined : fieldOf(state, field, around);
    if (column && isRefusal(column)) return column;
    const aggregated = compileAggregate(String(operation), column);
    if (isRefusal(aggregated)) return aggregated;
    const name = as[index] ?? (field === undefined ? String(operation) : `${operation}_${field}`);
    const isTime = aggregated.type.kind === "date" || aggregated.type.kind.startsWith("timestamp");
    const kind = aggregated.decode ? (column?.kind ?? "number") : isTime ? "time" : "number";
    aggregates.push({ name, column: { ...aggregated, kind, nullable: true } });
  }
  return { groups, aggregates };
}

function fieldOf(state: DataState, field: unknown, around: Surroundings): ChartColumn | Refusal {
  if (typeof field !== "string") return { because: "a field that a signal names" };
  const path = splitAccessPath(field);
  // A column's name may have dots and brackets in it.
  return state.fields.has(field) ? around.field(state, [field]) : around.field(state, path);
}

/** Options with the values of signals that are known; a refusal if another is needed. */
function resolved(transform: Transform, around: Surroundings): { readonly [option: string]: unknown } | Refusal {
  const options: { [option: string]: unknown } = {};
  for (const [name, value] of Object.entries(transform)) {
    const signal = typeof value === "object" && value !== null && "signal" in value ? String(value.signal) : undefined;
    if (signal === undefined) options[name] = value;
    else if (around.signals.has(signal)) options[name] = around.signals.get(signal);
    else return { because: `the signal ${signal}` };
  }
  const extent = options.extent;
  if (!Array.isArray(extent) || extent.length !== 2 || !extent.every((edge) => typeof edge === "number")) {
    return { because: "bins without a known extent" };
  }
  return options;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** The query for the least and greatest value that is not null. */
export function extentState(state: DataState, column: ChartColumn): DataState {
  const values = asDouble(column);
  const edge = (name: "min" | "max"): GroupColumn => ({
    name,
    column: { expression: call(name, values), type: { kind: "double" }, kind: "number", nullable: true },
  });
  return grouped(state, [], [edge("min"), edge("max")]);
}
