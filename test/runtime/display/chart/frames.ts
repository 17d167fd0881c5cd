import { resolve } from "node:path";
import { fillSpec } from "../../../../runtime/display/chart/fill.ts";
import { type ChartSource, chartSource } from "../../../../runtime/display/chart/source.ts";
import { type ChartSpec, compileSpec } from "../../../../runtime/display/chart/spec.ts";
import { initialState } from "../../../../runtime/display/chart/state.ts";
import { readValues } from "../../../../runtime/display/chart/values.ts";
import { errorLevel, parse, View } from "../../../../runtime/display/chart/vega.ts";

/** Three million flights. */
export const flights = resolve("node_modules/vega-datasets/data/flights-3m.parquet");

/** What Vega draws when the engine has run what it can, and when Vega gets every row and runs everything itself. */
export async function bothWays(spec: ChartSpec, frame: { plan: any; context: any; schema: any }) {
  const source = await chartSource(frame);
  const { spec: pushed, notes } = await fillSpec(compileSpec(spec, source.schema), source);
  return { pushed: pushed as VegaSpec, whole: await withEveryRow(spec, source), notes };
}

export type VegaSpec = { readonly data: readonly { readonly name: string; readonly values?: readonly object[] }[] };

async function withEveryRow(spec: ChartSpec, source: ChartSource): Promise<VegaSpec> {
  const { spec: compiled, root } = compileSpec(spec, source.schema);
  const values = structuredClone(await everyRow(source));
  return {
    ...compiled,
    data: compiled.data.map((entry) => (entry.name === root ? { ...entry, values } : entry)),
  } as VegaSpec;
}

/** The rows of frames that were asked for. */
const known = new WeakMap<object, Promise<object[]>>();

function everyRow(source: ChartSource): Promise<object[]> {
  const state = initialState(source.plan, source.schema);
  const rows = known.get(source.plan) ?? readValues(source, state, [...state.fields.keys()]);
  known.set(source.plan, rows);
  return rows;
}

/** The rows of a data source after all of its transforms, in an order that does not depend on theirs. */
export async function drawnRows(spec: VegaSpec, name: string): Promise<string[]> {
  const view = new View(parse(spec as never), { renderer: "none", logLevel: errorLevel });
  await view.runAsync();
  const rows = (view.data(name) as object[]).map((row) =>
    JSON.stringify(Object.fromEntries(Object.entries(row).sort().map(plain))),
  );
  view.finalize();
  return rows.sort();
}

/** The values of each scale of names, in their order. */
export async function domains(spec: VegaSpec): Promise<{ [scale: string]: unknown[] }> {
  const view = new View(parse(spec as never), { renderer: "none", logLevel: errorLevel });
  await view.runAsync();
  const scales = ((spec as any).scales ?? []) as { name: string; type: string }[];
  const found = scales.map(({ name }) => [name, view.scale(name).domain()] as const);
  view.finalize();
  return Object.fromEntries(
    found.map(([name, domain]) => [name, domain.map((value: unknown) => plain(["", value])[1])]),
  );
}

/** The bars of each small chart as SVG, in an order that does not depend on that of the rows. */
export async function barsDrawn(spec: VegaSpec): Promise<string[][]> {
  const view = new View(parse(spec as never), { renderer: "none", logLevel: errorLevel });
  const svg = await view.toSVG();
  view.finalize();
  return svg.split("role-mark ").map((part) => (part.match(/<path aria-label[^>]* d="[^"]*"/g) ?? []).sort());
}

/** Times as numbers, and sums of doubles without the digits that the order of adding decides. */
function plain([key, value]: [string, unknown]): [string, unknown] {
  const number = value instanceof Date ? value.getTime() : value;
  return [
    key,
    typeof number === "number" && Number.isFinite(number) ? Number(number.toPrecision(10)) : (number ?? null),
  ];
}
