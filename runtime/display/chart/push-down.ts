import type { Expression } from "../../plan/expressions.ts";
import type { Schema } from "../../plan/types.ts";
import { type ChartColumn, isRefusal, kindOf, type Refusal } from "./column.ts";
import { unknownField } from "./fields.ts";
import type { ChartSource } from "./source.ts";
import { type DataState, initialState } from "./state.ts";
import type { Stop } from "./stop.ts";
import { compileTransform, extentState, type Surroundings, type Transform } from "./transforms.ts";
import { readValues } from "./values.ts";

/** One of the data sources of a compiled Vega spec. */
export type VegaData = {
  readonly name: string;
  readonly source?: string | readonly string[];
  readonly transform?: readonly Transform[];
  readonly [option: string]: unknown;
};

/** A data source that the engine computes, and what stays to be done in Vega. */
export type EngineData = {
  readonly name: string;
  readonly state: DataState;
  readonly rest: readonly Transform[];
};

export type PushDown = {
  readonly engine: readonly EngineData[];
  /** Data sources that nothing needs any more. */
  readonly unused: ReadonlySet<string>;
  readonly signals: ReadonlyMap<string, unknown>;
  /** By data source: where the engine had to stop. */
  readonly stops: ReadonlyMap<string, Stop>;
};

/**
 * Splits the data sources of a compiled Vega spec: the leading transforms that SQL can express go to the engine, up to
 * the last one that makes the data less; the rest stays in Vega. `root` is the data source that is the frame.
 */
export async function pushDown(
  data: readonly VegaData[],
  root: string,
  usedElsewhere: (name: string) => boolean,
  source: ChartSource,
): Promise<PushDown> {
  const signals = new Map<string, unknown>();
  const stops = new Map<string, Stop>();
  const around: Surroundings = { field: fieldOf, extent: (state, column) => extentOf(source, state, column), signals };
  /** The state after all transforms of a data source, where all could be pushed: what its children start from. */
  const complete = new Map<string, DataState>();
  const own = new Map<string, EngineData>();
  for (const entry of data) {
    const parent = entry.name === root ? initialState(source.plan, source.schema) : complete.get(String(entry.source));
    if (!parent || (entry.name !== root && typeof entry.source !== "string")) continue;
    const pushed = await pushTransforms(parent, entry.transform ?? [], around);
    // Behind an aggregate it is no loss: what is left is small.
    if (pushed.stop && !pushed.complete.isGrouped) stops.set(entry.name, pushed.stop);
    if (!pushed.stop) complete.set(entry.name, pushed.complete);
    const rest = (entry.transform ?? []).slice(pushed.reducedAfter);
    if (entry.name === root || pushed.reducedAfter > 0)
      own.set(entry.name, { name: entry.name, state: pushed.reduced, rest });
  }
  const unused = unusedSources(data, own, usedElsewhere);
  const engine = [...own.values()].filter(({ name }) => !unused.has(name));
  return { engine, unused, signals, stops };
}

type Pushed = {
  /** The state after the last transform that reduces, and the number of transforms in it. */
  readonly reduced: DataState;
  readonly reducedAfter: number;
  readonly complete: DataState;
  readonly stop?: Stop;
};

async function pushTransforms(
  start: DataState,
  transforms: readonly Transform[],
  around: Surroundings,
): Promise<Pushed> {
  let state = start;
  let reduced = start;
  let reducedAfter = 0;
  for (const [index, transform] of transforms.entries()) {
    const next: DataState | Refusal = await compileTransform(state, transform, around);
    if (isRefusal(next)) {
      return { reduced, reducedAfter, complete: state, stop: { step: transform.type, because: next.because } };
    }
    // What is grouped already is small: Vega does the rest without a second query.
    const reduces = !state.isGrouped && (transform.type === "aggregate" || transform.type === "filter");
    state = next;
    if (reduces) {
      reduced = next;
      reducedAfter = index + 1;
    }
  }
  return { reduced, reducedAfter, complete: state };
}

/** From the last to the first: one that is read by nothing, or only by those that the engine computes by themselves. */
function unusedSources(
  data: readonly VegaData[],
  own: ReadonlyMap<string, EngineData>,
  usedElsewhere: (name: string) => boolean,
): Set<string> {
  const unused = new Set<string>();
  for (const entry of [...data].reverse()) {
    const readers = data.filter((other) => [other.source].flat().includes(entry.name));
    const isRead = readers.some(({ name }) => !unused.has(name) && !own.has(name));
    if (!isRead && !usedElsewhere(entry.name)) unused.add(entry.name);
  }
  return unused;
}

function fieldOf(state: DataState, path: readonly string[]): ChartColumn | Refusal {
  const [name = "", ...inner] = path;
  const column = state.fields.get(name);
  if (!column) {
    if (state.isGrouped) return { because: `the field ${name}, which is not among the groups` };
    throw unknownField(name, [...state.fields.keys()]);
  }
  return inner.reduce<ChartColumn | Refusal>(
    (outer, step) => (isRefusal(outer) ? outer : structField(outer, step)),
    column,
  );
}

function structField(outer: ChartColumn, name: string): ChartColumn | Refusal {
  if (outer.type.kind !== "struct") return { because: `the member ${name} of a ${outer.type.kind} column` };
  const fields: Schema = outer.type.fields;
  const field = fields.find((candidate) => candidate.name === name);
  if (!field)
    throw unknownField(
      name,
      fields.map((candidate) => candidate.name),
    );
  const expression: Expression = { kind: "field", input: outer.expression, name };
  return { expression, type: field.type, kind: kindOf(field.type), nullable: outer.nullable || field.nullable };
}

async function extentOf(
  source: ChartSource,
  state: DataState,
  column: ChartColumn,
): Promise<readonly [number, number] | undefined> {
  const query = extentState(state, column);
  const [row] = await readValues(source, query, [...query.fields.keys()]);
  const { min, max } = row as { min: unknown; max: unknown };
  if (typeof min !== "number" || typeof max !== "number") return undefined;
  return [min, max];
}
