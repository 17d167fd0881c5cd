import type { VegaData } from "./push-down.ts";
import { namesSource } from "./source-names.ts";
import type { CompiledSpec } from "./spec.ts";

type Spec = CompiledSpec["spec"];
type Sort = boolean | { readonly op?: string; readonly field?: string; readonly order?: unknown };
type Reference = { readonly data: string; readonly field: string };
type Domain = {
  readonly data?: string;
  readonly field?: string;
  readonly fields?: readonly unknown[];
  readonly sort?: Sort;
};
type Scale = { readonly type?: string; readonly domain?: Domain; readonly [property: string]: unknown };

/**
 * Gives each scale that alone reads a data source one of its own, with a row for each value of its domain: Vega-Lite
 * takes the order of bars from the rows themselves, which for that only would all have to leave the engine.
 */
export function withDomainSources(spec: Spec): Spec {
  const { data, ...others } = spec;
  const names = data.map(({ name }) => name);
  const withoutDomains = JSON.stringify(mapScales(others, (scale) => ({ ...scale, domain: [] })));
  const isFree = (name: string) => names.includes(name) && !namesSource(withoutDomains, name);
  const added: VegaData[] = [];
  const mapped = mapScales(others, (scale) => {
    const sources: VegaData[] = [];
    const domain = ownDomain(scale, isFree, (source) => {
      const name = `quern_domain_${added.length + sources.length}`;
      sources.push({ name, ...source });
      return name;
    });
    if (!domain) return scale;
    added.push(...sources);
    return { ...scale, domain };
  });
  return added.length > 0 ? ({ ...mapped, data: [...data, ...added] } as Spec) : spec;
}

type Add = (source: Omit<VegaData, "name">) => string;

function ownDomain(scale: Scale, isFree: (name: string) => boolean, add: Add): object | undefined {
  const { domain } = scale;
  if (typeof domain !== "object" || domain === null || Array.isArray(domain)) return undefined;
  const references = referencesOf(domain);
  if (!references?.some(({ data }) => isFree(data))) return undefined;
  const type = scale.type ?? "linear";
  if (discrete.has(type)) return discreteDomain(domain, references, isFree, add);
  if (!continuous.has(type) || domain.sort) return undefined;
  const ranges = references.map((reference) => {
    if (!isFree(reference.data)) return [reference];
    const { data, field } = reference;
    const transform = [
      { type: "aggregate", ops: ["min", "max"], fields: [field, field], as: ["quern_min", "quern_max"] },
    ];
    const own = add({ source: data, transform });
    return ["quern_min", "quern_max"].map((edge) => ({ data: own, field: edge }));
  });
  return { ...domain, data: undefined, field: undefined, fields: ranges.flat() };
}

function discreteDomain(
  domain: Domain,
  references: readonly Reference[],
  isFree: (name: string) => boolean,
  add: Add,
): object | undefined {
  const { sort } = domain;
  const [only] = references;
  if (typeof sort === "object" && sort.op !== undefined) {
    // Of several sources Vega adds counts up.
    if (references.length > 1 || !only) return undefined;
    const transform = [
      { type: "aggregate", groupby: [only.field], ops: [sort.op], fields: [sort.field ?? null], as: ["quern_sort"] },
    ];
    const data = add({ source: only.data, transform });
    return { ...domain, data, sort: { ...sort, op: "max", field: "quern_sort" } };
  }
  const own = references.map(({ data, field }) =>
    isFree(data)
      ? { data: add({ source: data, transform: [{ type: "aggregate", groupby: [field] }] }), field }
      : { data, field },
  );
  if (own.length === 1) return { ...domain, ...own[0], fields: undefined };
  return { ...domain, data: undefined, field: undefined, fields: own };
}

/** Where the values of a domain come from; undefined if something else than data is among it. */
function referencesOf({ data, field, fields }: Domain): Reference[] | undefined {
  if (typeof data === "string" && typeof field === "string") return [{ data, field }];
  if (!Array.isArray(fields)) return undefined;
  const references = fields.map((one) => (typeof one === "string" ? { data, field: one } : (one as object)));
  const isReference = (one: object): one is Reference =>
    "data" in one && typeof one.data === "string" && "field" in one && typeof one.field === "string";
  return references.every(isReference) ? references : undefined;
}

const discrete = new Set(["ordinal", "band", "point"]);
const continuous = new Set(["linear", "log", "pow", "sqrt", "symlog", "time", "utc"]);

/** A spec with other scales, those of its groups too. */
function mapScales<T extends object>(spec: T, change: (scale: Scale) => object): T {
  const { scales, marks } = spec as { scales?: readonly Scale[]; marks?: readonly object[] };
  return {
    ...spec,
    ...(Array.isArray(scales) && { scales: scales.map(change) }),
    ...(Array.isArray(marks) && { marks: marks.map((mark) => mapScales(mark, change)) }),
  };
}
