import type { VegaData } from "./push-down.ts";
import { namesSource } from "./source-names.ts";
import type { CompiledSpec } from "./spec.ts";
import type { Transform } from "./transforms.ts";

type Spec = CompiledSpec["spec"];
type Facet = {
  readonly name: string;
  readonly data: string;
  readonly groupby?: readonly string[];
  readonly aggregate?: unknown;
};
type Group = {
  readonly from?: { readonly facet?: Facet };
  readonly data?: readonly VegaData[];
  readonly marks?: readonly Group[];
};

/**
 * Takes the aggregate of small charts out of them: one for all, grouped by the chart as well, gives the same rows, and
 * can be run before any row leaves the engine.
 */
export function withHoistedAggregates(spec: Spec): Spec {
  const added: VegaData[] = [];
  const marks = ((spec.marks ?? []) as readonly Group[]).map((group) => {
    const hoisted = hoist(group, `quern_facet_${added.length}`);
    if (!hoisted) return group;
    added.push(hoisted.source);
    return hoisted.group;
  });
  return added.length > 0 ? ({ ...spec, marks, data: [...spec.data, ...added] } as Spec) : spec;
}

function hoist(group: Group, name: string): { group: Group; source: VegaData } | undefined {
  const facet = group.from?.facet;
  const [inner, ...others] = (group.data ?? []).filter(({ source }) => source === facet?.name);
  if (!facet || !inner || others.length > 0 || facet.aggregate || !Array.isArray(facet.groupby)) return undefined;
  if (namesSource(JSON.stringify(group.marks ?? []), facet.name)) return undefined;
  const steps = inner.transform ?? [];
  const end = steps.findIndex(({ type }) => type === "aggregate");
  // Bins and what comes before may be of each chart by itself.
  if (end < 0 || !steps.slice(0, end).every(({ type }) => rowByRow.has(type))) return undefined;
  const aggregate = steps[end] as Transform;
  const own = (aggregate.groupby ?? []) as readonly string[];
  if (!Array.isArray(own)) return undefined;
  const groupby = [...own, ...facet.groupby.filter((field) => !own.includes(field))];
  const data = (group.data ?? []).map((entry) =>
    entry === inner ? { ...inner, transform: steps.slice(end + 1) } : entry,
  );
  return {
    group: { ...group, from: { ...group.from, facet: { ...facet, data: name } }, data },
    source: { name, source: facet.data, transform: [...steps.slice(0, end), { ...aggregate, groupby }] },
  };
}

const rowByRow = new Set(["formula", "filter", "timeunit"]);

/** The steps that small charts take over the rows of a data source, each for itself. */
export function facetSteps(marks: unknown, source: string): Transform[] {
  return ((marks ?? []) as readonly Group[]).flatMap((group) => [
    ...(group.from?.facet?.data === source ? (group.data ?? []).flatMap(({ transform }) => transform ?? []) : []),
    ...facetSteps(group.marks, source),
  ]);
}
