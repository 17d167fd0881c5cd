import type { Schema } from "../../plan/types.ts";
import { kindOf, type VegaKind } from "./column.ts";

/**
 * Gives encodings without a type that of their column: Vega-Lite itself would take every plain field for a name. A
 * numeric column is a name where it says which bar, or which small chart.
 */
export function withTypes(spec: unknown, schema: Schema): unknown {
  const kinds = new Map(schema.map(({ name, type }) => [name, kindOf(type)]));
  const usermeta = (spec as { usermeta?: { quern?: { discrete?: string } } }).usermeta;
  return typed(spec, kinds, usermeta?.quern?.discrete);
}

type Kinds = ReadonlyMap<string, VegaKind>;

function typed(node: unknown, kinds: Kinds, discrete: string | undefined): unknown {
  if (Array.isArray(node)) return node.map((item) => typed(item, kinds, discrete));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => {
    if (key === "encoding" && typeof value === "object" && value !== null) {
      const channels = Object.entries(value).map(([channel, definition]) => [
        channel,
        Array.isArray(definition)
          ? definition.map((one) => channelType(one, channel, kinds, discrete))
          : channelType(definition, channel, kinds, discrete),
      ]);
      return [key, Object.fromEntries(channels)];
    }
    return [key, containers.has(key) ? typed(value, kinds, discrete) : value];
  });
  return Object.fromEntries(entries);
}

/** Where specifications hold other specifications. */
const containers = new Set(["layer", "spec", "concat", "hconcat", "vconcat"]);
const facets = new Set(["row", "column", "facet", "shape"]);
// Positions of a range have the type of its other end; the order of lines is no scale.
const untyped = new Set(["x2", "y2", "theta2", "radius2", "xError", "yError", "xError2", "yError2"]);

function channelType(definition: unknown, channel: string, kinds: Kinds, discrete: string | undefined): unknown {
  if (typeof definition !== "object" || definition === null || untyped.has(channel)) return definition;
  const { field, type, bin, timeUnit, aggregate } = definition as { [property: string]: unknown };
  if (typeof field !== "string" || type !== undefined || (bin && bin !== "binned") || timeUnit || aggregate)
    return withTimeUnit(definition, channel, discrete);
  const kind = kinds.get(field.replace(/\\(.)/g, "$1"));
  if (kind === undefined) return definition;
  const isName = facets.has(channel) || channel === discrete;
  const typeOf = {
    number: isName ? "ordinal" : "quantitative",
    time: facets.has(channel) ? "ordinal" : "temporal",
    text: "nominal",
    boolean: "nominal",
    other: "nominal",
  };
  return { ...definition, type: typeOf[kind] };
}

/** A part of the year, the week or the day is a name to a bar: twelve months, not a stretch of 2012. */
function withTimeUnit(definition: object, channel: string, discrete: string | undefined): object {
  const { timeUnit, type } = definition as { timeUnit?: unknown; type?: unknown };
  if (channel !== discrete || type !== undefined || typeof timeUnit !== "string" || /year/.test(timeUnit))
    return definition;
  return { ...definition, type: "ordinal" };
}
