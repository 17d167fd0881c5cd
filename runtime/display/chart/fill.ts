import { QuernError } from "../../errors.ts";
import { formatCount } from "../html.ts";
import { withDomainSources } from "./domains.ts";
import { facetSteps, withHoistedAggregates } from "./facets.ts";
import { type EngineData, type PushDown, pushDown, type VegaData } from "./push-down.ts";
import { countRows, sampled } from "./sample.ts";
import type { ChartSource } from "./source.ts";
import { namesSource } from "./source-names.ts";
import type { CompiledSpec } from "./spec.ts";
import { noteOf, stepName, stopText } from "./stop.ts";
import { readValues, type VegaRow } from "./values.ts";

/** Rows that a chart draws at most: more are not seen, and make a notebook of many megabytes. */
const rowLimit = 10_000;

export type Filled = {
  readonly spec: CompiledSpec["spec"];
  readonly notes: readonly string[];
  /** Says that not all rows are drawn, where that is so. */
  readonly sample: readonly string[];
};

/** Runs in the engine what it can of a compiled spec, and puts the rows into it. */
export async function fillSpec({ spec: compiled, root }: CompiledSpec, source: ChartSource): Promise<Filled> {
  const spec = withDomainSources(withHoistedAggregates(compiled));
  const { data, ...others } = spec;
  const elsewhere = JSON.stringify(others) + JSON.stringify(data.map((entry) => entry.transform ?? []));
  const plan = await pushDown(data, root, (name) => namesSource(elsewhere, name), source);
  const filled = new Map<string, { readonly values: readonly VegaRow[]; readonly entry: EngineData }>();
  const sample: string[] = [];
  for (const entry of plan.engine) {
    const kept = data.filter(({ name }) => !plan.unused.has(name) && name !== entry.name);
    const wanted = wantedFields(entry, [
      others,
      entry.rest,
      kept,
      data.find(({ name }) => name === entry.name)?.format,
    ]);
    let values = await readValues(source, entry.state, wanted, rowLimit + 1);
    if (values.length > rowLimit) {
      refuseWrongNumbers(entry, spec, plan);
      const total = await countRows(source, entry.state);
      values = await readValues(source, sampled(entry.state, rowLimit / total), wanted, rowLimit * 2);
      sample.push(`A random ${formatCount(values.length)} of ${formatCount(total)} rows`);
    }
    filled.set(entry.name, { values, entry });
  }
  const sources = data
    .filter(({ name }) => !plan.unused.has(name))
    .map((entry) => {
      const found = filled.get(entry.name);
      return found ? inlined(entry, found.values, found.entry) : entry;
    });
  // A transform that stays in Vega after all defines its signal itself.
  const defined = new Set(sources.flatMap(({ transform }) => transform ?? []).map(({ signal }) => signal));
  const signals = [
    ...[...plan.signals].filter(([name]) => !defined.has(name)).map(([name, value]) => ({ name, value })),
    ...((spec.signals ?? []) as readonly object[]),
  ];
  const whole = { ...others, ...(signals.length > 0 && { signals }), data: sources };
  return {
    spec: sample.length > 0 ? withNote(whole, sample[0] as string) : whole,
    notes: [...plan.stops.values()].map(noteOf),
    sample,
  };
}

/** The rows in place of the source; conversions that the engine has done are gone with `format`. */
function inlined(entry: VegaData, values: readonly VegaRow[], { rest }: EngineData): VegaData {
  const { source: _source, format: _format, transform: _transform, ...others } = entry;
  return { ...others, values, ...(rest.length > 0 && { transform: rest }) };
}

/** Groups are wanted whole. Of single rows only the fields that anything in the spec could name. */
function wantedFields({ state }: EngineData, readers: readonly unknown[]): string[] {
  const names = [...state.fields.keys()];
  const text = JSON.stringify(readers);
  // `datum[signal]` can name any of them.
  if (state.isGrouped || /datum\[(?!\\?["'])/.test(text)) return names;
  return names.filter((name) => {
    const quoted = JSON.stringify(name)
      .slice(1, -1)
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const escaped = name.replace(/[\\.[\]]/g, "\\$&");
    return (
      new RegExp(`(?<![\\w$])${quoted}(?![\\w$])`).test(text) ||
      (escaped !== name && text.includes(JSON.stringify(escaped).slice(1, -1)))
    );
  });
}

/** A number that Vega would compute from a part of the rows is a wrong number. */
function refuseWrongNumbers(
  entry: EngineData,
  { data, marks }: CompiledSpec["spec"],
  { engine, stops }: PushDown,
): void {
  const own = new Set(engine.map(({ name }) => name));
  const readers = [entry.name, ...readersOf(entry.name, data, own)];
  const stepsOf = (name: string) => [
    ...(name === entry.name ? entry.rest : (data.find((other) => other.name === name)?.transform ?? [])),
    ...facetSteps(marks, name),
  ];
  const computing = readers.flatMap(stepsOf).find(({ type }) => computes.has(type));
  if (!computing) return;
  const stop = readers.map((name) => stops.get(name)).find((found) => found !== undefined);
  const step = stepName(computing.type);
  const because = stop ? (stop.step === computing.type ? ` (${stop.because})` : `, nor ${stopText(stop)}`) : "";
  throw new QuernError(
    "CHART_ROWS",
    `The chart has more than ${formatCount(rowLimit)} rows, and the engine cannot compute its ${step}${because}. ` +
      "Compute it first with groupBy().agg(), keep fewer rows with filter(), or draw a part of them: .limit(n), .filter(rand().lt(0.01)).",
  );
}

/** Those that Vega computes from a data source, at any remove. */
function readersOf(name: string, data: readonly VegaData[], own: ReadonlySet<string>): string[] {
  const direct = data.filter((other) => [other.source].flat().includes(name) && !own.has(other.name));
  return direct.flatMap((other) => [other.name, ...readersOf(other.name, data, own)]);
}

const computes = new Set([
  "aggregate",
  "joinaggregate",
  "window",
  "stack",
  "pivot",
  "impute",
  "density",
  "kde",
  "regression",
  "loess",
  "quantile",
  "bin",
]);

/** Says in the picture itself, under its title, that it does not show everything. */
function withNote<S extends { readonly [property: string]: unknown }>(spec: S, note: string): S {
  const title = typeof spec.title === "object" && spec.title !== null ? spec.title : { text: spec.title ?? "" };
  const subtitle = "subtitle" in title && title.subtitle ? [title.subtitle, note].flat() : note;
  return { ...spec, title: { anchor: "start", ...title, subtitle } };
}
